"""Whose is this number, link or name? Answers from the directory, for people and for apps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from data.institution import PHONE_TYPES, Contact, Institution
from data.words import Words
from model.normalize import normalize
from screening.contacts import PHONE_KINDS, ContactPoint, digits, find_contacts
from screening.directory import SHARED_HOSTS, Directory
from screening.errors import message_error
from screening.routes import official_route, official_routes, report_route
from screening.verdict import OfficialRoute, ReportRoute

MAX_QUERY: Final = 200

QueryKind = Literal["number", "link", "name", "account"]

_NUMBER: Final = re.compile(r"\+?[\d ()-]+")
_ACCOUNTS: Final = frozenset(
    {"card", "account", "wechat", "qq", "telegram", "douyin", "whatsapp", "line"}
)

_NOTES: Final[dict[str, Words]] = {
    "number_found": Words(
        zh="目录里有这个号码。号码可以伪造：对方打来或发来的不算，请自己拨出去。",
        en="The directory lists this number. Numbers can be faked: do not trust an incoming call "
        "or message, dial it yourself.",
    ),
    "link_found": Words(
        zh="目录里有这个网址。请自己在浏览器里输入，不从消息里点。",
        en="The directory lists this site. Type it in yourself rather than following a link.",
    ),
    "name_found": Words(
        zh="下面是目录里的官方渠道。核实时用它们，不用对方给的。",
        en="These are the official channels of our directory. Use them to verify, not what the "
        "sender gave you.",
    ),
    "no_route": Words(
        zh="目录里有这家机构，但没有已核实的联系方式。请用您手机里原本就装着的官方 App。",
        en="The lender is in the directory, without a confirmed channel. Use the official app "
        "you already have.",
    ),
    "mobile": Words(
        zh="这是手机号，看不出是哪家机构的。不要用它核实。",
        en="A mobile number: it does not tell whose it is. Do not verify through it.",
    ),
    "foreign": Words(
        zh="这是内地以外的号码，目录里没有。请改用您自己知道的官方渠道。",
        en="A number from outside the mainland that the directory does not list. Use an official "
        "channel you know yourself.",
    ),
    "number_unknown": Words(
        zh="目录里没有这个号码。目录不完整，所以这不说明它是真是假；请改用您自己知道的官方渠道。",
        en="The directory does not list this number. It is incomplete, so this tells neither way; "
        "use an official channel you know yourself.",
    ),
    "account": Words(
        zh="这是账号、卡号或聊天账号，目录里不收。不要向它转账，也不要添加；还款问机构本身。",
        en="This is an account, a card or a chat id; the directory lists none. Do not pay or add "
        "it; ask the lender itself where to pay.",
    ),
    "link_government": Words(
        zh="这是政府机关的网址。请自己在浏览器里输入，不从消息里点。",
        en="This is a government site. Type it in yourself rather than following a link.",
    ),
    "link_shared": Words(
        zh="这个网址上谁都可以有自己的页面，从网址看不出是谁的。请用官方 App。",
        en="Anybody can have a page on this site; the address does not tell whose it is. Use the "
        "official app.",
    ),
    "link_imitates": Words(
        zh="这个网址很像一家机构的官方网址，但目录里没有它。不要打开，也不要在里面填写任何信息。",
        en="This looks much like a lender's official site but is not listed. Do not open it or "
        "enter anything.",
    ),
    "link_unknown": Words(
        zh="目录里没有这个网址。不要打开，也不要在里面填写任何信息；请用官方 App。",
        en="The directory does not list this site. Do not open it or enter anything; use the "
        "official app.",
    ),
    "name_unknown": Words(
        zh="目录里没有这家机构。请从它的官方 App、合同或银行卡背面找电话。",
        en="The directory does not list this lender. Find its number in its official app, your "
        "contract or on the back of your card.",
    ),
    "regional": Words(
        zh="96 开头的号码多在当地使用，不同地方可能是不同机构；在外地拨要加区号。",
        en="Numbers that begin with 96 mostly hold locally and may belong to another lender "
        "elsewhere; dial the area code from outside.",
    ),
}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LenderFound(_Part):
    """A lender of the directory, with what the query matched or, for a name, all its channels."""

    id: str
    name: str
    aliases: tuple[str, ...]
    routes: tuple[OfficialRoute, ...]
    sources: tuple[str, ...]


class Lookup(_Part):
    """What the directory says to a query."""

    kind: QueryKind
    lenders: tuple[LenderFound, ...]
    channels: tuple[ReportRoute, ...] = Field(description="Public channels: police, courts, …")
    notes: tuple[Words, ...] = Field(description="What that means and what to do.")

    @property
    def found(self) -> bool:
        """Whether the directory knows it."""
        return bool(self.lenders or self.channels)


def look_up(query: str, directory: Directory, today: date) -> Lookup:
    """Answer for a number, a link, or the name of a lender or product.

    Candidates, values that nobody confirmed, count as not found.

    Raises:
        InputError: `empty_query`, `query_too_long`.

    """
    if len(query) > MAX_QUERY:
        raise message_error("query_too_long")
    text = normalize(query).text.strip()
    if not text:
        raise message_error("empty_query")
    # 110 and its like are too short to be found in a running text.
    channel = directory.channel_of_number(digits(text)) if _NUMBER.fullmatch(text) else None
    if channel is not None:
        found = (report_route(directory.channels[channel], today),)
        return Lookup(kind="number", lenders=(), channels=found, notes=(_NOTES["number_found"],))
    points = find_contacts(text)
    for kinds, answer in ((frozenset({"link"}), _link), (PHONE_KINDS, _number)):
        point = next((point for point in points if point.kind in kinds), None)
        if point is not None:
            return answer(point, directory, today)
    if any(point.kind in _ACCOUNTS for point in points):
        return Lookup(kind="account", lenders=(), channels=(), notes=(_NOTES["account"],))
    if digits(text) and not any(character.isalpha() for character in text):
        return Lookup(kind="number", lenders=(), channels=(), notes=(_NOTES["number_unknown"],))
    return _name(text, directory, today)


def _link(point: ContactPoint, directory: Directory, today: date) -> Lookup:
    lenders = tuple(_owners(point, directory, today))
    channels = tuple(_channels(point, directory, today))
    if lenders or channels:
        note = "link_found"
    elif directory.is_public(point):
        note = "link_government"
    elif directory.imitated(point):
        note = "link_imitates"
    else:
        note = "link_shared" if point.value in SHARED_HOSTS else "link_unknown"
    return Lookup(kind="link", lenders=lenders, channels=channels, notes=(_NOTES[note],))


def _number(point: ContactPoint, directory: Directory, today: date) -> Lookup:
    lenders = tuple(_owners(point, directory, today))
    channels = tuple(_channels(point, directory, today))
    notes = []
    if lenders or channels:
        notes.append(_NOTES["number_found"])
    elif point.kind in ("mobile", "foreign"):
        notes.append(_NOTES[point.kind])
    else:
        notes.append(_NOTES["number_unknown"])
    if point.kind == "service" and point.value.startswith("96") and not channels:
        notes.append(_NOTES["regional"])
    return Lookup(kind="number", lenders=lenders, channels=channels, notes=tuple(notes))


def _owners(point: ContactPoint, directory: Directory, today: date) -> Iterator[LenderFound]:
    for owner in directory.owners(point):
        entry = directory.institutions[owner]
        matched = {
            contact.value: official_route(entry, contact, today)
            for contact in reversed(entry.contacts)
            if _is_same(contact, point, directory)
        }
        yield _lender(entry, tuple(reversed(matched.values())))


def _is_same(contact: Contact, point: ContactPoint, directory: Directory) -> bool:
    wanted = PHONE_TYPES if point.kind in PHONE_KINDS else frozenset({"domain"})
    return contact.type in wanted and directory.matches(contact, point)


def _channels(point: ContactPoint, directory: Directory, today: date) -> Iterator[ReportRoute]:
    channel = directory.channel_of(point)
    if channel is not None:
        yield report_route(directory.channels[channel], today)


def _name(text: str, directory: Directory, today: date) -> Lookup:
    ids = dict.fromkeys(
        directory.institutions[each].product_of or each
        for match in directory.find_names(text)
        for each in match.ids
    )
    lenders = tuple(
        _lender(entry, tuple(official_routes(entry, today)))
        for entry in (directory.institutions[each] for each in ids)
    )
    if not lenders:
        return Lookup(kind="name", lenders=(), channels=(), notes=(_NOTES["name_unknown"],))
    routed = any(lender.routes for lender in lenders)
    return Lookup(
        kind="name",
        lenders=lenders,
        channels=(),
        notes=(_NOTES["name_found" if routed else "no_route"],),
    )


def _lender(entry: Institution, routes: tuple[OfficialRoute, ...]) -> LenderFound:
    return LenderFound(
        id=entry.id, name=entry.name, aliases=entry.aliases, routes=routes, sources=entry.sources
    )
