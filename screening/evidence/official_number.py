"""The claimed lender's own number, as sender or in the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from data.labels import EvidenceCode
from screening.contacts import PHONE_KINDS
from screening.evidence.context import Context, Finding
from screening.evidence.detector import Detector


class OfficialNumber(Detector):
    """The claimed lender's own number, as sender or in the text."""

    code: ClassVar[EvidenceCode] = "official_number"
    details: ClassVar[frozenset[str]] = frozenset({"sender", "text"})

    def detect(self, context: Context) -> Iterator[Finding]:
        """Numbers that the directory gives to the claimed lender. Details: `sender`, `text`."""
        institution = context.claim.institution
        if institution is None:
            return
        sender = context.sender
        if sender is not None and context.directory.status(sender, institution) == "official":
            yield Finding(self.code, -1, -1, "sender")
        for point in context.contacts:
            official = context.directory.status(point, institution) == "official"
            if point.kind in PHONE_KINDS and official:
                yield Finding(self.code, point.start, point.end, "text")
