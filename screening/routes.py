"""Channels as people are shown them: with source and date, from the directory alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from data.channel import Channel
from data.expiry import is_stale, is_stale_channel
from data.institution import Contact, Institution
from data.words import Words
from screening.verdict import OfficialRoute, ReportRoute

_GRADES: Final[dict[str, Words]] = {
    "A": Words(zh="据机构公开信息", en="published by the lender"),
    "B": Words(zh="据监管或媒体引述的机构信息", en="quoted by a regulator or the press"),
    "C": Words(zh="据公开名录", en="from a maintained public directory"),
    "D": Words(
        zh="两份民间来源一致，建议再到官方 App 核对",
        en="two informal sources agree; confirm it in the official app",
    ),
}
# Numbers that ring people rather than being rung, and those of other trades.
_NOT_TO_DIAL = re.compile("外呼|营销|非金融|证券")
# Numbers for some customers only come last.
_FOR_SOME = re.compile("贵宾|白金|私人|专线|境外|以外|商务|公务|大湾区|理财|财富")
_MOST_ROUTES = 4  # more phone numbers than this confuse a frightened reader


def official_routes(institution: Institution, today: date) -> Iterator[OfficialRoute]:
    """What people may be shown of a lender: up to four numbers, then app and website."""
    hotlines = _to_dial(institution.contacts_of("hotline"))
    cards = _to_dial(institution.contacts_of("credit_card_hotline"))
    distinct: dict[str, Contact] = {}
    for contact in (*hotlines[:1], *cards, *hotlines[1:]):
        distinct.setdefault(contact.value, contact)
    for contact in (
        *list(distinct.values())[:_MOST_ROUTES],
        *institution.contacts_of("app")[:1],
        *institution.contacts_of("domain")[:1],
    ):
        yield official_route(institution, contact, today)


def _to_dial(contacts: tuple[Contact, ...]) -> list[Contact]:
    """Numbers that anybody can dial to ask, those for some customers last."""
    kept = [each for each in contacts if not _NOT_TO_DIAL.search(each.label or "")]
    return sorted(kept, key=lambda each: bool(_FOR_SOME.search(each.label or "")))


def official_route(institution: Institution, contact: Contact, today: date) -> OfficialRoute:
    """One confirmed contact, with its source in words; `stale` where it is due to be checked."""
    return OfficialRoute(
        institution=institution.id,
        type=contact.type,
        value=contact.value,
        label=contact.label,
        source=_GRADES[contact.grade],
        as_of=contact.as_of,
        stale=is_stale(contact, today),
    )


def report_route(channel: Channel, today: date) -> ReportRoute:
    """One public channel."""
    return ReportRoute(
        id=channel.id,
        name=channel.name,
        name_en=channel.name_en,
        number=channel.number,
        url=channel.url,
        how_to_use=channel.how_to_use,
        how_to_use_en=channel.how_to_use_en,
        as_of=channel.as_of,
        stale=is_stale_channel(channel, today),
    )
