"""One augmented copy of a text."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from training.augment.operators import HELD_OUT, TRAINING
from training.augment.slots import Side, refill

_STRENGTHS: Final[dict[Side, tuple[float, float]]] = {"train": (0.05, 0.4), "test": (0.4, 0.6)}


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a text and the operator it was disguised with, or None."""

    text: str
    operator: str | None


def augmented(text: str, filler: Side, seed: str, disguise: bool = True) -> Copy:
    """Fill the slots of a text anew and disguise it.

    Args:
        filler: `train` draws on training fillers, operators and strengths; `test` on those
            that training never sees.
        seed: the same seed gives the same copy. Twins given the same seed get the same
            replacements.

    """
    filled = refill(text, filler, seed)
    if not disguise:
        return Copy(filled, None)
    operators = TRAINING if filler == "train" else HELD_OUT
    rng = Random(f"{seed}:disguise")
    name = rng.choice(sorted(operators))
    return Copy(operators[name](filled, rng, rng.uniform(*_STRENGTHS[filler])), name)
