"""Rows of the public corpora, unmasked, near-distinct and mapped to our categories."""

from __future__ import annotations

import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import zstandard

from data.corpora import Corpus
from data.labels import Category
from training.near_duplicates import Index, near_distinct
from training.unmask import unmask


class CorpusError(Exception):
    """A corpus is missing, isn't the listed version, or holds a broken row."""


@dataclass(frozen=True, slots=True)
class CorpusRow:
    """One text with our category; `source` is the corpus name."""

    text: str
    category: Category
    source: str


def read_rows(
    corpus: Corpus, folder: Path, index: Index, seed: int, most: int | None = None
) -> Iterator[CorpusRow]:
    """Sample rows of each used label, none of them for measuring only.

    Args:
        folder: the `--corpora` folder.
        index: texts that must not occur again; the rows taken are added to it.
        most: rows of each label; the corpus's `most_per_label` unless given.

    Raises:
        CorpusError: file missing, digest different, or a row without text and label.

    """
    for label, texts in _by_label(corpus, folder, seed):
        category = corpus.category(label)
        if category is not None:
            usable = (text for text in texts if corpus.test_category(label, text) is None)
            for text in _take(near_distinct(usable, index), most or corpus.most_per_label):
                yield CorpusRow(text, category, corpus.name)


def read_test_rows(corpus: Corpus, folder: Path, index: Index, seed: int) -> Iterator[CorpusRow]:
    """The rows that are for measuring only, near-distinct; arguments and errors as above."""
    for label, texts in _by_label(corpus, folder, seed) if corpus.test_only else ():
        wanted = (text for text in texts if corpus.test_category(label, text) is not None)
        for text in near_distinct(wanted, index):
            category = corpus.test_category(label, text)
            if category is not None:
                yield CorpusRow(text, category, corpus.name)


def read_texts(corpus: Corpus, folder: Path) -> Iterator[str]:
    """Every text of the file as it is; errors as above."""
    return (text for text, _ in _parse(corpus, _read(corpus, folder)))


def _by_label(corpus: Corpus, folder: Path, seed: int) -> Iterator[tuple[str, Iterator[str]]]:
    """Each upstream label with its distinct texts, masks filled, in a fixed random order."""
    by_label: defaultdict[str, set[str]] = defaultdict(set)
    for text, label in _parse(corpus, _read(corpus, folder)):
        by_label[label].add(text)
    for label, texts in sorted(by_label.items()):
        ordered = sorted(texts)
        random.Random(f"{seed}:{corpus.name}:{len(ordered)}").shuffle(ordered)
        yield label, (unmask(text, corpus.masks, f"{seed}:{text}") for text in ordered)


def _take(texts: Iterable[str], most: int) -> Iterator[str]:
    for count, text in enumerate(texts, start=1):
        yield text
        if count >= most:
            return


def _read(corpus: Corpus, folder: Path) -> bytes:
    plain = folder / corpus.name / f"{corpus.name}.jsonl"
    packed = plain.with_suffix(".jsonl.zst")
    if plain.exists():
        content = plain.read_bytes()
    elif packed.exists():
        with packed.open("rb") as file:
            content = zstandard.ZstdDecompressor().stream_reader(file).read()
    else:
        raise CorpusError(f"{corpus.name}: no {plain.name} in the corpora folder; see {_SEE}")
    if hashlib.sha256(content).hexdigest() != corpus.sha256:
        raise CorpusError(f"{corpus.name}: not the listed version (SHA-256 differs); see {_SEE}")
    return content


_SEE = "data/corpora.toml"


def _parse(corpus: Corpus, content: bytes) -> Iterator[tuple[str, str]]:
    # Not splitlines: U+2028 and its like may stand unescaped inside a JSON string.
    lines = content.decode("utf-8").removesuffix("\n").split("\n")
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            yield str(row["text"]), str(row["label"])
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{corpus.name}: row {number} lacks text or label") from error
