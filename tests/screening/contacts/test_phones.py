from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.normalize import normalize
from screening.contacts import PHONE_KINDS, classify_number
from tests.screening.contacts.reading import Found, found, traits

PLAIN: list[tuple[str, Found]] = [
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
    ("请打110报警", [("service", "110", "110")]),
    ("受骗请拨165", [("service", "165", "165")]),
    ("流量问题拨10086", [("service", "10086", "10086")]),
    ("分机95511-3", [("service", "95511", "95511")]),
    ("法院0755-12368", [("service", "075512368", "0755-12368")]),
    ("境外拨+86 95580", [("service", "95580", "+86 95580")]),
    ("+86(0)21-6000 0418", [("landline", "02160000418", "+86(0)21-6000 0418")]),
    ("(+86)13900004821", [("mobile", "13900004821", "13900004821")]),
    ("tel13900004821", [("mobile", "13900004821", "13900004821")]),
    ("请电(852) 6000 0183", [("foreign", "85260000183", "(852) 6000 0183")]),
    ("澳门853-6600 0183", [("foreign", "85366000183", "853-6600 0183")]),
    ("台湾886-912-000-345", [("foreign", "886912000345", "886-912-000-345")]),
    ("高雄(07)000-3362", [("landline", "070003362", "(07)000-3362")]),
    ("台北02-0000-3362", [("landline", "0200003362", "02-0000-3362")]),
    ("台湾免付费0800-000-365", [("toll_free", "0800000365", "0800-000-365")]),
    ("HK$500未缴，致电2000 0183", [("foreign", "85220000183", "2000 0183")]),
    ("阁下如有查询，请打60000183", [("foreign", "85260000183", "60000183")]),
]
# Numerals, signs and emoji in the place of digits and blanks.
DISGUISED: list[tuple[str, Found]] = [
    ("请拨一三九零零零零四八二一", [("mobile", "13900004821", "一三九零零零零四八二一")]),
    ("电话幺三九〇〇〇〇四八二幺", [("mobile", "13900004821", "幺三九〇〇〇〇四八二幺")]),
    ("电话壹叁玖零零零零肆捌贰壹", [("mobile", "13900004821", "壹叁玖零零零零肆捌贰壹")]),
    ("139零零零零4821", [("mobile", "13900004821", "139零零零零4821")]),
    ("加❶❸❾⓿⓿⓿⓿❹❽❷❶", [("mobile", "13900004821", "❶❸❾⓿⓿⓿⓿❹❽❷❶")]),
    ("139😀0000😀4821", [("mobile", "13900004821", "139😀0000😀4821")]),
    ("139*0000*4821", [("mobile", "13900004821", "139*0000*4821")]),
    ("139～0000～4821", [("mobile", "13900004821", "139~0000~4821")]),
    ("1_3_9_0_0_0_0_4_8_2_1", [("mobile", "13900004821", "1_3_9_0_0_0_0_4_8_2_1")]),
    ("1，3，9，0，0，0，0，4，8，2，1", [("mobile", "13900004821", "1,3,9,0,0,0,0,4,8,2,1")]),
    (
        "1、3、9、0、0、0、0、4、8、2、1",
        [("mobile", "13900004821", "1、3、9、0、0、0、0、4、8、2、1")],
    ),
    ("1 3 9 0 0 0 0 4 8 2 1", [("mobile", "13900004821", "1 3 9 0 0 0 0 4 8 2 1")]),
    ("客服四零零零零零七七一三", [("toll_free", "4000007713", "四零零零零零七七一三")]),
    ("客服肆零零-零零零-柒柒壹叁", [("toll_free", "4000007713", "肆零零-零零零-柒柒壹叁")]),
    ("4 0 0 0 0 0 7 7 1 3", [("toll_free", "4000007713", "4 0 0 0 0 0 7 7 1 3")]),
    ("拨九五五八八核实", [("service", "95588", "九五五八八")]),
    ("拨9-5-5-8-8核实", [("service", "95588", "9-5-5-8-8")]),
    ("座机零二一六零零零零四一八", [("landline", "02160000418", "零二一六零零零零四一八")]),
]
# Keycaps, circles and full width are gone from the canonical text already.
FOLDED = ["1️⃣3️⃣9️⃣0️⃣0️⃣0️⃣0️⃣4️⃣8️⃣2️⃣1️⃣", "①③⑨⓪⓪⓪⓪④⑧②①", "１３９００００４８２１", "𝟏𝟑𝟗𝟎𝟎𝟎𝟎𝟒𝟖𝟐𝟏"]
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
    "应还2000 0183",
    "电话110元一个",
    "致电客服查询2025 0103期账单",
    "比分9-5 5-8 8-1",
    "价格4.00 1234567",
    "先还10086元",
    "852 人已领取",
]
NOT_DISGUISED = [
    "二〇二五年七月十五日",
    "一二三四五六七八九",
    "一二三四五，上山打老虎",
    "三五七九十一",
    "里面9555一次性付清",
    "不管三七二十一",
    "139*****4821",
    "五五折九五折八八折",
    "七月一三九号楼",
    "1，3，9期",
    "139/0000/4821",
    "139:0000:4821",
    "139<0000>4821",
    "一共三千九百",
    "2025★07★15",
]


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_numbers_are_found_with_kind_value_and_place(text: str, expected: Found) -> None:
    assert found(text, PHONE_KINDS) == expected


@pytest.mark.parametrize(("text", "expected"), DISGUISED)
def test_disguised_numbers_are_found_and_marked(text: str, expected: Found) -> None:
    assert found(text, PHONE_KINDS) == expected
    assert set(traits(text, PHONE_KINDS)) <= {"disguised"}


@pytest.mark.parametrize("text", FOLDED)
def test_folded_digits_are_digits(text: str) -> None:
    assert found(f"致电{text}", PHONE_KINDS) == [("mobile", "13900004821", "13900004821")]


@pytest.mark.parametrize("text", NO_PHONES + NOT_DISGUISED)
def test_what_is_no_number_to_call(text: str) -> None:
    assert found(text, PHONE_KINDS) == []


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


@given(st.text(alphabet="0123456789 +-()转零一二三九五8★,.", max_size=24))
def test_any_sender_can_be_read(sender: str) -> None:
    point = classify_number(normalize(sender).text)
    assert point is None or point.kind in PHONE_KINDS


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_mobile_stays_found_in_any_width_and_grouping(number: str) -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number)
    grouped = f"{number[:3]} {number[3:7]} {number[7:]}"
    for written in (number, wide, grouped, f"+86{number}"):
        kinds = [(kind, value) for kind, value, _ in found(f"电话{written}。", PHONE_KINDS)]
        assert kinds == [("mobile", number)]
