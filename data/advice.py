"""Advice for people, chosen by what a message is: `data/advice/advice.toml`.

The file says when each sentence is given; `screening.guidance` only picks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, get_args

from pydantic import Field, field_validator, model_validator

from data.files import DATA_DIR, Entry, parse, read_toml
from data.institution import Region
from data.labels import Category, EvidenceCode, Level, Role
from data.words import Words

ADVICE_FILE: Final = DATA_DIR / "advice" / "advice.toml"

Part = Literal["summary", "do", "dont", "keep", "rights", "share"]
LenderState = Literal["known", "phone", "unlisted", "nobody"]

_EXAMPLE: Final = {"lender": "某行", "phone": "95"}


class When(Entry):
    """Conditions, all of which must hold; one of each list suffices, an empty list always holds."""

    levels: tuple[Level, ...] = ()
    categories: tuple[Category, ...] = ()
    codes: tuple[EvidenceCode, ...] = ()
    roles: tuple[Role, ...] = ()
    regions: tuple[Region, ...] = ()
    lender: tuple[LenderState, ...] = ()


class Advice(Words):
    """One sentence of one part. `{lender}` and `{phone}` are filled in from the directory."""

    id: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    part: Part
    when: When = When()

    @model_validator(mode="after")
    def _placeholders_have_values(self) -> Advice:
        values = _EXAMPLE if self.when.lender == ("phone",) else {}
        for words in (self.zh, self.zh_hant, self.en):
            try:
                words.format(**values)
            except (KeyError, IndexError, ValueError) as error:
                raise ValueError(
                    "{lender} and {phone} are all that may stand in braces, and need "
                    'when.lender = ["phone"]'
                ) from error
        return self


class Report(Entry):
    """A channel of `data/channels` and when to name it."""

    channel: str
    when: When = When()


class Step(Words):
    """What to do once something has happened, in some regions or in all."""

    regions: tuple[Region, ...] = ()


class Situation(Entry):
    """Something that has already happened.

    Attributes:
        signs: regular expression over a canonical conversation; a hit that ends in one of the
            reader's own lines tells that it has.

    """

    id: str = Field(pattern=r"^[a-z]+(_[a-z]+)*$")
    signs: str
    title: Words
    do: tuple[Step, ...] = Field(min_length=1)

    @field_validator("signs")
    @classmethod
    def _signs_compile(cls, signs: str) -> str:
        try:
            re.compile(signs)
        except re.error as error:
            raise ValueError(f"no regular expression: {error}") from error
        return signs


class AdviceBook(Entry):
    """All advice, in the order in which it is told."""

    advice: tuple[Advice, ...]
    report: tuple[Report, ...]
    situations: tuple[Situation, ...]

    @model_validator(mode="after")
    def _every_case_has_its_sentence(self) -> AdviceBook:
        for part in ("summary", "share"):
            for level in get_args(Level):
                if not any(each.part == part and _always(each.when, level) for each in self.advice):
                    raise ValueError(f"no {part} for every message of level {level}")
        return self

    @model_validator(mode="after")
    def _ids_are_unique(self) -> AdviceBook:
        for ids in ([each.id for each in self.advice], [each.id for each in self.situations]):
            if len(set(ids)) != len(ids):
                raise ValueError("an id occurs twice")
        return self


def _always(when: When, level: Level) -> bool:
    """Whether advice is given for every message of a level."""
    others = when.model_copy(update={"levels": ()})
    return others == When() and (not when.levels or level in when.levels)


def read_advice(path: Path = ADVICE_FILE) -> AdviceBook:
    """Read an advice file.

    Raises:
        DataError: the file can't be read or breaks the schema.

    """
    return parse(AdviceBook, read_toml(path), path.name)


@lru_cache(maxsize=1)
def shipped_advice() -> AdviceBook:
    """The advice that comes with the package."""
    return read_advice()
