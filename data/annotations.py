"""Second labels: what two people who did not see each other's labels said of a message.

`data/gold/annotations.jsonl`, one JSON object a line. Where the two differ, a third person has
settled it by the guide and says why; so does whoever changes a label later. The message file
holds what was settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import Field, model_validator

from data.files import DataError, Entry, parse, read_jsonl
from data.gold_set import GOLD_DIR, GoldRecord
from data.labels import Category, Level

ANNOTATIONS = GOLD_DIR / "annotations.jsonl"


class Opinion(Entry):
    """One reading of a message."""

    category: Category
    expected: Level


class Resolution(Opinion):
    """The reading that holds after a disagreement. `why` gives the reason in a sentence."""

    why: str = Field(min_length=4)


class Annotation(Entry):
    """Two independent readings of the message `id`, and what was settled if not the first."""

    id: str
    first: Opinion
    second: Opinion
    resolution: Resolution | None = None

    @model_validator(mode="after")
    def _differences_are_resolved(self) -> Annotation:
        if self.first != self.second and self.resolution is None:
            raise ValueError("the two labels differ and nobody resolved it")
        return self

    @property
    def settled(self) -> Opinion:
        """What the message file must say."""
        held = self.resolution or self.first
        return Opinion(category=held.category, expected=held.expected)


def read_annotations(
    records: Iterable[GoldRecord], path: Path = ANNOTATIONS
) -> tuple[Annotation, ...]:
    """Read all second labels and hold them against the messages.

    Raises:
        DataError: a line breaks the schema, is about no message or about one for the second
            time, or the message says something else than what was settled.

    """
    by_id = {record.id: record for record in records}
    annotations = tuple(parse(Annotation, values, where) for where, values in read_jsonl(path))
    seen: set[str] = set()
    for annotation in annotations:
        _check(annotation, by_id, seen)
        seen.add(annotation.id)
    return annotations


def _check(annotation: Annotation, by_id: Mapping[str, GoldRecord], seen: set[str]) -> None:
    record = by_id.get(annotation.id)
    if record is None:
        raise DataError(f"annotations: {annotation.id}: no such message")
    if annotation.id in seen:
        raise DataError(f"annotations: {annotation.id}: annotated twice")
    if (record.category, record.expected) != (
        annotation.settled.category,
        annotation.settled.expected,
    ):
        raise DataError(f"annotations: {annotation.id}: the message was not brought into line")
