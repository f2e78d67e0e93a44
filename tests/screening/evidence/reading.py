"""Reads a message as the screener does, for the tests of detectors."""

from __future__ import annotations

from model.normalize import normalize
from screening.contacts import classify_number, find_contacts
from screening.directory import shipped_directory
from screening.evidence import Detector, run
from screening.evidence.context import Context
from screening.identity import find_claim


def read(text: str, sender: str | None = None) -> Context:
    """What every detector is given for this message."""
    directory = shipped_directory()
    canonical = normalize(text).text
    name = normalize(sender or "").text
    return Context(
        text=canonical,
        contacts=find_contacts(canonical),
        sender=classify_number(name),
        claim=find_claim(canonical, name, directory),
        directory=directory,
    )


def found(detect: Detector, text: str) -> list[str]:
    """The words of the canonical text that a detector marks."""
    context = read(text)
    return [context.text[finding.start : finding.end] for finding in run(detect, context)]
