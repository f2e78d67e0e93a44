"""An account said to need closing or changing: student loan, rate, overlimit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from data.labels import EvidenceCode
from data.wording import Wording
from screening.evidence.context import Context, Finding
from screening.evidence.detector import PatternDetector
from screening.negation import is_demanded

_REACH = 40  # characters before a hit in which a customer's own wish still explains it


class AccountCancellation(PatternDetector):
    """A caller who wants an account closed or its rate changed.

    Detail: `student`, `opened_young` (an account of student days), `consequence` (harm unless
    closed), `ordered` (closing by decree), `must_close` (closing, beside a pretext or a next
    step), `clearing` (a limit to be emptied for it), `rate` (a rate said to be too high),
    `refund` (of the difference), `service` (a cover to switch off).
    """

    code: ClassVar[EvidenceCode] = "account_cancellation"
    details: ClassVar[frozenset[str]] = frozenset(
        {
            "student",
            "opened_young",
            "consequence",
            "ordered",
            "must_close",
            "clearing",
            "rate",
            "refund",
            "service",
        }
    )

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording)
        self._asked = self._patterns.pop("asked")
        self._staged = self._patterns.pop("staged")

    def detect(self, context: Context) -> Iterator[Finding]:
        """Hits, plain talk of closing only where the rest of the message gives it away."""
        found = list(super().detect(context))
        staged = bool(found) and self._staged.search(context.text) is not None
        yield from (each for each in found if staged or each.detail != "must_close")

    def counts(self, context: Context, match: re.Match[str]) -> bool:
        """A hit counts where the customer didn't ask for it and no dormant account is meant."""
        start, end = match.span()
        if self._asked.search(context.text, max(0, start - _REACH), end):
            return False
        # The long patterns may begin before a warning, and end in it.
        return super().counts(context, match) and is_demanded(context.text, end - 2, end)
