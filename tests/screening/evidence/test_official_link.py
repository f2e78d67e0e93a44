from __future__ import annotations

import pytest

from screening.evidence.official_link import CODE, detect
from tests.screening.evidence.reading import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("【招商银行】请登录cmbchina.com", ["cmbchina.com"]),
        (
            "【招商银行】请登录https://cc.cmbchina.com/pay?a=1。",
            ["https://cc.cmbchina.com/pay?a=1"],
        ),
        ("【招商银行】请登录ＣＭＢＣＨＩＮＡ.ＣＯＭ", ["cmbchina.com"]),
        ("【招商银行】cmbchina.com或cmbt.cn/a", ["cmbchina.com", "cmbt.cn/a"]),
        ("【微信支付】分付还款pay.weixin.qq.com", ["pay.weixin.qq.com"]),
        ("【平安银行】信用卡bank.pingan.com", ["bank.pingan.com"]),
        ("【工商银行】贷款见m.icbc.com.cn,95588", ["m.icbc.com.cn"]),
        ("【招商银行】请登录cmbchina.com.hk8.top", []),
        ("【招商银行】请登录xcmbchina.com", []),
        ("【招商银行】请登录cmbchina.com@hk8.top", []),
        ("【招商银行】http://cmbchina.com@hk8.top/", []),
        ("【招商银行】hk8.top/cmbchina.com", []),
        ("【招商银行】icbc.com.cn", []),
        ("【招商银行】service@cmbchina.com", []),
        ("【招商银行】10.0.3.7", []),
        ("请登录cmbchina.com", []),
    ],
)
def test_links_on_the_lenders_own_domain(text: str, expected: list[str]) -> None:
    context = read(text)
    findings = list(detect(context))
    assert [context.text[finding.start : finding.end] for finding in findings] == expected
    assert all((finding.code, finding.detail) == (CODE, "text") for finding in findings)
