"""What every detector is given, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass

from data.institution import Region
from model.normalize import NormalizedText
from screening.contacts import ContactPoint
from screening.directory import Directory
from screening.identity import Claim
from screening.message import Message


@dataclass(frozen=True, slots=True)
class Context:
    """One message, read once for all detectors.

    Attributes:
        message: as it was received.
        view: the canonical view of its text.
        contacts: contact points of the canonical text.
        sender: the sender read as a number, or None.
        claim: the identity the sender claims.
        regions: where the reader most likely is.

    """

    message: Message
    view: NormalizedText
    contacts: tuple[ContactPoint, ...]
    sender: ContactPoint | None
    claim: Claim
    regions: tuple[Region, ...]
    directory: Directory

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.view.text

    @property
    def has_strange_page(self) -> bool:
        """Whether the message holds a link that can't be the claimed lender's.

        Where the directory knows no domain of that lender, any link may be its own.
        """
        lender = self.claim.institution
        if lender is not None and not self.directory.knows(lender, "domain"):
            return False
        return any(
            point.kind == "link" and self.directory.status(point, lender) == "unknown"
            for point in self.contacts
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation.

    `start` and `end` are in the canonical text, or both -1 where the fact is about the sender or
    the time of arrival.
    """

    code: str
    start: int
    end: int
    detail: str
