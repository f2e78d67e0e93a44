"""Identity papers, bank card pictures or a face recording asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from data.labels import EvidenceCode
from data.wording import Wording
from screening.evidence.context import Context, Finding
from screening.evidence.detector import PatternDetector

_PLACE_REACH: Final = 12  # characters before and after a hit in which its place is told
_CLAUSE_END: Final = re.compile(r"[,。!?;\n]")


class IdDocumentsRequest(PatternDetector):
    """Identity papers, bank card pictures or a face recording asked for.

    Showing a paper at a counter or in court, or uploading it in the lender's own app, is no such
    request. Details: `picture` (photographs and copies), `original` (papers or cards sent away),
    `number` (an identity number told along with a card), `face` (a recorded face).
    """

    code: ClassVar[EvidenceCode] = "id_documents_request"
    details: ClassVar[frozenset[str]] = frozenset({"picture", "original", "number", "face"})

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording)
        self._subject = self._patterns.pop("subject")
        self._own_place = self._patterns.pop("own_place")

    def detect(self, context: Context) -> Iterator[Finding]:
        """Requests put to the reader."""
        if self._subject.search(context.text):
            yield from super().detect(context)

    def counts(self, context: Context, match: re.Match[str]) -> bool:
        """Whether a hit is put to the reader and leads to a stranger."""
        if not super().counts(context, match):
            return False
        return context.has_strange_page or not self._is_own_place(context.text, match)

    def _is_own_place(self, text: str, match: re.Match[str]) -> bool:
        start, end = match.span()
        before = _CLAUSE_END.split(text[max(0, start - _PLACE_REACH) : start])[-1]
        after = _CLAUSE_END.split(text[end : end + _PLACE_REACH])[0]
        return bool(self._own_place.search(f"{before}{match[0]}{after}"))
