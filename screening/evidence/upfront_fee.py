"""A fee to pay before anything else happens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from data.labels import EvidenceCode
from data.wording import Wording
from screening.evidence.context import Context, Finding
from screening.evidence.detector import Detector
from screening.negation import is_demanded

_NO_DEMANDS: Final = ("lawful", "free")


class UpfrontFee(Detector):
    """A fee to pay before anything else happens. Detail: `fee`."""

    code: ClassVar[EvidenceCode] = "upfront_fee"
    details: ClassVar[frozenset[str]] = frozenset({"fee"})

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording)
        self._lawful = wording.pattern("lawful")
        self._free = wording.pattern("free")
        self._demands = tuple(
            wording.pattern(name) for name in wording.patterns if name not in _NO_DEMANDS
        )

    def detect(self, context: Context) -> Iterator[Finding]:
        """Demands to pay first that are neither lawful charges nor said to be free."""
        for demand in self._demands:
            for match in demand.finditer(context.text):
                if self._counts(context.text, match):
                    yield Finding(self.code, match.start(), match.end(), "fee")

    def _counts(self, text: str, match: re.Match[str]) -> bool:
        around = text[max(0, match.start() - 8) : match.end() + 6]
        if self._lawful.search(around) or self._free.search(around):
            return False
        return is_demanded(text, *match.span())
