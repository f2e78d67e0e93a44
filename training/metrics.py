"""Figures with intervals, for the model card and the benches."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from model.labels import CATEGORIES

_Z: Final = NormalDist().inv_cdf(0.975)


def wilson(successes: int, n: int) -> dict[str, float]:
    """A share with its 95 % Wilson interval; all zero bounds to one for n = 0.

    Source: Wilson 1927, J. Am. Stat. Assoc. 22(158).
    """
    if n == 0:
        return {"value": 0.0, "low": 0.0, "high": 1.0}
    share = successes / n
    centre = share + _Z**2 / (2 * n)
    half = _Z * float(np.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2)))
    scale = 1 + _Z**2 / n
    return {
        "value": share,
        "low": max(0.0, (centre - half) / scale),
        "high": min(1.0, (centre + half) / scale),
    }


def expected_calibration_error(
    probabilities: Sequence[float], happened: Sequence[bool], bins: int = 10
) -> float:
    """Mean gap between stated and observed frequency over equal-width bins, in 0..1."""
    stated, observed = np.asarray(probabilities), np.asarray(happened, dtype=np.float64)
    places = np.minimum((stated * bins).astype(int), bins - 1)
    gaps = [
        (places == place).mean()
        * abs(stated[places == place].mean() - observed[places == place].mean())
        for place in range(bins)
        if (places == place).any()
    ]
    return float(sum(gaps))


def classification_report(
    labels: NDArray[np.int64], predicted: NDArray[np.int64]
) -> dict[str, Any]:
    """Accuracy, macro-F1 and, for each category, n, precision and recall with interval."""
    rows: list[dict[str, Any]] = []
    scores: list[float] = []
    for index, name in enumerate(CATEGORIES):
        truth, said = labels == index, predicted == index
        hits = int((truth & said).sum())
        precision = hits / max(1, int(said.sum()))
        recall = wilson(hits, int(truth.sum()))
        rows.append({"name": name, "n": int(truth.sum()), "precision": precision, "recall": recall})
        total = precision + recall["value"]
        scores.append(2 * precision * recall["value"] / total if total else 0.0)
    return {
        "n": len(labels),
        "accuracy": wilson(int((labels == predicted).sum()), len(labels)),
        "macro_f1": float(np.mean(scores)),
        "categories": rows,
    }
