"""Quality of the shipped system beside what one would use instead, with intervals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from bench.baselines import FastText, KeywordList, TfidfRegression, training_rows
from bench.scores import FRAUD, scored, with_intervals
from bench.texts import (
    Labelled,
    corpus_messages,
    disguised_messages,
    gold_messages,
    real_frauds,
    real_samples,
)
from model.artifact import SHIPPED
from model.classifier import Classifier
from model.labels import CATEGORIES
from model.normalize import normalize
from screening.model_input import model_input
from screening.screener import Screener, read_context
from screening.verdict import Verdict
from training.metrics import wilson

_EVALUATED: Final = ("bank-sms-autorule", "fin-user-questions", "telecom-fraud-texts-8")
_LEVELS: Final = ("fraud", "caution", "no_fraud_signs")

Floats = NDArray[np.float64]


def measure_quality(samples: Path | None, corpora: Path | None) -> dict[str, Any]:
    """All figures of `bench/results/quality.json`.

    Args:
        samples: file of real messages; left out if None.
        corpora: folder of public corpora; without it the corpora are left out and the
            baselines are trained on the composed messages alone.

    """
    screener = Screener.load()
    systems = _systems(corpora)
    report: dict[str, Any] = {
        "artifact": {
            "version": screener.classifier.config.version,
            "digest": screener.classifier.digest,
        },
        "points": {
            name: point.model_dump()
            for name, point in screener.classifier.config.operating_points.items()
        },
        "sets": {},
    }
    for name, items in _sets(samples, corpora):
        report["sets"][name] = _measure(items, screener, systems)
    report["log"] = _log_point(screener, corpora)
    return report


def _sets(samples: Path | None, corpora: Path | None) -> Iterator[tuple[str, list[Labelled]]]:
    if samples is not None:
        real = real_samples(samples)
        yield "real_messages", [item for item in real if not item.ambiguous]
        yield "real_messages_ambiguous", [item for item in real if item.ambiguous]
    yield "composed_dev", gold_messages("dev")
    yield "composed_test", gold_messages("test")
    yield "composed_test_disguised", disguised_messages()
    if corpora is not None:
        yield "real_frauds", real_frauds(corpora)
        for name in _EVALUATED:
            yield name, corpus_messages(name, corpora)


@dataclass(frozen=True, slots=True)
class Alone:
    """A classifier by itself, told neither channel nor sender, or with one of its parts alone."""

    classifier: Classifier
    part: Literal["pooled", "encoder", "ngrams"]

    def probabilities(self, items: Sequence[Labelled], screener: Screener) -> Floats:
        """Shape (messages, categories)."""
        return np.asarray([self._one(item, screener) for item in items])

    def _one(self, item: Labelled, screener: Screener) -> list[float]:
        normal = normalize(item.message.text)
        shown = model_input(read_context(item.message, normal, screener.directory))
        if self.part == "pooled":
            return list(self.classifier.predict(shown.text).probabilities.values())
        encoder, ngrams = self.classifier.parts(shown.text, shown.header)
        chosen: list[float] = np.exp(encoder if self.part == "encoder" else ngrams).tolist()
        return chosen


System = TfidfRegression | FastText | Alone


def _systems(corpora: Path | None) -> dict[str, System]:
    """Everything that gives probabilities, by name; the shipped classifier's come with verdicts."""
    rows = training_rows(corpora)
    shipped = Classifier.load(SHIPPED, threads=2)
    return {
        "tfidf_regression": TfidfRegression(rows),
        "tfidf_regression_marks": TfidfRegression(rows, "text"),
        "fasttext": FastText(rows),
        "classifier_without_sender": Alone(shipped, "pooled"),
        "encoder_alone": Alone(shipped, "encoder"),
        "ngrams_alone": Alone(shipped, "ngrams"),
    }


def _measure(
    items: Sequence[Labelled], screener: Screener, systems: Mapping[str, System]
) -> dict[str, Any]:
    verdicts = [screener.screen(item.message) for item in items]
    chances = {name: _probabilities(system, items, screener) for name, system in systems.items()}
    chances["classifier"] = np.asarray([list(one.probabilities.values()) for one in verdicts])
    words = KeywordList().fraud([item.message.text for item in items])
    called = {name: values[:, FRAUD].sum(1) >= 0.5 for name, values in chances.items()}
    called |= {"keyword_list": np.asarray(words)}
    rows: dict[str, Any] = {}
    for category in CATEGORIES:
        places = [i for i, item in enumerate(items) if item.category == category]
        if places:
            rows[category] = {
                "n": len(places),
                "cuicha": _levels([verdicts[i] for i in places]),
                "cuicha_category_right": _share([verdicts[i].category == category for i in places]),
                "called_fraud": {
                    "cuicha": _share([verdicts[i].verdict == "fraud" for i in places]),
                    **{name: _share(said[places].tolist()) for name, said in called.items()},
                },
            }
    return {
        "n": len(items),
        "categories": rows,
        "by_expected": _by_expected(items, verdicts),
        "systems": _scores(items, verdicts, chances),
        "confusion": _confusion(items, verdicts),
        "risks": _risks(items, verdicts),
        "pairs": _pairs(items, verdicts),
        "high_risk": _high_risk(items, verdicts),
    }


def _probabilities(system: System, items: Sequence[Labelled], screener: Screener) -> Floats:
    if isinstance(system, Alone):
        return system.probabilities(items, screener)
    return system.probabilities([item.message for item in items])


def _levels(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    return {level: _share([verdict.verdict == level for verdict in verdicts]) for level in _LEVELS}


def _share(hits: Sequence[bool]) -> dict[str, float]:
    return wilson(sum(hits), len(hits))


def _by_expected(items: Sequence[Labelled], verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Verdicts by category and the verdict that the text deserves."""
    groups: dict[str, list[Verdict]] = {}
    for item, verdict in zip(items, verdicts, strict=True):
        if item.expected is not None:
            groups.setdefault(f"{item.category}/{item.expected}", []).append(verdict)
    return {key: {"n": len(group), **_levels(group)} for key, group in sorted(groups.items())}


def _scores(
    items: Sequence[Labelled], verdicts: Sequence[Verdict], chances: Mapping[str, Floats]
) -> dict[str, Any]:
    """Metrics of each system; `cuicha` has the classifier's categories and the system's risk.

    None on a set of a single category, where they would say nothing.
    """
    if len({item.category for item in items}) == 1:
        return {}
    risk = np.asarray([verdict.risk for verdict in verdicts])
    every = {name: scored(items, values) for name, values in chances.items()}
    every["cuicha"] = scored(items, chances["classifier"], risk)
    return {name: with_intervals(one) for name, one in every.items()}


def _confusion(items: Sequence[Labelled], verdicts: Sequence[Verdict]) -> list[list[int]]:
    """Counts, true categories in rows and the system's in columns."""
    table = np.zeros((len(CATEGORIES), len(CATEGORIES)), dtype=int)
    for item, verdict in zip(items, verdicts, strict=True):
        table[CATEGORIES.index(item.category), CATEGORIES.index(verdict.category)] += 1
    counts: list[list[int]] = table.tolist()
    return counts


def _risks(items: Sequence[Labelled], verdicts: Sequence[Verdict]) -> dict[str, list[float]]:
    """Sorted risks of the frauds and of the others, for the curves."""
    parts: dict[str, list[float]] = {"fraud": [], "lawful": []}
    for item, verdict in zip(items, verdicts, strict=True):
        is_fraud = bool(FRAUD[CATEGORIES.index(item.category)])
        parts["fraud" if is_fraud else "lawful"].append(round(verdict.risk, 4))
    return {name: sorted(values) for name, values in parts.items()}


def _pairs(items: Sequence[Labelled], verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Pairs of which one member deserves `fraud` and the other doesn't."""
    members: dict[str, list[tuple[Labelled, Verdict]]] = {}
    for item, verdict in zip(items, verdicts, strict=True):
        members.setdefault(item.unit, []).append((item, verdict))
    told = [
        pair
        for pair in members.values()
        if len(pair) == 2 and sum(item.expected == "fraud" for item, _ in pair) == 1
    ]
    return {
        "n": len(told),
        "fraud_apart": _share(
            [
                all((item.expected == "fraud") == (v.verdict == "fraud") for item, v in pair)
                for pair in told
            ]
        ),
        "both_verdicts": _share([all(i.expected == v.verdict for i, v in pair) for pair in told]),
    }


def _high_risk(items: Sequence[Labelled], verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """How many of the risks of 0.9 and above are frauds; `deserved` counts wanted verdicts."""
    high = [item for item, verdict in zip(items, verdicts, strict=True) if verdict.risk >= 0.9]
    fraud = [bool(FRAUD[CATEGORIES.index(item.category)]) for item in high]
    return {
        "n": len(high),
        "fraud": _share(fraud),
        "deserved": _share(
            [hit or item.expected == "fraud" for hit, item in zip(fraud, high, strict=True)]
        ),
    }


def _log_point(screener: Screener, corpora: Path | None) -> dict[str, Any]:
    """The operating point for logs: what it finds, and its false alarms."""
    sets = {"composed_test": gold_messages("test")}
    if corpora is not None:
        everyday = [corpus_messages(name, corpora) for name in _EVALUATED[:2]]
        sets["everyday"] = [item for items in everyday for item in items]
    report: dict[str, Any] = {}
    for name, items in sets.items():
        levels = [(item, screener.screen(item.message, "log").verdict) for item in items]
        for kind in sorted({item.category for item in items}):
            hits = [level == "fraud" for item, level in levels if item.category == kind]
            report.setdefault(name, {})[kind] = {"n": len(hits), "fraud": _share(hits)}
    return report
