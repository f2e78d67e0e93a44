"""A link that doesn't belong to the claimed lender."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from screening.contacts import ContactPoint, is_ip_address
from screening.evidence.context import Context, Finding
from screening.negation import is_negated, is_own_line

CODE = "unofficial_link"

# Hosts where every lender has pages of its own; whose page it is, the host can't tell.
_SHARED_HOSTS: Final[frozenset[str]] = frozenset(
    {"mp.weixin.qq.com", "work.weixin.qq.com", "apps.apple.com", "a.app.qq.com"}
)


def detect(context: Context) -> Iterator[Finding]:
    """Links whose domain the directory doesn't give to the claimed lender.

    Details: `ip_address`, `other_institution`, `unlisted`. A bare IP address counts whoever
    is claimed; otherwise a claimed lender with a known domain is needed to compare with.
    """
    for point in context.contacts:
        if point.kind != "link" or point.value in _SHARED_HOSTS:
            continue
        detail = _detail(context, point)
        if detail is None or is_own_line(context.text, point.start):
            continue
        if not is_negated(context.text, point.start, point.end):
            yield Finding(CODE, point.start, point.end, detail)


def _detail(context: Context, point: ContactPoint) -> str | None:
    if is_ip_address(point.value):
        return "ip_address"
    institution = context.claim.institution
    if institution is None or not context.directory.knows(institution, "domain"):
        return None
    status = context.directory.status(point, institution)
    if status == "other_institution":
        return "other_institution"
    return "unlisted" if status == "unknown" else None
