"""Rows as `training.dataset` gives them, made on the spot."""

from __future__ import annotations

from typing import Any

from datasets import Dataset

from model.labels import CATEGORIES
from training.dataset import LEVELS


def row(text: str, category: str = "benign", **fields: Any) -> dict[str, Any]:
    """An original of a unit of its own without header and marked evidence, but for `fields`."""
    return {
        "header": "",
        "text": text,
        "plain": text,
        "label": CATEGORIES.index(category),
        "weight": 1.0,
        "copy": False,
        "source": "gold",
        "group": "g",
        "name": text,
        "unit": text,
        "expected": LEVELS.index("caution"),
        "spans": [],
    } | fields


def dataset(*texts: tuple[str, str]) -> Dataset:
    """A data set of texts and their categories."""
    return Dataset.from_list([row(text, category) for text, category in texts])
