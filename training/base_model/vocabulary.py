"""Which pieces of the vocabulary Chinese messages need."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final, Literal

from training.base_model.container import SpecialIds

WORD_START: Final = "\u2581"  # SentencePiece writes a space as this character
MASK_TOKEN: Final = "<mask>"
_ASCII_WORDS: Final = 6000
# Classes of characters that a kept piece may mix; the empty one is the bare word start.
_KEPT_MIXTURES: Final[tuple[set[str], ...]] = (
    set(),
    {"han"},
    {"symbol"},
    {"ascii", "symbol"},
    {"han", "symbol"},
)
_HAN: Final = (
    range(0x4E00, 0xA000),
    range(0x3400, 0x4DC0),
    range(0xF900, 0xFB00),
    range(0x20000, 0x40000),
    range(0x3007, 0x3008),  # the zero
)
# Latin, Greek, Cyrillic, kana and phonetic letters: a disguised message borrows single ones.
_BORROWED: Final = (range(0xA0, 0x530), range(0x3040, 0x3130), range(0x1D00, 0x2150))
# The zero-width joiner and variation selector 16 belong to emoji, but count as format marks.
_EMOJI_MARKS: Final = "\u200d\ufe0f"


def choose_pieces(
    pieces: Sequence[str],
    scores: Sequence[float],
    special: SpecialIds,
    ascii_words: int = _ASCII_WORDS,
) -> list[int]:
    """Choose the pieces to keep.

    These are Han pieces, symbols and emoji, ASCII of one or two characters or without a letter,
    the `ascii_words` other ASCII pieces of the best scores, and single borrowed letters.

    Args:
        pieces: text of every piece, by id.
        scores: log-probability of every piece.

    Returns:
        Old ids in their new order: <s>, <pad>, </s>, <unk>, the kept ones by old id, <mask>.

    """
    mask = pieces.index(MASK_TOKEN)
    control = {*special, mask}
    fates = {i: _fate(piece) for i, piece in enumerate(pieces) if i not in control}
    kept = [i for i, fate in fates.items() if fate == "keep"]
    words = [i for i, fate in fates.items() if fate == "rank"]
    words.sort(key=lambda i: scores[i], reverse=True)
    ordered = sorted(kept + words[:ascii_words])
    return [special.bos, special.pad, special.eos, special.unk, *ordered, mask]


def _fate(piece: str) -> Literal["keep", "drop", "rank"]:
    """Say what becomes of a piece; "rank" is for ASCII words, of which the best scored stay."""
    text = piece.replace(WORD_START, "")
    classes = {_class(character) for character in text}
    if classes == {"ascii"}:
        is_word = len(text) > 2 and any(c.isalpha() for c in text)
        return "rank" if is_word else "keep"
    is_borrowed = len(text) == 1 and _within(text, _BORROWED)
    return "keep" if is_borrowed or classes in _KEPT_MIXTURES else "drop"


def _class(character: str) -> Literal["ascii", "han", "symbol", "other"]:
    if character.isascii():
        return "ascii"
    if _within(character, _HAN):
        return "han"
    # Punctuation, symbols, numbers, separators.
    if unicodedata.category(character)[0] in "PSNZ" or character in _EMOJI_MARKS:
        return "symbol"
    return "other"


def _within(character: str, ranges: Sequence[range]) -> bool:
    return any(ord(character) in one for one in ranges)
