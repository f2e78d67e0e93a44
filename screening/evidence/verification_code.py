"""A request to hand over a code, password, face scan or SIM card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from data.labels import EvidenceCode
from data.wording import Wording
from screening.evidence.context import Context, Finding
from screening.evidence.detector import Detector
from screening.negation import is_demanded

_PLACE_REACH: Final = 24  # characters before a form in which its place is told
_ANNOUNCED_REACH: Final = 120


class VerificationCode(Detector):
    """A request to hand over a code, password, face scan or SIM card.

    Entering a code oneself in the lender's app is no request. Details: `request` (told to
    somebody), `form` (typed beside card data), `page` (typed at an unknown link), `face_scan`,
    `sim_card`.
    """

    code: ClassVar[EvidenceCode] = "verification_code"
    details: ClassVar[frozenset[str]] = frozenset(
        {"request", "form", "page", "face_scan", "sim_card"}
    )

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording)
        self._patterns = {name: wording.pattern(name) for name in wording.patterns}

    def detect(self, context: Context) -> Iterator[Finding]:
        """Requests put to the reader."""
        if not self._has("subject", context.text):
            return
        yield from self._hits(context, "request", "request")
        yield from self._recited(context)
        yield from self._hits(context, "face_video", "face_scan")
        yield from self._hits(context, "sim_card", "sim_card")
        strange = context.has_strange_page
        for finding in self._hits(context, "form", "form"):
            if strange or not self._is_own_place(context.text, finding):
                yield finding
        if strange:
            yield from self._hits(context, "page", "page")
            yield from self._hits(context, "face_scan", "face_scan")

    def _hits(self, context: Context, name: str, detail: str) -> Iterator[Finding]:
        text = context.text
        for match in self._patterns[name].finditer(text):
            around = text[match.start() : match.end() + 3]
            unfit = self._has("others", around) or self._has("harmless_code", around)
            if not unfit and is_demanded(text, *match.span()):
                yield Finding(self.code, match.start(), match.end(), detail)

    def _recited(self, context: Context) -> Iterator[Finding]:
        """Find a bare "念给我" after a code was announced."""
        for finding in self._hits(context, "recited", "request"):
            before = context.text[max(0, finding.start - _ANNOUNCED_REACH) : finding.start]
            if self._has("announced", before) and not self._has("harmless_code", before):
                yield finding

    def _is_own_place(self, text: str, finding: Finding) -> bool:
        around = text[max(0, finding.start - _PLACE_REACH) : finding.end + 12]
        return self._has("own_place", around)

    def _has(self, name: str, text: str) -> bool:
        return bool(self._patterns[name].search(text))
