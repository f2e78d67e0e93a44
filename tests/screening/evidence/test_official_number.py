from __future__ import annotations

import pytest

from screening.evidence import detect_all, shipped_detectors
from tests.screening.evidence.reading import findings, read


@pytest.mark.parametrize(
    ("text", "sender", "expected"),
    [
        ("【平安银行】信用卡还款详询95511", None, [("text", "95511")]),
        ("【平安银行】信用卡还款详询95511转2", "95511", [("sender", ""), ("text", "95511")]),
        ("【平安银行】信用卡今日还款", "95511", [("sender", "")]),
        ("【徽商银行】还款详询0551-96588", None, [("text", "0551-96588")]),
        ("【徽商银行】还款详询400-889-6588", None, [("text", "400-889-6588")]),
        ("【中银香港】查询+852 3988 2388", None, [("text", "+852 3988 2388")]),
        ("您的账单今日到期，详询95533", "95533", [("sender", ""), ("text", "95533")]),
        ("【工商银行】真95588，假139 0000 4821", None, [("text", "95588")]),
        ("【平安银行】信用卡还款详询95588", None, []),
        ("【平安银行】信用卡还款详询400-000-7713", "13900004821", []),
        ("【平安银行】信用卡还款", "平安银行", []),
        ("【百信银行】还款详询956186", None, []),  # a candidate is not official
        ("【平安银行】可向12378投诉", None, []),
        ("【平安银行】欠款95511元", None, []),
        ("【平安银行】详见尾号95511", None, []),
        ("请拨95511查询", None, []),
        ("【平安银行】信用卡还款详询９５５１１", None, [("text", "95511")]),
        ("【平安銀行】信用卡還款詳詢95511", None, [("text", "95511")]),
        ("【平安银行】还款详询0755-95511", None, [("text", "0755-95511")]),
        ("【平安普惠】借款还款详询95511", None, [("text", "95511")]),
        ("您的微粒贷今日应还，客服95384", None, [("text", "95384")]),
        ("【花呗】本月应还，客服95188", "95188", [("sender", ""), ("text", "95188")]),
        ("【青岛银行】还款详询0532-96588", None, [("text", "0532-96588")]),
        ("【青岛银行】还款详询0551-96588", None, []),  # another bank's, dialled there
        ("【平安银行】请拨95511或95588", None, [("text", "95511")]),
        ("【平安银行】请勿拨打400-000-7713，只认95511", None, [("text", "95511")]),
        ("【平安银行】转账备注95511", "10690000955", [("text", "95511")]),
    ],
)
def test_the_lenders_own_numbers(
    text: str, sender: str | None, expected: list[tuple[str, str]]
) -> None:
    context = read(text, sender)
    found = [
        (each.detail, context.text[each.start : each.end] if each.start >= 0 else "")
        for each in findings("official_number", context)
    ]
    assert found == expected


def test_a_genuine_reminder_shows_its_official_number_and_nothing_else() -> None:
    text = "【平安银行】您尾号8821信用卡本期最低还款116.00元，到期还款日07月15日，详询95511"
    context = read(text, "95511")
    assert context.claim.institution == "pab"
    found = detect_all(context, shipped_detectors())
    assert [(finding.code, finding.detail) for finding in found] == [
        ("official_number", "sender"),
        ("official_number", "text"),
    ]
