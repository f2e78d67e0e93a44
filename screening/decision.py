"""Probability and evidence to a verdict, by the rules of `policy.toml`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal, get_args

from pydantic import Field, model_validator

from data.files import Entry, parse, read_toml
from data.labels import Category, EvidenceCode, Level
from data.words import Words
from model.artifact import OperatingPoint
from model.classifier import Prediction
from screening.evidence import DETAILS
from screening.evidence.context import Finding
from screening.verdict import OperatingPointName

POLICY_FILE: Final = Path(__file__).resolve().parent / "policy.toml"

Band = Literal["low", "unclear", "high"]

_CODES: Final = frozenset(get_args(EvidenceCode))
_SMALLEST = 1e-6  # keeps log-odds finite


class _Limits(Entry):
    most_raised: float = Field(gt=0)
    most_lowered: float = Field(le=0)


class _Group(Entry):
    codes: frozenset[EvidenceCode]
    at_most: float = Field(gt=0)


class _HarmlessTalk(Entry):
    benign_above: float = Field(gt=0, le=1)
    ignore: frozenset[EvidenceCode]


class Rule(Words):
    """One line of the policy: where all its conditions hold, it decides.

    Attributes:
        points, bands, categories: one of each suffices; empty always holds.
        evidence: codes, or `code:detail`, of which one must have been found.
        without: those of which none may have been found.
        harmless_talk: whether the text must be harmless talk; None where it doesn't matter.

    """

    id: str = Field(pattern=r"^[a-z]+(_[a-z]+)*$")
    points: frozenset[OperatingPointName] = frozenset()
    bands: frozenset[Band] = frozenset()
    evidence: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    categories: frozenset[Category] = frozenset()
    harmless_talk: bool | None = None
    verdict: Level


class Policy(Entry):
    """The rules of `policy.toml`; see the comments there."""

    weights: dict[str, Annotated[float, Field(allow_inf_nan=False)]]
    limits: _Limits
    groups: dict[str, _Group]
    harmless_talk: _HarmlessTalk
    rules: tuple[Rule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_are_known(self) -> Policy:
        ruled = (name for rule in self.rules for name in (*rule.evidence, *rule.without))
        for name in (*self.weights, *ruled):
            code, _, detail = name.partition(":")
            if code not in _CODES or (detail and detail not in DETAILS.get(code, ())):
                raise ValueError(f"{name!r} is no evidence code, or none of its details")
        return self

    @model_validator(mode="after")
    def _groups_share_no_code(self) -> Policy:
        grouped = [code for group in self.groups.values() for code in group.codes]
        if len(set(grouped)) != len(grouped):
            raise ValueError("groups: a code stands in two of them")
        return self

    @model_validator(mode="after")
    def _nothing_is_cleared_above_the_low_band(self) -> Policy:
        for rule in self.rules:
            if rule.verdict == "no_fraud_signs" and rule.bands != {"low"}:
                raise ValueError(f'rules: {rule.id}: no_fraud_signs needs bands = ["low"]')
        return self


@dataclass(frozen=True, slots=True)
class Weighed:
    """What one finding, or one group of them, added.

    Attributes:
        name: `code:detail`, or a group's name.
        weight: in log-odds.
        counted: whether it is in the sum: only the heaviest of a code is, and none that
            harmless talk makes void.

    """

    name: str
    weight: float
    counted: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """The level, the risk in 0..1 behind it, and how they came about.

    Attributes:
        rule: the rule that decided.
        probability: the classifier's, of fraud.
        findings: each finding with its weight.
        groups: sums by group, after their caps.
        added: the total in log-odds, within the limits.
        harmless_talk: whether the classifier takes the text for that.
        band: where the sum fell.

    """

    level: Level
    risk: float
    rule: Rule
    probability: float
    findings: tuple[Weighed, ...]
    groups: tuple[Weighed, ...]
    added: float
    harmless_talk: bool
    band: Band


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


_UNSETTLED: Final = Rule(
    id="unsettled",
    verdict="caution",
    zh="规则没有定论，请先核实。",
    en="No rule of the policy settles it: verify first.",
)


def decide(
    prediction: Prediction,
    findings: Iterable[Finding],
    point: OperatingPoint,
    policy: Policy,
    point_name: OperatingPointName = "paste",
) -> Decision:
    """Combine the classifier's probability with the evidence.

    The risk of a `fraud` is at the fraud threshold or above, that of any other level below it,
    so that level and risk never contradict each other. One more raising finding never lowers
    the risk.
    """
    found = tuple(findings)
    talk = prediction.probabilities["benign"] > policy.harmless_talk.benign_above
    weighed = _weigh(found, policy, policy.harmless_talk.ignore if talk else frozenset())
    groups = _group(weighed, policy)
    added = _total(groups, policy)
    risk = _moved(prediction.fraud_probability, added)
    band = _band(risk, point)
    names = {name for finding in found for name in (finding.code, _name(finding))}
    rule = next(
        (
            rule
            for rule in policy.rules
            if _holds(rule, point_name, band, names, prediction.category, talk)
        ),
        _UNSETTLED,
    )
    if rule.verdict == "fraud":
        risk = max(risk, point.fraud)
    else:
        risk = min(risk, math.nextafter(point.fraud, 0))
    return Decision(
        level=rule.verdict,
        risk=risk,
        rule=rule,
        probability=prediction.fraud_probability,
        findings=weighed,
        groups=groups,
        added=added,
        harmless_talk=talk,
        band=band,
    )


def _holds(
    rule: Rule,
    point_name: OperatingPointName,
    band: Band,
    names: set[str],
    category: Category,
    talk: bool,
) -> bool:
    return (
        (not rule.points or point_name in rule.points)
        and (not rule.bands or band in rule.bands)
        and (not rule.evidence or not names.isdisjoint(rule.evidence))
        and names.isdisjoint(rule.without)
        and (not rule.categories or category in rule.categories)
        and (rule.harmless_talk is None or rule.harmless_talk == talk)
    )


def _name(finding: Finding) -> str:
    return f"{finding.code}:{finding.detail}"


def _weigh(
    findings: tuple[Finding, ...], policy: Policy, ignored: frozenset[EvidenceCode]
) -> tuple[Weighed, ...]:
    """Each distinct finding with its weight; of a code the heaviest counts."""
    weights = {
        _name(each): policy.weights.get(_name(each), policy.weights.get(each.code, 0.0))
        for each in findings
    }
    heaviest: dict[str, str] = {}
    for name, weight in sorted(weights.items()):
        code = _code(name)
        if code not in ignored and (code not in heaviest or weight > weights[heaviest[code]]):
            heaviest[code] = name
    return tuple(
        Weighed(name, weight, heaviest.get(_code(name)) == name) for name, weight in weights.items()
    )


def _code(name: str) -> str:
    return name.partition(":")[0]


def _group(weighed: tuple[Weighed, ...], policy: Policy) -> tuple[Weighed, ...]:
    """The sum of each group within its cap; codes of no group are one by themselves."""
    of: Mapping[str, str] = {
        code: name for name, group in policy.groups.items() for code in group.codes
    }
    sums: dict[str, list[float]] = {}
    for each in weighed:
        if each.counted and each.weight:
            code = _code(each.name)
            sums.setdefault(of.get(code, code), []).append(each.weight)
    capped = []
    for name, weights in sums.items():
        total = math.fsum(weights)
        group = policy.groups.get(name)
        capped.append(Weighed(name, min(total, group.at_most) if group else total, counted=True))
    return tuple(capped)


def _total(groups: tuple[Weighed, ...], policy: Policy) -> float:
    """What all groups add. Reassurance counts only where nothing raises."""
    raised = math.fsum(group.weight for group in groups if group.weight > 0)
    if raised > 0:
        return min(raised, policy.limits.most_raised)
    return max(math.fsum(group.weight for group in groups), policy.limits.most_lowered)


def _moved(probability: float, added: float) -> float:
    """A probability moved by so many log-odds."""
    if added == 0:
        return probability
    clipped = min(max(probability, _SMALLEST), 1 - _SMALLEST)
    risk = 1 / (1 + math.exp(-(math.log(clipped / (1 - clipped)) + added)))
    return max(risk, probability) if added > 0 else min(risk, probability)


def _band(risk: float, point: OperatingPoint) -> Band:
    if risk >= point.fraud:
        return "high"
    return "unclear" if risk >= point.caution else "low"
