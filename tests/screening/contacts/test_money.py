from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.contacts.numerals import HAN_NUMBER, read_han_number
from tests.screening.contacts.reading import found, traits

AMOUNTS: list[tuple[str, str, str, str]] = [
    ("欠6,418.27元", "6418.27", "6,418.27元", ""),
    ("应还¥1,200.00", "1200", "¥1,200.00", ""),
    ("人民币 8216.40元整", "8216.4", "人民币 8216.40元", ""),
    ("共计6418.27", "6418.27", "6418.27", ""),
    ("剩余本金4400，先还", "4400", "4400", ""),
    ("额度1.2万", "12000", "1.2万", ""),
    ("贷20万元", "200000", "20万元", ""),
    ("给8万6", "86000", "8万6", ""),
    ("差37块2", "37.2", "37块2", ""),
    ("5w额度", "50000", "5w", ""),
    ("3千元", "3000", "3千元", ""),
    ("还三千元", "3000", "三千元", ""),
    ("五千块钱", "5000", "五千块", ""),
    ("一万两千元", "12000", "一万两千元", ""),
    ("叁仟伍佰元整", "3500", "叁仟伍佰元", ""),
    ("欠一万二，", "12000", "一万二", ""),
    ("HK$9,420.50", "9420.5", "hk$9,420.50", "hkd"),
    ("港币640元", "640", "港币640元", "hkd"),
    ("欠5000港元", "5000", "5000港元", "hkd"),
    ("NT$3,200", "3200", "nt$3,200", "twd"),
    ("新台币12,000元", "12000", "新台币12,000元", "twd"),
    ("付$2,340", "2340", "$2,340", ""),
    ("代偿48,513.6", "48513.6", "48,513.6", ""),
]
AMOUNTS += [
    ("您好，89元", "89", "89元", ""),
    ("愿意了结，1万2就清", "12000", "1万2", ""),
    ("贷款：3万起", "30000", "3万", ""),
    ("要还息1,320，知道吗", "1320", "1,320", ""),
    ("认证金6,000，改完下发", "6000", "6,000", ""),
    ("只还4,205.50，", "4205.5", "4,205.50", ""),
    ("欠2480，明早出函", "2480", "2480", ""),
    ("只还1500即可结清", "1500", "1500", ""),
    ("把4600还上", "4600", "4600", ""),
    ("你先微信给我5000，", "5000", "5000", ""),
    ("先付488，", "488", "488", ""),
    ("押600解冻", "600", "600", ""),
    ("建档费199，", "199", "199", ""),
    ("手上能凑多少\n两千", "2000", "两千", ""),
    ("两千也行", "2000", "两千", ""),
    ("还有十一万嘛", "110000", "十一万", ""),
    ("那九千二，你再拖", "9200", "九千二", ""),
    ("只剩四百多，", "400", "四百", ""),
    ("三千起，先签合同", "3000", "三千", ""),
    ("一万三千八就结清", "13800", "一万三千八", ""),
    ("过数三千蚊俾我", "3000", "三千蚊", "hkd"),
    ("仲爭8400蚊", "8400", "8400蚊", "hkd"),
]
NO_AMOUNTS = [
    "两千人报名",
    "三千多公里",
    "说了八百遍",
    "一百八十天",
    "千万别信",
    "一千个放心",
    "第三百名",
    "转8001分机",
    "还2025年的账单",
    "加3群",
    "欠100期",
    "把95511存进通讯录",
    "公积金12329，",
    "押运3天",
    "两百多天",
    "100万人在用",
    "逾期63天",
    "第3期",
    "2025年7月15日",
    "尾号4821",
    "US$500",
    "年利率7.2%",
    "元旦快乐",
    "一块儿走",
    "万一有事",
    "上午9:00",
    "致电95511",
    "本金第3期",
    "5G套餐",
    "1,200人参加",
    "版本8.0.1",
    "合计12期",
]


@pytest.mark.parametrize(("text", "value", "words", "trait"), AMOUNTS)
def test_amounts_are_found_as_decimals(text: str, value: str, words: str, trait: str) -> None:
    assert found(text, {"amount"}) == [("amount", value, words)]
    assert traits(text, {"amount"}) == [trait]


@pytest.mark.parametrize("text", NO_AMOUNTS)
def test_what_is_not_money(text: str) -> None:
    assert found(text, {"amount"}) == []


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("十", 10),
        ("十五", 15),
        ("三百零五", 305),
        ("三百五", 350),
        ("一千五", 1500),
        ("两万三千四", 23400),
        ("十二万", 120_000),
        ("一亿二", 120_000_000),
        ("壹拾贰万叁仟", 123_000),
        ("三千万", 30_000_000),
    ],
)
def test_chinese_numbers_are_read(words: str, value: int) -> None:
    assert read_han_number(words) == value


@given(st.text(alphabet=HAN_NUMBER[1:-1], max_size=12))
def test_any_run_of_numerals_has_a_value(words: str) -> None:
    assert read_han_number(words) >= 0


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal("9999999.99"), places=2))
def test_any_sum_in_yuan_is_read(value: Decimal) -> None:
    ((_, number, _),) = found(f"应还{value:,}元", {"amount"})
    assert Decimal(number) == value
