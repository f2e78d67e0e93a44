"""Relatives, employer, neighbours or contacts drawn in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from data.labels import EvidenceCode
from data.wording import Wording
from screening.evidence.conduct import concerns_debt, is_done
from screening.evidence.context import Context, Finding
from screening.evidence.detector import Detector

# The patterns and the details they report.
_ALWAYS: Final = {
    "exposure": "exposure",
    "approach": "approach",
    "consequence": "consequence",
}
_TO_OTHERS: Final = {"disclosure": "disclosure", "proxy": "proxy"}
_ABOUT_THEM: Final = {"about_them": "disclosure"}
_RELAY_REACH: Final = 8


class ThirdPartyPressure(Detector):
    """Others drawn into a debt that isn't theirs.

    Details: `exposure` (the debt or the debtor's picture shown around), `approach` (relatives,
    employer or neighbours called, visited or watched), `disclosure` (what somebody owes told to
    others), `proxy` (others asked to pay), `consequence` (children or parents made to suffer).
    Asking to pass on a call without telling of a debt, and telling a guarantor, co-borrower or
    heir, is lawful and no finding.
    """

    code: ClassVar[EvidenceCode] = "third_party_pressure"
    details: ClassVar[frozenset[str]] = frozenset(
        {"exposure", "approach", "disclosure", "proxy", "consequence"}
    )

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording)
        self._patterns = {
            name: wording.pattern(name) for name in (*_ALWAYS, *_TO_OTHERS, *_ABOUT_THEM)
        }
        self._people = wording.pattern("people")
        self._bystander = wording.pattern("bystander")
        self._liable = wording.pattern("liable")
        self._loan = wording.pattern("loan")
        self._relay = wording.pattern("relay")

    def detect(self, context: Context) -> Iterator[Finding]:
        """Others drawn in, in a message that concerns a debt."""
        text = context.text
        if not self._people.search(text) or not concerns_debt(context):
            return
        for name, detail in self._details(context).items():
            for match in self._patterns[name].finditer(text):
                if self._is_relay(name, text, match.start()) or not is_done(text, *match.span()):
                    continue
                yield Finding(self.code, match.start(), match.end(), detail)

    def _details(self, context: Context) -> dict[str, str]:
        """The patterns that make sense in this message."""
        text = context.text
        borrowed = context.claim.institution is not None or self._loan.search(text)
        if self._liable.search(text) or not borrowed:
            return _ALWAYS
        if self._bystander.search(text):
            return {**_ALWAYS, **_TO_OTHERS, **_ABOUT_THEM}
        return {**_ALWAYS, **_TO_OTHERS}

    def _is_relay(self, name: str, text: str, start: int) -> bool:
        """Whether the reader is only asked to pass something on."""
        before = text[max(0, start - _RELAY_REACH) : start]
        return name == "approach" and bool(self._relay.search(before))
