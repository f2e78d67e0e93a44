"""The training set: gold messages by author group, public corpora beside them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any, Final, get_args

from datasets import Dataset, DatasetDict

from data.corpora import read_manifest
from data.gold_set import GoldRecord, read_gold
from data.labels import Level
from model.classifier import header_text
from model.labels import CATEGORIES
from training.augment.copies import augmented, augmented_record
from training.augment.dilution import diluted
from training.corpora import CorpusRow, read_rows, read_test_rows
from training.near_duplicates import Index, shingles
from training.recipe import Recipe
from training.views import View, view

Row = dict[str, Any]

# Public corpora are old, masked and off target; a gold row says more.
GOLD_WEIGHT: Final = 1.0
CORPUS_WEIGHT: Final = 0.4
# A copy repeats what its text says already.
COPY_WEIGHT: Final = 0.5

LEVELS: Final[tuple[Level, ...]] = get_args(Level)
NOT_KNOWN: Final = -1  # label of a row that has none


def build_dataset(gold_dir: Path, corpora_dir: Path | None, recipe: Recipe) -> DatasetDict:
    """Assemble the splits.

    Args:
        gold_dir: folder with `splits.toml` and `messages/`.
        corpora_dir: folder of public corpora, or None to train on gold alone.
        recipe: shares of copies, whether contacts are marked, and the seed.

    Returns:
        `train`, `dev`, `test` and `held_out` (corpus rows never trained on), each with the
        columns of `_row`. Copies aside, no corpus row is a near-duplicate (5-gram Jaccard at
        least 0.5) of a gold row or of another corpus row.

    Raises:
        DataError: the gold set is invalid.
        CorpusError: a corpus is missing or is another version.

    """
    gold = read_gold(gold_dir)
    splits: dict[str, list[Row]] = {
        name: [_gold_row(record, recipe) for record in records] for name, records in gold.items()
    }
    splits["train"] += _gold_copies(gold["train"], recipe)
    splits["held_out"] = []
    known = [record.text for records in gold.values() for record in records]
    for row, held_out in _corpus_rows(known, corpora_dir, recipe.seed):
        splits["held_out" if held_out else "train"] += _corpus_copies(row, held_out, recipe)
    splits["train"] = _balanced(_without_idle_copies(splits["train"]))
    return DatasetDict({name: Dataset.from_list(rows) for name, rows in splits.items() if rows})


def pretraining_texts(gold_dir: Path, corpora_dir: Path | None, recipe: Recipe) -> list[str]:
    """Texts without their labels, for masked language modelling.

    The training half of gold and all near-distinct rows of the training corpora but those held
    out; near-duplicates of dev, test and the rows for measuring are left out as above.
    """
    gold = read_gold(gold_dir)
    shown = [_gold_view(record, recipe) for record in gold["train"]]
    texts = [header_text(one.header) + one.text for one in shown]
    known = [record.text for records in gold.values() for record in records]
    rows = _corpus_rows(known, corpora_dir, recipe.seed, recipe.pretraining.most_per_label)
    return texts + [
        view(row.text, marks=recipe.marks).text for row, held_out in rows if not held_out
    ]


def _gold_copies(records: Sequence[GoldRecord], recipe: Recipe) -> Iterator[Row]:
    """Disguised and diluted copies; twins are copied together."""
    harmless = [record for record in records if record.category == "benign"]
    for record in records:
        unit = f"{recipe.seed}:{record.group}:{record.pair or record.id}"
        if _is_drawn(f"{unit}:copied", recipe.copied_share):
            copy = augmented_record(record, "train", str(recipe.seed)).text
            # Its lender may be another now, of which the sender would know nothing.
            yield _gold_row(record, recipe, copy)
        if harmless and _is_drawn(f"{unit}:diluted", recipe.diluted_share):
            yield _gold_row(record, recipe, diluted(record, harmless, unit))


def _corpus_copies(row: CorpusRow, held_out: bool, recipe: Recipe) -> Iterator[Row]:
    yield _corpus_row(row, recipe)
    unit = f"{recipe.seed}:{row.text}"
    if not held_out and _is_drawn(f"{unit}:copied", recipe.copied_share):
        yield _corpus_row(row, recipe, augmented(row.text, "train", unit).text)


def _corpus_rows(
    known: list[str], corpora_dir: Path | None, seed: int, most: int | None = None
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
            for row in read_rows(corpus, corpora_dir, index, seed, most):
                yield row, _fraction(row.text) < corpus.held_out_share


def _is_drawn(unit: str, share: float) -> bool:
    """Whether the rows of a unit, such as both twins, get a copy."""
    return Random(unit).random() < share


def _without_idle_copies(rows: list[Row]) -> list[Row]:
    """Leave out copies that read like the row itself, in which there was nothing to change."""
    originals = {row["text"] for row in rows if not row["copy"]}
    return [row for row in rows if not row["copy"] or row["text"] not in originals]


def _gold_view(record: GoldRecord, recipe: Recipe) -> View:
    return view(record.text, record.channel, record.sender, record.evidence, recipe.marks)


def _gold_row(record: GoldRecord, recipe: Recipe, copy: str | None = None) -> Row:
    shown = (
        _gold_view(record, recipe)
        if copy is None
        else view(copy, record.channel, marks=recipe.marks)
    )
    unit = f"{record.group}/{record.pair}" if record.pair else record.id
    level = LEVELS.index(record.expected)
    return _row(shown, record.category, GOLD_WEIGHT, "gold", record.group, copy is not None) | {
        "name": record.id,
        "unit": unit,
        "expected": level,
        # Where a copy shows its evidence nobody marked.
        "spans": None if copy is not None else [asdict(span) for span in shown.spans],
    }


def _corpus_row(row: CorpusRow, recipe: Recipe, copy: str | None = None) -> Row:
    shown = view(row.text if copy is None else copy, marks=recipe.marks)
    return _row(shown, row.category, CORPUS_WEIGHT, row.source, row.source, copy is not None) | {
        "name": f"{row.source}:{row.text}",
        "unit": f"{row.source}:{row.text}",
        "expected": NOT_KNOWN,
        "spans": None,
    }


def _row(shown: View, category: str, weight: float, source: str, group: str, copy: bool) -> Row:
    """What is alike in every row.

    Columns: header and text as the classifier reads them; plain (the canonical text); label
    (0..6); weight; copy (whether it is a changed copy of the row of the same name); source;
    group; name; unit (shared by twins and copies); expected (place in LEVELS, or NOT_KNOWN);
    spans (evidence in the text, None where nobody looked for it).
    """
    return {
        "header": shown.header,
        "text": shown.text,
        "plain": shown.plain,
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
