from __future__ import annotations

import pytest

from screening.contacts import is_ip_address, registered_domain
from tests.screening.contacts.reading import Found, found, traits

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
        [("link", "hk8.top", "hk8.top")],
    ),
]
ODD: list[tuple[str, str, str, str]] = [
    ("登录pa-hk8点top还款", "pa-hk8.top", "pa-hk8点top", "disguised"),
    ("登录pa-hk8。top还款", "pa-hk8.top", "pa-hk8。top", "disguised"),
    ("登录pa-hk8 . top 还款", "pa-hk8.top", "pa-hk8 . top", "disguised"),
    ("登录pa-hk8[.]top", "pa-hk8.top", "pa-hk8[.]top", "disguised"),
    ("登录pa-hk8（点）com/x", "pa-hk8.com", "pa-hk8(点)com/x", "disguised"),
    ("www点pa-hk8点com点cn", "www.pa-hk8.com.cn", "www点pa-hk8点com点cn", "disguised"),
    ("fenqi8. com", "fenqi8.com", "fenqi8. com", "disguised"),
    ("点pаyра-hk8.com", "xn--py-hk8-3nfb7l.com", "pаyра-hk8.com", "look_alike"),
    ("点ραy8.top", "xn--y8-b9b7d.top", "ραy8.top", "look_alike"),
    ("点xn--80ak6aa92e.com", "xn--80ak6aa92e.com", "xn--80ak6aa92e.com", "look_alike"),
    ("点xn--fiq228c.com", "xn--fiq228c.com", "xn--fiq228c.com", "punycode"),
    ("http://和平.com/x", "xn--0tr63u.com", "http://和平.com/x", "punycode"),
    ("www.和平.网址", "www.xn--0tr63u.xn--ses554g", "www.和平.网址", "punycode"),
    ("进10.0.3.7/pay", "10.0.3.7", "10.0.3.7/pay", "ip_address"),
    ("查看t.cn/A6x0", "t.cn", "t.cn/a6x0", "short_link"),
    ("https://dwz.cn/Kx2", "dwz.cn", "https://dwz.cn/kx2", "short_link"),
    ("weixin://dl/business/?t=a1", "weixin", "weixin://dl/business/?t=a1", "app_scheme"),
    ("点击alipays://platformapi/x", "alipays", "alipays://platformapi/x", "app_scheme"),
    ("taobao://m.hk8.top/x", "m.hk8.top", "taobao://m.hk8.top/x", "app_scheme"),
    ("hxxp://pa-hk8.top/x", "pa-hk8.top", "hxxp://pa-hk8.top/x", ""),
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
    "今天8点top没到",
    "please call. top up",
    "5点com",
    "说好.你看",
    "邮箱fawu@pa-hk8.top",
    "请打call. me",
    "pay。to",
    "共3.14元",
    "9点am开庭",
    "http:// 打不开",
    "xn--.",
]


@pytest.mark.parametrize(("text", "expected"), LINKS)
def test_links_are_found_with_host_and_place(text: str, expected: Found) -> None:
    assert found(text, {"link"}) == expected


@pytest.mark.parametrize(("text", "host", "words", "trait"), ODD)
def test_odd_links_are_found_and_marked(text: str, host: str, words: str, trait: str) -> None:
    assert found(text, {"link"}) == [("link", host, words)]
    assert traits(text, {"link"}) == [trait]


@pytest.mark.parametrize("text", NO_LINKS)
def test_what_is_no_link(text: str) -> None:
    assert found(text, {"link"}) == []


def test_hosts_are_told_apart() -> None:
    assert registered_domain("a.b.icbc.com.cn") == "icbc.com.cn"
    assert registered_domain("116.00") == ""
    assert is_ip_address("10.0.3.7")
    assert not is_ip_address("300.0.3.7")
    assert not is_ip_address("a.10.0.3")
