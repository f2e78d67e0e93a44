"""Texts to measure on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from data.corpora import read_manifest
from data.gold_set import GOLD_DIR, GoldRecord, read_gold
from data.labels import Category, Level
from screening.message import Message
from training.augment.copies import augmented_record
from training.augment.operators import HELD_OUT, TRAINING, UNDONE
from training.corpora import CorpusRow, read_rows, read_test_rows
from training.near_duplicates import Index

_SEED = 20262
_FILLER = 5000


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message with the category it really has.

    Attributes:
        unit: shared by twins alone.
        expected: the verdict it deserves, where somebody said.
        ambiguous: whether the text can't settle what it is.

    """

    message: Message
    category: Category
    unit: str
    expected: Level | None = None
    ambiguous: bool = False


def _composed(record: GoldRecord, message: Message) -> Labelled:
    unit = f"{record.group}/{record.pair}" if record.pair else record.id
    return Labelled(message, record.category, unit, record.expected)


def gold_messages(split: str, gold: Path = GOLD_DIR) -> list[Labelled]:
    """One split of the composed messages."""
    records: list[GoldRecord] = read_gold(gold)[split]  # type: ignore[index]
    return [
        _composed(record, Message(record.text, record.channel, record.sender or None))
        for record in records
    ]


def real_samples(path: Path) -> list[Labelled]:
    """Literal texts quoted on public pages; never trained on, never committed."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Labelled(
            Message(row["text"]),
            row["label"],
            f"real-{number}",
            ambiguous=bool(row["ambiguous_from_text"]),
        )
        for number, row in enumerate(rows)
    ]


def corpus_messages(name: str, folder: Path) -> list[Labelled]:
    """Rows of one evaluation corpus."""
    corpus = next(entry for entry in read_manifest() if entry.name == name)
    rows = read_rows(corpus, folder, Index(), _SEED)
    return [_row(row, number) for number, row in enumerate(rows)]


def _row(row: CorpusRow, number: int) -> Labelled:
    return Labelled(Message(row.text), row.category, f"{row.source}-{number}")


def real_frauds(folder: Path) -> list[Labelled]:
    """The few real messages of the corpora that are close to collection; never trained on."""
    index = Index()
    rows = (
        row for corpus in read_manifest() for row in read_test_rows(corpus, folder, index, _SEED)
    )
    return [_row(row, number) for number, row in enumerate(rows)]


def disguised_messages(gold: Path = GOLD_DIR) -> list[Labelled]:
    """The test split with other slots and in disguises that training doesn't draw on.

    Senders are left out: they name the lender that the text no longer names.
    """
    return [
        _composed(
            record, Message(augmented_record(record, "test", str(_SEED)).text, record.channel)
        )
        for record in read_gold(gold)["test"]
    ]


def operator_messages(operator: str, strength: float, gold: Path = GOLD_DIR) -> list[Labelled]:
    """The test split, nothing changed but for one disguise; texts that it leaves alone are out."""
    change = (TRAINING | HELD_OUT | UNDONE)[operator]
    disguised = (
        (record, change(record.text, Random(f"{_SEED}:{record.id}"), strength))
        for record in read_gold(gold)["test"]
    )
    return [
        _composed(record, Message(text, record.channel, record.sender or None))
        for record, text in disguised
        if text != record.text and text.strip()
    ]


def diluted_messages(count: int, gold: Path = GOLD_DIR) -> list[tuple[Message, Message, Message]]:
    """Test frauds as they are, in the middle of 5,000 harmless characters, and these alone."""
    records = read_gold(gold)["test"]
    frauds = [record.text for record in records if record.expected == "fraud"]
    rng = Random(_SEED)
    chosen = rng.sample(frauds, count)
    harmless = [record.text for record in records if record.category == "benign"]
    return [_diluted(text, harmless, rng) for text in chosen]


def _diluted(text: str, harmless: Sequence[str], rng: Random) -> tuple[Message, Message, Message]:
    halves: list[list[str]] = [[], []]
    for half in halves:
        while sum(map(len, half)) < _FILLER // 2:
            half.append(rng.choice(harmless))
    before, after = halves
    among = "\n".join([*before, text, *after])
    return Message(text), Message(among), Message("\n".join([*before, *after]))


def mixed(count: int) -> list[Message]:
    """`count` messages of all kinds and lengths, the composed ones over and over."""
    every: Sequence[Labelled] = [
        item for split in ("train", "dev", "test") for item in gold_messages(split)
    ]
    return [every[i * 7919 % len(every)].message for i in range(count)]
