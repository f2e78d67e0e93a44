from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.evidence.verification_code import detect
from tests.screening.evidence.reading import read

DEMANDS: list[tuple[str, list[str]]] = [
    ("请把短信验证码报给我，我帮您销账", ["请把短信验证码报给我"]),
    ("将收到的验证码回复至本短信", ["将收到的验证码回复至本"]),
    ("您把六位数字念给我就行", ["把六位数字念给我"]),
    ("稍后收到的动态码截图给我", ["收到的动态码截图给我"]),
    ("请提供银行卡密码和短信验证码", ["提供银行卡密码"]),
    ("验证码发我一下", ["验证码发我"]),
    ("把登录码转发给专员", ["把登录码转发给专员"]),
    ("麻烦报一下验证码", ["报一下验证码"]),
    ("手机收到的数字念给我", ["手机收到的数字念给我"]),
    ("您会收到一条短信，请读给我听", ["收到一条短信,请读给我"]),
    ("需告知客服您的动态口令", ["告知客服您的动态口令"]),
    ("填写银行卡号、有效期及短信验证码即可", ["填写银行卡号、有效期及短信验证码"]),
    ("输入卡号、查询密码及CVV2", ["输入卡号、查询密码"]),
    ("請將驗證碼告訴我", ["请将验证码告诉我"]),
    ("背面三位给我", ["背面三位给我"]),
    ("请回复本短信发送验证码", ["回复本短信发送验证码"]),
    ("付款码数字念给我", ["付款码数字念给我"]),
    ("把银行发你的验证码给我", ["把银行发你的验证码给我"]),
    ("收到6位数发来", ["收到6位数发来"]),
    ("六位数发来", ["六位数发来"]),
    ("短信验证码 提供给审核员", ["短信验证码提供给审核员"]),
    ("授权码发过来，五分钟有效", ["授权码发过来"]),
    ("登录密码发给我，我替您操作", ["登录密码发给我"]),
    ("请配合提供短信验证码", ["提供短信验证码"]),
    ("请勿告知他人，把验证码只发给我", ["把验证码只发给我"]),
    ("稍后系统下发鉴权码，您念给我", ["鉴权码,您念给我"]),
    ("预留手机的验证码，收到后复制给我", ["手机的验证码,收到后复制给我"]),
    ("短信来了，报给我", ["短信来了,报给我"]),
    ("请私信我姓名和登录验证码", ["私信我姓名和登录验证码"]),
]

HARMLESS: list[str] = [
    "验证码123456，请勿告知他人",
    "您的验证码为889012，5分钟内有效",
    "我行工作人员不会向您索要验证码",
    "任何人索要验证码均为诈骗",
    "请勿将短信验证码提供给任何人",
    "登录App输入短信验证码完成还款",
    "校验码告知他人将导致资金损失",
    "骗子让我把验证码念给他，我没给",
    "我：验证码要发给你吗\n对方：不用，只有您自己能看",
    "对方要我报验证码，是真的吗",
    "验证码输错了，重新获取一个",
    "密码错误三次将锁定",
    "快递取件码发我一下，我帮你拿",
    "取件码8-2-3301，请及时取件",
    "身份证后六位报一下核对身份",
    "手机尾号后四位告诉我核对",
    "付款码收款码都贴在前台",
    "凡要求提供短信验证码的一律挂断",
    "切勿把验证码转发给他人",
    "本次操作无需提供验证码",
    "有人打电话叫我把验证码报给他",
    "系统不会要求您回复验证码",
    "请设置六位数密码并妥善保管",
    "请修改登录密码",
    "收到短信后请联系我",
    "谨防以退款为由骗取银行卡号和验证码",
    "他写的“把验证码发给我”我没理",
    "短信来了，我回头看",
    "家里WiFi密码发我一下",
]


def found(text: str) -> list[str]:
    context = read(text)
    return [context.text[finding.start : finding.end] for finding in detect(context)]


@pytest.mark.parametrize(("text", "expected"), DEMANDS)
def test_finds_what_is_demanded(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", HARMLESS)
def test_leaves_warnings_reports_and_lawful_wording(text: str) -> None:
    assert found(text) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([text for text, _ in DEMANDS]) | st.text(max_size=20), max_size=6))
def test_spans_lie_inside_the_text(parts: list[str]) -> None:
    context = read("".join(parts))
    for finding in detect(context):
        assert finding.code == "verification_code"
        assert 0 <= finding.start < finding.end <= len(context.text)
