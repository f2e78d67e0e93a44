from __future__ import annotations

from collections.abc import Collection

from model.normalize import normalize
from screening.contacts import find_contacts

Found = list[tuple[str, str, str]]


def found(text: str, kinds: Collection[str]) -> Found:
    """Kind, value and canonical words of the points of some kinds in an original text."""
    canonical = normalize(text).text
    return [
        (point.kind, point.value, canonical[point.start : point.end])
        for point in find_contacts(canonical)
        if point.kind in kinds
    ]


def traits(text: str, kinds: Collection[str]) -> list[str]:
    """Traits of the points of some kinds, in order."""
    points = find_contacts(normalize(text).text)
    return [point.trait for point in points if point.kind in kinds]
