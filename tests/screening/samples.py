"""Predictions and screeners with chosen probabilities, so that rules are tested without a model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from model.artifact import ArtifactConfig, OperatingPoint
from model.classifier import Classifier, Prediction
from model.labels import CATEGORIES, Category
from screening.screener import Screener

POINT = OperatingPoint(base_rate=0.3, caution=0.3, fraud=0.6)
CONFIG = ArtifactConfig(
    version="test",
    base_model="none",
    labels=CATEGORIES,
    max_tokens=256,
    overlap=64,
    ngram_share=0.0,
    temperature=1.0,
    operating_points={
        "paste": POINT,
        "log": OperatingPoint(base_rate=0.0005, caution=0.8, fraud=0.95),
    },
)


def prediction(**chosen: float) -> Prediction:
    """Probabilities by category; what is left goes to `genuine_collection`."""
    rest = 1 - sum(chosen.values())
    values: dict[Category, float] = {name: chosen.get(name, 0.0) for name in CATEGORIES}
    values["genuine_collection"] += rest
    return Prediction(values, windows=1)


@dataclass(frozen=True)
class FixedClassifier:
    """Finds the same in every text, whatever the header."""

    result: Prediction
    digest: str = "00" * 32
    config: ArtifactConfig = CONFIG

    def predict(self, text: str, header: str = "") -> Prediction:
        return self.result


def fixed_screener(**chosen: float) -> Screener:
    """A screener whose classifier always gives these probabilities, on a fixed day."""
    classifier = cast(Classifier, FixedClassifier(prediction(**chosen)))
    return Screener(classifier, today=lambda: date(2026, 9, 1))
