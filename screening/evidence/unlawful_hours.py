"""A collection message that arrived at night."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time
from typing import ClassVar, Final

from data.labels import EvidenceCode
from data.wording import Wording
from screening.evidence.conduct import concerns_debt
from screening.evidence.context import Context, Finding
from screening.evidence.detector import Detector

_NIGHT_BEGINS: Final = time(22)
_NIGHT_ENDS: Final = time(8)
_UNKNOWN: Final = time(0)
_OWN_LINES: Final = re.compile(r"^我:.*$", re.MULTILINE)


class UnlawfulHours(Detector):
    """A collection message received from 22:00 to before 08:00, by its own wall clock.

    On the mainland, whose standard says so. Detail: `night`, a fact of the time of arrival
    (start and end -1). Midnight to the microsecond is a date without a time, so it counts as
    unknown. Notices, codes, offers and talk in the family may come at any hour; so may a court's
    summons that presses for no payment.
    """

    code: ClassVar[EvidenceCode] = "unlawful_hours"
    details: ClassVar[frozenset[str]] = frozenset({"night"})

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording)
        self._overdue = wording.pattern("overdue")
        self._dun = wording.pattern("dun")
        self._reminder = wording.pattern("reminder")
        self._due = wording.pattern("due")
        self._loan = wording.pattern("loan")
        self._sum = wording.pattern("sum")
        self._notice = wording.pattern("notice")
        self._soft_notice = wording.pattern("soft_notice")
        self._talk = wording.pattern("talk")
        self._chat = wording.pattern("chat")

    def detect(self, context: Context) -> Iterator[Finding]:
        """One finding where a collection message arrived at night."""
        night = "CN" in context.regions and _is_night(context.message.received_at)
        if night and self._is_collection(context):
            yield Finding(self.code, -1, -1, "night")

    def _by_phrase(self, context: Context) -> Iterator[Finding]:
        """None: words alone tell no hour. They count as words of collection instead."""
        yield from ()

    def _is_collection(self, context: Context) -> bool:
        if self._phrases is not None and self._phrases.search(context.text):
            return True
        if not concerns_debt(context):
            return False
        text = _OWN_LINES.sub("", context.text)
        if self._talk.search(text) or self._is_notice(text):
            return False
        if context.claim.institution is not None:
            presses = (self._overdue, self._dun, self._reminder)
            return any(pattern.search(text) for pattern in presses)
        return self._is_unsigned_collection(text)

    def _is_notice(self, text: str) -> bool:
        if self._notice.search(text):
            return True
        return bool(self._soft_notice.search(text)) and not self._overdue.search(text)

    def _is_unsigned_collection(self, text: str) -> bool:
        """Whether somebody without a lender's name, a court or a law firm too, collects a loan."""
        if self._chat.search(text) or not self._sum.search(text):
            return False
        presses = self._due.search(text) or self._dun.search(text)
        return bool(presses and self._loan.search(text))


def _is_night(received_at: datetime | None) -> bool:
    if received_at is None:
        return False
    clock = received_at.time()
    return clock != _UNKNOWN and (clock >= _NIGHT_BEGINS or clock < _NIGHT_ENDS)
