from __future__ import annotations

import pytest

from tests.screening.evidence.reading import found_with_details


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("【招商银行】请登录cmb-hk8.top还款", [("unlisted", "cmb-hk8.top")]),
        ("【招商银行】请登录cmbchina.com.hk8.top还款", [("look_alike", "cmbchina.com.hk8.top")]),
        ("【招商银行】请登录xcmbchina.com还款", [("unlisted", "xcmbchina.com")]),
        (
            "【招商银行】点http://cmbchina.com@hk8.top",
            [("unlisted", "http://cmbchina.com@hk8.top")],
        ),
        ("【招商银行】入口：CMB-HK8.ltd，限今日", [("unlisted", "cmb-hk8.ltd")]),
        ("【招商银行】请登录icbc.com.cn", [("other_institution", "icbc.com.cn")]),
        ("【招商银行】点http://10.0.3.7/pay", [("ip_address", "http://10.0.3.7/pay")]),
        ("点10.0.3.7:8080还款", [("ip_address", "10.0.3.7:8080")]),
        ("招行客服：链接t.cn/A6x0，点开还款", [("unlisted", "t.cn/a6x0")]),
        ("【招商银行】m.cmbchina.com升级，改登a.cc", [("unlisted", "a.cc")]),
        ("请登录icbc.com.cn.pay0.top核实", [("look_alike", "icbc.com.cn.pay0.top")]),
        ("请登录www.1cbc.com.cn核实", [("look_alike", "www.1cbc.com.cn")]),
        ("请登录crnbchina.com核实", [("look_alike", "crnbchina.com")]),
        ("请打开cmbсhina.com核实", [("look_alike", "cmbсhina.com")]),  # a Cyrillic letter
        ("【招商银行】请登录cmb-hk8点top还款", [("disguised", "cmb-hk8点top")]),
    ],
)
def test_links_that_are_not_the_lenders(text: str, expected: list[tuple[str, str]]) -> None:
    assert found_with_details("unofficial_link", text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "【招商银行】请登录m.cmbchina.com还款",
        "【招商银行】请登录https://cc.cmbchina.com/pay?a=1。",
        "【招商银行】可在zxfw.court.gov.cn查询",
        "【招商银行】举报见www.12321.cn",
        "【招商银行】说明见mp.weixin.qq.com/s/a1b2",
        "【百信银行】请登录hk8.top还款",  # no known domain to compare with
        "请登录hk8.top领取优惠",
        "【招商银行】请勿点击cmb-hk8.top，谨防假冒",
        "【招商银行】近期出现的cmb-hk8.top都是诈骗网站",
        "【招商银行】账单已发至a.li@mail.top",
        "【招商银行】App版本8.0.1.12已发布",
        "【招商银行】应还116.00元，2026.07.15到期",
        "对方：招行客服，您收到的链接是什么\n我：cmb-hk8.top",
        "请打开icbc.com.cn核实",
        "【工商银行】警惕假网站1cbc.com.cn，请勿登录",
        "【招商银行】逾期3.15日起计",
    ],
)
def test_nothing_is_held_against_other_links(text: str) -> None:
    assert found_with_details("unofficial_link", text) == []
