"""Probability and evidence to a verdict, by the rules of `policy.toml`."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from pydantic import Field

from data.files import Entry, parse, read_toml
from model.artifact import OperatingPoint
from model.classifier import Prediction
from model.labels import Category
from screening.evidence.context import Finding
from screening.verdict import Level

POLICY_FILE: Final = Path(__file__).resolve().parent / "policy.toml"
_SMALLEST = 1e-6  # keeps log-odds finite


class _Limits(Entry):
    most_raised: float = Field(gt=0)
    most_lowered: float = Field(le=0)


class _Decisive(Entry):
    codes: frozenset[str]
    unless_benign_above: float = Field(gt=0, le=1)


class _Caution(Entry):
    codes: frozenset[str]
    categories: frozenset[Category]


class Policy(Entry):
    """The rules of `policy.toml`; see the comments there."""

    weights: dict[str, float]
    limits: _Limits
    decisive: _Decisive
    caution: _Caution


@dataclass(frozen=True, slots=True)
class Decision:
    """The level and the risk in 0..1 behind it."""

    level: Level
    risk: float


def read_policy(path: Path = POLICY_FILE) -> Policy:
    """Read a policy file.

    Raises:
        DataError: the file can't be read or breaks the schema.

    """
    return parse(Policy, read_toml(path), path.name)


@lru_cache(maxsize=1)
def shipped_policy() -> Policy:
    """The policy that comes with the package."""
    return read_policy()


def decide(
    prediction: Prediction,
    findings: Iterable[Finding],
    point: OperatingPoint,
    policy: Policy,
) -> Decision:
    """Combine the classifier's probability with the evidence.

    Decisive findings put the risk at the fraud threshold or above, so that level and risk
    never contradict each other. In harmless talk they only make it `caution`: there, `fraud`
    takes other findings that would do without them. One more raising finding never lowers
    the risk.
    """
    found = tuple(findings)
    names = {name for finding in found for name in _names(finding)}
    others = [finding for finding in found if policy.decisive.codes.isdisjoint(_names(finding))]
    risk = _risk(prediction.fraud_probability, found, policy)
    benign = prediction.probabilities["benign"] > policy.decisive.unless_benign_above
    if len(others) < len(found) and not benign:
        risk = max(risk, point.fraud)
    elif len(others) < len(found):
        capped = min(max(risk, point.caution), math.nextafter(point.fraud, 0))
        risk = max(capped, _risk(prediction.fraud_probability, others, policy))
    if risk >= point.fraud:
        return Decision("fraud", risk)
    wary = names & policy.caution.codes or prediction.category in policy.caution.categories
    return Decision("caution" if wary or risk >= point.caution else "no_fraud_signs", risk)


def _names(finding: Finding) -> tuple[str, str]:
    return finding.code, f"{finding.code}:{finding.detail}"


def _risk(probability: float, findings: Iterable[Finding], policy: Policy) -> float:
    """The classifier's log-odds plus the weights of the findings, within the limits."""
    added = _added(findings, policy)
    if added == 0:
        return probability
    clipped = min(max(probability, _SMALLEST), 1 - _SMALLEST)
    risk = 1 / (1 + math.exp(-(math.log(clipped / (1 - clipped)) + added)))
    return max(risk, probability) if added > 0 else min(risk, probability)


def _added(findings: Iterable[Finding], policy: Policy) -> float:
    """Weights in log-odds, one for each code: of its findings the worst counts."""
    worst: dict[str, float] = {}
    for finding in findings:
        code, detail = _names(finding)
        weight = policy.weights.get(detail, policy.weights.get(code, 0.0))
        worst[code] = max(weight, worst.get(code, weight))
    raised = math.fsum(weight for weight in worst.values() if weight > 0)
    if raised > 0:
        return min(raised, policy.limits.most_raised)
    return max(math.fsum(worst.values()), policy.limits.most_lowered)
