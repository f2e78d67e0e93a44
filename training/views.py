"""Messages as the classifier is shown them, with the evidence quotes found again in the view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data.gold_set import EvidenceQuote
from data.labels import Channel
from model.normalize import NormalizedText, mask_digits, normalize
from screening.directory import shipped_directory
from screening.message import Message
from screening.model_input import ModelInput, model_input
from screening.screener import read_context


@dataclass(frozen=True, slots=True)
class Span:
    """The range `start:end` of a view in which an evidence code shows."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class View:
    """A message as the classifier is shown it; `plain` is its canonical text as it was."""

    header: str
    text: str
    plain: str
    spans: tuple[Span, ...] = ()


def view(
    text: str,
    channel: Channel = "unknown",
    sender: str | None = None,
    evidence: Sequence[EvidenceQuote] = (),
    marks: bool = True,
) -> View:
    """Read a message as `screening` does; without `marks` contacts stay as they are written."""
    normal = normalize(text)
    if not normal.text.strip():
        return View("", "", "")
    read = model_input(read_context(Message(text, channel, sender), normal, shipped_directory()))
    if not marks:
        read = ModelInput(read.header, mask_digits(normal.text), ())
    return View(read.header, read.text, normal.text, tuple(_spans(text, normal, read, evidence)))


def _spans(
    text: str, normal: NormalizedText, read: ModelInput, evidence: Sequence[EvidenceQuote]
) -> Iterator[Span]:
    for item in evidence:
        start = text.index(item.quote)
        found = normal.canonical_span(start, start + len(item.quote))
        if found is not None:
            yield Span(item.code, *read.span(*found))
