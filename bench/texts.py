"""Texts to measure on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from data.corpora import read_manifest
from data.gold_set import GOLD_DIR, GoldRecord, read_gold
from screening.message import Message
from training.augment.copies import augmented_record
from training.corpora import read_rows, read_test_rows
from training.near_duplicates import Index

_SEED = 20262


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message with the category it really has; `ambiguous` where the text can't settle it."""

    message: Message
    category: str
    ambiguous: bool = False


def gold_messages(split: str, gold: Path = GOLD_DIR) -> list[Labelled]:
    """One split of the composed messages."""
    records: list[GoldRecord] = read_gold(gold)[split]  # type: ignore[index]
    return [
        Labelled(Message(record.text, record.channel, record.sender or None), record.category)
        for record in records
    ]


def real_samples(path: Path) -> list[Labelled]:
    """Literal texts quoted on public pages; never trained on, never committed."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Labelled(Message(row["text"]), row["label"], bool(row["ambiguous_from_text"]))
        for row in rows
    ]


def corpus_messages(name: str, folder: Path) -> list[Labelled]:
    """Rows of one evaluation corpus."""
    corpus = next(entry for entry in read_manifest() if entry.name == name)
    rows = read_rows(corpus, folder, Index(), _SEED)
    return [Labelled(Message(row.text), row.category) for row in rows]


def real_frauds(folder: Path) -> list[Labelled]:
    """The few real messages of the corpora that are close to collection; never trained on."""
    index = Index()
    return [
        Labelled(Message(row.text), row.category)
        for corpus in read_manifest()
        for row in read_test_rows(corpus, folder, index, _SEED)
    ]


def disguised_messages(gold: Path = GOLD_DIR) -> list[Labelled]:
    """The test split with other slots and in disguises that training doesn't draw on.

    Senders are left out: they name the lender that the text no longer names.
    """
    return [
        Labelled(
            Message(augmented_record(record, "test", str(_SEED)).text, record.channel),
            record.category,
        )
        for record in read_gold(gold)["test"]
    ]


def mixed(count: int) -> list[Message]:
    """`count` messages of all kinds and lengths, the composed ones over and over."""
    every: Sequence[Labelled] = [
        item for split in ("train", "dev", "test") for item in gold_messages(split)
    ]
    return [every[i * 7919 % len(every)].message for i in range(count)]
