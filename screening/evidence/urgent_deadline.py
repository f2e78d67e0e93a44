"""A short time limit put to the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from data.labels import EvidenceCode
from data.wording import Wording
from screening.evidence.context import Context, Finding
from screening.evidence.detector import PatternDetector
from screening.negation import is_negated, is_reported

# Without it there is no hit; spares the dear search.
_MARKS: Final = {"before": "前", "within": "内", "or_else": "不"}
_REACH: Final = 10  # characters before a limit in which its subject stands


class UrgentDeadline(PatternDetector):
    """A short time limit put to the reader; lawful texts set them too.

    Details: `before` (今天17点前), `within` (2小时内), `only` (仅限今日), `ends` (今晚失效),
    `last` (最后期限), `or_else` (今天不还), `today` (请今日处理).
    """

    code: ClassVar[EvidenceCode] = "urgent_deadline"
    details: ClassVar[frozenset[str]] = frozenset(
        {"before", "within", "only", "ends", "last", "or_else", "today"}
    )

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording)
        self._within = self._patterns["within"]
        self._promise_before = self._patterns.pop("promise_before")
        self._promise_after = self._patterns.pop("promise_after")

    def detect(self, context: Context) -> Iterator[Finding]:
        """Hits of the patterns whose mark the text holds at all; most texts lack some."""
        text = context.text
        for detail, pattern in self._patterns.items():
            if _MARKS.get(detail, "") in text:
                for match in pattern.finditer(text):
                    if self.counts(context, match):
                        yield Finding(self.code, match.start(), match.end(), detail)

    def counts(self, context: Context, match: re.Match[str]) -> bool:
        """Whether the limit is the reader's. "Not" inside is the threat, not a denial of it."""
        text = context.text
        if match.re is self._within and self._is_promise(text, match):
            return False
        return not (is_negated(text, *match.span()) or is_reported(text, match.start()))

    def _is_promise(self, text: str, limit: re.Match[str]) -> bool:
        """Whether the limit is the sender's own: "refunded within three days"."""
        if limit["duty"]:
            return False
        before = text[max(0, limit.start() - _REACH) : limit.start()]
        after = self._promise_after.match(text, limit.end())
        return bool(after or self._promise_before.search(before))
