from __future__ import annotations

from model.labels import CATEGORIES, FRAUD_CATEGORIES, FRAUD_COLUMNS


def test_the_order_of_the_outputs_is_fixed() -> None:
    assert CATEGORIES == (
        "impersonation",
        "genuine_collection",
        "abusive_collection",
        "debt_service_ad",
        "loan_ad",
        "other_scam",
        "benign",
    )
    assert sorted(FRAUD_CATEGORIES) == ["impersonation", "other_scam"]


def test_fraud_columns() -> None:
    assert [CATEGORIES[i] for i in FRAUD_COLUMNS] == ["impersonation", "other_scam"]
