"""Arrest, detention or a criminal case held over a debtor."""

from __future__ import annotations

import re
from typing import ClassVar

from data.labels import EvidenceCode
from data.wording import Wording
from screening.evidence.context import Context
from screening.evidence.detector import PatternDetector
from screening.negation import is_reported

_REACH = 30  # characters before a hit in which the words of the law still govern it


class ArrestThreat(PatternDetector):
    """Threats with police or prison.

    Detail: `threat` (police or prison), `accusation` (a crime laid to the reader), `spared`
    (no arrest, for money).
    """

    code: ClassVar[EvidenceCode] = "arrest_threat"
    details: ClassVar[frozenset[str]] = frozenset({"threat", "accusation", "spared"})

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording)
        self._statute = self._patterns.pop("statute")

    def counts(self, context: Context, match: re.Match[str]) -> bool:
        """A hit counts where it is no quotation of the law, and its negation no promise."""
        text, start = context.text, match.start()
        if match.re is self._patterns["spared"]:
            return not is_reported(text, start)
        if text.startswith("不会", match.end()) or self._statute.search(
            text, max(0, start - _REACH), start
        ):
            return False
        return super().counts(context, match)
