"""The directory of lenders: one TOML file a lender in `data/institutions/`.

`contacts` have a source and may be shown to people together with their label and date.
`candidates` were seen somewhere but never confirmed: they are kept for reviewers and are
not to be shown, nor counted as official, nor held against a message.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from data.files import DATA_DIR, DataError, Entry, parse, read_toml

ContactType = Literal["hotline", "credit_card_hotline", "domain", "sms", "app"]
Kind = Literal[
    "state_bank",
    "joint_stock_bank",
    "city_bank",
    "rural_bank",
    "private_bank",
    "foreign_or_hk_bank",
    "payment_network",
    "consumer_finance",
    "internet_lender",
    "trust",
]

PHONE_TYPES: frozenset[ContactType] = frozenset({"hotline", "credit_card_hotline", "sms"})


class Contact(Entry):
    """A confirmed channel of a lender.

    Attributes:
        grade: best source behind the value. A: the lender's own page; B: regulator or press
            quoting the lender; C: maintained public directory or genuine sample; D: two
            independent one-off lists that agree.
        source_count: independent sources that give the value, at least 1.
        as_of: year and month of the newest source, `YYYY-MM`.

    """

    type: ContactType
    value: str = Field(min_length=2)
    label: str | None = None
    grade: Literal["A", "B", "C", "D"]
    source_count: int = Field(ge=1)
    as_of: str = Field(pattern=r"^20\d\d(-(0[1-9]|1[0-2]))?$")

    @model_validator(mode="after")
    def _phone_has_digits_only(self) -> Contact:
        if self.type in PHONE_TYPES and not self.value.replace("-", "").isdigit():
            raise ValueError(f"a phone number holds digits and hyphens only, not {self.value!r}")
        return self


class Candidate(Entry):
    """A value seen but not confirmed. Never shown, never official, never held against anyone."""

    type: Literal["hotline", "domain", "sms", "app", "company"]
    value: str = Field(min_length=2)
    seen_in: str = Field(min_length=2)


class Institution(Entry):
    """One lender. `sources` names every page behind its contacts."""

    id: str = Field(pattern=r"^[a-z0-9_-]+$")
    name: str = Field(min_length=2)
    kind: Kind
    aliases: tuple[str, ...] = ()
    notes: str = ""
    conflicts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    candidates: tuple[Candidate, ...] = ()

    @model_validator(mode="after")
    def _contacts_have_sources(self) -> Institution:
        if self.contacts and not self.sources:
            raise ValueError("contacts without sources: move them to candidates")
        return self

    def contacts_of(self, *types: ContactType) -> tuple[Contact, ...]:
        """Contacts of the given types, in file order."""
        return tuple(contact for contact in self.contacts if contact.type in types)


def read_institutions(folder: Path) -> dict[str, Institution]:
    """Read every `*.toml` of `folder`, keyed by id in alphabetical order.

    Raises:
        DataError: no entry found, an entry breaks the schema, or its id isn't its file name.

    """
    institutions: dict[str, Institution] = {}
    for path in sorted(folder.glob("*.toml")):
        entry = parse(Institution, read_toml(path), path.name)
        if entry.id != path.stem:
            raise DataError(f"{path.name}: id {entry.id!r} must equal the file name")
        institutions[entry.id] = entry
    if not institutions:
        raise DataError(f"{folder}: no institution entries found")
    return institutions


@lru_cache(maxsize=1)
def shipped_institutions() -> dict[str, Institution]:
    """The directory that comes with the package."""
    return read_institutions(DATA_DIR / "institutions")
