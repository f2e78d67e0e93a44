"""A link that doesn't belong to the claimed lender."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from data.labels import EvidenceCode
from screening.contacts import ContactPoint
from screening.directory import SHARED_HOSTS
from screening.evidence.context import Context, Finding
from screening.evidence.detector import Detector
from screening.negation import is_negated, is_own_line


class UnofficialLink(Detector):
    """Links whose domain the directory doesn't give to the claimed lender.

    Details: `ip_address`, `look_alike` (letters of another script, or a host that imitates a
    lender's), `disguised` (点 for the dot and the like), which count whoever is claimed;
    `other_institution` and `unlisted`, which need a claimed lender with a known domain to compare
    with.
    """

    code: ClassVar[EvidenceCode] = "unofficial_link"
    details: ClassVar[frozenset[str]] = frozenset(
        {"ip_address", "look_alike", "disguised", "other_institution", "unlisted"}
    )

    def detect(self, context: Context) -> Iterator[Finding]:
        """Links that are put to the reader."""
        for point in context.contacts:
            if point.kind != "link" or point.value in SHARED_HOSTS:
                continue
            detail = _detail(context, point)
            if detail is None or is_own_line(context.text, point.start):
                continue
            if not is_negated(context.text, point.start, point.end):
                yield Finding(self.code, point.start, point.end, detail)


def _detail(context: Context, point: ContactPoint) -> str | None:
    institution = context.claim.institution
    status = context.directory.status(point, institution)
    if status in ("official", "candidate", "public"):
        return None
    if point.trait in ("ip_address", "look_alike", "disguised"):
        return point.trait
    if context.directory.imitated(point):
        return "look_alike"
    if institution is None or not context.directory.knows(institution, "domain"):
        return None
    return "other_institution" if status == "other_institution" else "unlisted"
