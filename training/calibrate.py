"""Temperature and operating points, fitted on what is shipped (int8), on held-out texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from model.artifact import OperatingPoint
from model.classifier import softmax
from model.labels import CATEGORIES, FRAUD_CATEGORIES

# A pasted message is fraud in perhaps 3 of 10 cases, a logged one in 5 of 10,000.
BASE_RATES: Final = {"paste": 0.30, "log": 0.0005}
_FALSE_ALARMS: Final = {"paste": 0.01, "log": 0.0002}
_MISSES: Final = {"paste": 0.02, "log": 0.20}

Floats = NDArray[np.float64]
FRAUD_COLUMNS: Final = [i for i, label in enumerate(CATEGORIES) if label in FRAUD_CATEGORIES]


def fit_temperature(
    logits: NDArray[np.float32], labels: NDArray[np.int64], base_rate: float
) -> float:
    """Temperature in 0.25..8 with the least negative log-likelihood (arXiv 1706.04599).

    Rows are weighted so that frauds make up `base_rate` of the mass: calibration is for the
    traffic expected, not for the make-up of the labelled set.
    """
    fraud = np.isin(labels, FRAUD_COLUMNS)
    weights = np.where(fraud, base_rate / fraud.mean(), (1 - base_rate) / (1 - fraud.mean()))

    def loss(temperature: float) -> float:
        chosen = softmax(logits, temperature)[np.arange(len(labels)), labels]
        return float(-(weights * np.log(np.maximum(chosen, 1e-12))).mean())

    return float(minimize_scalar(loss, bounds=(0.25, 8.0), method="bounded").x)


def fraud_probability(logits: NDArray[np.float32], temperature: float) -> Floats:
    """Summed probability of the fraud categories, one value in 0..1 a row."""
    return np.asarray(softmax(logits, temperature)[:, FRAUD_COLUMNS].sum(1))


def fit_operating_points(
    fraud: Sequence[float], hard: Sequence[float], ordinary: Sequence[float]
) -> dict[str, OperatingPoint]:
    """Thresholds on the fraud probability.

    Args:
        fraud: probabilities given to held-out frauds.
        hard: to held-out lawful messages about debt and their like.
        ordinary: to held-out everyday texts. `log` needs many: with fewer than 5,000 its
            false-alarm rate of 0.02 % rests on the highest of them.

    """
    return {
        "paste": _point("paste", fraud, np.asarray([*hard], dtype=np.float64)),
        "log": _point("log", fraud, np.asarray([*hard, *ordinary], dtype=np.float64)),
    }


def _point(name: str, fraud: Sequence[float], lawful: Floats) -> OperatingPoint:
    alarm = _above(lawful, _FALSE_ALARMS[name])
    missed = float(np.quantile(np.asarray(fraud), _MISSES[name], method="lower"))
    threshold = float(np.clip(alarm, 0.5, 0.995))
    return OperatingPoint(
        base_rate=BASE_RATES[name],
        caution=float(np.clip(min(missed, threshold * 0.6), 0.05, 0.9)),
        fraud=threshold,
    )


def _above(lawful: Floats, share: float) -> float:
    """The least threshold that at most `share` of the lawful texts reach."""
    allowed = int(share * len(lawful))
    highest = np.sort(lawful)[::-1]
    return float(np.nextafter(highest[min(allowed, len(highest) - 1)], 1.0))
