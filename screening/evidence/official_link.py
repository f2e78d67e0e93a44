"""A link on the claimed lender's own domain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from data.labels import EvidenceCode
from screening.evidence.context import Context, Finding
from screening.evidence.detector import Detector


class OfficialLink(Detector):
    """A link on the claimed lender's own domain."""

    code: ClassVar[EvidenceCode] = "official_link"
    details: ClassVar[frozenset[str]] = frozenset({"text"})

    def detect(self, context: Context) -> Iterator[Finding]:
        """Links whose domain the directory gives to the claimed lender. Detail: `text`."""
        institution = context.claim.institution
        for point in context.contacts:
            official = context.directory.status(point, institution) == "official"
            if point.kind == "link" and official:
                yield Finding(self.code, point.start, point.end, "text")
