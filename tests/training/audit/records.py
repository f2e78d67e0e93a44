"""Records made on the spot for the audits."""

from __future__ import annotations

from typing import Any

from data.gold_set import GoldRecord
from tests.tiny_gold import facets
from tests.tiny_gold import record as row


def made(
    name: str, text: str, category: str = "benign", where: dict[str, str] | None = None, **more: Any
) -> GoldRecord:
    """A record `GROUP-NUMBER` with the facets `where`."""
    values = row(text, category, facets=facets(**(where or {})), **more)
    return GoldRecord.model_validate(values | {"id": name, "group": name.partition("-")[0]})
