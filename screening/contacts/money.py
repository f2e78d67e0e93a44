"""Amounts of money in a canonical text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from screening.contacts.numerals import HAN_NUMBER, read_han_number
from screening.contacts.point import ContactPoint, Trait

_NUMBER = r"\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,2})?|\d{1,12}(?:\.\d{1,4})?"
_SCALES: Final[dict[str, int]] = {
    "百": 100,
    "千": 1000,
    "k": 1000,
    "万": 10_000,
    "w": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}
_SCALE = r"[十百千]?万|百|千|亿|[wk](?![a-z0-9])"
_YUAN = r"元|块|圆|人民币|rmb|cny"
_HKD = r"港[币元纸]|hk\$|hkd"
_TWD = r"新?台[币元]|nt\$?|ntd|twd"
_BEFORE = (
    r"(?:[¥￥]|(?<![a-z])(?:hk ?\$|hkd|nt ?\$|ntd?|twd|rmb|cny|us ?\$|usd)"
    r"|(?<![a-z])\$|人民币|港[币元]"
    r"|新?台币)"
)
_WITH_SIGN = re.compile(
    rf"{_BEFORE}[: ]?(?P<number>{_NUMBER})(?: ?(?P<scale>{_SCALE}))?(?:[余多]?元)?(?!\d)"
)
_WITH_UNIT = re.compile(
    rf"(?<![\d.a-z])(?<!\d,)(?P<number>{_NUMBER}) ?(?P<scale>{_SCALE})?"
    rf"(?P<tail>(?<=[万千])\d(?!\d))?"
    rf"[余多来几]? ?(?:{_YUAN}|{_HKD}|{_TWD}|蚊)(?![a-z])(?:(?<=块)(?P<tenth>\d)(?![\d.]))?"
)
# Without a unit: ten thousands, unless something else is counted by them.
_SCALED = re.compile(
    rf"(?<![\d.a-z])(?<!\d[,:])(?P<number>{_NUMBER}) ?(?P<scale>[十百千]?万|w(?![a-z0-9])"
    rf"|千(?=[,。!? ]|$))"
    r"(?P<tail>(?<=万)\d(?![\d.]))?"
    r"(?![余多]?(?:人|名|户|次|件|家|个|积?分|字|公里|粉|里|辆|台|册|年|股|条|份|张|平|吨|步|用户))"
)
# Commas between thousands: nothing else is written so.
_GROUPED = re.compile(
    r"(?<![\d.a-z])(?<!\d,)(?P<number>\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,2})?)"
    r"(?![\d%]|,\d| ?[元万千亿人名户次件家个积分字公里粉辆台册股条份张平吨步])"
)
_HAN = re.compile(
    rf"(?P<han>{HAN_NUMBER}{{1,12}})[余多来几]?(?:元(?!旦|宵)|块(?!儿|头|的)|圆|港[币元纸]|蚊"
    rf"|新?台[币元])"
)
# Without a unit, where nothing else is counted: 先还两千, 那笔三万八,
_HAN_BARE = re.compile(
    r"(?<![第零一二两三四五六七八九十百千万几数成上\d])(?P<han>(?:[二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
    r"(?:[万千](?:[一二两三四五六七八九](?:千"
    r"|百(?:[一二三四五六七八九]十?)?)?)?(?:[一二三四五六七八九]百?)?|百[一二三四五六七八九]?))"
    r"(?=[多余几来]?(?:[,。!?;:\n )”」\"吗吧嘛]|$"
    r"|[的给到就也先还起都才再押定打转交结清利本手违保认你您他她我啊呀]|左右|以内|不[对还交]))"
)
# After a verb or a fee, or before 还上: anything else would have its unit.
_BARE_VERB = re.compile(
    r"(?:[欠还交缴押垫汇][了着款歀]?|押金|[再先]付|转我|转给我|给我|(?<!公积)[费金息]"
    r"|把)[为是:约 ]?"
    r"(?P<number>[1-9]\d{2,6}(?:\.\d{1,2})?)(?=[,。!?;\n)]|$"
    r"|[就走解即还给到块转后的可出来先交付补存])"
)
_HAN_SCALED = re.compile(
    r"(?:[欠还借贷付缴交转付打补额钱款垫押剩罚费息金]|拖欠|总共|一共|合计)[了着有为是约:]{0,2}"
    r"(?P<han>[一二两三四五六七八九十百千]{1,5}[千万百][一二两三四五六七八九]?(?:[百千][一二三四五六七八九]?)?)"
    r"(?=[,。!?;\n ]|$|的|给|到|就)"
)
_BARE = re.compile(
    r"(?:金额|欠款|本金|本息|[应待需]还|[合共总]计|余额|罚息|违约金|利息|滞纳金|手续费|服务费"
    r"|总额|尚欠|最低还款额?|最低"
    r"|额度|结清|应缴|欠费|应付|欠供)[款额]?[为是:约 ]{0,2}"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,9}\.\d{1,2}|\d{3,7})"
    r"(?![\d年月日天期%笔次号个人位户:/\-.]| ?[元万千])"
)
_IDIOM: Final[frozenset[str]] = frozenset({"十", "百", "千", "万", "百万"})


def find_amounts(text: str) -> Iterator[ContactPoint]:
    """Sums of money: with a unit, in thousands, or after a word such as 本金; they may overlap.

    The value is in yuan, or in the currency that the trait names. US dollars are left out.
    """
    for pattern in (_WITH_SIGN, _WITH_UNIT, _SCALED, _BARE, _GROUPED, _BARE_VERB):
        for match in pattern.finditer(text):
            value = _value(match.groupdict())
            if value is not None and not match.group().startswith("us"):
                start = match.start("number") if pattern in (_BARE, _BARE_VERB) else match.start()
                yield ContactPoint("amount", value, start, match.end(), _currency(match.group()))
    if any(unit in text for unit in "元块圆币万千百蚊"):
        yield from _han_amounts(text)


def _han_amounts(text: str) -> Iterator[ContactPoint]:
    for pattern in (_HAN, _HAN_SCALED, _HAN_BARE):
        for match in pattern.finditer(text):
            words = match["han"]
            if words not in _IDIOM:
                value = _plain(read_han_number(words))
                end = match.end()
                yield ContactPoint(
                    "amount", value, match.start("han"), end, _currency(match.group())
                )


def _value(parts: dict[str, str | None]) -> str | None:
    scale = _SCALES.get(parts.get("scale") or "", 1)
    try:
        number = Decimal((parts["number"] or "").replace(",", "")) * scale
    except InvalidOperation:
        return None
    # 8万6 is 86,000, and 37块2 is 37.2.
    tail = int(parts.get("tail") or 0) * scale
    return _plain(number + Decimal(tail + int(parts.get("tenth") or 0)) / 10)


def _plain(value: Decimal) -> str:
    """Decimals without exponent and without zeros at the end."""
    words = f"{value:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def _currency(words: str) -> Trait:
    if "hk" in words or "港" in words or "蚊" in words:
        return "hkd"
    return "twd" if "nt" in words or "台" in words or "twd" in words else ""
