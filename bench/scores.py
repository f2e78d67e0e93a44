"""Figures of one system on one set, with intervals by bootstrap.

Resampled are units, not messages: twins stand or fall together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score, roc_auc_score

from bench.texts import Labelled
from model.labels import CATEGORIES, FRAUD_COLUMNS
from training.metrics import expected_calibration_error

_RESAMPLES: Final = 300
_SEED: Final = 20264

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

# Whether the category at each place is a fraudster's.
FRAUD: Final = np.isin(np.arange(len(CATEGORIES)), FRAUD_COLUMNS)


@dataclass(frozen=True, slots=True)
class Scored:
    """What one system said of one set.

    Attributes:
        truth: places in CATEGORIES, one a message.
        chances: probabilities (messages, categories).
        risk: the probability of fraud, in 0..1; of the whole system it holds the evidence too.
        units: the same number for twins.

    """

    truth: Ints
    chances: Floats
    risk: Floats
    units: Ints


def scored(items: Sequence[Labelled], chances: Floats, risk: Floats | None = None) -> Scored:
    """What a system said of some messages; the risk is that of the probabilities unless given."""
    truth = np.asarray([CATEGORIES.index(item.category) for item in items])
    units = np.unique([item.unit for item in items], return_inverse=True)[1]
    return Scored(truth, chances, chances[:, FRAUD].sum(1) if risk is None else risk, units)


def macro_f1(one: Scored) -> float:
    """Mean F1 over the categories that occur."""
    present = sorted(set(one.truth.tolist()))
    guessed = one.chances.argmax(1)
    return float(f1_score(one.truth, guessed, labels=present, average="macro", zero_division=0.0))


def accuracy(one: Scored) -> float:
    """Share of messages whose likeliest category is the right one."""
    return float((one.chances.argmax(1) == one.truth).mean())


def auc(one: Scored) -> float:
    """Area under the ROC curve of the risk; 0.5 where there is but one kind."""
    fraud = FRAUD[one.truth]
    return float(roc_auc_score(fraud, one.risk)) if 0 < fraud.sum() < len(fraud) else 0.5


def calibration_error(one: Scored) -> float:
    """Expected calibration error of the risk over ten bins."""
    return expected_calibration_error(one.risk.tolist(), FRAUD[one.truth].tolist())


def twins_in_order(one: Scored) -> float:
    """Share of false-and-lawful twins of which the false one has the higher risk."""
    pairs = [
        (first, second) if FRAUD[one.truth[first]] else (second, first)
        for first, second in twins(one.units)
        if FRAUD[one.truth[first]] != FRAUD[one.truth[second]]
    ]
    return float(np.mean([one.risk[false] > one.risk[lawful] for false, lawful in pairs]))


def both_twins_right(one: Scored) -> float:
    """Share of pairs whose members both get their category."""
    right = one.chances.argmax(1) == one.truth
    return float(np.mean([right[first] and right[second] for first, second in twins(one.units)]))


def twins(units: Ints) -> list[tuple[int, int]]:
    """Places of the two members of each pair."""
    order = np.argsort(units, kind="stable")
    same = np.flatnonzero(np.diff(units[order]) == 0)
    return [(int(order[place]), int(order[place + 1])) for place in same]


METRICS: Final[dict[str, Callable[[Scored], float]]] = {
    "macro_f1": macro_f1,
    "accuracy": accuracy,
    "fraud_auc": auc,
    "risk_calibration_error": calibration_error,
}
PAIR_METRICS: Final[dict[str, Callable[[Scored], float]]] = {
    "twins_in_order": twins_in_order,
    "both_twins_right": both_twins_right,
}


def with_intervals(one: Scored) -> dict[str, Any]:
    """Each metric with its 95 % interval; pairs are left out where there are none."""
    chosen = dict(METRICS)
    if len(set(one.units.tolist())) < len(one.units):
        chosen |= PAIR_METRICS
    resampled = list(_resamples(one))
    report: dict[str, Any] = {}
    for name, metric in chosen.items():
        values = [metric(other) for other in resampled]
        low, high = np.quantile(values, (0.025, 0.975))
        report[name] = {"value": metric(one), "low": float(low), "high": float(high)}
    return report


def _resamples(one: Scored) -> Iterator[Scored]:
    generator = np.random.default_rng(_SEED)
    members = [np.flatnonzero(one.units == unit) for unit in np.unique(one.units)]
    for _ in range(_RESAMPLES):
        drawn = [members[unit] for unit in generator.integers(len(members), size=len(members))]
        places = np.concatenate(drawn)
        # A unit drawn twice is two units.
        units = np.repeat(np.arange(len(drawn)), [len(unit) for unit in drawn])
        yield Scored(one.truth[places], one.chances[places], one.risk[places], units)
