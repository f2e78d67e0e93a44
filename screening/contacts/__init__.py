"""Contact points in a canonical text: numbers, links, accounts and what goes with them.

All patterns are bounded, so that hostile input costs linear time. Full-width digits, keycaps and
circled digits are plain digits in a canonical text already; they leave no trait.
"""

from __future__ import annotations

from collections.abc import Iterator

from screening.contacts.apps import find_apps, find_qr_codes
from screening.contacts.cards import find_accounts, find_cards
from screening.contacts.chats import find_chats
from screening.contacts.deadlines import find_deadlines
from screening.contacts.links import find_links, is_ip_address, registered_domain
from screening.contacts.money import find_amounts
from screening.contacts.payees import find_payees
from screening.contacts.phones import classify_number, find_phones
from screening.contacts.point import PHONE_KINDS, ContactPoint, Kind, Trait, digits
from screening.contacts.references import find_case_numbers, find_meetings

__all__ = [
    "PHONE_KINDS",
    "ContactPoint",
    "Kind",
    "Trait",
    "classify_number",
    "digits",
    "find_contacts",
    "is_ip_address",
    "registered_domain",
]


def find_contacts(text: str) -> tuple[ContactPoint, ...]:
    """All contact points of a canonical text, ordered by position, none overlapping."""
    taken = bytearray(len(text))
    points: list[ContactPoint] = []
    for point in _candidates(text):
        if not any(taken[point.start : point.end]):
            taken[point.start : point.end] = b"\1" * (point.end - point.start)
            points.append(point)
    return tuple(sorted(points, key=lambda point: point.start))


def _candidates(text: str) -> Iterator[ContactPoint]:
    """Points that may overlap, the more specific ones first."""
    yield from find_links(text)
    yield from find_case_numbers(text)
    cards = list(find_cards(text))
    yield from cards
    phones = {point.start: point for point in find_phones(text)}
    accounts = list(find_accounts(text, phones.values()))
    yield from accounts
    yield from find_meetings(text)
    yield from find_chats(text, phones)
    yield from find_deadlines(text)
    yield from phones.values()
    yield from find_amounts(text)
    yield from find_payees(text, [*cards, *accounts])
    yield from find_qr_codes(text)
    yield from find_apps(text)
