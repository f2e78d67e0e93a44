"""An offer to repair or clean a credit record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from data.labels import EvidenceCode
from data.wording import Wording
from screening.evidence.context import Context, Finding
from screening.evidence.detector import Detector
from screening.negation import is_demanded

_DETAILS: Final = {
    "repair": "repair",
    "jargon": "repair",
    "per_record": "repair",
    "washing": "repair",
    "removal": "removal",
    "removal_of": "removal",
    "objection": "objection",
    "objection_to": "objection",
    "objection_sold": "objection",
}
_LAWFUL_REACH: Final = 16


class CreditRepair(Detector):
    """An offer to repair or clean a credit record.

    Details: `repair` (mending or washing the record), `removal` (single entries made to vanish),
    `objection` (objections or appeals written and filed for the reader).
    """

    code: ClassVar[EvidenceCode] = "credit_repair"
    details: ClassVar[frozenset[str]] = frozenset({"repair", "removal", "objection"})

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording)
        self._offers = {name: wording.pattern(name) for name in _DETAILS}
        self._topics = (wording.pattern("topic"), wording.pattern("topic_of"))
        self._selling = wording.pattern("selling")
        self._warning = wording.pattern("warning")
        self._lawful = wording.pattern("lawful")

    def detect(self, context: Context) -> Iterator[Finding]:
        """Offers that are no description of the lawful procedure."""
        text = context.text
        for name, offer in self._offers.items():
            yield from self._found(text, offer, _DETAILS[name])
        if self._selling.search(text) and not self._warning.search(text):
            for topic in self._topics:
                yield from self._found(text, topic, "repair")

    def _found(self, text: str, offer: re.Pattern[str], detail: str) -> Iterator[Finding]:
        for match in offer.finditer(text):
            start, end = match.span()
            around = text[max(0, start - _LAWFUL_REACH) : end + _LAWFUL_REACH]
            if not self._lawful.search(around) and is_demanded(text, start, end):
                yield Finding(self.code, start, end, detail)
