"""Lookups in the directory of lenders: by name, by number, by domain."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from data.channel import Channel, shipped_channels
from data.institution import PHONE_TYPES, Institution, shipped_institutions
from model.normalize import normalize
from screening.contacts import PHONE_KINDS, ContactPoint, digits

Status = Literal["official", "candidate", "other_institution", "public", "unknown"]

_AREA_CODE = re.compile(r"^0\d{2,3}(?=(?:95|96|12)\d{3,4}$)")
_REMARK = re.compile(r"\([^()]*\)")
_PLACE = re.compile(
    r"^(?:中国|深圳前海|北京|上海|天津|重庆|内蒙古|浙江|江苏|安徽|江西|福建|厦门|河南|湖南|湖北|武汉"
    r"|四川|陕西|辽宁|吉林|广东|广西|山西|威海|温州|无锡|梅州|哈尔滨)(?=.{2,}(?:银行|消费金融))"
)
_GENERIC = re.compile(r"^(?:国际|商业|农商|农商联合|农村商业|城市|人民)?(?:银行|消费金融)$")
# What a company adds to its own name to call its lending arm: 京东金融, 美团月付.
_LENDING_ARM = re.compile(r"(?:金融|科技|月付|(?:钱包)?借钱)$")
_LEGAL_FORM = re.compile(r"(?:股份|有限|责任|公司)+$")
_LICENSED = frozenset(
    {"state_bank", "joint_stock_bank", "city_bank", "rural_bank", "private_bank"}
    | {"foreign_or_hk_bank", "consumer_finance"}
)


@dataclass(frozen=True, slots=True)
class NameMatch:
    """An institution's name or alias in a canonical text.

    Attributes:
        brand: the name of a company whose lending arm is meant, such as 京东.

    """

    name: str
    ids: tuple[str, ...]
    start: int
    end: int
    brand: bool


class Directory:
    """Indices over institutions and public channels."""

    def __init__(
        self, institutions: Mapping[str, Institution], channels: Mapping[str, Channel]
    ) -> None:
        self.institutions = institutions
        self.channels = channels
        self._official = _index(institutions, official=True)
        self._candidates = _index(institutions, official=False)
        self._public = {digits(c.number) for c in channels.values() if c.number}
        self._public_hosts = {_host(c.url) for c in channels.values() if c.url}
        names = _names(institutions)
        brands = {n: ids for n, ids in _brands(institutions).items() if n not in names}
        self._names = tuple((name, ids, name in brands) for name, ids in (names | brands).items())
        self._matcher = AhoCorasick(
            [name for name, _, _ in self._names], matchkind=MatchKind.LeftmostLongest
        )

    def find_names(self, text: str) -> Iterator[NameMatch]:
        """Names and aliases in a canonical text, leftmost-longest, none overlapping."""
        for index, start, end in self._matcher.find_matches_as_indexes(text):
            name, ids, brand = self._names[index]
            yield NameMatch(name, ids, start, end, brand)

    def status(self, point: ContactPoint, institution: str | None) -> Status:
        """Whose contact this is, seen from the lender that the sender claims to be.

        `candidate` wins over `other_institution`: a value that may be the lender's own must
        not be held against the message.
        """
        values = tuple(_lookup_values(point))
        owners = {owner for value in values for owner in self._official.get(value, ())}
        if institution in owners:
            return "official"
        if any(institution in self._candidates.get(value, ()) for value in values):
            return "candidate"
        if self._is_public(point):
            return "public"
        return "other_institution" if owners else "unknown"

    def owners(self, point: ContactPoint) -> tuple[str, ...]:
        """Ids of the lenders that this contact officially belongs to, in directory order."""
        return tuple(
            dict.fromkeys(
                owner for value in _lookup_values(point) for owner in self._official.get(value, ())
            )
        )

    def knows(self, institution: str, kind: Literal["phone", "domain"]) -> bool:
        """Whether the directory holds any confirmed phone number or domain of the lender."""
        contacts = self.institutions[institution].contacts
        wanted = PHONE_TYPES if kind == "phone" else frozenset({"domain"})
        return any(contact.type in wanted for contact in contacts)

    def _is_public(self, point: ContactPoint) -> bool:
        if point.kind == "link":
            return point.value in self._public_hosts or point.value.endswith(".gov.cn")
        return point.value in self._public


@lru_cache(maxsize=1)
def shipped_directory() -> Directory:
    """The directory over the data that comes with the package."""
    return Directory(shipped_institutions(), shipped_channels())


def _keys(contact_type: str, value: str) -> tuple[str, ...]:
    """`0551-96588` is dialled as `96588` at home: both are the lender's."""
    if contact_type == "domain":
        return (f"host:{value.lower()}",)
    number = digits(value)
    return tuple(dict.fromkeys((f"phone:{number}", f"phone:{_without_area_code(number)}")))


def _without_area_code(number: str) -> str:
    return _AREA_CODE.sub("", number)


def _index(institutions: Mapping[str, Institution], official: bool) -> dict[str, list[str]]:
    index: defaultdict[str, list[str]] = defaultdict(list)
    for institution in institutions.values():
        entries = institution.contacts if official else institution.candidates
        for entry in entries:
            if entry.type in PHONE_TYPES or entry.type == "domain":
                for key in _keys(entry.type, entry.value):
                    index[key].append(institution.id)
    return dict(index)


def _lookup_values(point: ContactPoint) -> Iterator[str]:
    """Keys under which the point may be listed: a host with all its parents, a number as such."""
    if point.kind == "link":
        labels = point.value.split(".")
        for cut in range(len(labels) - 1):
            yield f"host:{'.'.join(labels[cut:])}"
    elif point.kind in PHONE_KINDS:
        yield f"phone:{point.value}"
        if point.kind == "foreign":
            yield f"phone:00{point.value}"
        elif point.kind == "service":
            yield f"phone:{_without_area_code(point.value)}"


def _host(url: str) -> str:
    return url.split("://")[1].split("/")[0]


def _names(institutions: Mapping[str, Institution]) -> dict[str, tuple[str, ...]]:
    """Canonical name -> ids: those it is the name of, then licensed lenders, then platforms."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for institution in institutions.values():
        for name in dict.fromkeys(_spoken(institution.name)):
            names[name].append(institution.id)
    for institution in sorted(institutions.values(), key=lambda entry: entry.kind not in _LICENSED):
        for alias in institution.aliases:
            for name in _spoken(alias):
                if institution.id not in names[name]:
                    names[name].append(institution.id)
    return {name: tuple(ids) for name, ids in names.items() if len(name) > 1}


def _spoken(name: str) -> Iterator[str]:
    """How people say it: `中国光大银行` is also 光大银行, `信也科技/拍拍贷(…)` is two names."""
    for part in _REMARK.sub("", normalize(name).text).split("/"):
        spoken = _LEGAL_FORM.sub("", part.strip())
        yield spoken
        short = _PLACE.sub("", spoken)
        if _GENERIC.match(short):
            short = spoken
        if short != spoken:
            yield short
        if len(short) > 3 and short.endswith("银行"):
            yield f"{short.removesuffix('银行')}yh"  # a usual disguise
        if short.endswith("农商银行"):
            yield f"{short.removesuffix('银行')}行"


def _brands(institutions: Mapping[str, Institution]) -> dict[str, tuple[str, ...]]:
    """Company name -> ids of its lending arm: 京东 for 京东金融."""
    brands: defaultdict[str, list[str]] = defaultdict(list)
    for institution in institutions.values():
        if institution.kind != "internet_lender":
            continue
        for name in (institution.name, *institution.aliases):
            for spoken in _spoken(name):
                brand = _LENDING_ARM.sub("", spoken)
                known = institution.id in brands[brand]
                if brand != spoken and len(brand) > 1 and not brand.isdigit() and not known:
                    brands[brand].append(institution.id)
    return {brand: tuple(ids) for brand, ids in brands.items() if ids}
