from __future__ import annotations

import pytest

from tests.screening.evidence.reading import found_with_details


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("【平安银行】信用卡逾期，请致电13900004821", [("mobile", "13900004821")]),
        ("【平安银行】信用卡逾期，请回电+852 6000 0183", [("foreign", "+852 6000 0183")]),
        ("【平安银行】信用卡逾期，请致电95588", [("other_institution", "95588")]),
        ("【平安银行】信用卡逾期，请致电400-000-7713", [("unlisted", "400-000-7713")]),
        ("【平安银行】信用卡逾期，回电021-60000418", [("unlisted", "021-60000418")]),
        ("【平安银行】如有疑问请拨0755-80000816", [("unlisted", "0755-80000816")]),
        ("【平安银行】如遇困难可致电13900004821", [("mobile", "13900004821")]),
        ("【平安银行】详询95511或13900004821", [("mobile", "13900004821")]),
        ("【某区人民法院】执行案款请联系13900004821", [("mobile", "13900004821")]),
        ("市公安局民警通知您回电139-0000-4821", [("mobile", "139-0000-4821")]),
        ("您的包裹涉案，请拨00852-60000183", [("foreign_unclaimed", "00852-60000183")]),
        ("信银国际不在此列。【中信银行】请拨+1 202 555 0147", [("foreign", "+1 202 555 0147")]),
        ("【中银香港】信用卡部请拨+852 6000 0183", [("unlisted", "+852 6000 0183")]),
        ("【平安银行】请您拨打电话13900004821", [("mobile", "13900004821")]),
        ("对方：招行客服，打13900004821找我\n我：好", [("mobile", "13900004821")]),
    ],
)
def test_numbers_that_are_not_the_lenders(text: str, expected: list[tuple[str, str]]) -> None:
    assert found_with_details("unofficial_number", text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "【平安银行】您尾号8821信用卡本期最低还款116.00元，到期还款日07月15日，详询95511",
        "【徽商银行】还款疑问请拨0551-96588",
        "【平安银行】可向12378投诉，或拨96110核实",
        "【百信银行】还款请拨956186",  # a candidate is never held against anyone
        "【百信银行】还款请拨400-000-7713",  # no known number to compare with
        "【平安银行】已向您预留手机号13900004821发送通知",
        "【平安银行】您的手机13900004821已绑定",
        "【平安银行】请勿拨打400-000-7713，谨防诈骗",
        "【平安银行】凡用13900004821来电的都是诈骗",
        "【平安银行】转到支付宝13900004821",  # an account, for private_account to judge
        "【平安银行】将欠款汇到13900004821",
        "【正合律师事务所】请联系承办律师13900004821",
        "您的快递到了，取件请联系13900004821",
        "妈，我换号码了，13900004821",
        "物业缴费请拨021-60000418",
        "对方：招行客服，请问您的号码\n我：13900004821",
        "【平安银行】短信由106980095511发送",
    ],
)
def test_nothing_is_held_against_other_numbers(text: str) -> None:
    assert found_with_details("unofficial_number", text) == []
