"""One augmented copy of a text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from random import Random
from typing import Final

from data.gold_set import GoldRecord
from training.augment.operators import HELD_OUT, TRAINING
from training.augment.slots import Side, refill

_STRENGTHS: Final[dict[Side, tuple[float, float]]] = {"train": (0.05, 0.4), "test": (0.4, 0.6)}


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a text and the operator it was disguised with."""

    text: str
    operator: str


def augmented(
    text: str,
    filler: Side,
    seed: str,
    lender: str | None = None,
    false_links: Collection[str] = (),
) -> Copy:
    """Fill the slots of a text anew and disguise it.

    Args:
        filler: `train` draws on training fillers, operators and strengths; `test` on those
            that training never draws on.
        seed: the same seed gives the same copy. Twins given the same seed get the same
            replacements.
        lender, false_links: as for `refill`.

    """
    filled = refill(text, filler, seed, lender, false_links)
    operators = TRAINING if filler == "train" else HELD_OUT
    rng = Random(f"{seed}:disguise")
    name = rng.choice(sorted(operators))
    return Copy(operators[name](filled, rng, rng.uniform(*_STRENGTHS[filler])), name)


def augmented_record(record: GoldRecord, filler: Side, seed: str) -> Copy:
    """A copy of a composed message; twins are treated alike."""
    links = [item.quote for item in record.evidence if item.code == "unofficial_link"]
    unit = f"{seed}:{record.group}:{record.pair or record.id}"
    return augmented(record.text, filler, unit, record.claimed, links)
