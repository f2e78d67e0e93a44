"""Second labels of the claimed lender, for every message of dev and test.

`data/gold/claims.jsonl`, one JSON object a line: what two people said who did not see each
other's label, and, where they differ, what a third settled by the guide. The message file holds
what was settled.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import model_validator

from data.files import DataError, Entry, parse, read_jsonl
from data.gold_set import GOLD_DIR, GoldRecord

CLAIMS: Final = GOLD_DIR / "claims.jsonl"


class ClaimLabels(Entry):
    """Directory ids, or None for nobody. `why` gives the reason of what was settled."""

    id: str
    first: str | None
    second: str | None
    settled: str | None = None
    why: str = ""

    @model_validator(mode="after")
    def _differences_are_settled(self) -> ClaimLabels:
        if (self.first != self.second) != bool(self.why):
            raise ValueError("what differs needs a reason, and nothing else has one")
        return self

    @property
    def final(self) -> str | None:
        """What holds."""
        return self.settled if self.why else self.first


def read_claims(records: Mapping[str, GoldRecord], path: Path = CLAIMS) -> list[ClaimLabels]:
    """Read the labels; `records` are the composed messages by id.

    Raises:
        DataError: a line breaks the schema, names no message or one twice, or its message says
            something else than what was settled.

    """
    labels: dict[str, ClaimLabels] = {}
    for where, values in read_jsonl(path):
        entry = parse(ClaimLabels, values, where)
        if entry.id not in records or entry.id in labels:
            raise DataError(f"{where}: {entry.id} is no message, or stands here twice")
        if records[entry.id].claimed != entry.final:
            raise DataError(f"{where}: {entry.id}: the message says something else")
        labels[entry.id] = entry
    return list(labels.values())
