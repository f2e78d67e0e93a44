"""Held-out messages read and scored by the screener, up to the decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from data.gold_set import GoldRecord
from data.labels import Level
from model.classifier import Classifier
from model.labels import CATEGORIES, FRAUD_CATEGORIES
from screening.message import Message
from screening.screener import Screener
from training.calibrate import Judged


def judge_records(records: Sequence[GoldRecord], classifier: Classifier) -> list[Judged]:
    """Composed messages as they were sent, each once: a bound counts messages, not readings."""
    screener = Screener(classifier)
    return [
        _judge(
            Message(record.text, record.channel, record.sender or None),
            record.category in FRAUD_CATEGORIES,
            record.expected,
            screener,
        )
        for record in records
    ]


def judge_corpus_rows(rows: Iterable[Any], classifier: Classifier) -> list[Judged]:
    """Rows of public corpora as `training.dataset` gives them."""
    screener = Screener(classifier)
    return [
        _judge(Message(row["plain"]), CATEGORIES[row["label"]] in FRAUD_CATEGORIES, None, screener)
        for row in rows
    ]


def _judge(message: Message, fraud: bool, expected: Level | None, screener: Screener) -> Judged:
    _, prediction, findings = screener.read(message)
    return Judged(prediction, findings, fraud, expected)
