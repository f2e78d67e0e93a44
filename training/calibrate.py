"""Temperature and operating points, fitted on what is shipped (int8) and as it is used.

The temperature is the classifier's. The thresholds are those of the whole system, evidence and
policy included, since that is what people are told.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.stats import beta

from data.labels import Level
from model.artifact import OperatingPoint, Promise
from model.classifier import Prediction, softmax
from model.labels import FRAUD_COLUMNS
from screening.decision import Policy, decide
from screening.evidence.context import Finding
from screening.verdict import OperatingPointName

# A pasted message is fraud in perhaps 3 of 10 cases, a logged one in 5 of 10,000.
BASE_RATES: Final = {"paste": 0.30, "log": 0.0005}
# Risks promised with CONFIDENCE: lawful messages called fraud, frauds called harmless.
FALSE_ALARMS: Final = {"paste": 0.02, "log": 0.002}
MISSES: Final = {"paste": 0.01, "log": 0.05}
CONFIDENCE: Final = 0.9
POINT_NAMES: Final[tuple[OperatingPointName, ...]] = get_args(OperatingPointName)

Floats = NDArray[np.float64]

# Thresholds that are tried, in log-odds: 0.5 to 0.999 for fraud, 0.01 to 0.6 for caution.
_FRAUD_STEPS: Final = np.linspace(math.log(999), 0.0, 70)
_CAUTION_STEPS: Final = np.linspace(math.log(0.01 / 0.99), math.log(0.6 / 0.4), 60)


@dataclass(frozen=True, slots=True)
class Judged:
    """A held-out message that has been read and scored.

    Attributes:
        expected: the verdict that it deserves; None where nobody said.
        fraud: whether its sender is a fraudster.

    """

    prediction: Prediction
    findings: tuple[Finding, ...]
    fraud: bool
    expected: Level | None


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


def upper_bound(events: int, n: int, confidence: float = CONFIDENCE) -> float:
    """Clopper-Pearson upper bound of a rate, one-sided; 1 where nothing was seen."""
    if events >= n:
        return 1.0
    return float(beta.ppf(confidence, events + 1, n - events))


def fit_operating_points(
    dev: Sequence[Judged], ordinary: Sequence[Judged], policy: Policy
) -> dict[str, OperatingPoint]:
    """Thresholds on the risk, with what they promise.

    Thresholds are tried one after the other from the strictest, and the last is taken before
    the bound of its rate goes over the target: so tested, a bound holds for the threshold
    chosen as it would for one named beforehand (Angelopoulos et al., Learn then Test, arXiv
    2110.01052). It holds for messages like the held-out ones, each of the two by itself, and as
    far as these are independent and nothing else was fitted on them: twins and messages of one
    author are less than independent, and temperature and share of the n-grams come from dev too.

    Args:
        dev: held-out messages about debt and their like.
        ordinary: held-out everyday texts, for `log`, where hardly any message is about debt.

    """
    return {
        name: _point(name, dev, ordinary if name == "log" else (), policy) for name in POINT_NAMES
    }


def _point(
    name: OperatingPointName, dev: Sequence[Judged], ordinary: Sequence[Judged], policy: Policy
) -> OperatingPoint:
    lawful = [one for one in (*dev, *ordinary) if not one.fraud and one.expected != "fraud"]
    frauds = [one for one in dev if one.fraud]
    lowest = 0.01

    def alarms(threshold: float) -> int:
        point = OperatingPoint(base_rate=BASE_RATES[name], caution=lowest, fraud=threshold)
        return sum(_level(one, point, policy, name) == "fraud" for one in lawful)

    fraud, alarm = _last(map(_chance, _FRAUD_STEPS), alarms, len(lawful), FALSE_ALARMS[name])

    def misses(threshold: float) -> int:
        point = OperatingPoint(
            base_rate=BASE_RATES[name], caution=min(threshold, fraud * 0.9), fraud=fraud
        )
        return sum(_level(one, point, policy, name) == "no_fraud_signs" for one in frauds)

    caution, miss = _last(map(_chance, _CAUTION_STEPS), misses, len(frauds), MISSES[name])
    return OperatingPoint(
        base_rate=BASE_RATES[name],
        caution=min(caution, fraud * 0.9),
        fraud=fraud,
        false_alarms=alarm,
        misses=miss,
    )


def _level(one: Judged, point: OperatingPoint, policy: Policy, name: OperatingPointName) -> Level:
    return decide(one.prediction, one.findings, point, policy, name).level


def _chance(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def _last(
    thresholds: Iterator[float], count: Callable[[float], int], n: int, target: float
) -> tuple[float, Promise]:
    """The last threshold in order before a bound is over the target, else the first."""

    def tried() -> Iterator[tuple[float, Promise]]:
        for threshold in thresholds:
            events = count(threshold)
            bound = upper_bound(events, n)
            yield (
                threshold,
                Promise(target=target, n=n, events=events, bound=bound, confidence=CONFIDENCE),
            )

    attempts = tried()
    first = next(attempts)
    if first[1].bound > target:
        return first
    kept = takewhile(lambda attempt: attempt[1].bound <= target, attempts)
    return [first, *kept][-1]
