"""The training set: gold messages by author group, public corpora beside them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

from datasets import Dataset, DatasetDict

from data.corpora import read_manifest
from data.gold_set import GoldRecord, read_gold
from model.labels import CATEGORIES
from model.normalize import mask_digits, normalize
from training.augment.copies import augmented, augmented_record
from training.corpora import CorpusRow, read_rows, read_test_rows
from training.near_duplicates import Index, shingles

Row = dict[str, Any]

# Public corpora are old, masked and off target; a gold row says more.
GOLD_WEIGHT: Final = 1.0
CORPUS_WEIGHT: Final = 0.4
# A copy repeats what its text says already.
COPY_WEIGHT: Final = 0.5
COPIED_SHARE: Final = 0.35


def build_dataset(
    gold_dir: Path, corpora_dir: Path | None, seed: int, copied_share: float = COPIED_SHARE
) -> DatasetDict:
    """Assemble the splits.

    Args:
        gold_dir: folder with `splits.toml` and `messages/`.
        corpora_dir: folder of public corpora, or None to train on gold alone.
        copied_share: share of the training rows in 0..1, the same in every category and
            source, that get a copy with other slots and in disguise.

    Returns:
        `train`, `dev`, `test` and `held_out` (corpus rows never trained on), each with the
        columns text (canonical, digits masked), label (0..6), weight, copy (whether it is an
        augmented copy), source and group.
        Copies aside, no corpus row is a near-duplicate (5-gram Jaccard at least 0.5) of a
        gold row or of another corpus row.

    Raises:
        DataError: the gold set is invalid.
        CorpusError: a corpus is missing or is another version.

    """
    gold = read_gold(gold_dir)
    splits: dict[str, list[Row]] = {
        name: [_gold_row(record, record.text) for record in records]
        for name, records in gold.items()
    }
    splits["train"] += [
        _gold_row(record, augmented_record(record, "train", str(seed)).text, copy=True)
        for record in gold["train"]
        if _is_copied(f"{seed}:{record.group}:{record.pair or record.id}", copied_share)
    ]
    splits["held_out"] = []
    known = [record.text for records in gold.values() for record in records]
    for row, held_out in _corpus_rows(known, corpora_dir, seed):
        splits["held_out" if held_out else "train"].append(_corpus_row(row, row.text))
        if not held_out:
            unit = f"{seed}:{row.text}"
            if _is_copied(unit, copied_share):
                copy = augmented(row.text, "train", unit).text
                splits["train"].append(_corpus_row(row, copy, copy=True))
    splits["train"] = _without_idle_copies(splits["train"])
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
    manifest = read_manifest()
    for corpus in manifest:
        for _ in read_test_rows(corpus, corpora_dir, index, seed):
            pass  # they are in the index now, so nothing like them is taken
    for corpus in manifest:
        if corpus.use == "train":
            for row in read_rows(corpus, corpora_dir, index, seed):
                yield row, _fraction(row.text) < corpus.held_out_share


def _is_copied(unit: str, share: float) -> bool:
    """Whether the rows of a unit, such as both twins, get a copy."""
    return Random(f"{unit}:copied").random() < share


def _without_idle_copies(rows: list[Row]) -> list[Row]:
    """Leave out copies that read like the row itself, in which there was nothing to change."""
    originals = {row["text"] for row in rows if not row["copy"]}
    return [row for row in rows if not row["copy"] or row["text"] not in originals]


def _gold_row(record: GoldRecord, text: str, copy: bool = False) -> Row:
    return _row(text, record.category, GOLD_WEIGHT, "gold", record.group, copy)


def _corpus_row(row: CorpusRow, text: str, copy: bool = False) -> Row:
    return _row(text, row.category, CORPUS_WEIGHT, row.source, row.source, copy)


def _row(text: str, category: str, weight: float, source: str, group: str, copy: bool) -> Row:
    return {
        "text": mask_digits(normalize(text).text),
        "label": CATEGORIES.index(category),
        "weight": weight * COPY_WEIGHT if copy else weight,
        "copy": copy,
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
