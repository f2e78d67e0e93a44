"""Copies of a text with other lenders, names, dates, amounts, numbers and links in its slots.

What decides the label stays what it is: an official number becomes an official number of the
new lender, a false one another false one, so genuine and false texts change alike. A value is
replaced by the same one wherever it stands, also in the other member of a pair.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Final, Literal

from data.channel import shipped_channels
from data.files import Entry, parse, read_toml
from data.institution import PHONE_TYPES, Institution, shipped_institutions
from training.lenders import mentions

Side = Literal["train", "test"]

_FILLERS: Final = Path(__file__).with_name("fillers.toml")
_TITLES: Final = r"(?:先生|女士|小姐|某某|某|经理|主任|律师|法官|专员|警官|调解员)"
_DATE: Final = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])日")
_HOUR: Final = re.compile(r"(?<!\d)(2[0-3]|1\d|0?\d)(?=点(?!击)|时(?!效))")
_AMOUNT: Final = re.compile(
    r"(?<![\d.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?=元)|(?<![\d.,])\d+(?:\.\d+)?(?=元)"
)
_LONG: Final = re.compile(r"(?<![\da-zA-Z.])\d(?:[ \-]?\d){3,20}(?![\da-zA-Z])")
_HOST: Final = re.compile(r"(?<![a-zA-Z0-9.@\-])(?:[a-zA-Z0-9\-]+\.)+[a-zA-Z]{2,}(?![a-zA-Z])")
_ACCOUNT: Final = re.compile(
    r"(?<![a-zA-Z0-9./@:_\-])[a-zA-Z]{2,}[_\-]?[a-zA-Z_]*\d{2,}(?![a-zA-Z0-9.@])"
)
_YEAR: Final = re.compile(r"20[12]\d$")


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


def refill(text: str, filler: Side, seed: str) -> str:
    """Fill the slots of a text anew.

    Args:
        filler: which of the two lists to fill from.
        seed: the same seed gives the same text, and equal values equal replacements.

    """
    return _Refill(text, filler, seed).result()


@dataclass(frozen=True, slots=True)
class _Refill:
    text: str
    filler: Side
    seed: str

    def result(self) -> str:
        old, new = self._lenders()
        contacts = _swapped_contacts(old, new) if old and new else {}
        text = self._renamed(old, new) if old and new else self.text
        steps: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
            (_DATE, self._date),
            (_HOUR, self._hour),
            (_AMOUNT, self._digits),
            (_HOST, lambda host: self._host(host, contacts)),
            (_ACCOUNT, self._account),
            (_LONG, lambda run: self._number(run, contacts)),
            (_surname_pattern(), self._surname),
        )
        for pattern, change in steps:
            text = pattern.sub(lambda match, change=change: change(match.group()), text)  # type: ignore[misc]
        return text

    def _rng(self, value: str) -> Random:
        return Random(f"{self.seed}:{value}")

    def _lenders(self) -> tuple[Institution | None, Institution | None]:
        """The only lender named in the text and the one to put in its place."""
        found = {mention.lender for mention in mentions(self.text)}
        if len(found) != 1 or None in found:
            return None, None
        everybody = shipped_institutions()
        old = everybody[str(found.pop())]
        used = {kind for kind, value in _contact_values(old) if value in _values_of(self.text)}
        others = [
            entry
            for entry in everybody.values()
            if entry.kind == old.kind
            and entry.id != old.id
            and side(entry.id) == self.filler
            and used <= {kind for kind, _ in _contact_values(entry)}
        ]
        return old, self._rng(f"lender:{old.id}").choice(others) if others else None

    def _renamed(self, old: Institution, new: Institution) -> str:
        names = (new.name, *new.aliases)
        parts: list[str] = []
        place = 0
        for mention in mentions(self.text):
            name = self.text[mention.start : mention.end]
            full = name == old.name
            parts += (
                self.text[place : mention.start],
                new.name if full else self._alias(name, names),
            )
            place = mention.end
        return "".join(parts) + self.text[place:]

    def _alias(self, name: str, names: tuple[str, ...]) -> str:
        return self._rng(f"alias:{name}").choice(names)

    def _date(self, value: str) -> str:
        rng = self._rng(value)
        return f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日"

    def _hour(self, value: str) -> str:
        # Whether somebody writes by night is evidence of its own.
        return str(self._rng(value).randint(9, 20)) if 9 <= int(value) <= 20 else value

    def _digits(self, value: str) -> str:
        """Other digits in the same places; zeros, years and what tells the kind stay."""
        if _YEAR.match(value):
            return value
        rng = self._rng(value)
        length = sum(character.isdigit() for character in value)
        prefix = 3 if length >= 7 else 2 if length >= 5 else 1
        return value[:prefix] + "".join(
            rng.choice("123456789") if c.isdigit() and c != "0" else c for c in value[prefix:]
        )

    def _number(self, value: str, contacts: Mapping[str, str]) -> str:
        plain = _plain(value)
        known = plain in contacts or plain in _public_values()
        return contacts.get(plain, value) if known else self._digits(value)

    def _host(self, value: str, contacts: Mapping[str, str]) -> str:
        host = value.lower()
        for official in _parents(host):
            if official in contacts:
                return contacts[official]
            if official in _public_values():
                return value
        return self._rng(value).choice(fillers(self.filler).domains)

    def _account(self, value: str) -> str:
        rng = self._rng(value)
        return f"{rng.choice(fillers(self.filler).words)}{rng.randint(100, 9999)}"

    def _surname(self, value: str) -> str:
        return self._rng(value[0]).choice(fillers(self.filler).surnames) + value[1:]


@lru_cache(maxsize=1)
def _surname_pattern() -> re.Pattern[str]:
    known = "".join(_lists().train.surnames + _lists().test.surnames)
    return re.compile(rf"(?:(?<![\u4e00-\u9fff])|(?<=尊敬的))[{known}]{_TITLES}")


def _contact_values(entry: Institution) -> list[tuple[str, str]]:
    return [
        ("phone" if contact.type in PHONE_TYPES else contact.type, _plain(contact.value))
        for contact in entry.contacts
        if contact.type in PHONE_TYPES or contact.type == "domain"
    ]


def _values_of(text: str) -> set[str]:
    """Numbers without separators and hosts that stand in a text."""
    numbers = {_plain(match.group()) for match in _LONG.finditer(text)}
    return numbers | {match.group().lower() for match in _HOST.finditer(text)}


@lru_cache(maxsize=1)
def _public_values() -> frozenset[str]:
    """Everybody's official numbers and hosts, lenders' and authorities'."""
    lenders = {v for entry in shipped_institutions().values() for _, v in _contact_values(entry)}
    numbers = {_plain(one.number) for one in shipped_channels().values() if one.number}
    return frozenset(lenders | numbers)


def _swapped_contacts(old: Institution, new: Institution) -> dict[str, str]:
    """Each official number and host of the old lender with one of the new lender."""
    swapped: dict[str, str] = {}
    for contact in old.contacts:
        same = new.contacts_of(contact.type)
        kin = same or (new.contacts_of(*PHONE_TYPES) if contact.type in PHONE_TYPES else ())
        if kin:
            # The shortest number is the one that people know the lender by.
            swapped[_plain(contact.value)] = min((_plain(one.value) for one in kin), key=len)
    return swapped


def _parents(host: str) -> Iterator[str]:
    """The host and the domains above it."""
    labels = host.split(".")
    yield from (".".join(labels[place:]) for place in range(len(labels) - 1))


def _plain(value: str) -> str:
    return value.replace("-", "").replace(" ", "")
