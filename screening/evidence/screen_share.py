"""Screen sharing or remote control, under whatever name."""

from __future__ import annotations

import re
from typing import ClassVar

from data.labels import EvidenceCode
from data.wording import Wording
from screening.evidence.context import Context
from screening.evidence.detector import PatternDetector


class ScreenShare(PatternDetector):
    """The reader's screen to be shown, or the control of it to be handed over.

    Detail: `shared_screen`, `remote_control`, or `guided_meeting` for a meeting in which
    somebody steers the reader's phone.
    """

    code: ClassVar[EvidenceCode] = "screen_share"
    details: ClassVar[frozenset[str]] = frozenset(
        {"shared_screen", "remote_control", "guided_meeting"}
    )

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording)
        self._elsewhere = self._patterns.pop("elsewhere")
        self._hearing = self._patterns.pop("hearing")

    def counts(self, context: Context, match: re.Match[str]) -> bool:
        """Whether a hit counts; a meeting doesn't where a court or mediator holds a hearing."""
        before, after = max(0, match.start() - 20), match.end() + 20
        if self._elsewhere.search(context.text, before, after):
            return False
        if match.re is self._patterns["guided_meeting"] and self._hearing.search(
            context.text, max(0, match.start() - 60), after
        ):
            return False
        return super().counts(context, match)
