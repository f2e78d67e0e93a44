"""Contact points marked by people in a sample of the composed messages, for measuring.

`data/gold/contacts.jsonl`, one JSON object a line: a message's id and its contact points in
order, each with the exact words. Whoever marked them saw the text alone, not what the program
finds in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import Field

from data.files import DataError, Entry, parse, read_jsonl
from data.gold_set import GOLD_DIR, GoldRecord
from data.labels import ContactKind

CONTACTS: Final = GOLD_DIR / "contacts.jsonl"


class MarkedContact(Entry):
    """The words of one contact point."""

    kind: ContactKind
    quote: str = Field(min_length=1)


class MarkedMessage(Entry):
    """All contact points of the message `id`."""

    id: str
    contacts: tuple[MarkedContact, ...]


def read_marked(records: Mapping[str, GoldRecord], path: Path = CONTACTS) -> list[MarkedMessage]:
    """Read the marks; `records` are the composed messages by id.

    Raises:
        DataError: a line breaks the schema, names no message or one twice, or quotes what isn't
            in its text.

    """
    marked: dict[str, MarkedMessage] = {}
    for where, values in read_jsonl(path):
        entry = parse(MarkedMessage, values, where)
        if entry.id not in records or entry.id in marked:
            raise DataError(f"{where}: {entry.id} is no message, or stands here twice")
        text = records[entry.id].text
        if any(contact.quote not in text for contact in entry.contacts):
            raise DataError(f"{where}: {entry.id}: a quote is not in the text")
        marked[entry.id] = entry
    return list(marked.values())


def spans(text: str, message: MarkedMessage) -> list[tuple[ContactKind, int, int]]:
    """Ranges of the marks in `text`: the first place of a quote that none before it has taken."""
    taken: list[tuple[ContactKind, int, int]] = []
    for contact in message.contacts:
        start = text.find(contact.quote)
        while any(start < end and begin < start + len(contact.quote) for _, begin, end in taken):
            following = text.find(contact.quote, start + 1)
            if following < 0:
                break
            start = following
        taken.append((contact.kind, start, start + len(contact.quote)))
    return taken
