"""Who the sender claims to be, or to act for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from data.institution import Region
from data.labels import Role
from screening.contacts import PHONE_KINDS, ContactPoint, classify_number
from screening.directory import Directory
from screening.mention import (
    CREDIT,
    EVERYDAY,
    INTRODUCED,
    MENTIONED,
    NAMED,
    PAYMENT,
    is_hearsay,
    listed,
    plainness,
    stands_in_signature,
)
from screening.names import NameMatch
from screening.negation import is_own_line
from screening.role import find_role

# Somebody else speaks for a lender: a collection company, an assignee of the debt.
_THIRD_PARTY = re.compile(
    r"受(?![害理让托])[^,。!?;\n]{1,18}(?:委托|授权|之托|委任|委派)|委托(?:我[方司们所]|本[所司中]|方(?!式))|受托(?:机构|公司|方|催收|处置)"
    r"|委外(?:编号|的|外访|[^,。]{0,2}通告)|外包(?:公司|岗)[,:]|债权[^,。\n]{0,12}转[让至予给][^,。\n]{0,4}[我本]公?司"
    r"|[我系是]{1,2}[^,。\n]{0,8}(?:委外|委托的)|(?:代|替|帮)[^,。\n]{2,10}(?:催收|追讨|跟进|收账)"
)
# Words of a lender that doesn't say its name.
_OUR_HOUSE = re.compile(
    r"[我本俺]们?(?:行|社|支行|公司|司)|农商行|信用社|农信社|支行|信贷员|信贷部|客户经理|贷后|欠款|逾期|账单|卡中心|还款|按揭"
)
_SIGNATURE = re.compile(r"【[^【】\n]{1,40}】")
_READER_LINES = re.compile(r"(?m)^ ?我:[^\n]*")
# Lenders that people reach through 支付宝.
_IN_ALIPAY = frozenset({"花呗", "借呗", "网商贷"})
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Claim:
    """The identity a sender claims.

    Attributes:
        institution: directory id of the lender, or None.
        start, end: range of its name in the canonical text, both -1 for a name in the sender.
        role: the kind of authority or firm that speaks, whether for itself or for the lender.
        acting_for: whether somebody else speaks for the lender, such as a law firm, a mediator or
            a collection company.

    """

    institution: str | None
    start: int
    end: int
    role: Role | None
    acting_for: bool = False


def find_claim(
    text: str,
    sender: str | None,
    directory: Directory,
    contacts: tuple[ContactPoint, ...],
    regions: tuple[Region, ...] = ("CN",),
) -> Claim:
    """Read the claimed identity from a canonical text and the canonical sender name.

    A name in the 【signature】 or one that the sender field agrees with counts most, then a name
    in the sender field, a self-introduction, staff or business after a name, a name anywhere,
    and last the owner of the sender's number. A name that is negated, listed among others, only
    a way to pay or said by the reader isn't a claim. `regions`: where the reader is; it settles
    which lender of a name is meant. `contacts`: those of the text; the only official number
    among them names the lender of a text that names none.
    """
    role = find_role(text, sender)
    named, owners = _read_sender(sender, directory)
    best = max(
        _candidates(text, directory, frozenset(named or owners)),
        default=None,
        key=lambda scored: scored[0],
    )
    if best is not None and (best[0][0] > NAMED or not named):
        match = best[1]
        lender = _lender(directory, match.ids, regions)
        place = (match.start, match.end) if lender else (-1, -1)
        signed = stands_in_signature(text, match)
        return Claim(lender, *place, role, bool(lender) and _acts_for(text, role, signed))
    ids = named or (owners if len(owners) == 1 else ()) or _called_up(text, directory, contacts)
    lender = _lender(directory, ids, regions)
    return Claim(lender, -1, -1, role, bool(lender) and _acts_for(text, role, signed=bool(named)))


def _lender(directory: Directory, ids: tuple[str, ...], regions: tuple[Region, ...]) -> str | None:
    """The lender meant by `ids`; none where a bank of that name lends elsewhere than it says."""
    if not ids:
        return None
    lender = directory.lender_of(ids, regions)
    chinese = directory.institutions[lender].name.endswith("（中国）")
    return None if chinese and "CN" not in regions else lender  # 东亚银行 in Hong Kong is another


def _acts_for(text: str, role: Role | None, signed: bool) -> bool:
    """Whether the speaker is a third party; `signed`: the lender's name stands as the sender's."""
    if role in ("law_firm", "mediation"):
        return True
    return not signed and bool(_THIRD_PARTY.search(_READER_LINES.sub("", text)))


def _called_up(
    text: str, directory: Directory, contacts: tuple[ContactPoint, ...]
) -> tuple[str, ...]:
    """The lender of the only official number in a text whose writer speaks as an unnamed one.

    A 【signature】 names somebody: if not a lender of the directory, then somebody else.
    """
    if not _OUR_HOUSE.search(text) or is_hearsay(text) or _SIGNATURE.search(text):
        return ()
    said = (
        point
        for point in contacts
        if point.kind in PHONE_KINDS and not is_own_line(text, point.start)
    )
    owners = {ids for point in said if (ids := directory.owners(point))}
    if len(owners) != 1:
        return ()
    (ids,) = owners
    return ids if len(ids) == 1 else ()


def _read_sender(
    sender: str | None, directory: Directory
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lenders by the name in the sender field, and by its number."""
    if not sender:
        return (), ()
    number = classify_number(sender)
    if number is not None:
        return (), directory.owners(number)
    names = [match for match in directory.find_names(sender) if match.name not in PAYMENT]
    best = max(names, default=None, key=lambda match: match.name not in EVERYDAY)
    return (best.ids if best else ()), ()


def _candidates(
    text: str, directory: Directory, expected: frozenset[str]
) -> Iterator[tuple[tuple[int, int], NameMatch]]:
    """Claimed names with their rank; those of a lender that the sender field tells rank highest."""
    matches = tuple(directory.find_names(text))
    in_list = listed(text, matches)
    hearsay = is_hearsay(text)
    credit = bool(CREDIT.search(text))
    for number, match in enumerate(matches):
        if match.brand and not credit:
            continue
        score = plainness(text, match, bool(expected.intersection(match.ids)))
        least = INTRODUCED if hearsay or match.start in in_list else MENTIONED
        if score >= least:
            yield (score, -match.start), _lending(match, matches[number + 1 : number + 2])


def _lending(match: NameMatch, following: tuple[NameMatch, ...]) -> NameMatch:
    """Who lends where 支付宝 is named as the place: 【支付宝】花呗, 支付宝网商贷客服."""
    for lender in following:
        near = lender.start - match.end < _NEAR
        if match.name == "支付宝" and lender.name in _IN_ALIPAY and near:
            return lender
    return match
