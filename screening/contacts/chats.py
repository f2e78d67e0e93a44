"""Accounts of chat services in a canonical text, however the service is spelt."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from screening.contacts.point import ContactPoint, Kind, digits

_APART = r"(?<![a-z0-9])"
# What may stand between the name of a service and the id.
_FILLER = (
    r"(?:群?号码?|群主|[账帐][号户]|id|群|名片?|[好朋]友|客服|联[系络](?:方式)?|咨询|搜索?|添加|私聊|加我?"
    r"|[是为])"
)
_TO = rf"(?:[ ]?{_FILLER}){{0,2}}(?P<colon>[ \"“「【\[(]?[:=@→-]?[ \"“「【\[(@]{{0,2}})"
_STRONG = re.compile(r"[:=@→“「【\[(\"]|号|id|[是为搜]")


class _Service(NamedTuple):
    """A service: how it is called, and what its ids are like.

    Ids by the rules of each service; shorter ones are let in down to five characters, for
    senders garble them.
    """

    kind: Kind
    cue: str
    account: str
    # Whether letters alone make an id once a colon or the like introduces them.
    letters: bool = True


# WeChat: 6 to 20 letters, digits, _ and -, a letter first; or the QQ number it was made with.
_WECHAT_ID = r"[a-z][a-z0-9_\-]{4,19}|[1-9]\d{4,10}"
_SERVICES: Final[tuple[_Service, ...]] = (
    _Service(
        "wechat",
        r"微信|[薇威维徽葳喂卫][\-❤♥]?信|[微薇葳威][❤♥x]|微[ ]?芯|威芯|薇(?=[:号 ])|绿泡泡"
        rf"|{_APART}(?:wei ?xin|we ?chat|v信|w信|vx|wx|\+v|v(?=[ ]?[:我号]))"
        r"|加[ ]?[薇❤♥v微](?:信|x)?我?",
        _WECHAT_ID,
    ),
    _Service(
        "qq",
        rf"{_APART}q ?q|扣扣|抠抠|口口号|企鹅号?|球球|鹅号|{_APART}q(?=号|群|[ ]?:)|加[ ]?q",
        r"[1-9]\d{4,10}",
        letters=False,
    ),
    _Service(
        "telegram",
        rf"telegram|纸飞机|飞机(?=号|[ ]?[:@])|电报(?=号|[ ]?[:@])|{_APART}tg(?![a-z0-9])",
        r"[a-z][a-z0-9_]{4,31}",
    ),
    _Service("douyin", rf"抖音|{_APART}(?:douyin|dy)(?=号|[ ]?:)", r"[a-z0-9][a-z0-9_.]{4,19}"),
    _Service("whatsapp", r"whats ?app|瓦次|瓦茨", r"[2-9]\d{3}[ \-]?\d{4}", letters=False),
    _Service("line", rf"{_APART}line|加赖|赖(?=[ ]?[:@]|id)", r"[a-z0-9][a-z0-9._\-]{3,19}"),
)
_ID_ENDS = r"(?![a-z0-9_@]|[.\-][a-z0-9]|[%元块万年月天])"
_PATTERNS: Final = tuple(
    (service, re.compile(rf"(?:{service.cue}){_TO}(?P<id>{service.account}){_ID_ENDS}"))
    for service in _SERVICES
)
_PHONE_PATTERNS: Final = tuple(
    (service, re.compile(rf"(?:{service.cue}){_TO}")) for service in _SERVICES
)
_SAME = re.compile(
    r"(?:手机号?|电话)?[加添]?(?:微信|[薇威维徽葳]信|微❤|(?<![a-z])(?:v信|vx?|wx))号?"
    r"(?:同号|号同|同步|同(?:手机|电话|此)号?|同(?=[,。! )]|\d|$))"
    r"|(?:手机|电话)号?同[微薇威v]信?号?"
)
_MENTIONED = re.compile(
    "微|信|薇|❤|♥|v|wx|wechat|q|扣|抠|口口|鹅|球|telegram|机|电报|tg|抖音|dou|dy|whats|瓦|line|赖"
)
# Other things that carry the name of the service: its pay, a lender's hotline after it.
_HOTLINE = re.compile(r"95\d{3,4}|12[13]\d\d|10086|10\d{6}|[48]00\d{7}")
_NO_ID = re.compile(r"(?:pay|app|online|bank|group|official|https?|card|credit|loan).{0,8}")
_ADD_BEFORE = re.compile(r"[加搜][^,。!?;\n]{0,8}$")
_REACH = 9
# How far from 微信同号 the phone number begins that is meant.
_BEFORE, _AFTER = 32, 4


def find_chats(text: str, phones: Mapping[int, ContactPoint]) -> Iterator[ContactPoint]:
    """Accounts named after a chat service: 微信lc_0042, 扣扣:300004821, whatsapp 6000 0183.

    A mainland mobile there is the account. A foreign number stays a phone number, for it tells
    more as such; the name of the service then stands for the account, as it does in 微信同号.

    Args:
        text: a canonical text.
        phones: phone numbers of the text by their start.

    """
    if not _MENTIONED.search(text):
        return
    yield from _same_as_phone(text, phones)
    for service, pattern in _PHONE_PATTERNS:
        for match in pattern.finditer(text):
            point = phones.get(match.end())
            if point is not None and point.kind in ("mobile", "foreign"):
                place = match if point.kind == "foreign" else point
                yield _account(service.kind, point.value, text, place)
    for service, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if match.start("id") not in phones and _is_id(service, match, text):
                value = match["id"]
                value = digits(value) if service.kind == "whatsapp" else value
                yield ContactPoint(service.kind, value, *match.span("id"))


def _account(
    kind: Kind, value: str, text: str, place: ContactPoint | re.Match[str]
) -> ContactPoint:
    if isinstance(place, ContactPoint):
        return ContactPoint(kind, value, place.start, place.end, place.trait)
    named = text[place.start() : place.end()].rstrip(' :=@→-"“「【[(')
    return ContactPoint(kind, value, place.start(), place.start() + len(named))


def _is_id(service: _Service, match: re.Match[str], text: str) -> bool:
    value = match["id"]
    if value.isdigit() and service.kind != "whatsapp":
        introduced = service.kind == "qq" or _introduced(match)
        return introduced and not _HOTLINE.fullmatch(value)
    if service.kind == "whatsapp" or any(map(str.isdigit, value)) or "_" in value:
        return True
    before = text[max(0, match.start() - _REACH) : match.start()]
    named = _introduced(match) or _ADD_BEFORE.search(before)
    return bool(service.letters and named and not _NO_ID.fullmatch(value))


def _introduced(match: re.Match[str]) -> bool:
    """Whether more than the bare name of the service leads to the id."""
    return bool(_STRONG.search(match.group(), 1, match.start("id") - match.start()))


def _same_as_phone(text: str, phones: Mapping[int, ContactPoint]) -> Iterator[ContactPoint]:
    mobiles = sorted(start for start, point in phones.items() if point.kind == "mobile")
    for match in _SAME.finditer(text):
        index = bisect_right(mobiles, match.end() + _AFTER) - 1
        if index >= 0 and mobiles[index] >= match.start() - _BEFORE:
            yield ContactPoint("wechat", phones[mobiles[index]].value, *match.span())
