"""A number to call that the directory doesn't give to the claimed lender."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from data.labels import EvidenceCode, Role
from screening.contacts import PHONE_KINDS, ContactPoint
from screening.evidence.context import Context, Finding
from screening.evidence.detector import Detector
from screening.negation import is_negated, is_own_line

# Courts, police and regulators ring from landlines; a lawyer or mediator may give a mobile.
_AUTHORITIES: Final[frozenset[Role]] = frozenset({"court", "police", "regulator"})

# The reader's own number.
_OWN = re.compile(
    r"(?:(?:您|你|本人|名下)的?(?:手机|电话|号码)|(?:预留|登记|注册|绑定)的?(?:手机|电话|号码)?)"
    r"号?码?[^,。!?\n]{0,3}$"
)
# A number that is an account to pay or a chat name: for other detectors to judge.
_ACCOUNT = re.compile(
    r"(?:支付宝|微信|零钱|v信|vx?|账号|账户|同号)[^,。!?\d\n]{0,4}$"
    r"|[转汇打交缴][^,。!?\d\n]{0,6}[到至给入]$"
)
# "如遇困难请致电": no warning, although 如遇 mostly begins one.
_OFFER_OF_HELP = re.compile(r"(?:疑问|问题|困难|异议|变动|不便|咨询|需要)[^。!?\n]{0,10}$")


class UnofficialNumber(Detector):
    """A number to call that the directory doesn't give to the claimed lender."""

    code: ClassVar[EvidenceCode] = "unofficial_number"
    details: ClassVar[frozenset[str]] = frozenset(
        {"foreign", "mobile", "foreign_unclaimed", "other_institution", "unlisted"}
    )

    def detect(self, context: Context) -> Iterator[Finding]:
        """Numbers of the text that aren't the claimed lender's.

        Details: `foreign`, `mobile` (neither is ever a lender's hotline), `foreign_unclaimed`
        (nobody is claimed whose hotline it could be), `other_institution`,
        `unlisted` (a landline, 400 or service number we don't know; the directory is incomplete).
        Without a claimed lender only a foreign number counts, or a mobile for an authority.
        """
        for point in context.contacts:
            if point.kind not in PHONE_KINDS or point.kind == "sms_port":
                continue
            detail = _detail(context, point)
            if detail is not None and _is_given_to_call(context.text, point):
                yield Finding(self.code, point.start, point.end, detail)


def _is_given_to_call(text: str, point: ContactPoint) -> bool:
    """Whether the sender wants the number to be called."""
    before = text[max(0, point.start - 14) : point.start]
    if _OWN.search(before) or is_own_line(text, point.start):
        return False
    if point.kind == "mobile" and _ACCOUNT.search(before):
        return False
    return bool(_OFFER_OF_HELP.search(before)) or not is_negated(text, point.start, point.end)


def _detail(context: Context, point: ContactPoint) -> str | None:
    institution = context.claim.institution
    match context.directory.status(point, institution):
        case "official" | "candidate" | "public":
            return None
        case "never_official":
            return point.kind
        case "other_institution":
            return "other_institution" if institution else None
        case "unknown":
            return _unknown(context, point)


def _unknown(context: Context, point: ContactPoint) -> str | None:
    """A number that the directory doesn't know, of a lender or of nobody."""
    if point.kind == "foreign" and "CN" in context.regions and context.claim.institution is None:
        return "foreign_unclaimed"
    if point.kind == "mobile" and context.claim.institution is None:
        return "mobile" if context.claim.role in _AUTHORITIES else None
    institution = context.claim.institution
    known = institution is not None and context.directory.knows(institution, "phone")
    return "unlisted" if known else None
