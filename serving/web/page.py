"""A verdict as a page. Pure: no HTTP, no clock, nothing read after import."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from data.words import LANGS, Words, traditional
from screening.errors import InputError
from screening.message import CHANNELS, MAX_SENDER, MAX_TEXT
from screening.verdict import Evidence, OfficialRoute, Verdict
from serving.language import Lang
from serving.texts import HIGH_RISK, LOW_RISK, TEXTS

Direction = Literal["raises", "lowers"]

STATIC_DIR: Final = Path(__file__).resolve().parent / "static"  # to be served at /static
_TEMPLATES: Final = Path(__file__).resolve().parent / "templates"
_CALLABLE: Final = frozenset({"hotline", "credit_card_hotline"})
_UNPRINTABLE = re.compile("[\0\ud800-\udfff]")  # neither UTF-8 nor HTML can carry them


@dataclass(frozen=True, slots=True)
class Form:
    """What the person entered, as entered."""

    text: str = ""
    channel: str = "sms"
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the message over which the evidence does not change.

    Attributes:
        codes: evidence codes that cover it, each once, in the order of the evidence.
        direction: `raises` where any of them raises the risk; None without evidence.
        titles: one for each code.

    """

    text: str
    codes: tuple[str, ...]
    direction: Direction | None
    titles: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """All evidence of one code, as one footnote. Words depend on the code alone."""

    number: int
    code: str
    direction: Direction
    title: Words
    text: Words
    from_sender: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment and the footnotes that end with it."""

    segment: Segment
    footnotes: tuple[Reason, ...]


def segments(text: str, evidence: Sequence[Evidence]) -> tuple[Segment, ...]:
    """Cut `text` at the borders of the evidence spans. Joined, the segments are the text.

    Evidence without a span is left out; a span that runs past the end is cut there.
    """
    length = len(text)
    ranges = [(e.span.start, min(e.span.end, length), e) for e in evidence if e.span]
    ranges = [(start, end, item) for start, end, item in ranges if start < end]
    borders = sorted({0, length, *(border for entry in ranges for border in entry[:2])})
    place = {border: index for index, border in enumerate(borders)}
    covering: list[list[Evidence]] = [[] for _ in borders[1:]]
    for start, end, item in ranges:
        for items in covering[place[start] : place[end]]:
            items.append(item)
    return tuple(
        _segment(text[start:end], items)
        for (start, end), items in zip(pairwise(borders), covering, strict=True)
    )


def _segment(text: str, items: Sequence[Evidence]) -> Segment:
    titles = {item.code: item.title for item in reversed(items)}  # the first of a code wins
    codes = tuple(dict.fromkeys(item.code for item in items))
    direction: Direction | None = None
    if items:
        direction = "raises" if any(item.direction == "raises" for item in items) else "lowers"
    return Segment(text, codes, direction, tuple(titles[code] for code in codes))


def reasons(evidence: Sequence[Evidence]) -> tuple[Reason, ...]:
    """Footnotes in reading order: the sender first, then by first place in the text."""
    by_code: dict[str, list[Evidence]] = {}
    for item in evidence:
        by_code.setdefault(item.code, []).append(item)
    ordered = sorted(by_code.values(), key=lambda items: min(map(_place, items)))
    return tuple(
        Reason(
            number=number,
            code=items[0].code,
            direction=items[0].direction,
            title=items[0].title,
            text=items[0].text,
            from_sender=any(item.span is None for item in items),
        )
        for number, items in enumerate(ordered, start=1)
    )


def _place(item: Evidence) -> int:
    return -1 if item.span is None else item.span.start


def _pieces(cut: Sequence[Segment], notes: Sequence[Reason]) -> tuple[Piece, ...]:
    """Segments with the footnotes of each code where its marked stretch ends."""
    return tuple(
        Piece(
            segment,
            tuple(note for note in notes if note.code in set(segment.codes) - set(after.codes)),
        )
        for segment, after in pairwise((*cut, Segment("", (), None, ())))
    )


def render_page(lang: Lang, form: Form, verdict: Verdict | None, error: InputError | None) -> str:
    """The whole page.

    Args:
        lang: language of everything but the message and names that exist in Chinese only.
        form: shown again in the form. Its text must be the one that was judged, to the
            character, because evidence spans point into it.
        verdict: shown above the form if there is one.
        error: shown above the form if there is one; the entered text stays.

    """
    form = Form(_printable(form.text), form.channel, _printable(form.sender))
    notes = reasons(verdict.evidence) if verdict else ()
    return _PAGE.render(
        lang=lang,
        t=_WORDS[lang],
        form=form,
        verdict=verdict,
        error=error,
        reasons=notes,
        pieces=_pieces(segments(form.text, verdict.evidence), notes) if verdict else (),
        amount=_amount(verdict.risk, _WORDS[lang]) if verdict else "",
    )


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", text)


def _amount(risk: float, words: dict[str, str]) -> str:
    """Hundredths in words; nobody is told "1 %", which the estimate can't know and sounds safe."""
    if risk < LOW_RISK:
        return words["risk_below"]
    if risk > HIGH_RISK:
        return words["risk_above"]
    return words["risk_about"].format(number=round(100 * risk))


def _is_callable(route: OfficialRoute) -> bool:
    return route.type in _CALLABLE


def _tel(number: str) -> str:
    """A directory number as the target of a `tel:` link: a leading plus and digits."""
    return "+" * number.startswith("+") + "".join(filter(str.isdigit, number))


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(
        languages=LANGS, channels=CHANNELS, max_text=MAX_TEXT, max_sender=MAX_SENDER
    )
    environment.filters["tel"] = _tel
    environment.filters["words"] = Words.get
    environment.filters["traditional"] = traditional
    environment.tests["callable_route"] = _is_callable
    return environment


_WORDS: Final[dict[Lang, dict[str, str]]] = {
    lang: {key: text.get(lang) for key, text in TEXTS.items()} for lang in LANGS
}
_PAGE: Final = _environment().get_template("page.html")
