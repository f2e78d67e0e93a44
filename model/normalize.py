"""Canonical view of a text, with an offset map back to the original.

Disguises cost a sender nothing: full-width digits, circled letters, zero-width characters,
traditional characters, blanks inside words. Detectors and classifier read the canonical view,
people are shown spans of the original.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache

from opencc import OpenCC

# A ligature such as U+FDFA unfolds into 18 characters; more than this many are left alone,
# so that a text can't grow much while being normalised.
_LONGEST_UNFOLDING = 4
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# NFKC has made most Chinese punctuation ASCII by the time blanks are looked at.
_WORDLIKE = re.compile(f"[{_HAN},。!?、;:()【】《》“”]")
_MASKED_RUN = re.compile(r"\d{4,}")


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """A canonical text and where each of its characters came from.

    Attributes:
        text: the canonical view.
        starts: for each canonical character, the index of its original code point.
        ends: for each canonical character, the index after its original code point.
        traditional: share of characters in 0..1 that were written in traditional form.

    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    traditional: float

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Map the non-empty canonical range `start:end` to code points of the original.

        Raises:
            ValueError: the range is empty or not inside the text.

        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"range {start}:{end} is empty or outside 0:{len(self.text)}")
        return self.starts[start], self.ends[end - 1]

    def canonical_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Map the original range `start:end` to the canonical text; None where nothing is left."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return (first, last) if first < last else None


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=65_536)
def _fold(character: str) -> tuple[str, bool]:
    """Canonical form of one code point, and whether it was a traditional character."""
    if character == "\n":
        return "\n", False
    if character.isspace():
        return " ", False
    if _is_invisible(character):
        return "", False
    unfolded = unicodedata.normalize("NFKC", character)
    if len(unfolded) > _LONGEST_UNFOLDING:
        unfolded = character
    if unfolded.isascii():
        return unfolded.lower(), False
    simplified: str = _simplifier().convert(unfolded)
    # A spacing accent unfolds into a blank and a combining one.
    visible = "".join(part for part in simplified.lower() if not _is_invisible(part))
    return visible, simplified != unfolded


def is_blank(text: str) -> bool:
    """Whether the canonical view holds nothing but blanks; stops at the first that isn't one."""
    return not any(_fold(character)[0].strip() for character in text)


def _is_invisible(character: str) -> bool:
    point = ord(character)
    return (
        unicodedata.category(character) in ("Cf", "Cc", "Cs")
        or 0xFE00 <= point <= 0xFE0F  # variation selectors
        or 0x0300 <= point <= 0x036F  # combining accents stacked on letters
        or point == 0x20E3  # the frame of a keycap: 1️⃣ reads 1
        or point in (0x115F, 0x1160, 0x3164, 0xFFA0)  # Hangul fillers print nothing
    )


def normalize(text: str) -> NormalizedText:
    """Fold `text` into its canonical view.

    NFKC and lower case by code point, traditional to simplified characters (OpenCC t2s),
    invisible characters dropped, runs of blanks made one, blanks inside Chinese dropped
    ("司 法 机 关" reads "司法机关"). Line ends stay. Any string is accepted, also one with
    lone surrogates; the result may be empty.
    """
    characters: list[str] = []
    origins: list[int] = []
    traditional = 0
    for index, character in enumerate(text):
        folded, was_traditional = _fold(character)
        traditional += was_traditional
        for part in folded:
            characters.append(part)
            origins.append(index)
    kept = _without_idle_blanks(characters)
    return NormalizedText(
        text="".join(characters[i] for i in kept),
        starts=tuple(origins[i] for i in kept),
        ends=tuple(origins[i] + 1 for i in kept),
        traditional=traditional / max(1, len(text)),
    )


def _without_idle_blanks(characters: list[str]) -> list[int]:
    """Indices that remain once blanks at line edges, repeated or inside Chinese are gone."""
    kept: list[int] = []
    pending: int | None = None
    for index, character in enumerate(characters):
        if character == " ":
            pending = index if pending is None else pending
            continue
        if pending is not None:
            before = characters[kept[-1]] if kept else "\n"
            if not _blank_is_idle(before, character):
                kept.append(pending)
            pending = None
        kept.append(index)
    return kept


def _blank_is_idle(before: str, after: str) -> bool:
    if before == "\n" or after == "\n":
        return True
    return bool(_WORDLIKE.match(before) and _WORDLIKE.match(after))


def mask_digits(text: str) -> str:
    """Replace every run of four or more digits by zeros of the same length.

    The classifier must learn how a text reads, not which numbers it saw in training; whether a
    number is official is for the evidence to say. Length is kept, so offsets still hold.
    """
    return _MASKED_RUN.sub(lambda run: "0" * len(run.group()), text)
