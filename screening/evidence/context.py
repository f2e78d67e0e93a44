"""What every detector is given, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from screening.contacts import ContactPoint
from screening.directory import Directory
from screening.identity import Claim

# Pattern of one character that doesn't end a clause; the comma of 10,000 doesn't.
IN_CLAUSE: Final = r"(?:[^,。!?;\n]|(?<=\d),(?=\d))"


@dataclass(frozen=True, slots=True)
class Context:
    """One message, read once for all detectors.

    Attributes:
        text: canonical text.
        contacts: contact points of the text.
        sender: the sender read as a number, or None.
        claim: the identity the sender claims.

    """

    text: str
    contacts: tuple[ContactPoint, ...]
    sender: ContactPoint | None
    claim: Claim
    directory: Directory


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation. `start` and `end` are in the canonical text, or both -1 for the sender."""

    code: str
    start: int
    end: int
    detail: str
