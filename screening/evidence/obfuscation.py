"""Words broken up or disguised to pass filters."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from data.labels import EvidenceCode
from data.wording import Wording
from model.normalize import NormalizedText
from screening.evidence.context import Context, Finding
from screening.evidence.detector import Detector
from screening.negation import is_reported

_HAN: Final = "\u3400-\u4dbf\u4e00-\u4e27\u4e29-\u9fff"  # without 丨, which is put between
_IS_HAN: Final = re.compile(f"[{_HAN}]")
_HAN_PAIR: Final = re.compile(f"[{_HAN}]{{2}}")
# Typefaces of digits: circled, parenthesised, with a full stop, of mathematics, keycaps.
_STYLED: Final = re.compile(
    "(?:[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\U0001d7ce-\U0001d7ff\U0001f100-\U0001f10a]"
    "|[0-9]\ufe0f?\u20e3)"
)
_STYLED_RUN: Final = re.compile(rf"(?:{_STYLED.pattern}[ \-]?){{3,12}}")
_HEADING_ENDS: Final = "书函令票告知单证表示"
_LONGEST_HEADING: Final = 14
_LONGEST_WORD: Final = 3
_SPACED_RUN: Final = 4  # single characters with blanks between that are no idle typing
_SIGNED_RUN: Final = 3


@dataclass(frozen=True, slots=True)
class _Joint:
    """Something put between the characters `index - 1` and `index` of the squeezed text."""

    index: int
    sign: str  # empty where blanks or invisible characters were dropped
    visible: bool


@dataclass(frozen=True, slots=True)
class _Squeezed:
    """The canonical text without signs between Chinese characters.

    Attributes:
        text: what is left.
        places: index in the canonical text of each character, as far as the last joint needs.
        joints: where something was taken out, by index.

    """

    text: str
    places: tuple[int, ...]
    joints: dict[int, _Joint]


class Obfuscation(Detector):
    """Words broken up or respelt to pass filters.

    Details: `blanks` (涉 嫌), `signs` (催*收), `invisible` (zero-width characters inside),
    `homophone` (还筷), `pinyin` (zhuan账), `heart` (薇❤信), `digits` (numbers in Chinese numerals,
    circled digits, the letter O).
    """

    code: ClassVar[EvidenceCode] = "obfuscation"
    details: ClassVar[frozenset[str]] = frozenset(
        {"blanks", "signs", "invisible", "homophone", "pinyin", "heart", "digits"}
    )

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording)
        self._tight = frozenset(wording.words.get("tight", "").split())
        self._whole = frozenset(wording.words.get("whole", "").split())
        self._others = frozenset(wording.words.get("others", "").split())
        self._money = frozenset(wording.words.get("money", ""))
        self._spellings = {
            name: wording.pattern(name) for name in wording.patterns if name != "sign"
        }
        sign = wording.patterns.get("sign", "(?!)")
        self._signs = re.compile(rf"(?<=[{_HAN}]) ?((?:{sign}){{1,2}}) ?(?=[{_HAN}])")

    def detect(self, context: Context) -> Iterator[Finding]:
        """Disguised words, but not those of a message that reports them."""
        for finding in (*self._respelt(context), *self._broken(context)):
            if not is_reported(context.text, finding.start):
                yield finding

    def _respelt(self, context: Context) -> Iterator[Finding]:
        for detail, pattern in self._spellings.items():
            for match in pattern.finditer(context.text):
                yield Finding(self.code, match.start(), match.end(), detail)
        for match in _STYLED_RUN.finditer(context.message.text):
            start = bisect_left(context.view.starts, match.start())
            end = bisect_left(context.view.starts, match.end())
            if start < end:
                yield Finding(self.code, start, end, "digits")

    def _broken(self, context: Context) -> Iterator[Finding]:
        squeezed = self._squeeze(context)
        text = context.text
        for start, end, detail in (*self._words(text, squeezed), *self._runs(text, squeezed)):
            yield Finding(self.code, squeezed.places[start], squeezed.places[end - 1] + 1, detail)

    def _squeeze(self, context: Context) -> _Squeezed:
        text, view = context.text, context.view
        signs = {m.start(): m for m in self._signs.finditer(text)}
        gaps = set(_gaps(context.message.text, view))
        if not signs and not gaps:
            return _Squeezed("", (), {})
        joints: dict[int, _Joint] = {}
        kept: list[int] = []
        skipped_to = 0
        for place in range(len(text)):
            if place < skipped_to:
                continue
            if place in gaps:
                joints[len(kept)] = _gap_joint(context, place, len(kept))
            if place in signs:
                joints[len(kept)] = _Joint(len(kept), signs[place][1], True)
                skipped_to = signs[place].end()
                continue
            kept.append(place)
        return _Squeezed("".join(text[each] for each in kept), tuple(kept), joints)

    def _words(self, text: str, squeezed: _Squeezed) -> Iterator[tuple[int, int, str]]:
        """Words of the lists that have a joint inside."""
        for joint in squeezed.joints.values():
            if not joint.sign and _is_heading(text, squeezed, joint.index):
                continue
            pair = squeezed.text[joint.index - 1 : joint.index + 1]
            if pair in self._tight and not self._goes_on(squeezed, joint.index):
                yield joint.index - 1, joint.index + 1, _detail(joint)
            for start in range(max(0, joint.index - 2), joint.index):
                word = squeezed.text[start : start + _LONGEST_WORD]
                inside = [i for i in (start + 1, start + 2) if i in squeezed.joints]
                if word in self._whole and (joint.sign or len(inside) == _LONGEST_WORD - 1):
                    yield start, start + _LONGEST_WORD, _detail(joint)

    def _goes_on(self, squeezed: _Squeezed, index: int) -> bool:
        """Whether the character at `index` begins another word: 转 账户, 晚上 门口."""
        return index + 1 not in squeezed.joints and squeezed.text[index : index + 2] in self._others

    def _runs(self, text: str, squeezed: _Squeezed) -> Iterator[tuple[int, int, str]]:
        """Runs of single characters: 户 籍 地 今 晚, 网·捷·贷."""
        for start, end, sign in _chains(squeezed):
            characters = squeezed.text[start:end]
            telling = bool(self._money & set(characters))
            if sign:
                if telling and len(characters) >= _SIGNED_RUN and sign not in "/-|~":
                    yield start, end, "signs"
                continue
            long_enough = len(characters) >= _SPACED_RUN + (not telling)
            if long_enough and not _is_heading(text, squeezed, start + 1):
                yield start, end, _detail(squeezed.joints[start + 1])


def _gaps(original: str, view: NormalizedText) -> Iterator[int]:
    """Places of the canonical text before which characters between Chinese ones were dropped."""
    for place in range(1, len(view.starts)):
        before, after = view.ends[place - 1], view.starts[place]
        if after > before and original[before:after].strip("\ufe0e\ufe0f"):
            left, right = view.text[place - 1], view.text[place]
            if _IS_HAN.match(left) and _IS_HAN.match(right):
                yield place


def _gap_joint(context: Context, place: int, index: int) -> _Joint:
    dropped = context.message.text[context.view.ends[place - 1] : context.view.starts[place]]
    return _Joint(index, "", dropped.isspace())


def _detail(joint: _Joint) -> str:
    if joint.sign:
        return "signs"
    return "blanks" if joint.visible else "invisible"


def _chains(squeezed: _Squeezed) -> Iterator[tuple[int, int, str]]:
    """Runs of single characters with the same joint between: start, end, sign."""
    joints = squeezed.joints
    index = 0
    for first in sorted(joints):
        if first < index:
            continue
        sign = joints[first].sign
        last = first
        while last + 1 in joints and joints[last + 1].sign == sign:
            last += 1
        index = last + 1
        if last > first:
            yield _free_ends(squeezed, first - 1, last + 1, sign)


def _free_ends(squeezed: _Squeezed, start: int, end: int, sign: str) -> tuple[int, int, str]:
    """The run without characters at its ends that belong to words outside: 有办[法 咨 询]."""
    if not sign:
        start += _is_bound(squeezed, start)
        end -= _is_bound(squeezed, end)
    return start, end, sign


def _is_bound(squeezed: _Squeezed, index: int) -> bool:
    """Whether the characters on both sides of `index` are Chinese with nothing between."""
    sides = squeezed.text[max(0, index - 1) : index + 1]
    return len(sides) > 1 and index not in squeezed.joints and bool(_HAN_PAIR.match(sides))


def _is_heading(text: str, squeezed: _Squeezed, index: int) -> bool:
    """Whether the joint stands in a line of spaced characters that names a document: 律 师 函."""
    place = squeezed.places[index]
    window = text[max(0, place - _LONGEST_HEADING) : place + _LONGEST_HEADING]
    middle = min(place, _LONGEST_HEADING)
    start = window.rfind("\n", 0, middle) + 1
    line = window[start:].split("\n", 1)[0]
    first = index - (middle - start)
    return (
        len(line) <= _LONGEST_HEADING
        and line[-1] in _HEADING_ENDS
        and all(each in squeezed.joints for each in range(first + 1, first + len(line)))
    )
