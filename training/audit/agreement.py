"""How far two people agree on the labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score

from data.annotations import Annotation
from model.labels import CATEGORIES
from training.audit import SEED

_RESAMPLES: Final = 1000


def agreement(annotations: Sequence[Annotation]) -> dict[str, Any]:
    """Cohen's kappa over the categories, for each category against the rest, and for verdicts.

    Returns:
        `n`, `disagreements`, and for each figure `kappa` in -1..1 with the bounds of a 95 %
        bootstrap interval over messages and the plain share of equal labels. Categories that
        neither person used are left out.

    """
    first = np.asarray([item.first.category for item in annotations])
    second = np.asarray([item.second.category for item in annotations])
    return {
        "n": len(annotations),
        "disagreements": sum(item.first != item.second for item in annotations),
        "category": _kappa(first, second),
        "by_category": {
            name: _kappa(first == name, second == name) | {"n": int((first == name).sum())}
            for name in CATEGORIES
            if name in first or name in second
        },
        "expected": _kappa(
            np.asarray([item.first.expected for item in annotations]),
            np.asarray([item.second.expected for item in annotations]),
        ),
    }


def _kappa(first: NDArray[Any], second: NDArray[Any]) -> dict[str, float]:
    values, codes = np.unique(np.concatenate([first, second]), return_inverse=True)
    one, other = codes[: len(first)], codes[len(first) :]
    labels = list(range(len(values)))
    rng = np.random.default_rng(SEED)
    draws = [
        _table_kappa(one[places], other[places], len(labels))
        for places in rng.integers(0, len(one), (_RESAMPLES, len(one)))
    ]
    low, high = np.quantile(draws, (0.025, 0.975))
    return {
        "kappa": float(cohen_kappa_score(one, other, labels=labels)) if len(values) > 1 else 1.0,
        "low": float(low),
        "high": float(high),
        "equal": float((one == other).mean()),
    }


def _table_kappa(one: NDArray[np.intp], other: NDArray[np.intp], size: int) -> float:
    """Cohen's kappa from the confusion table: scikit-learn's is too slow a thousand times."""
    table = np.bincount(one * size + other, minlength=size * size).reshape(size, size) / len(one)
    chance = float(table.sum(0) @ table.sum(1))
    # Only one label was drawn: nothing to disagree about.
    return 1.0 if chance == 1 else (float(np.trace(table)) - chance) / (1 - chance)
