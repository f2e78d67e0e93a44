"""Lookups in the directory of lenders: by name, by number, by domain."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import combinations
from typing import Final, Literal

from data.channel import Channel, shipped_channels
from data.institution import PHONE_TYPES, Contact, Institution, Region, shipped_institutions
from screening.contacts import PHONE_KINDS, ContactPoint, digits, registered_domain
from screening.names import NameIndex, NameMatch

Status = Literal[
    "official", "candidate", "public", "other_institution", "never_official", "unknown"
]

_AREA_CODE = re.compile(r"^0\d{2,3}(?=(?:95|96|12)\d{3,4}$)")
_ALIKE: Final = str.maketrans("01i5", "olls")
_GOVERNMENT: Final = (".gov.cn", ".gov.hk", ".gov.tw", ".gov.mo")
_NEVER: Final = frozenset({"mobile", "foreign"})

# Hosts where every lender has pages of its own; whose page it is, the host can't tell.
SHARED_HOSTS: Final[frozenset[str]] = frozenset(
    {"mp.weixin.qq.com", "work.weixin.qq.com", "apps.apple.com", "a.app.qq.com"}
)


class Directory:
    """Indices over institutions and public channels."""

    def __init__(
        self, institutions: Mapping[str, Institution], channels: Mapping[str, Channel]
    ) -> None:
        self.institutions = institutions
        self.channels = channels
        self._official = _index(institutions, official=True)
        self._candidates = _index(institutions, official=False)
        self._public = {digits(c.number): c.id for c in channels.values() if c.number}
        self._public_hosts = {_host(c.url): c.id for c in channels.values() if c.url}
        self._names = NameIndex(institutions)
        self._skeletons = {
            _skeleton(key.removeprefix("host:")): owners
            for key, owners in self._official.items()
            if key.startswith("host:")
        }

    def find_names(self, text: str) -> Iterator[NameMatch]:
        """Names and aliases in a canonical text, leftmost-longest, none overlapping."""
        return self._names.find(text)

    def status(self, point: ContactPoint, institution: str | None) -> Status:
        """Whose contact this is, seen from the lender that the sender claims to be.

        - `official`: the directory gives it to that lender.
        - `candidate`: seen for that lender, but never confirmed. It wins over
          `other_institution`: what may be the lender's own must not be held against a message.
        - `public`: of police, court, regulator.
        - `other_institution`: another lender's.
        - `never_official`: a mobile, or a number abroad of a lender that has none there.
        - `unknown`: the directory doesn't know it, which says little: it is incomplete.
        """
        owners = self.owners(point)
        if institution in owners:
            return "official"
        if institution in _owners(self._candidates, point):
            return "candidate"
        if self.is_public(point):
            return "public"
        if owners:
            return "other_institution"
        return "never_official" if self._can_never_be(point, institution) else "unknown"

    def owners(self, point: ContactPoint) -> tuple[str, ...]:
        """Ids of the lenders that this contact officially belongs to, in directory order."""
        return _owners(self._official, point)

    def matches(self, contact: Contact, point: ContactPoint) -> bool:
        """Whether a contact of the directory is this point."""
        return not set(_keys(contact.type, contact.value)).isdisjoint(_lookup_values(point))

    def imitated(self, point: ContactPoint) -> tuple[str, ...]:
        """Ids of the lenders whose site a link pretends to be, but isn't.

        `1cbc.com.cn` looks like `icbc.com.cn`, and `icbc.com.cn.pay0.top` begins with it.
        """
        if point.kind != "link" or self.owners(point):
            return ()
        registered = registered_domain(point.value)
        # What stands before the registered domain is for its owner to choose.
        labels = point.value.removesuffix(registered).strip(".").split(".")
        spans = combinations(range(len(labels) + 1), 2)
        hosts = (registered, *(".".join(labels[start:end]) for start, end in spans))
        found = (owner for host in hosts for owner in self._skeletons.get(_skeleton(host), ()))
        return tuple(dict.fromkeys(found))

    def channel_of(self, point: ContactPoint) -> str | None:
        """Id of the public channel whose number or site this is."""
        if point.kind == "link":
            return self._public_hosts.get(point.value.removeprefix("www."))
        return self.channel_of_number(point.value) if point.kind in PHONE_KINDS else None

    def channel_of_number(self, number: str) -> str | None:
        """Id of the public channel with this number, digits only: 110, 18222, 020-12368."""
        plain = self._public.get(number) or self._public.get(f"853{number}")
        return plain or self._public.get(_without_area_code(number))

    def is_public(self, point: ContactPoint) -> bool:
        """Whether this is of police, court, regulator or another public body."""
        government = point.kind == "link" and point.value.endswith(_GOVERNMENT)
        return government or self.channel_of(point) is not None

    def knows(self, institution: str, kind: Literal["phone", "domain"]) -> bool:
        """Whether the directory holds any confirmed phone number or domain of the lender."""
        contacts = self.institutions[institution].contacts
        wanted = PHONE_TYPES if kind == "phone" else frozenset({"domain"})
        return any(contact.type in wanted for contact in contacts)

    def lender_of(self, ids: tuple[str, ...], regions: tuple[Region, ...] = ("CN",)) -> str:
        """Which of several lenders of one name is meant; a product stands for its lender.

        One of the reader's region comes first, then one whose number people can be given.
        """
        lenders = tuple(dict.fromkeys(self.institutions[i].product_of or i for i in ids))
        near = [i for i in lenders if self.institutions[i].region in regions] or lenders
        return next((entry for entry in near if self.knows(entry, "phone")), near[0])

    def _can_never_be(self, point: ContactPoint, institution: str | None) -> bool:
        if institution is None or point.kind not in _NEVER:
            return False
        entry = self.institutions[institution]
        if entry.region != "CN":
            return False
        numbers = [contact.value for contact in entry.contacts if contact.type in PHONE_TYPES]
        return point.kind == "mobile" or not any(number.startswith("00") for number in numbers)


@lru_cache(maxsize=1)
def shipped_directory() -> Directory:
    """The directory over the data that comes with the package."""
    return Directory(shipped_institutions(), shipped_channels())


def _skeleton(host: str) -> str:
    """A host with letters and digits that look alike made the same."""
    return host.translate(_ALIKE).replace("rn", "m").replace("vv", "w").replace("-", "")


def _keys(contact_type: str, value: str) -> tuple[str, ...]:
    """`0551-96588` is dialled as `96588` at home: both are the lender's."""
    if contact_type == "domain":
        return (f"host:{value.lower()}",)
    number = digits(value)
    return tuple(dict.fromkeys((f"phone:{number}", f"phone:{_without_area_code(number)}")))


def _without_area_code(number: str) -> str:
    return _AREA_CODE.sub("", number)


def _index(institutions: Mapping[str, Institution], official: bool) -> dict[str, list[str]]:
    """Lenders by contact. A product's contacts are its lender's too."""
    index: defaultdict[str, list[str]] = defaultdict(list)
    for institution in institutions.values():
        entries = institution.contacts if official else institution.candidates
        owner = institution.product_of or institution.id
        for entry in entries:
            if entry.type in PHONE_TYPES or entry.type == "domain":
                for key in _keys(entry.type, entry.value):
                    if owner not in index[key]:
                        index[key].append(owner)
    return dict(index)


def _owners(index: Mapping[str, list[str]], point: ContactPoint) -> tuple[str, ...]:
    """Lenders of a host and its parents, or of a number: with its area code, else without."""
    listed = [index[value] for value in _lookup_values(point) if value in index]
    if point.kind != "link":
        listed = listed[:1]
    return tuple(dict.fromkeys(owner for owners in listed for owner in owners))


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
    return url.split("://")[1].split("/")[0].removeprefix("www.")
