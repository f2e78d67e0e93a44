"""Advice for people, chosen by what a message is: `data/advice/advice.toml`.

The file says when each sentence is given; `screening.guidance` only picks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, field_validator, model_validator

from data.files import DATA_DIR, Entry, parse, read_toml
from data.institution import Region
from data.labels import Category, EvidenceCode, Level, Role
from data.words import Words

ADVICE_FILE: Final = DATA_DIR / "advice" / "advice.toml"

Part = Literal["summary", "do", "dont", "keep", "rights", "share"]
LenderState = Literal["known", "phone", "unlisted", "nobody"]

_PLACEHOLDERS: Final = ("{lender}", "{phone}")


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
        used = any(mark in words for mark in _PLACEHOLDERS for words in (self.zh, self.en))
        if used and self.when.lender != ("phone",):
            raise ValueError('placeholders need when.lender = ["phone"]')
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
        signs: regular expression over the reader's own words that tells that it has.

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
    def _ids_are_unique(self) -> AdviceBook:
        for ids in ([each.id for each in self.advice], [each.id for each in self.situations]):
            if len(set(ids)) != len(ids):
                raise ValueError("an id occurs twice")
        return self


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
