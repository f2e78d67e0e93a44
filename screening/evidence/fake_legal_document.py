"""A warrant, summons or official letter used as a picture or with an invented number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from data.labels import EvidenceCode
from data.wording import Wording
from screening.evidence.context import Context, Finding
from screening.evidence.detector import PatternDetector
from screening.negation import is_demanded


class FakeLegalDocument(PatternDetector):
    """A legal or official paper held up as proof.

    Detail: `warrant` (no debtor is ever sent one), `picture` (a paper shown as picture or file),
    `seal` (red head or seal named as proof), `unclaimed` (a summons said to lie uncollected),
    `number` and `case_number` (in a message that no authority would write).
    """

    code: ClassVar[EvidenceCode] = "fake_legal_document"
    details: ClassVar[frozenset[str]] = frozenset(
        {"warrant", "picture", "seal", "unclaimed", "number", "case_number"}
    )

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording)
        self._asks = self._patterns.pop("asks")
        self._organ = self._patterns.pop("organ")
        self._lawful = self._patterns.pop("lawful")

    def detect(self, context: Context) -> Iterator[Finding]:
        """A number counts beside a telling demand, an unclaimed summons beside no court's data."""
        text = context.text
        found = list(super().detect(context))
        if not found:
            return
        telling = any(is_demanded(text, *each.span()) for each in self._asks.finditer(text))
        stands = {
            "number": telling,
            "case_number": telling and self._organ.search(text) is not None,
            "unclaimed": self._lawful.search(text) is None,
        }
        yield from (each for each in found if stands.get(each.detail, True))
