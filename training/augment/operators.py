"""Disguises that senders use against filters, one function each.

The first eight are those of ToxiBenchCN (ACL 2025, github.com/thomasyyyoung/ToxiBenchCN):
look-alike and split characters, traditional forms, pinyin initials, full pinyin, homophones,
shuffling, emoji. The others are seen in spam and screenshots. `TRAINING` may be shown to a
classifier; `HELD_OUT` is for measuring alone; `UNDONE` is what the canonical view undoes, so
that a classifier never sees it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Final

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from data.files import read_toml

Operator = Callable[[str, Random, float], str]

_TABLES: Final = read_toml(Path(__file__).with_name("tables.toml"))
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_DIGITS: Final = re.compile(r"\d+")
_SYMBOLS: Final = "*·.-_~|/★^、 "
_ZERO_WIDTH: Final = "\u200b\u200c\u200d\u2060\ufeff"
_DIGIT_FORMS: Final = ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖")
_KEYCAP: Final = "\ufe0f\u20e3"


def _each(text: str, rng: Random, strength: float, change: Callable[[str], str]) -> str:
    """Apply `change` to each Han character with probability `strength`."""
    return "".join(
        change(character) if _HAN.match(character) and rng.random() < strength else character
        for character in text
    )


def _replace(text: str, rng: Random, strength: float, table: Mapping[str, str]) -> str:
    """Replace each occurrence of a key, the longest first, with probability `strength`."""
    keys = re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))
    return keys.sub(
        lambda match: table[match.group()] if rng.random() < strength else match.group(), text
    )


def look_alike(text: str, rng: Random, strength: float) -> str:
    """Characters that look like the right ones: 货款 for 贷款."""
    return _replace(text, rng, strength, _TABLES["look_alike"])


def split_characters(text: str, rng: Random, strength: float) -> str:
    """Characters taken apart: 贝长 for 账."""
    return _replace(text, rng, strength, _TABLES["split"])


def traditional(text: str, rng: Random, strength: float) -> str:
    """Single characters in traditional form."""
    return _each(text, rng, strength, lambda character: str(_traditional().convert(character)))


def pinyin_initials(text: str, rng: Random, strength: float) -> str:
    """First letters of the pinyin: `wx` for 微信."""
    return _each(text, rng, strength, lambda c: lazy_pinyin(c, style=Style.FIRST_LETTER)[0])


def full_pinyin(text: str, rng: Random, strength: float) -> str:
    """Pinyin without tones: `zhuan账`."""
    return _each(text, rng, strength, lambda character: lazy_pinyin(character)[0])


def homophone(text: str, rng: Random, strength: float) -> str:
    """Other characters of the same sound, tones aside: 薇心 for 微信."""
    return _each(text, rng, strength, lambda c: rng.choice(_homophones().get(_sound(c), (c,))))


def shuffle(text: str, rng: Random, strength: float) -> str:
    """Neighbouring Han characters swapped; each moves once at most."""
    characters = list(text)
    place = 1
    while place < len(characters):
        both = _HAN.match(characters[place - 1]) and _HAN.match(characters[place])
        if both and rng.random() < strength / 2:
            characters[place - 1 : place + 1] = characters[place], characters[place - 1]
            place += 1
        place += 1
    return "".join(characters)


def emoji(text: str, rng: Random, strength: float) -> str:
    """Pictures for words: 💰 for 钱."""
    return _replace(text, rng, strength, _TABLES["emoji"])


def zero_width(text: str, rng: Random, strength: float) -> str:
    """Invisible characters after Han characters."""
    return _each(text, rng, strength, lambda character: character + rng.choice(_ZERO_WIDTH))


def full_width(text: str, rng: Random, strength: float) -> str:
    """ASCII letters, digits and marks in full width."""
    return "".join(
        chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and rng.random() < strength else c for c in text
    )


def inserted_symbols(text: str, rng: Random, strength: float) -> str:
    """Marks or blanks between characters: 转*账."""
    mark = rng.choice(_SYMBOLS)
    return _each(text, rng, strength, lambda character: character + mark)


def number_forms(text: str, rng: Random, strength: float) -> str:
    """Whole numbers in keycap emoji or Chinese digits."""
    return _DIGITS.sub(
        lambda run: _written(run.group(), rng) if rng.random() < strength else run.group(), text
    )


def ocr_noise(text: str, rng: Random, strength: float) -> str:
    """What reading a screenshot does: lost characters, false line ends, confused letters."""
    return "".join(_misread(text, rng, strength))


def _misread(text: str, rng: Random, strength: float) -> Iterator[str]:
    for character in text:
        draw = rng.random()
        if draw >= strength or character == "\n":
            yield character
        elif character in _TABLES["ocr"]:
            yield _TABLES["ocr"][character]
        elif draw < strength * 0.3:
            continue
        elif draw < strength * 0.6:
            yield character + "\n"
        else:
            yield character


def _written(number: str, rng: Random) -> str:
    form = rng.randrange(len(_DIGIT_FORMS) + 1)
    if form == len(_DIGIT_FORMS):
        return "".join(f"{digit}{_KEYCAP}" for digit in number)
    return "".join(_DIGIT_FORMS[form][int(digit)] for digit in number)


@lru_cache(maxsize=1)
def _traditional() -> OpenCC:
    return OpenCC("s2t")


@lru_cache(maxsize=8192)
def _sound(character: str) -> str:
    return lazy_pinyin(character)[0]


@lru_cache(maxsize=1)
def _homophones() -> dict[str, tuple[str, ...]]:
    """Sound to characters, of the 3,755 most used ones (GB 2312, level 1)."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for row in range(0xB0, 0xD8):
        for cell in range(0xA1, 0xFF):
            character = bytes((row, cell)).decode("gb2312", errors="ignore")
            if character:
                groups[_sound(character)].append(character)
    return {sound: tuple(characters) for sound, characters in groups.items()}


TRAINING: Final[dict[str, Operator]] = {
    "look_alike": look_alike,
    "pinyin_initials": pinyin_initials,
    "homophone": homophone,
    "shuffle": shuffle,
    "emoji": emoji,
    "inserted_symbols": inserted_symbols,
}
HELD_OUT: Final[dict[str, Operator]] = {
    "split_characters": split_characters,
    "full_pinyin": full_pinyin,
    "number_forms": number_forms,
    "ocr_noise": ocr_noise,
}
UNDONE: Final[dict[str, Operator]] = {
    "traditional": traditional,
    "zero_width": zero_width,
    "full_width": full_width,
}
