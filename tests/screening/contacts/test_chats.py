from __future__ import annotations

import pytest

from screening.contacts import PHONE_KINDS
from tests.screening.contacts.reading import Found, found, traits

KINDS = {"wechat", "qq", "telegram", "douyin", "whatsapp", "line"}
ACCOUNTS: list[tuple[str, str, str]] = [
    ("加微信lc_0042详谈", "wechat", "lc_0042"),
    ("微信号：fawu_li88", "wechat", "fawu_li88"),
    ("微信：xiaofangzhu", "wechat", "xiaofangzhu"),
    ("请加专员微信gohelp补一下", "wechat", "gohelp"),
    ("薇信 hk0000a", "wechat", "hk0000a"),
    ("威❤信：hk0000a", "wechat", "hk0000a"),
    ("V信hk0000a", "wechat", "hk0000a"),
    ("vx:hk0000a", "wechat", "hk0000a"),
    ("wx hk0000a", "wechat", "hk0000a"),
    ("+v hk0000a", "wechat", "hk0000a"),
    ("加❤：hk0000a", "wechat", "hk0000a"),
    ("加微(“hk0000a”)", "wechat", "hk0000a"),
    ("葳❤: hk0000a", "wechat", "hk0000a"),
    ("WeChat ID: hk0000a", "wechat", "hk0000a"),
    ("微信13900004821", "wechat", "13900004821"),
    ("QQ 300004821", "qq", "300004821"),
    ("扣扣：300004821", "qq", "300004821"),
    ("抠抠群号300004821", "qq", "300004821"),
    ("企鹅号300004821", "qq", "300004821"),
    ("加Q300004821", "qq", "300004821"),
    ("Q群 300004821", "qq", "300004821"),
    ("telegram: fawu_li", "telegram", "fawu_li"),
    ("纸飞机 @fawu_li", "telegram", "fawu_li"),
    ("飞机号：fawu_li", "telegram", "fawu_li"),
    ("TG@fawu_li", "telegram", "fawu_li"),
    ("抖音号：fawu.li88", "douyin", "fawu.li88"),
    ("dy号fawu88", "douyin", "fawu88"),
    ("加赖 fawu88", "line", "fawu88"),
    ("LINE ID：fawu88", "line", "fawu88"),
    ("line@fawu88", "line", "fawu88"),
]
NONE = [
    "微信支付95017",
    "微信还款更方便",
    "关注微信公众号",
    "请在微信app内还款",
    "手机QQ内还款",
    "微信：pay",
    "微信转账500元",
    "微信客服：95017",
    "坐飞机ca1234回家",
    "不要赖账",
    "老赖名单2025",
    "抖音app搜索放心借",
    "抖音月付3120元",
    "online banking 12345",
    "line pay已绑定",
    "每天加v",
    "企鹅很可爱300只",
    "电报大楼1958年建成",
    "微信2025年更新",
    "qq邮箱已停用",
    "whatsapp 我同事",
]


@pytest.mark.parametrize(("text", "kind", "value"), ACCOUNTS)
def test_accounts_are_found_however_the_service_is_spelt(text: str, kind: str, value: str) -> None:
    assert found(text, KINDS) == [(kind, value, value)]


@pytest.mark.parametrize("text", NONE)
def test_services_without_account_are_none(text: str) -> None:
    assert found(text, KINDS) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "13900004821（微信同号）",
            [("mobile", "13900004821", "13900004821"), ("wechat", "13900004821", "微信同号")],
        ),
        (
            "微信同号：13900004821",
            [("wechat", "13900004821", "微信同号"), ("mobile", "13900004821", "13900004821")],
        ),
        (
            "电话139 0000 4821加微信同步",
            [("mobile", "13900004821", "139 0000 4821"), ("wechat", "13900004821", "加微信同步")],
        ),
        ("微信同号", []),
        ("手机13900004821是您本人的，另有一处地址在城西老街口的茶楼旁，以后再说，微信同号", None),
        ("微信：一三九零零零零四八二一", [("wechat", "13900004821", "一三九零零零零四八二一")]),
        (
            "WhatsApp +852 6000 0183",
            [("whatsapp", "85260000183", "whatsapp"), ("foreign", "85260000183", "+852 6000 0183")],
        ),
        ("WhatsApp：6000-0183", [("whatsapp", "60000183", "6000-0183")]),
        ("微信95588", [("service", "95588", "95588")]),
    ],
)
def test_an_account_may_be_the_phone_number(text: str, expected: Found | None) -> None:
    points = found(text, KINDS | PHONE_KINDS)
    assert points == ([("mobile", "13900004821", "13900004821")] if expected is None else expected)


def test_a_disguised_number_stays_marked_as_an_account() -> None:
    assert traits("微信一三九零零零零四八二一", KINDS) == ["disguised"]
