"""Reads a message as the screener does, for the tests of detectors."""

from __future__ import annotations

from datetime import datetime

from data.labels import Channel, EvidenceCode
from model.normalize import normalize
from screening.directory import shipped_directory
from screening.evidence import shipped_detectors
from screening.evidence.context import Context, Finding
from screening.message import Message
from screening.screener import read_context


def read(
    text: str,
    sender: str | None = None,
    channel: Channel = "unknown",
    received_at: datetime | None = None,
) -> Context:
    """What every detector is given for this message."""
    message = Message(text, channel, sender, received_at)
    return read_context(message, normalize(text), shipped_directory())


def findings(code: EvidenceCode, context: Context) -> list[Finding]:
    """Findings of the shipped detector of this code."""
    (detector,) = (each for each in shipped_detectors() if each.code == code)
    return list(detector.run(context))


def found(code: EvidenceCode, text: str) -> list[str]:
    """The words of the canonical text that a detector marks."""
    context = read(text)
    return [context.text[each.start : each.end] for each in findings(code, context)]


def found_with_details(code: EvidenceCode, text: str) -> list[tuple[str, str]]:
    """Details and marked words."""
    context = read(text)
    return [(each.detail, context.text[each.start : each.end]) for each in findings(code, context)]
