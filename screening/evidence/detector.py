"""What a detector is."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar, Final

from data.labels import EvidenceCode
from data.wording import Wording
from model.normalize import normalize
from screening.evidence.context import Context, Finding
from screening.negation import is_demanded

_NEAR: Final = 8  # characters beside a hit in which an exception still belongs to it


class Detector(ABC):
    """Finds one tell in a message. Holds no state between calls.

    Attributes:
        code: the evidence code of its findings; its module and wording file have this name.
        details: what its findings may say they are; stable names. `phrase` is for all.

    """

    code: ClassVar[EvidenceCode]
    details: ClassVar[frozenset[str]]

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self._phrases = _any_of(wording.phrases)
        self._exceptions = _any_of(wording.exceptions)
        self._reach = max((_NEAR, *map(len, wording.exceptions)))

    @abstractmethod
    def detect(self, context: Context) -> Iterator[Finding]:
        """Findings in any order; they may overlap."""

    def run(self, context: Context) -> Iterator[Finding]:
        """Findings by position, none overlapping: of several the first and longest.

        With those of the plain `phrases` (detail `phrase`), without those that touch one of the
        `exceptions`.
        """
        found = [*self.detect(context), *self._by_phrase(context)]
        end = -1
        for finding in sorted(found, key=lambda each: (each.start, -each.end)):
            if finding.start >= end and not self._is_excepted(context.text, finding):
                yield finding
                end = finding.end

    def _by_phrase(self, context: Context) -> Iterator[Finding]:
        if self._phrases is not None:
            for match in self._phrases.finditer(context.text):
                if is_demanded(context.text, *match.span()):
                    yield Finding(self.code, match.start(), match.end(), "phrase")

    def _is_excepted(self, text: str, finding: Finding) -> bool:
        if self._exceptions is None or finding.start < 0:
            return False
        reach = self._reach
        around = text[max(0, finding.start - reach) : finding.end + reach]
        return bool(self._exceptions.search(around))


class PatternDetector(Detector):
    """A detector that is nothing but its patterns: each hit that is put to the reader counts.

    The pattern's name is the detail. Subclasses narrow `counts`.
    """

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording)
        self._patterns = {name: wording.pattern(name) for name in wording.patterns}

    def detect(self, context: Context) -> Iterator[Finding]:
        """Hits of all patterns that count."""
        for detail, pattern in self._patterns.items():
            for match in pattern.finditer(context.text):
                if self.counts(context, match):
                    yield Finding(self.code, match.start(), match.end(), detail)

    def counts(self, context: Context, match: re.Match[str]) -> bool:
        """Whether a hit counts: it does where it isn't negated, reported or warned against."""
        return is_demanded(context.text, *match.span())


def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    """One pattern of all phrases, longest first, in their canonical form."""
    canonical = sorted({normalize(phrase).text for phrase in phrases} - {""}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, canonical))) if canonical else None
