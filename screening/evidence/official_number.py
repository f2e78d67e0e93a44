"""The claimed lender's own number, as sender or in the text."""

from __future__ import annotations

from collections.abc import Iterator

from screening.contacts import PHONE_KINDS
from screening.evidence.context import Context, Finding

CODE = "official_number"


def detect(context: Context) -> Iterator[Finding]:
    """Numbers that the directory gives to the claimed lender. Details: `sender`, `text`."""
    institution = context.claim.institution
    if institution is None:
        return
    sender = context.sender
    if sender is not None and context.directory.status(sender, institution) == "official":
        yield Finding(CODE, -1, -1, "sender")
    for point in context.contacts:
        official = context.directory.status(point, institution) == "official"
        if point.kind in PHONE_KINDS and official:
            yield Finding(CODE, point.start, point.end, "text")
