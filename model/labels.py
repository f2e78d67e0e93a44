"""The seven categories, in the order of the classifier's outputs."""

from __future__ import annotations

from typing import Final, get_args

from data.labels import Category as Category

CATEGORIES: Final[tuple[Category, ...]] = get_args(Category)

# The categories whose sender is a fraudster: their probabilities add up to the risk.
FRAUD_CATEGORIES: Final[frozenset[Category]] = frozenset({"impersonation", "other_scam"})

# Their places among the classifier's outputs.
FRAUD_COLUMNS: Final = [i for i, label in enumerate(CATEGORIES) if label in FRAUD_CATEGORIES]
