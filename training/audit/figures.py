"""All figures of the audits, as the data card and the report show them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from data.annotations import read_annotations
from data.corpora import read_manifest
from data.gold_set import GoldRecord, Split, read_gold
from training.audit import SEED
from training.audit.agreement import agreement
from training.audit.coverage import count, gaps, read_grid, summary
from training.audit.overlap import overlap
from training.audit.sentences import repeated
from training.audit.shape import balance, shape_auc, twins
from training.audit.source import Sourced, category_from_source, source_from_text
from training.corpora import read_rows, read_texts
from training.near_duplicates import Index

_MEASURED: Final[tuple[Split, ...]] = ("dev", "test")


def measure(corpora: Path | None = None) -> dict[str, Any]:
    """Run every audit over the shipped messages.

    Args:
        corpora: folder of public corpora; adds how well their rows can be told from ours,
            and how many of them speak of collection.

    Raises:
        CorpusError, DataError: a corpus or the messages can't be read.

    """
    gold = read_gold()
    # Read first: a folder that is not there should be told of before the long work.
    beside = list(with_corpora(gold["train"], corpora)) if corpora else []
    records = [record for split in gold.values() for record in split]
    pairs = twins(records)
    rows = [Sourced(record.text, record.category, record.group) for record in records]
    figures: dict[str, Any] = {
        "all": summary(records),
        "splits": {split: summary(members) for split, members in gold.items()},
        "grid": [
            {
                "rows": table.rows,
                "columns": table.columns,
                "categories": table.categories,
                "cells": {"/".join(cell): n for cell, n in sorted(count(records, table).items())},
                "gaps": {"/".join(cell): n for cell, n in gaps(records, table).items()},
            }
            for table in read_grid()
        ],
        "agreement": agreement(read_annotations(records)),
        "twins": {"pairs": len(pairs), "shape_auc": shape_auc(pairs), "balance": balance(pairs)},
        "sources": {
            "category_from_group": category_from_source(rows),
            "group_from_text": source_from_text(rows, "genuine_collection"),
        },
        "overlap_with_train": {split: overlap(gold["train"], gold[split]) for split in _MEASURED},
        "repeated_sentences": len(repeated(records)),
    }
    if corpora:
        figures["sources"]["corpus_from_text"] = source_from_text(beside, "benign")
        figures["public_rows"] = public_rows(corpora)
    return figures


def public_rows(folder: Path) -> dict[str, int]:
    """Rows of all listed corpora, and those that hold the word 催收."""
    texts = [text for corpus in read_manifest() for text in read_texts(corpus, folder)]
    return {"n": len(texts), "with_collection": sum("催收" in text for text in texts)}


def with_corpora(records: Sequence[GoldRecord], folder: Path) -> Iterator[Sourced]:
    """Composed messages as one source, and the rows of each training corpus."""
    for record in records:
        yield Sourced(record.text, record.category, "gold")
    for corpus in read_manifest():
        if corpus.use == "train":
            for row in read_rows(corpus, folder, Index(), SEED):
                yield Sourced(row.text, row.category, row.source)
