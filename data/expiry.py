"""How long an entry of the directory may go unchecked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from data.channel import Channel
from data.institution import PHONE_TYPES, Contact, Institution

_MONTHS: Final = 12
# Two informal lists that agree, and numbers of call centres, which are let on to others
# (Xinhua, 2020-08-18: 950, 951, 952, 954 and 957 are for call centres).
_MONTHS_WEAK: Final = 6
_LET_ON: Final = ("950", "951", "952", "954", "957")


@dataclass(frozen=True, slots=True)
class Stale:
    """An entry that somebody should check again; `owner` is the id of lender or channel."""

    owner: str
    name: str
    type: str
    value: str
    as_of: str


def is_stale(contact: Contact, today: date) -> bool:
    """Whether a contact was last confirmed too long ago: a year, weak sources half a year."""
    let_on = contact.type in PHONE_TYPES and contact.value.startswith(_LET_ON)
    limit = _MONTHS_WEAK if contact.grade == "D" or let_on else _MONTHS
    return _months_since(contact.as_of, today) > limit


def is_stale_channel(channel: Channel, today: date) -> bool:
    """Whether a public channel was last confirmed more than a year ago."""
    return _months_since(channel.as_of, today) > _MONTHS


def stale_entries(
    institutions: Mapping[str, Institution], channels: Mapping[str, Channel], today: date
) -> Iterator[Stale]:
    """All entries to be checked again, lenders first."""
    for entry in institutions.values():
        for contact in entry.contacts:
            if is_stale(contact, today):
                yield Stale(entry.id, entry.name, contact.type, contact.value, contact.as_of)
    for channel in channels.values():
        if is_stale_channel(channel, today):
            value = channel.number or channel.url or ""
            yield Stale(channel.id, channel.name, "channel", value, channel.as_of)


def _months_since(as_of: str, today: date) -> int:
    """Whole months from `YYYY-MM`, or from December of `YYYY`."""
    year, _, month = as_of.partition("-")
    return (today.year - int(year)) * 12 + today.month - int(month or 12)
