"""Contact points in a canonical text: phone numbers, links and cards.

All patterns are bounded, so that hostile input costs linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, cast

import phonenumbers
from phonenumbers import ValidationResult
from tldextract import TLDExtract

Kind = Literal["mobile", "landline", "toll_free", "service", "sms_port", "foreign", "link", "card"]

PHONE_KINDS: frozenset[str] = frozenset(
    {"mobile", "landline", "toll_free", "service", "sms_port", "foreign"}
)

_GAP = r"(?: ?[\-.·‐–—] ?| )?"
_AREA = r"0(?:10|2\d|[3-9]\d\d)"
_SERVICE = r"1010\d{4}|95\d{3,7}|96\d{3,4}|12[13]\d\d|1003\d|118\d\d"
_PHONE = re.compile(
    r"(?<![\da-z])(?<!\d\.)(?:"
    rf"(?P<foreign>(?<!\d:)(?:\+00|\+|00){_GAP}[1-9](?:{_GAP}\d){{4,13}})"
    rf"|(?P<sms_port>10[56]\d(?:{_GAP}\d){{4,16}})"
    rf"|(?P<mobile>(?:86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}|09\d\d{_GAP}\d{{3}}{_GAP}\d{{3}})"
    rf"|(?P<toll_free>[48]00(?:{_GAP}\d){{7}})"
    rf"|(?P<service>(?:{_AREA}{_GAP})?(?:{_SERVICE}))"
    rf"|(?P<landline>\(?{_AREA}\)?{_GAP}\d{{3,4}}{_GAP}\d{{4}})"
    r")(?![\d%]|\.\d)"
)
# Five or six digits are a number to call only where nothing says that they count something.
_COUNTED_BEFORE = re.compile(
    r"(?:[¥￥$第]|rmb|hkd|人民币|金额|[欠借贷还]款|本金|本息|[应待需]还|[共总合]计|共|余额|额度|积分|尾号"
    r"|末[四六]位|[单编案户卡工函批]号|订单号?|合同号?|凭证号?|[验校]证?码|动态[码口]令?|授权码|取件码|口令|字)"
    r"[为是了:(# ]{0,3}$"
)
_COUNTED_AFTER = re.compile(
    r"^ ?(?:[元块万亿期天岁人笔件户次名股吨米]|号(?![码线])|分(?!机)|积分|公里)"
)
_DATE = re.compile(r"20\d\d[\-.][01]?\d[\-.]\d")  # 159 2026-01-01 is a price and a day
_CARD = re.compile(r"(?<![\da-z])(?:[3-6]\d{3}|9558)(?:[ \-]?\d){11,15}(?![\dx])")
_IDENTITY_CARD = re.compile(r"^\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{4}$")
_SERIAL_BEFORE = re.compile(
    r"(?:[单编案函]号|订单|流水号?|合同号?|借据号?|凭证号?|身份证号?码?|取件码)[为是: ]{0,2}$"
)

_LINK = re.compile(
    r"(?<![a-z0-9@._\-])"
    r"(?P<scheme>[a-z][a-z0-9+]{1,9}://(?:[a-z0-9._\-:]{1,80}@)?)?"
    r"(?P<host>(?:\d{1,3}\.){3}\d{1,3}(?![\d.])|(?:[a-z0-9][a-z0-9\-]{0,62}\.){1,6}[a-z][a-z0-9\-]{1,23})"
    r"(?![a-z0-9@_\-])"
    r"(?P<rest>(?::\d{2,5})?(?:[/?#][a-z0-9\-._~:/?#@$&'*+=%]{0,300})?)"
)
_IPV4 = re.compile(r"^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$")
_ENDING = ".:?#'*&-"
_VERSION_BEFORE = re.compile(r"(?:版本?号?|ver|version)[为是: ]{0,2}$")
# Endings of file names that happen to be top-level domains.
_FILE_ENDINGS = frozenset({"zip", "mov", "md", "sh", "py", "pl", "ps", "rs"})


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """One contact found in a canonical text.

    Attributes:
        kind: what it is. `mobile` also for Taiwan; `foreign` for any country code but 86.
        value: digits only for phones and cards (country code 86 dropped, others without `+`
            or `00`), lower-case host for links.
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
    taken = bytearray(len(text))
    points: list[ContactPoint] = []
    for finder in (_links, _cards, _phones):
        for point in finder(text):
            if not any(taken[point.start : point.end]):
                taken[point.start : point.end] = b"\1" * (point.end - point.start)
                points.append(point)
    return tuple(sorted(points, key=lambda point: point.start))


def classify_number(number: str) -> ContactPoint | None:
    """Read a sender field as a phone number; None where it is a name."""
    stripped = number.strip()
    found = next(_phones(stripped), None)
    if found is None or digits(stripped) != digits(stripped[found.start : found.end]):
        return None
    return found


def registered_domain(host: str) -> str:
    """`a.b.icbc.com.cn` -> `icbc.com.cn`; empty where the host has no public suffix."""
    return _suffixes()(host).top_domain_under_public_suffix


def is_ip_address(host: str) -> bool:
    """Whether the host is a dotted IPv4 address."""
    return bool(_IPV4.match(host))


def _phones(text: str) -> Iterator[ContactPoint]:
    for match in _PHONE.finditer(text):
        if not _DATE.search(match.group()):
            point = _phone(text, match)
            if point is not None:
                yield point


def _phone(text: str, match: re.Match[str]) -> ContactPoint | None:
    kind = cast(Kind, match.lastgroup)  # the groups of `_PHONE` are named by kind
    start, end = match.span()
    value = digits(match.group())
    if kind == "foreign":
        return _international(match.group(), start, end)
    if kind == "service" and _is_count(text, start, end):
        return None
    return ContactPoint(kind, value.removeprefix("86") if kind == "mobile" else value, start, end)


def _is_count(text: str, start: int, end: int) -> bool:
    """Whether a short number counts money, periods and the like rather than being dialled."""
    before, after = text[max(0, start - 12) : start], text[end : end + 3]
    return bool(_COUNTED_BEFORE.search(before) or _COUNTED_AFTER.match(after))


def _international(written: str, start: int, end: int) -> ContactPoint | None:
    """A number with country code: domestic where the code is 86, else foreign if possible."""
    value = digits(written)
    value = value.removeprefix("00")
    if value.startswith("86"):
        return _domestic(value.removeprefix("86"), start, end)
    try:
        number = phonenumbers.parse(f"+{value}", None)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return None
    return ContactPoint("foreign", value, start, end)


def _domestic(value: str, start: int, end: int) -> ContactPoint | None:
    """A mainland number without its country code; an area code has lost its 0 there."""
    for candidate in (value, f"0{value}"):
        match = _PHONE.fullmatch(candidate)
        if match is not None and match.lastgroup != "foreign":
            return ContactPoint(cast(Kind, match.lastgroup), candidate, start, end)
    return None


def _cards(text: str) -> Iterator[ContactPoint]:
    for match in _CARD.finditer(text):
        before = text[max(0, match.start() - 8) : match.start()]
        if _IDENTITY_CARD.match(match.group()) or _SERIAL_BEFORE.search(before):
            continue
        yield ContactPoint("card", digits(match.group()), match.start(), match.end())


@cache
def _suffixes() -> TLDExtract:
    # The list inside the package: nothing is fetched and nothing is cached on disk.
    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def _links(text: str) -> Iterator[ContactPoint]:
    """Hosts with what follows them: Chinese text writes links without blanks around."""
    for match in _LINK.finditer(text):
        host = match["host"]
        bare = match["scheme"] is None and not match["rest"]
        if not (_is_address(text, match) if host[-1].isdigit() else _is_domain(host, bare)):
            continue
        end = match.start() + len(match.group().rstrip(_ENDING))
        yield ContactPoint("link", host, match.start(), max(end, match.end("host")))


def _is_address(text: str, match: re.Match[str]) -> bool:
    """A dotted quad that is no version number."""
    before = text[max(0, match.start() - 8) : match.start()]
    return is_ip_address(match["host"]) and not _VERSION_BEFORE.search(before)


@lru_cache(maxsize=4096)
def _is_domain(host: str, bare: bool) -> bool:
    """Whether the host can be registered; `bare` file names such as `合同1.zip` are none."""
    if bare and (host == "co.ltd" or host.rpartition(".")[2] in _FILE_ENDINGS):
        return False
    return bool(registered_domain(host))
