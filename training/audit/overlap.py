"""How close the texts to test on come to the texts trained on, by Han characters alone.

Numbers, links, names in Latin letters and punctuation are what a copy changes first.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from data.gold_set import GoldRecord
from model.normalize import normalize
from training.near_duplicates import five_grams, jaccard

_NOT_HAN: Final = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fff]+")
# Shorter texts are greetings and stock phrases that anybody writes.
_LEAST: Final = 12


@dataclass(frozen=True, slots=True)
class Nearest:
    """A record and the most similar one of the other split; similarity in 0..1."""

    record: str
    nearest: str
    similarity: float


def han(text: str) -> str:
    """The Han characters of a text in simplified form, nothing else."""
    return _NOT_HAN.sub("", normalize(text).text)


def _han_grams(record: GoldRecord) -> frozenset[str]:
    text = han(record.text)
    return five_grams(text) if text else frozenset()


def nearest(train: Sequence[GoldRecord], other: Sequence[GoldRecord]) -> list[Nearest]:
    """For each record of `other` the nearest training text by Han 5-grams (Jaccard)."""
    sets = [_han_grams(record) for record in train]
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, grams in enumerate(sets):
        for gram in grams:
            places[gram].append(number)
    return [_closest(record, train, sets, places) for record in other]


def _closest(
    record: GoldRecord,
    train: Sequence[GoldRecord],
    sets: Sequence[frozenset[str]],
    places: dict[str, list[int]],
) -> Nearest:
    grams = _han_grams(record)
    shared = Counter(number for gram in grams for number in places.get(gram, ()))
    best = max(((jaccard(grams, sets[number]), number) for number in shared), default=(0.0, -1))
    return Nearest(record.id, train[best[1]].id if best[1] >= 0 else "", best[0])


def copies(train: Sequence[GoldRecord], other: Sequence[GoldRecord]) -> list[tuple[str, str]]:
    """Ids of records of `other` that equal, hold or are held by a training text."""
    return list(_copies(train, other))


def _copies(train: Sequence[GoldRecord], other: Sequence[GoldRecord]) -> Iterator[tuple[str, str]]:
    known = [(record.id, han(record.text)) for record in train]
    known = [(name, text) for name, text in known if len(text) >= _LEAST]
    everything = "\n".join(text for _, text in known)
    for record in other:
        text = han(record.text)
        if len(text) < _LEAST:
            continue
        if text in everything:
            yield record.id, next(name for name, one in known if text in one)
        else:
            yield from ((record.id, name) for name, one in known if one in text)


def overlap(train: Sequence[GoldRecord], other: Sequence[GoldRecord]) -> dict[str, Any]:
    """Quantiles of the similarity to the nearest training text, and the count of copies."""
    similarities = [item.similarity for item in nearest(train, other)]
    middle, high, highest = np.quantile(similarities, (0.5, 0.95, 1.0))
    return {
        "n": len(other),
        "copies": len(copies(train, other)),
        "similarity_p50": float(middle),
        "similarity_p95": float(high),
        "similarity_max": float(highest),
    }
