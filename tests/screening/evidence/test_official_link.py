from __future__ import annotations

import pytest

from tests.screening.evidence.reading import found_with_details


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
        ("【招商銀行】請登錄cmbchina.com還款", ["cmbchina.com"]),
        ("【平安普惠】借款见pingan.com", ["pingan.com"]),
        ("您的微粒贷账单见webank.com", ["webank.com"]),
        ("【招商银行】CMBCHINA.COM。", ["cmbchina.com"]),
        ("【招商银行】cmbchina.com/x，勿点其他", ["cmbchina.com/x"]),
        ("【招商银行】cmbchlna.com", []),
        ("【招商银行】cmbchina.com.cn.hk8.top", []),
        ("【招商银行】cmbchina-com.top", []),
        ("【招商银行】请到zxfw.court.gov.cn查询", []),
        ("【百信银行】请登录hk8.top", []),
        ("【招商银行】关注公众号cmb4008205555", []),
    ],
)
def test_links_on_the_lenders_own_domain(text: str, expected: list[str]) -> None:
    assert found_with_details("official_link", text) == [("text", words) for words in expected]
