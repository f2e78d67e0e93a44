"""The seven categories, in the order of the classifier's outputs."""

from __future__ import annotations

from typing import Final, Literal, get_args

Category = Literal[
    "impersonation",
    "genuine_collection",
    "abusive_collection",
    "debt_service_ad",
    "loan_ad",
    "other_scam",
    "benign",
]

CATEGORIES: Final[tuple[Category, ...]] = get_args(Category)

# The categories whose sender is a fraudster: their probabilities add up to the risk.
FRAUD_CATEGORIES: Final[frozenset[Category]] = frozenset({"impersonation", "other_scam"})
