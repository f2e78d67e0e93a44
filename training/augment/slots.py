"""Copies of a text with other lenders, names, dates, amounts, numbers and links in its slots.

What decides the label stays what it is: an official number becomes an official number of the
new lender, a false one another false one, so genuine and false texts change alike. Equal values
get equal replacements, also in the other member of a pair. Where a replacement isn't certain to
keep that, the slot is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Final, Literal
from urllib.parse import urlsplit

from data.channel import shipped_channels
from data.files import Entry, parse, read_toml
from data.institution import PHONE_TYPES, Institution, shipped_institutions
from training.lenders import mentions

Side = Literal["train", "test"]

_FILLERS: Final = Path(__file__).with_name("fillers.toml")
_SLOTS: Final = (
    r"(?P<kept>(?<!\d)20\d\d(?:[\-./]\d{1,2}){1,2}(?!\d))"
    r"|(?P<date>(?<!\d)(?:1[0-2]|0?[1-9])月(?:3[01]|[12]\d|0?[1-9])日)"
    r"|(?P<hour>(?<![\d:])(?:2[0-3]|1\d|0?\d)(?=点(?!击)|时(?!效)))"
    r"|(?P<amount>(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?=元))"
    r"|(?P<host>(?<![a-zA-Z0-9.@\-])(?:[a-zA-Z0-9\-]+\.)+[a-zA-Z]{2,}(?![a-zA-Z]))"
    r"|(?P<account>(?<![a-zA-Z0-9./@:_\-])[a-z]{2,}_?[a-z]*\d{2,}(?![a-zA-Z0-9.@]))"
    r"|(?P<number>(?<![\da-zA-Z.])\d(?:[ \-]?\d){3,20}(?![\da-zA-Z]))"
    r"|(?P<surname>(?:(?<![\u4e00-\u9fff])|(?<=尊敬的)|(?<=我是)|(?<=联系))[{surnames}]"
    r"(?=先生|女士|小姐|某某|某|经理|主任|律师|法官|专员|警官|调解员))"
)
_CONTACT_BEFORE: Final = re.compile(r"(?:微信|[加薇]|企鹅|LINE|line)[^，。,]{0,4}$")
_PREFIXED: Final = re.compile(r"^(?:qq|vx|wx|rmb|usd|hkd|ntd)")
_AREA_OR_COUNTRY: Final = re.compile(r"^(?:0\d{2,3}[ \-]|00\d{2,4}[ \-]?)")
_YEAR: Final = re.compile(r"^20[12]\d$")
# Names that say nothing but which bank or company it is: no product, no app, no everyday word.
_PLAIN_NAME: Final = re.compile(r"^[\u4e00-\u9fff]+(银行|消费金融)$")
_PUBLIC_SUFFIXES: Final = (".gov.cn", ".org.cn", ".edu.cn", ".12306.cn")


class _Lists(Entry):
    surnames: str
    domains: tuple[str, ...]
    words: tuple[str, ...]


class _File(Entry):
    train: _Lists
    test: _Lists


@lru_cache(maxsize=1)
def _lists() -> _File:
    return parse(_File, read_toml(_FILLERS), _FILLERS.name)


def fillers(side: Side) -> _Lists:
    """The lists of one side.

    Raises:
        DataError: the file breaks the schema.

    """
    return _lists().train if side == "train" else _lists().test


def side(lender: str) -> Side:
    """Which side a lender may be filled in on: a third of them are kept for measuring."""
    return "test" if Random(f"side:{lender}").random() < 1 / 3 else "train"


def refill(
    text: str,
    filler: Side,
    seed: str,
    lender: str | None = None,
    false_links: Collection[str] = (),
) -> str:
    """Fill the slots of a text anew.

    Args:
        filler: which of the two lists to fill from.
        seed: the same seed gives the same text, and equal values equal replacements.
        lender: directory id of the lender that the sender claims to be; it is exchanged for
            another if the text calls it by its plain name alone. None: no lender is.
        false_links: evidence quotes of links that aren't the lender's; other unlisted hosts
            stay, as nobody said whose they are.

    """
    old, new = _exchange(text, filler, seed, lender)
    renamed = _renamed(text, old, new) if old and new else text
    contacts = _contact_pairs(old, new) if old and new else {}
    return _Refill(filler, seed, contacts, " ".join(false_links)).result(renamed)


@dataclass(frozen=True, slots=True)
class _Refill:
    filler: Side
    seed: str
    contacts: Mapping[str, str] = field(default_factory=dict)
    false_links: str = ""

    def result(self, text: str) -> str:
        # One pass over all kinds, so that no replacement is replaced again.
        return _slots().sub(self._filled, text)

    def _filled(self, match: re.Match[str]) -> str:
        kind, value = str(match.lastgroup), match.group()
        if kind == "number":
            return self._number(value)
        if kind == "amount":
            return self._digits(value)
        if kind == "host":
            return self._host(value)
        if kind == "account":
            before = match.string[max(0, match.start() - 8) : match.start()]
            return self._account(value) if _CONTACT_BEFORE.search(before) else value
        return value if kind == "kept" else self._small(kind, value)

    def _small(self, kind: str, value: str) -> str:
        rng = self._rng(value)
        if kind == "date":
            return f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
        if kind == "surname":
            return rng.choice(fillers(self.filler).surnames)
        # Whether somebody writes by night is evidence of its own.
        return str(rng.randint(9, 20)) if 9 <= int(value) <= 20 else value

    def _rng(self, value: str) -> Random:
        return Random(f"{self.seed}:{value}")

    def _digits(self, value: str) -> str:
        """Other digits in the same places; zeros, years and what tells the kind stay."""
        if _YEAR.match(value):
            return value
        rng = self._rng(value)
        while True:
            drawn = value[: _prefix(value)] + "".join(
                rng.choice("123456789") if c.isdigit() and c != "0" else c
                for c in value[_prefix(value) :]
            )
            if not any(part in _public_values() for part in _parts(drawn)):
                return drawn

    def _number(self, value: str) -> str:
        """An official number, also with an area code or extension, stays official."""
        for part in _parts(value):
            plain = _plain(part)
            if plain in self.contacts:
                return value.replace(part, self.contacts[plain])
            if plain in _public_values():
                return value
        return self._digits(value)

    def _host(self, value: str) -> str:
        host = value.lower()
        for official in _parents(host):
            if official in self.contacts:
                return self.contacts[official]
        public = any(parent in _public_values() for parent in _parents(host))
        if public or f".{host}".endswith(_PUBLIC_SUFFIXES) or value not in self.false_links:
            return value
        return self._rng(value).choice(fillers(self.filler).domains)

    def _account(self, value: str) -> str:
        if _PREFIXED.match(value):
            return value
        rng = self._rng(value)
        return f"{rng.choice(fillers(self.filler).words)}{rng.randint(100, 9999)}"


@lru_cache(maxsize=1)
def _slots() -> re.Pattern[str]:
    surnames = _lists().train.surnames + _lists().test.surnames
    return re.compile(_SLOTS.replace("{surnames}", surnames))


def _exchange(
    text: str, filler: Side, seed: str, lender: str | None
) -> tuple[Institution | None, Institution | None]:
    """The claimed lender and the one to put in its place; None where that isn't safe."""
    everybody = shipped_institutions()
    found = list(mentions(text))
    if lender is None or not found or any(mention.lender != lender for mention in found):
        return None, None
    old = everybody[lender]
    named = {text[mention.start : mention.end] for mention in found}
    apps = {contact.value for contact in old.contacts_of("app")} - named
    if any(not _PLAIN_NAME.match(name) for name in named) or any(app in text for app in apps):
        return None, None
    used = _values_of(text) & set(_values(old))
    others = [
        entry
        for entry in everybody.values()
        if entry.kind == old.kind
        and entry.id != old.id
        and side(entry.id) == filler
        and _plain_name(entry)
        and used <= set(_contact_pairs(old, entry))
    ]
    return old, Random(f"{seed}:lender:{lender}").choice(others) if others else None


def _plain_name(entry: Institution) -> str | None:
    """The shortest name of a bank or consumer-finance company without product or remark."""
    plain = [name for name in (entry.name, *entry.aliases) if _PLAIN_NAME.match(name)]
    return min(plain, key=len, default=None)


def _renamed(text: str, old: Institution, new: Institution) -> str:
    for mention in reversed(list(mentions(text))):
        text = f"{text[: mention.start]}{_plain_name(new)}{text[mention.end :]}"
    return text


def _values(entry: Institution) -> Iterator[str]:
    """Phone numbers without separators and hosts of a lender."""
    for contact in entry.contacts:
        if contact.type in PHONE_TYPES or contact.type == "domain":
            yield _plain(contact.value)


def _values_of(text: str) -> set[str]:
    """Numbers without separators, with their parts, and hosts that stand in a text."""
    values: set[str] = set()
    for match in _slots().finditer(text):
        if match.lastgroup == "number":
            values.update(_plain(part) for part in _parts(match.group()))
        elif match.lastgroup == "host":
            values.update(_parents(match.group().lower()))
    return values


@lru_cache(maxsize=1)
def _public_values() -> frozenset[str]:
    """Everybody's official numbers and hosts, lenders' and authorities'."""
    lenders = {value for entry in shipped_institutions().values() for value in _values(entry)}
    channels = shipped_channels().values()
    numbers = {_plain(one.number) for one in channels if one.number}
    hosts = {urlsplit(one.url).netloc.removeprefix("www.") for one in channels if one.url}
    return frozenset(lenders | numbers | hosts)


def _contact_pairs(old: Institution, new: Institution) -> dict[str, str]:
    """Each official number and host of the old lender with one of the new lender."""
    pairs: dict[str, str] = {}
    for contact in old.contacts:
        same = new.contacts_of(contact.type)
        kin = same or (new.contacts_of(*PHONE_TYPES) if contact.type in PHONE_TYPES else ())
        if kin:
            # The shortest number is the one that people know the lender by.
            pairs[_plain(contact.value)] = min((_plain(one.value) for one in kin), key=len)
    return pairs


def _parents(host: str) -> Iterator[str]:
    """The host and the domains above it."""
    labels = host.split(".")
    yield from (".".join(labels[place:]) for place in range(len(labels) - 1))


def _parts(number: str) -> Iterator[str]:
    """The whole number, then every run of its separated parts, longest first."""
    parts = re.split(r"([ \-])", number)
    for length in range(len(parts), 0, -2):
        for start in range(0, len(parts) - length + 1, 2):
            yield "".join(parts[start : start + length])


def _prefix(number: str) -> int:
    """How many leading characters tell the kind: area or country code, 400, 139, 95."""
    code = _AREA_OR_COUNTRY.match(number)
    if code:
        return code.end()
    length = sum(character.isdigit() for character in number)
    return 3 if length >= 7 else 2 if length >= 5 else 1


def _plain(value: str) -> str:
    return value.replace("-", "").replace(" ", "")
