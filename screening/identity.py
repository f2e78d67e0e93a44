"""Who the sender claims to be, or to act for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from screening.directory import Directory, NameMatch
from screening.negation import is_negated

Role = Literal["court", "police", "law_firm", "mediation", "regulator"]

_SIGNATURE = re.compile(r"[【\[](?P<name>[^】\]\n]{1,40})[】\]]")
_INTRODUCTION = re.compile(
    r"(?:我是|我们是|这边是|这里是|这是|系|代表|受|来自|关于|您在|你在|您的|你的|您名下的?|你名下的?)"
    r"[^，。！？\n]{0,6}$"
)
_OFFICE = re.compile(
    r"^(?:\(?[^，。！？\n]{0,6})?(?:客服|专员|法务|信用卡|催收|贷后|风控|委托|授权|中心|贷款|账单|金融|银行|借款|欠款|还款|逾期|账户)"
)
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("court", re.compile(r"法院|法庭|执行局|传票|开庭|立案庭")),
    ("police", re.compile(r"公安|派出所|警官|警方|网警|经侦|刑警|民警")),
    ("mediation", re.compile(r"调解|仲裁")),
    ("law_firm", re.compile(r"律师|律所|法律事务")),
    ("regulator", re.compile(r"银保监|金融监管|征信中心|人民银行|银监会|互联网金融协会")),
)
# Short aliases are everyday words (平安, 小米): they count only where an office follows or a
# signature holds them.
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Claim:
    """The identity a sender claims.

    Attributes:
        institution: directory id of the lender, or None.
        start, end: range of its name in the canonical text, both -1 for a name in the sender.
        role: the kind of authority or firm that speaks, whether for itself or for the lender.

    """

    institution: str | None
    start: int
    end: int
    role: Role | None


def find_claim(text: str, sender: str | None, directory: Directory) -> Claim:
    """Read the claimed identity from a canonical text and the canonical sender name.

    A name in the 【signature】 counts most, then a self-introduction or an office after the name,
    then a long name anywhere. A name that is negated isn't a claim.
    """
    role = _role(text)
    best = max(_candidates(text, directory), default=None, key=lambda scored: scored[0])
    if best is not None:
        match = best[1]
        return Claim(_preferred(match, directory), match.start, match.end, role)
    if sender:
        for match in directory.find_names(sender):
            return Claim(_preferred(match, directory), -1, -1, role)
    return Claim(None, -1, -1, role)


def _role(text: str) -> Role | None:
    return next((role for role, pattern in _ROLES if pattern.search(text)), None)


def _candidates(text: str, directory: Directory) -> Iterator[tuple[tuple[int, int], NameMatch]]:
    signatures = [found.span("name") for found in _SIGNATURE.finditer(text)]
    for match in directory.find_names(text):
        score = _score(text, match, signatures)
        if score > 0:
            yield (score, -match.start), match


def _score(text: str, match: NameMatch, signatures: list[tuple[int, int]]) -> int:
    if any(start <= match.start and match.end <= end for start, end in signatures):
        return 4
    if is_negated(text, match.start):
        return 0
    before, after = text[max(0, match.start - 10) : match.start], text[match.end : match.end + 12]
    introduced = bool(_INTRODUCTION.search(before))
    if _OFFICE.match(after):
        return 3 if introduced else 2
    if len(match.name) <= _SHORT:
        return 0
    return 2 if introduced else 1


def _preferred(match: NameMatch, directory: Directory) -> str:
    """Of several lenders with this name, the first whose number people can be given."""
    return next(
        (entry for entry in match.ids if directory.knows(entry, "phone")),
        match.ids[0],
    )
