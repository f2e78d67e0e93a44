"""A message among harmless ones, as people paste whole threads."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

from data.gold_set import GoldRecord

# Characters of filler: with the message itself they mostly fit into one window.
_LEAST, _MOST = 20, 110
_JOINTS: Final = ("\n", "\n", " ", "")


def diluted(record: GoldRecord, harmless: Sequence[GoldRecord], seed: str) -> str:
    """The text of `record` with one or two pieces of harmless messages around it.

    Args:
        harmless: messages to take pieces of, none of which changes what the whole is.
        seed: the same seed gives the same pieces in the same places.

    """
    rng = Random(f"{seed}:dilution")
    before = _piece(harmless, rng) if rng.random() < 0.6 else ""
    after = _piece(harmless, rng) if not before or rng.random() < 0.4 else ""
    joint = rng.choice(_JOINTS)
    return joint.join(part for part in (before, record.text, after) if part)


def _piece(harmless: Sequence[GoldRecord], rng: Random) -> str:
    text = rng.choice(harmless).text
    return (
        text[: rng.randint(_LEAST, _MOST)]
        if rng.random() < 0.5
        else text[-rng.randint(_LEAST, _MOST) :]
    )
