"""A link on the claimed lender's own domain."""

from __future__ import annotations

from collections.abc import Iterator

from screening.evidence.context import Context, Finding

CODE = "official_link"


def detect(context: Context) -> Iterator[Finding]:
    """Links whose domain the directory gives to the claimed lender. Detail: `text`."""
    institution = context.claim.institution
    for point in context.contacts:
        official = context.directory.status(point, institution) == "official"
        if point.kind == "link" and official:
            yield Finding(CODE, point.start, point.end, "text")
