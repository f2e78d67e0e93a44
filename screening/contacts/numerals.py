"""Numerals of all sorts as ASCII digits, and Chinese numbers as values."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

_HAN_DIGITS: Final[dict[str, str]] = dict(
    zip("〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "001234567891123456789", strict=True)
)
# Circled digits that NFKC leaves alone: ❶ … ❾, ➀ … ➈, ➊ … ➒ and their zeros.
_CIRCLED: Final[dict[str, str]] = {
    **dict.fromkeys("⓿🄋🄌", "0"),
    **{
        chr(point): str(unicodedata.digit(chr(point)))
        for start in (0x2776, 0x2780, 0x278A)
        for point in range(start, start + 9)
    },
}
_FOLDING = str.maketrans(_HAN_DIGITS | _CIRCLED)
# Numerals that only a reader takes for digits, as a character class without brackets.
HIDDEN_DIGITS: Final = "".join(_HAN_DIGITS | _CIRCLED)

HAN_NUMBER: Final = "[零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]"
_UNITS: Final[dict[str, int]] = {
    **dict.fromkeys("十拾", 10),
    **dict.fromkeys("百佰", 100),
    **dict.fromkeys("千仟", 1000),
}
_SHORT_TAIL = re.compile(r"([百佰千仟万亿])([一二两三四五六七八九])$")
_TENTH: Final[dict[str, str]] = {
    **dict.fromkeys("百佰", "十"),
    **dict.fromkeys("千仟", "百"),
    "万": "千",
    "亿": "千万",
}


def fold_digits(text: str) -> str:
    """The text with Chinese and circled numerals as ASCII digits, character by character."""
    return text.translate(_FOLDING)


def read_han_number(words: str) -> Decimal:
    """Value of a number such as 三千, 一万两千, 叁仟伍佰 or 一万二 (12,000).

    `words` consists of characters of `HAN_NUMBER`; in any order, nonsense gives some number.
    """
    words = _SHORT_TAIL.sub(lambda tail: tail[1] + tail[2] + _TENTH[tail[1]], words)
    total = section = digit = 0
    for character in words:
        if character in _UNITS:
            section += (digit or 1) * _UNITS[character]
            digit = 0
        elif character == "万":
            total += (section + digit or 1) * 10_000
            section = digit = 0
        elif character == "亿":
            total = (total + section + digit or 1) * 100_000_000
            section = digit = 0
        else:
            digit = 2 if character == "两" else int(_HAN_DIGITS[character])
    return Decimal(total + section + digit)
