from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.normalize import normalize
from screening.contacts import classify_number, find_contacts, is_ip_address, registered_domain

Found = list[tuple[str, str, str]]

PHONES: list[tuple[str, Found]] = [
    ("请致电13900004821", [("mobile", "13900004821", "13900004821")]),
    ("电话139 0000 4821速回", [("mobile", "13900004821", "139 0000 4821")]),
    ("拨打１３９－００００－４８２１", [("mobile", "13900004821", "139-0000-4821")]),
    ("手机1.3.9.0.0.0.0.4.8.2.1", [("mobile", "13900004821", "1.3.9.0.0.0.0.4.8.2.1")]),
    ("+86 139 0000 4821", [("mobile", "13900004821", "+86 139 0000 4821")]),
    ("0086-13900004821", [("mobile", "13900004821", "0086-13900004821")]),
    ("8613900004821", [("mobile", "13900004821", "8613900004821")]),
    ("台湾书记官0912-000-345", [("mobile", "0912000345", "0912-000-345")]),
    ("座机021-60000418", [("landline", "02160000418", "021-60000418")]),
    ("座机(0755)8000 0816转3", [("landline", "075580000816", "(0755)8000 0816")]),
    ("+86 21 6000 0418", [("landline", "02160000418", "+86 21 6000 0418")]),
    ("回电02760000418", [("landline", "02760000418", "02760000418")]),
    ("客服400-000-7713", [("toll_free", "4000007713", "400-000-7713")]),
    ("客服4008 000 713", [("toll_free", "4008000713", "4008 000 713")]),
    ("客服800-000-7713", [("toll_free", "8000007713", "800-000-7713")]),
    ("详询95511", [("service", "95511", "95511")]),
    ("详询95511转2", [("service", "95511", "95511")]),
    ("银行0551-96588可查", [("service", "055196588", "0551-96588")]),
    ("监管12378、诉讼12368", [("service", "12378", "12378"), ("service", "12368", "12368")]),
    ("催收1010 9559与10109559", [("service", "10109559", "10109559")]),
    ("由10690000955发出", [("sms_port", "10690000955", "10690000955")]),
    ("境外+852 6000 0183", [("foreign", "85260000183", "+852 6000 0183")]),
    ("境外00852-60000183", [("foreign", "85260000183", "00852-60000183")]),
    ("+1 202 555 0147", [("foreign", "12025550147", "+1 202 555 0147")]),
    ("上午9:00,13900004821", [("mobile", "13900004821", "13900004821")]),
    ("金额88.60,95588", [("service", "95588", "95588")]),
]
NO_PHONES = [
    "欠款95500元未还",
    "共计12345.67元",
    "本金95588已还",
    "¥95599",
    "积分95511分今日到期",
    "验证码954021,请勿告诉他人",
    "尾号95588的卡",
    "(2025)京0105民初1234号",
    "民初字第12368号",
    "工号:95123",
    "账单日2026-07-15 17:00 2026-08-15",
    "应还116.00 2026年",
    "年利率12.36%",
    "尾款159 2026-01-01",
    "分12期,每期1,399元",
    "订单139000048210000",
    "卡尾0418,尾号4821",
    "身份证110105199003071234",
    "票号a13900004821",
    "近96000人已领取",
    "139****4821",
]
LINKS: list[tuple[str, Found]] = [
    ("登录pa-hk8.top还款", [("link", "pa-hk8.top", "pa-hk8.top")]),
    ("点击：wld-app00.xyz，内含", [("link", "wld-app00.xyz", "wld-app00.xyz")]),
    (
        "https://m.cmbchina.com/a?b=1。",
        [("link", "m.cmbchina.com", "https://m.cmbchina.com/a?b=1")],
    ),
    ("HTTP://PA-HK8.TOP/X", [("link", "pa-hk8.top", "http://pa-hk8.top/x")]),
    ("查看（t.cn/A6x0）", [("link", "t.cn", "t.cn/a6x0")]),
    ("http://icbc.com.cn@pa-hk8.top", [("link", "pa-hk8.top", "http://icbc.com.cn@pa-hk8.top")]),
    ("进10.0.3.7:8080/pay", [("link", "10.0.3.7", "10.0.3.7:8080/pay")]),
    (
        "访问a.cn、b.cn",
        [("link", "a.cn", "a.cn"), ("link", "b.cn", "b.cn")],
    ),
    (
        "网址hk8.top,95511",
        [("link", "hk8.top", "hk8.top"), ("service", "95511", "95511")],
    ),
]
NO_LINKS = [
    "邮箱fawu.li@mail-hx.top联系",
    "请在App-我的-白条中查看",
    "版本8.0.1.12已发布",
    "金额3.15元,2026.07.15到期",
    "附件合同1.zip请查收",
    "平台p2p.还款",
    "IP300.1.1.1",
    "甲公司Co., Ltd.",
]
CARDS: list[tuple[str, Found]] = [
    (
        "转到6222 0000 0000 4821 337",
        [("card", "6222000000004821337", "6222 0000 0000 4821 337")],
    ),
    ("卡号6217-0000-0000-4821", [("card", "6217000000004821", "6217-0000-0000-4821")]),
    ("9558800000000004821", [("card", "9558800000000004821", "9558800000000004821")]),
    ("订单号6222000000004821", []),
    ("身份证31010519900307123X", []),
    ("卡号6222****4821", []),
]


def _found(text: str) -> Found:
    canonical = normalize(text).text
    return [
        (point.kind, point.value, canonical[point.start : point.end])
        for point in find_contacts(canonical)
    ]


@pytest.mark.parametrize(("text", "expected"), PHONES + LINKS + CARDS)
def test_contacts_are_found_with_kind_value_and_place(text: str, expected: Found) -> None:
    assert _found(text) == expected


@pytest.mark.parametrize("text", NO_PHONES + NO_LINKS)
def test_other_numbers_and_dots_are_no_contacts(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(
    ("sender", "expected"),
    [
        ("95511", "service"),
        ("106980095511", "sms_port"),
        ("+86 139 0000 4821", "mobile"),
        ("+85260000183", "foreign"),
        ("021-60000418", "landline"),
        ("招商银行", None),
        ("李经理13900004821号2", None),
        ("", None),
    ],
)
def test_a_sender_is_a_number_or_a_name(sender: str, expected: str | None) -> None:
    point = classify_number(sender)
    assert (point.kind if point else None) == expected


def test_hosts_are_told_apart() -> None:
    assert registered_domain("a.b.icbc.com.cn") == "icbc.com.cn"
    assert registered_domain("116.00") == ""
    assert is_ip_address("10.0.3.7")
    assert not is_ip_address("300.0.3.7")
    assert not is_ip_address("a.10.0.3")


WORDS = "13900004821 +86 00852 - . a.cn / @ : 95511 0 元 ( ) 6222 0000 http:// 尾号 1 。 , 021 400"
PIECES = st.sampled_from([*WORDS.split(), " ", "\n"])


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_any_text_gives_contacts_inside_it_sorted_and_apart(text: str) -> None:
    canonical = normalize(text).text
    end = 0
    for point in find_contacts(canonical):
        assert end <= point.start < point.end <= len(canonical)
        assert point.value
        end = point.end


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_any_sender_can_be_read(sender: str) -> None:
    point = classify_number(normalize(sender).text)
    assert point is None or point.kind not in ("link", "card")
