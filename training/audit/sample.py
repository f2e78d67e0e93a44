"""Random messages for people to read."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from data.gold_set import GoldRecord
from training.audit import SEED


def draw(
    records: Sequence[GoldRecord], category: str, count: int, seed: int = SEED
) -> list[GoldRecord]:
    """Up to `count` messages of a category, drawn at random; the same seed draws the same."""
    chosen = [record for record in records if record.category == category]
    Random(f"{seed}:{category}").shuffle(chosen)
    return chosen[:count]
