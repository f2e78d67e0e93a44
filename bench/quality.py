"""Quality of the shipped system beside the baselines, per source and category, with intervals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench.baselines import KeywordList, TfidfRegression
from bench.texts import (
    Labelled,
    corpus_messages,
    disguised_messages,
    gold_messages,
    real_frauds,
    real_samples,
)
from model.labels import CATEGORIES, FRAUD_CATEGORIES
from model.normalize import normalize
from screening.screener import Screener
from screening.verdict import Verdict
from training.metrics import expected_calibration_error, wilson

_EVALUATED: Final = ("bank-sms-autorule", "fin-user-questions", "telecom-fraud-texts-8")


def measure_quality(samples: Path | None, corpora: Path | None) -> dict[str, Any]:
    """All figures of `bench/results/quality.json`.

    Args:
        samples: file of real messages; left out if None.
        corpora: folder of public corpora; without it the corpora are left out and the
            TF-IDF baseline is trained on the composed messages alone.
    """
    screener = Screener.load()
    tfidf, keywords = TfidfRegression(corpora), KeywordList()
    report: dict[str, Any] = {
        "artifact": {
            "version": screener.classifier.config.version,
            "digest": screener.classifier.digest,
        },
        "sets": {},
    }
    for name, items in _sets(samples, corpora):
        report["sets"][name] = _measure(items, screener, tfidf, keywords)
    return report


def _sets(samples: Path | None, corpora: Path | None) -> Iterator[tuple[str, list[Labelled]]]:
    if samples is not None:
        real = real_samples(samples)
        yield "real_messages", [item for item in real if not item.ambiguous]
        yield "real_messages_ambiguous", [item for item in real if item.ambiguous]
    yield "composed_test", gold_messages("test")
    yield "composed_test_disguised", disguised_messages()
    if corpora is not None:
        yield "real_frauds", real_frauds(corpora)
        for name in _EVALUATED:
            yield name, corpus_messages(name, corpora)


def _measure(
    items: Sequence[Labelled], screener: Screener, tfidf: TfidfRegression, keywords: KeywordList
) -> dict[str, Any]:
    texts = [item.message.text for item in items]
    verdicts = [screener.screen(item.message) for item in items]
    alone = [screener.classifier.predict(normalize(text).text) for text in texts]
    by_words, by_tfidf = keywords.fraud(texts), tfidf.fraud(texts)
    by_model = [prediction.fraud_probability >= 0.5 for prediction in alone]
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
                    "classifier_alone": _share([by_model[i] for i in places]),
                    "tfidf_regression": _share([by_tfidf[i] for i in places]),
                    "keyword_list": _share([by_words[i] for i in places]),
                },
            }
    return {"n": len(items), "categories": rows, "overall": _overall(items, verdicts, tfidf, texts)}


def _levels(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    return {
        level: _share([verdict.verdict == level for verdict in verdicts])
        for level in ("fraud", "caution", "no_fraud_signs")
    }


def _share(hits: Sequence[bool]) -> dict[str, float]:
    return wilson(sum(hits), len(hits))


def _overall(
    items: Sequence[Labelled], verdicts: Sequence[Verdict], tfidf: TfidfRegression, texts: list[str]
) -> dict[str, Any]:
    """Accuracy over the seven categories, and how far the stated risk is from the truth."""
    fraud = [item.category in FRAUD_CATEGORIES for item in items]
    guesses = np.asarray(CATEGORIES)[tfidf.probabilities(texts).argmax(1)]
    return {
        "category_accuracy_cuicha": _share(
            [
                verdict.category == item.category
                for verdict, item in zip(verdicts, items, strict=True)
            ]
        ),
        "category_accuracy_tfidf": _share(
            [str(guess) == item.category for guess, item in zip(guesses, items, strict=True)]
        ),
        "risk_calibration_error": expected_calibration_error(
            [verdict.risk for verdict in verdicts], fraud
        ),
    }
