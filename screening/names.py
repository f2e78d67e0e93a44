"""Names of lenders in a text: full names, short forms, products, companies."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ahocorasick_rs import AhoCorasick, MatchKind

from data.institution import Institution
from model.normalize import normalize

_REMARK = re.compile(r"\([^()]*\)")
# Here the remark is part of the name: 中国银行(香港) is another bank than 中国银行.
_ABROAD = re.compile(r"^(.{2,8}银行)\((国际|香港|中国)\)$")
_PLACE = re.compile(
    r"^(?:中国|深圳前海|北京|上海|天津|重庆|内蒙古|浙江|江苏|安徽|江西|福建|厦门|河南|湖南|湖北|武汉"
    r"|四川|陕西|辽宁|吉林|广东|广西|山西|威海|温州|无锡|梅州|哈尔滨)(?=.{2,}(?:银行|消费金融))"
)
_GENERIC = re.compile(r"^(?:国际|商业|农商|农商联合|农村商业|城市|人民)?(?:银行|消费金融)$")
_RURAL = re.compile(r"^(.{2,5}?)省?(农村商业银行|农商联合银行|农商银行|农商行|农信|农村信用社)$")
_MERCHANTS = re.compile(r"^(.{2,5}?)市?商业银行$")
_FINANCE = re.compile(r"^(.{2,6}?)消(?:费金融|金)$")
# What a company adds to its own name to call its lending arm: 京东金融, 美团月付, 尚诚消金.
_LENDING_ARM = re.compile(r"(?:消费金融|消金|金融|科技|月付|(?:钱包)?借钱)$")
# Places and everyday words, no company when they stand alone.
_NO_BRAND = frozenset(
    ["马上", "阳光", "幸福", "河北幸福", "湖北", "哈尔滨", "中原", "信也", "陕西长银"]
)
# Companies that also sell other things: 京东消费 is a purchase.
_SHOPS = frozenset(
    [
        "京东",
        "小米",
        "海尔",
        "苏宁",
        "平安",
        "幸福",
        "阳光",
        "中信",
        "湖北",
        "哈尔滨",
        "中原",
        "捷信",
    ]
)
# Signs put between the characters of a name to hide it: 捷·信.
_HIDING = re.compile(r"(?<=[\u4e00-\u9fff])[ ·•‧・.\-_~*+|丨]{1,2}(?=[\u4e00-\u9fff])")
_LEGAL_FORM = re.compile(r"(?:股份|有限|责任|公司)+$")
_LICENSED = frozenset(
    {"state_bank", "joint_stock_bank", "city_bank", "rural_bank", "private_bank"}
    | {"foreign_or_hk_bank", "consumer_finance"}
)


@dataclass(frozen=True, slots=True)
class NameMatch:
    """An institution's name or alias in a canonical text.

    Attributes:
        brand: the name of a company whose lending arm is meant, such as 京东.

    """

    name: str
    ids: tuple[str, ...]
    start: int
    end: int
    brand: bool


class NameIndex:
    """Finds the names of all lenders of a directory."""

    def __init__(self, institutions: Mapping[str, Institution]) -> None:
        names = _names(institutions)
        brands = {n: ids for n, ids in _brands(institutions).items() if n not in names}
        self._names = tuple((name, ids, name in brands) for name, ids in (names | brands).items())
        self._matcher = AhoCorasick(
            [name for name, _, _ in self._names], matchkind=MatchKind.LeftmostLongest
        )

    def find(self, text: str) -> Iterator[NameMatch]:
        """Names and aliases in a canonical text, leftmost-longest, none overlapping.

        A name with signs between its characters is found too, its range holding the signs.
        """
        yield from self._find_plain(text) if not _HIDING.search(text) else self._find_hidden(text)

    def _find_plain(self, text: str) -> Iterator[NameMatch]:
        for index, start, end in self._matcher.find_matches_as_indexes(text):
            name, ids, brand = self._names[index]
            if not _is_inside_word(text, start, end):
                yield NameMatch(name, ids, start, end, brand)

    def _find_hidden(self, text: str) -> Iterator[NameMatch]:
        kept: list[int] = []
        last = 0
        for sign in _HIDING.finditer(text):
            kept += range(last, sign.start())
            last = sign.end()
        kept += range(last, len(text))
        for match in self._find_plain("".join(text[i] for i in kept)):
            yield replace(match, start=kept[match.start], end=kept[match.end - 1] + 1)


def _is_inside_word(text: str, start: int, end: int) -> bool:
    """Whether Latin letters go on before or after a name in Latin letters."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return (text[start].isascii() and before.isascii() and before.isalpha()) or (
        text[end - 1].isascii() and after.isascii() and after.isalpha()
    )


def _names(institutions: Mapping[str, Institution]) -> dict[str, tuple[str, ...]]:
    """Canonical name -> ids: those it is the name of, then licensed lenders, then platforms."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for institution in institutions.values():
        for name in dict.fromkeys(_spoken(institution.name)):
            names[name].append(institution.id)
    for institution in sorted(institutions.values(), key=lambda entry: entry.kind not in _LICENSED):
        for alias in institution.aliases:
            for name in _spoken(alias):
                if institution.id not in names[name]:
                    names[name].append(institution.id)
    return {name: tuple(ids) for name, ids in names.items() if len(name) > 1}


def _spoken(name: str) -> Iterator[str]:
    """How people say it: `中国光大银行` is also 光大银行, `信也科技/拍拍贷(…)` is two names."""
    canonical = normalize(name).text
    if abroad := _ABROAD.match(canonical):
        yield canonical
        yield abroad[1] + abroad[2]
    for part in _REMARK.sub("", canonical).split("/"):
        spoken = _LEGAL_FORM.sub("", part.strip())
        yield spoken
        short = _PLACE.sub("", spoken)
        if _GENERIC.match(short):
            short = spoken
        if short != spoken:
            yield short
        if len(short) > 3 and short.endswith("银行"):
            yield f"{short.removesuffix('银行')}yh"  # a usual disguise
        for form in dict.fromkeys((spoken, short)):
            yield from _short_forms(form)


def _short_forms(name: str) -> Iterator[str]:
    """乐山商行, 广西农商, 尚诚消金, 长银消费."""
    if rural := _RURAL.match(name):
        yield from (rural[1] + kind for kind in ("农商", "农商行", "农商银行", "农村商业银行"))
        if rural[2] in ("农信", "农商联合银行", "农村信用社"):
            yield from (rural[1] + kind for kind in ("农信", "农信社", "农村信用社", "农商联合"))
            yield f"{rural[1]}省农村信用社"
    if merchants := _MERCHANTS.match(name):
        yield from (merchants[1] + kind for kind in ("商业银行", "商行"))
    if finance := _FINANCE.match(name):
        yield from (finance[1] + kind for kind in ("消金", "消费金融"))
        if finance[1] not in _SHOPS:
            yield f"{finance[1]}消费"


def _brands(institutions: Mapping[str, Institution]) -> dict[str, tuple[str, ...]]:
    """Company name -> ids of its lending arm: 京东 for 京东金融."""
    brands: defaultdict[str, list[str]] = defaultdict(list)
    for institution in sorted(institutions.values(), key=lambda entry: entry.kind in _LICENSED):
        if institution.kind not in ("internet_lender", "consumer_finance"):
            continue
        for name in (institution.name, *institution.aliases):
            for spoken in _spoken(name):
                brand = _LENDING_ARM.sub("", spoken)
                known = institution.id in brands[brand]
                if brand != spoken and _is_brand(brand) and not known:
                    brands[brand].append(institution.id)
    return {brand: tuple(ids) for brand, ids in brands.items() if ids}


def _is_brand(name: str) -> bool:
    return len(name) > 1 and not name.isdigit() and name not in _NO_BRAND
