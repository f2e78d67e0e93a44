"""The training set: gold messages by author group, public corpora beside them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from datasets import Dataset, DatasetDict

from data.corpora import read_manifest
from data.gold_set import GoldRecord, read_gold
from model.labels import CATEGORIES
from model.normalize import mask_digits, normalize
from training.corpora import CorpusRow, read_rows
from training.near_duplicates import Index, shingles

# Public corpora are old, masked and off target; a gold row says more.
Row = dict[str, Any]

GOLD_WEIGHT: Final = 1.0
CORPUS_WEIGHT: Final = 0.4


def build_dataset(gold_dir: Path, corpora_dir: Path | None, seed: int) -> DatasetDict:
    """Assemble the splits.

    Args:
        gold_dir: folder with `splits.toml` and `messages/`.
        corpora_dir: folder of public corpora, or None to train on gold alone.

    Returns:
        `train`, `dev`, `test` and `held_out` (corpus rows never trained on), each with the
        columns text (canonical, digits masked), label (0..6), weight, source and group.
        No corpus row is a near-duplicate (5-gram Jaccard at least 0.5) of a gold row or of
        another corpus row.

    Raises:
        DataError: the gold set is invalid.
        CorpusError: a corpus is missing or is another version.

    """
    gold = read_gold(gold_dir)
    splits: dict[str, list[Row]] = {
        name: [_gold_row(record) for record in records] for name, records in gold.items()
    }
    splits["held_out"] = []
    known = [record.text for records in gold.values() for record in records]
    for row, held_out in _corpus_rows(known, corpora_dir, seed):
        splits["held_out" if held_out else "train"].append(_corpus_row(row))
    splits["train"] = _balanced(splits["train"])
    return DatasetDict({name: Dataset.from_list(rows) for name, rows in splits.items() if rows})


def _corpus_rows(
    known: list[str], corpora_dir: Path | None, seed: int
) -> Iterator[tuple[CorpusRow, bool]]:
    """Rows of the training corpora, and whether each is held out."""
    if corpora_dir is None:
        return
    index = Index()
    for text in known:
        index.add(shingles(text))
    for corpus in read_manifest():
        if corpus.use == "train":
            for row in read_rows(corpus, corpora_dir, index, seed):
                yield row, _fraction(row.text) < corpus.held_out_share


def _gold_row(record: GoldRecord) -> Row:
    return _row(record.text, record.category, GOLD_WEIGHT, "gold", record.group)


def _corpus_row(row: CorpusRow) -> Row:
    return _row(row.text, row.category, CORPUS_WEIGHT, row.source, row.source)


def _row(text: str, category: str, weight: float, source: str, group: str) -> Row:
    return {
        "text": mask_digits(normalize(text).text),
        "label": CATEGORIES.index(category),
        "weight": weight,
        "source": source,
        "group": group,
    }


def _fraction(text: str) -> float:
    """A fixed pseudo-random number in 0..1 of a text."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4]) / 2**32


def _balanced(rows: list[Row]) -> list[Row]:
    """Weigh rarer categories up by the inverse square root of their mass; mean weight 1."""
    mass: dict[int, float] = defaultdict(float)
    for row in rows:
        mass[row["label"]] += row["weight"]
    weights = [row["weight"] / mass[row["label"]] ** 0.5 for row in rows]
    mean = sum(weights) / len(weights)
    return [{**row, "weight": weight / mean} for row, weight in zip(rows, weights, strict=True)]
