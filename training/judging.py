"""Held-out messages read and scored as the screener does, up to the decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from data.gold_set import GoldRecord
from data.labels import Level
from model.classifier import Classifier
from model.labels import CATEGORIES, FRAUD_CATEGORIES
from model.normalize import normalize
from screening.evidence import detect_all
from screening.knowledge import shipped_knowledge
from screening.message import Message
from screening.model_input import model_input
from screening.screener import read_context
from training.calibrate import Judged


def judge_records(records: Sequence[GoldRecord], classifier: Classifier) -> list[Judged]:
    """Composed messages as they were sent, each once: a bound counts independent messages."""
    return [
        _judge(
            Message(record.text, record.channel, record.sender or None),
            record.category in FRAUD_CATEGORIES,
            record.expected,
            classifier,
        )
        for record in records
    ]


def judge_corpus_rows(rows: Iterable[Any], classifier: Classifier) -> list[Judged]:
    """Rows of public corpora as `training.dataset` gives them."""
    return [
        _judge(
            Message(row["plain"]), CATEGORIES[row["label"]] in FRAUD_CATEGORIES, None, classifier
        )
        for row in rows
    ]


def _judge(message: Message, fraud: bool, expected: Level | None, classifier: Classifier) -> Judged:
    knowledge = shipped_knowledge()
    context = read_context(message, normalize(message.text), knowledge.directory)
    shown = model_input(context)
    prediction = classifier.predict(shown.text, shown.header)
    return Judged(prediction, detect_all(context, knowledge.detectors), fraud, expected)
