"""Lenders' names in a text: the directory's names and aliases, without any reading of context."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from data.institution import shipped_institutions


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at `start:end` of a text and the only lender it can mean, or None if several."""

    start: int
    end: int
    lender: str | None


@lru_cache(maxsize=1)
def _names() -> tuple[AhoCorasick, tuple[str | None, ...]]:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for lender, entry in shipped_institutions().items():
        for name in (entry.name, *entry.aliases):
            owners[name].add(lender)
    matcher = AhoCorasick(list(owners), matchkind=MatchKind.LeftmostLongest)
    return matcher, tuple(min(ids) if len(ids) == 1 else None for ids in owners.values())


def mentions(text: str) -> Iterator[Mention]:
    """Names in a text as written, leftmost-longest, none overlapping."""
    matcher, owners = _names()
    for index, start, end in matcher.find_matches_as_indexes(text):
        yield Mention(start, end, owners[index])
