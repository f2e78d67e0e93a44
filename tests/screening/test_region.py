from __future__ import annotations

import pytest

from data.institution import shipped_institutions
from model.normalize import normalize
from screening.region import regions_of


@pytest.mark.parametrize(
    ("text", "institution", "expected"),
    [
        ("您的信用卡已逾期，请还款", None, ("CN",)),
        ("您的香港信用卡账单已出", None, ("CN",)),
        ("閣下之信用卡結欠HK$3,200，請即繳付", None, ("HK",)),
        ("你張卡欠咗兩期，今晚過數畀我", None, ("HK",)),
        ("您好，您的信用卡帳款新臺幣三千元已逾期，請至超商繳費", None, ("TW",)),
        ("這裡是聯徵中心，您的帳戶已列呆帳", None, ("TW",)),
        ("閣下之MOP3,000欠款請過數", None, ("MO",)),
        ("您的卡片已逾期，請儘快處理", None, ("HK", "TW")),
        ("【平安銀行】您的卡片已逾期，請儘快處理", "pab", ("CN",)),
        ("【平安銀行】請到超商繳新臺幣三千元", "pab", ("TW",)),
        ("Your card is overdue", "hsbc-hk", ("HK",)),
        ("", None, ("CN",)),
    ],
)
def test_regions(text: str, institution: str | None, expected: tuple[str, ...]) -> None:
    view = normalize(text)
    entry = shipped_institutions().get(institution or "")
    assert regions_of(view.text, view.traditional, entry) == expected
