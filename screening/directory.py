"""Lookups in the directory of lenders: by name, by number, by domain."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class NameMatch:
    """An institution's name or alias in a canonical text."""

    name: str
    ids: tuple[str, ...]
    start: int
    end: int


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
        self._names = tuple(names.items())
        self._matcher = AhoCorasick(list(names), matchkind=MatchKind.LeftmostLongest)

    def find_names(self, text: str) -> Iterator[NameMatch]:
        """Names and aliases in a canonical text, leftmost-longest, none overlapping."""
        for index, start, end in self._matcher.find_matches_as_indexes(text):
            name, ids = self._names[index]
            yield NameMatch(name, ids, start, end)

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


def _key(contact_type: str, value: str) -> str:
    return f"host:{value.lower()}" if contact_type == "domain" else f"phone:{digits(value)}"


def _index(institutions: Mapping[str, Institution], official: bool) -> dict[str, list[str]]:
    index: defaultdict[str, list[str]] = defaultdict(list)
    for institution in institutions.values():
        entries = institution.contacts if official else institution.candidates
        for entry in entries:
            if entry.type in PHONE_TYPES or entry.type == "domain":
                index[_key(entry.type, entry.value)].append(institution.id)
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


def _host(url: str) -> str:
    return url.split("://")[1].split("/")[0]


def _names(institutions: Mapping[str, Institution]) -> dict[str, tuple[str, ...]]:
    """Canonical name -> ids. A name that is itself comes before one that is an alias."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for institution in institutions.values():
        names[_spoken(institution.name)].append(institution.id)
    for institution in institutions.values():
        for alias in institution.aliases:
            if institution.id not in names[_spoken(alias)]:
                names[_spoken(alias)].append(institution.id)
    return {name: tuple(ids) for name, ids in names.items() if len(name) > 1}


def _spoken(name: str) -> str:
    """Canonical form without the remark in brackets: `奇富借条(原360借条)` -> `奇富借条`."""
    return normalize(name).text.split("(")[0].strip()
