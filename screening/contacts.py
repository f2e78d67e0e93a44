"""Contact points in a canonical text: phone numbers, links, cards, chat accounts.

All patterns are bounded, so that hostile input costs linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

import phonenumbers
from tldextract import TLDExtract

PhoneKind = Literal["mobile", "landline", "toll_free", "service", "sms_port", "foreign"]
Kind = Literal["mobile", "landline", "toll_free", "service", "sms_port", "foreign", "link", "card"]

PHONE_KINDS: frozenset[str] = frozenset(
    {"mobile", "landline", "toll_free", "service", "sms_port", "foreign"}
)

_GAP = r"[ \-.·]?"
_PHONE = re.compile(
    r"(?<![\da-z])(?:"
    rf"(?P<foreign>(?:\+|00){_GAP}[1-9](?:{_GAP}\d){{6,13}})"
    rf"|(?P<sms_port>10[56]\d(?:{_GAP}\d){{4,16}})"
    rf"|(?P<mobile>1[3-9]\d(?:{_GAP}\d){{8}})"
    rf"|(?P<toll_free>[48]00(?:{_GAP}\d){{7}})"
    rf"|(?P<landline>\(?0\d{{2,3}}\)?{_GAP}[2-8]\d{{2,3}}{_GAP}\d{{4}})"
    r"|(?P<service>1010\d{4}|95\d{3,6}|96\d{3,4}|12\d{3})"
    r")(?![\d%]|\.\d)"
)
_CARD = re.compile(r"(?<!\d)[3-6]\d{3}(?:[ \-]?\d){11,15}(?!\d)")
_ASCII_RUN = re.compile(r"[a-z0-9][a-z0-9.\-_~:/?#@!$&'*+,;=%]{3,300}")
_HOST = re.compile(
    r"^(?:[a-z][a-z0-9+]{1,9}://)?(?:[^/@]{1,80}@)?(?P<host>[a-z0-9.\-]{3,200})(?=[:/?#]|$)"
)
_IPV4 = re.compile(r"^(?:\d{1,3}\.){3}\d{1,3}$")
_ENDING = ".,;:!?'*-_"


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """One contact found in a canonical text.

    Attributes:
        kind: what it is.
        value: digits only for phones and cards (`+` kept out), lower-case host for links.
        start, end: range in the canonical text.

    """

    kind: Kind
    value: str
    start: int
    end: int


def digits(text: str) -> str:
    """The digits of a number written in any grouping."""
    return "".join(character for character in text if character.isdigit())


def find_contacts(text: str) -> tuple[ContactPoint, ...]:
    """All contact points of a canonical text, ordered by position, none overlapping."""
    taken: list[ContactPoint] = []
    for point in (*_links(text), *_cards(text), *_phones(text)):
        if not any(point.start < other.end and other.start < point.end for other in taken):
            taken.append(point)
    return tuple(sorted(taken, key=lambda point: point.start))


def classify_number(number: str) -> ContactPoint | None:
    """Read a sender field as a phone number; None where it is a name."""
    stripped = number.strip()
    found = next(_phones(stripped), None)
    if found is None or digits(stripped) != digits(stripped[found.start : found.end]):
        return None
    return found


def _phones(text: str) -> Iterator[ContactPoint]:
    for match in _PHONE.finditer(text):
        kind = match.lastgroup
        if kind == "foreign":
            yield from _international(match)
        elif kind in ("mobile", "landline", "toll_free", "service", "sms_port"):
            yield ContactPoint(kind, digits(match.group()), match.start(), match.end())  # type: ignore[arg-type]


def _international(match: re.Match[str]) -> Iterator[ContactPoint]:
    """A number with country code: domestic where the code is 86, else foreign if it exists."""
    value = digits(match.group())
    value = value.removeprefix("00") if match.group().startswith("00") else value
    try:
        number = phonenumbers.parse(f"+{value}", None)
    except phonenumbers.NumberParseException:
        return
    if not phonenumbers.is_possible_number(number):
        return
    yield ContactPoint("foreign", value, match.start(), match.end())


def _cards(text: str) -> Iterator[ContactPoint]:
    for match in _CARD.finditer(text):
        value = digits(match.group())
        if 15 <= len(value) <= 19:
            yield ContactPoint("card", value, match.start(), match.end())


@cache
def _suffixes() -> TLDExtract:
    # The list inside the package: nothing is fetched and nothing is cached on disk.
    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def registered_domain(host: str) -> str:
    """`a.b.icbc.com.cn` -> `icbc.com.cn`; empty where the host has no public suffix."""
    return _suffixes()(host).top_domain_under_public_suffix


def is_ip_address(host: str) -> bool:
    """Whether the host is a dotted IPv4 address."""
    return bool(_IPV4.match(host))


def _links(text: str) -> Iterator[ContactPoint]:
    """Links are runs of ASCII: Chinese text writes them without blanks around."""
    for run in _ASCII_RUN.finditer(text):
        candidate = run.group().rstrip(_ENDING)
        found = _HOST.match(candidate)
        if found is None or "." not in found["host"] or _is_number(found["host"]):
            continue
        host = found["host"].strip(".-")
        if "@" in candidate.split("/")[0] and "://" not in candidate:
            continue  # an e-mail address
        if is_ip_address(host) or registered_domain(host):
            yield ContactPoint("link", host, run.start(), run.start() + len(candidate))


def _is_number(host: str) -> bool:
    """`116.00` and `2026.07.15` are amounts and dates, `10.0.0.1` is a host."""
    return not is_ip_address(host) and host.replace(".", "").replace("-", "").isdigit()
