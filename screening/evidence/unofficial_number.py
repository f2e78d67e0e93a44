"""A number to call that the directory doesn't give to the claimed lender."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.contacts import PHONE_KINDS, ContactPoint
from screening.evidence.context import Context, Finding
from screening.negation import is_negated

CODE = "unofficial_number"

_OWN = re.compile(
    r"(?:您的?|你的?|本人|预留|登记|注册|绑定|名下)(?:手机|电话|联系)?号?码?[^，。\n]{0,4}$"
)


def detect(context: Context) -> Iterator[Finding]:
    """Numbers of the text that aren't the claimed lender's.

    Details: `foreign`, `mobile` (neither is ever a lender's hotline), `other_institution`,
    `unlisted` (a landline, 400 or service number we don't know; the directory is incomplete).
    Without a claimed lender only a foreign number counts, or a mobile for an authority.
    """
    for point in context.contacts:
        if point.kind not in PHONE_KINDS or point.kind == "sms_port":
            continue
        before = context.text[max(0, point.start - 14) : point.start]
        if _OWN.search(before) or is_negated(context.text, point.start, point.end):
            continue
        detail = _detail(context, point)
        if detail is not None:
            yield Finding(CODE, point.start, point.end, detail)


def _detail(context: Context, point: ContactPoint) -> str | None:
    institution = context.claim.institution
    status = context.directory.status(point, institution)
    if status in ("official", "candidate", "public"):
        return None
    if point.kind == "foreign":
        return None if status == "other_institution" else "foreign"
    if point.kind == "mobile":
        return "mobile" if institution or context.claim.role else None
    if institution is None or not context.directory.knows(institution, "phone"):
        return None
    return "other_institution" if status == "other_institution" else "unlisted"
