"""The directory of lenders: one TOML file a lender in `data/institutions/`.

`contacts` have a source and may be shown to people together with their label and date.
`candidates` were seen somewhere but never confirmed: they are kept for reviewers and are
not to be shown, nor counted as official, nor held against a message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

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
Region = Literal["CN", "HK", "TW", "MO"]

PHONE_TYPES: frozenset[ContactType] = frozenset({"hotline", "credit_card_hotline", "sms"})

_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")
_REMARK = re.compile(r"（[^（）]*）")
_POINTS: Final = ("contacts", "candidates")
_LISTS: Final = frozenset({"aliases", "sources", "conflicts", *_POINTS})


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
        if self.type == "domain" and not _HOST.fullmatch(self.value):
            raise ValueError(f"a domain is a bare host such as icbc.com.cn, not {self.value!r}")
        return self


class Candidate(Entry):
    """A value seen but not confirmed. Never shown, never official, never held against anyone."""

    type: Literal["hotline", "domain", "sms", "app", "company"]
    value: str = Field(min_length=2)
    seen_in: str = Field(min_length=2)


class Institution(Entry):
    """One lender.

    Attributes:
        sources: every page behind its contacts.
        called: what people call it, where that isn't in its name.
        product_of: id of the lender whose product this is; a claim to be 微粒贷 is a claim to be
            微众银行.
        region: where it lends; decides whose police and regulator people are sent to.

    """

    id: str = Field(pattern=r"^[a-z0-9_-]+$")
    name: str = Field(min_length=2)
    called: str = ""
    kind: Kind
    region: Region = "CN"
    aliases: tuple[str, ...] = ()
    notes: str = ""
    conflicts: tuple[str, ...] = ()
    product_of: str | None = None
    sources: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    candidates: tuple[Candidate, ...] = ()

    @model_validator(mode="after")
    def _contacts_have_sources(self) -> Institution:
        if self.contacts and not self.sources:
            raise ValueError("contacts without sources: move them to candidates")
        return self

    @property
    def short_name(self) -> str:
        """The name without remarks and former names: 微粒贷 for 微粒贷（微众银行）."""
        if self.called:
            return self.called
        if self.kind != "internet_lender":
            return self.name.partition("（原")[0]
        return _REMARK.sub("", self.name).split("/")[0]

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
    _check_products(institutions)
    return institutions


def lay_over(shipped: Mapping[str, Institution], folder: Path) -> dict[str, Institution]:
    """Shipped lenders with the operator's own `institutions/*.toml` laid over them.

    A file named after a shipped lender changes it: its aliases, sources, contacts and candidates
    are added (a contact of the same type and value is replaced), its other fields replace those
    shipped, and `withdraw` lists aliases and contact values that no longer hold. A file with a new
    name is a new lender.

    Raises:
        DataError: an entry breaks the schema, its id isn't its file name, or it withdraws what
            isn't there.

    """
    merged = dict(shipped)
    for path in sorted(folder.glob("*.toml")):
        values = read_toml(path)
        if values.setdefault("id", path.stem) != path.stem:
            raise DataError(f"{path.name}: id must equal the file name")
        if path.stem in shipped:
            values = _merge(shipped[path.stem].model_dump(), values, path.name)
        merged[path.stem] = parse(Institution, values, path.name)
    _check_products(merged)
    return merged


def _merge(shipped: dict[str, Any], local: dict[str, Any], where: str) -> dict[str, Any]:
    for key in ("withdraw", "aliases", "sources", "conflicts"):
        _check_list(local, key, str, where)
    for key in _POINTS:
        _check_list(local, key, dict, where)
    if local.get("contacts") and not local.get("sources"):
        raise DataError(f"{where}: contacts need sources in the same file")
    withdrawn = set(local.pop("withdraw", ()))
    merged = shipped | {key: value for key, value in local.items() if key not in _LISTS}
    for key in ("aliases", "sources", "conflicts"):
        merged[key] = [each for each in shipped[key] if each not in withdrawn]
        merged[key] += local.get(key, ())
    for key in ("contacts", "candidates"):
        added = local.get(key, [])
        replaced = {(each.get("type"), each.get("value")) for each in added}
        kept = [
            each
            for each in shipped[key]
            if each["value"] not in withdrawn and (each["type"], each["value"]) not in replaced
        ]
        merged[key] = [*added, *kept]  # local ones are shown first
    known = {*shipped["aliases"], *(c["value"] for k in _POINTS for c in shipped[k])}
    if withdrawn - known:
        raise DataError(f"{where}: withdraw: {sorted(withdrawn - known)[0]!r} isn't shipped")
    return merged


def _check_list(values: dict[str, Any], key: str, item: type, where: str) -> None:
    listed = values.get(key, [])
    if not isinstance(listed, list) or not all(isinstance(each, item) for each in listed):
        raise DataError(f"{where}: {key}: must be a list, see docs/local-data.md")


def _check_products(institutions: Mapping[str, Institution]) -> None:
    for entry in institutions.values():
        owner = institutions.get(entry.product_of or entry.id)
        if owner is None or owner.product_of:
            raise DataError(f"{entry.id}.toml: product_of must name a lender that is no product")


@lru_cache(maxsize=1)
def shipped_institutions() -> dict[str, Institution]:
    """The directory that comes with the package."""
    return read_institutions(DATA_DIR / "institutions")
