"""Near-duplicates by character 5-grams, as the splits need them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from model.normalize import mask_digits, normalize

THRESHOLD: Final = 0.5
_NOT_WORD = re.compile(r"[\W_]+")
# A 5-gram in more texts than this is boilerplate: it would cost time and tells little.
_COMMON = 300


def shingles(text: str) -> frozenset[str]:
    """Character 5-grams of a text, numbers masked and punctuation dropped."""
    return five_grams(_NOT_WORD.sub("", mask_digits(normalize(text).text)))


def five_grams(text: str) -> frozenset[str]:
    """Every five neighbouring characters; a shorter text is its own only member."""
    return frozenset(text[i : i + 5] for i in range(max(1, len(text) - 4)))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of common members in 0..1."""
    return len(one & other) / max(1, len(one | other))


class Index:
    """Texts seen so far, to ask whether a new one is a near-duplicate of any of them."""

    def __init__(self, threshold: float = THRESHOLD) -> None:
        self.threshold = threshold
        self._sets: list[frozenset[str]] = []
        self._places: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, grams: frozenset[str]) -> int:
        """Store a text and return its number, counted from 0."""
        number = len(self._sets)
        self._sets.append(grams)
        for gram in grams:
            self._places[gram].append(number)
        return number

    def find(self, grams: frozenset[str]) -> int | None:
        """Number of the first stored text with at least the threshold, or None."""
        shared: defaultdict[int, int] = defaultdict(int)
        for gram in grams:
            places = self._places.get(gram, ())
            if len(places) <= _COMMON:
                for number in places:
                    shared[number] += 1
        for number in sorted(shared):
            least = self.threshold * len(grams) * 0.5
            if shared[number] >= least and self._is_near(grams, number):
                return number
        return None

    def _is_near(self, grams: frozenset[str], number: int) -> bool:
        return jaccard(grams, self._sets[number]) >= self.threshold


def near_distinct(texts: Iterable[str], index: Index) -> Iterator[str]:
    """The texts that aren't near-duplicates of one in `index`, each added to it."""
    for text in texts:
        grams = shingles(text)
        if index.find(grams) is None:
            index.add(grams)
            yield text
