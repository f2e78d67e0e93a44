"""What a contact point is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from data.labels import ContactKind

Kind = ContactKind

Trait = Literal[
    "",
    "ip_address",
    "short_link",
    "look_alike",
    "punycode",
    "app_scheme",
    "disguised",
    "luhn_failed",
    "masked",
    "hkd",
    "twd",
]

PHONE_KINDS: Final[frozenset[str]] = frozenset(
    {"mobile", "landline", "toll_free", "service", "sms_port", "foreign"}
)


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """One contact found in a canonical text.

    Attributes:
        kind: what it is. `mobile` and `landline` also for Taiwan without its country code;
            `foreign` for any country code but 86, and for 8-digit numbers of Hong Kong.
            `account` is a bank account of a firm or of nobody named, `card` any card that isn't
            said to be a firm's, and accounts of persons.
        value: digits only for phones, meetings, cards and accounts (country code 86 dropped,
            others without `+` or `00`, extensions left out; `6222****4821` for a masked card).
            Links: the ASCII host in lower case, the scheme where an app's link has no host.
            Chats: the id, or the phone number where that is the account. `amount`: plain
            decimals without trailing zeros, in yuan unless the trait says otherwise. Others: the
            words.
        start, end: range in the canonical text.
        trait: what is odd about it, or the currency of an amount; mostly empty.

    """

    kind: Kind
    value: str
    start: int
    end: int
    trait: Trait = ""


def digits(text: str) -> str:
    """The digits of a number written in any grouping."""
    return "".join(character for character in text if character.isdigit())
