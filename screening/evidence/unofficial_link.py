"""A link that doesn't belong to the claimed lender."""

from __future__ import annotations

from collections.abc import Iterator

from screening.contacts import is_ip_address
from screening.evidence.context import Context, Finding
from screening.negation import is_negated

CODE = "unofficial_link"


def detect(context: Context) -> Iterator[Finding]:
    """Links whose domain the directory doesn't give to the claimed lender.

    Details: `ip_address`, `other_institution`, `unlisted`. A bare IP address counts whoever
    is claimed; otherwise a claimed lender with a known domain is needed to compare with.
    """
    institution = context.claim.institution
    for point in context.contacts:
        if point.kind != "link" or is_negated(context.text, point.start, point.end):
            continue
        status = context.directory.status(point, institution)
        if is_ip_address(point.value):
            yield Finding(CODE, point.start, point.end, "ip_address")
        elif institution is None or not context.directory.knows(institution, "domain"):
            continue
        elif status == "other_institution":
            yield Finding(CODE, point.start, point.end, "other_institution")
        elif status == "unknown":
            yield Finding(CODE, point.start, point.end, "unlisted")
