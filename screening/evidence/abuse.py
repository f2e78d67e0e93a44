"""Insults and threats to the person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from data.labels import EvidenceCode
from screening.evidence.conduct import concerns_debt, is_done
from screening.evidence.context import Context, Finding
from screening.evidence.detector import PatternDetector


class Abuse(PatternDetector):
    """What no collector may say, whether or not the debt is real.

    Details: `insult`, `curse` (death wished, obituaries), `violence` (threats to the body),
    `trouble` (coming to block, paint or squat), `humiliation` (doctored pictures, posters),
    `harassment` (calls without end). Banter among friends and talk about collectors are none.
    """

    code: ClassVar[EvidenceCode] = "abuse"
    details: ClassVar[frozenset[str]] = frozenset(
        {"insult", "curse", "violence", "trouble", "humiliation", "harassment"}
    )

    def detect(self, context: Context) -> Iterator[Finding]:
        """Abuse in a message that concerns a debt."""
        if concerns_debt(context):
            yield from super().detect(context)

    def counts(self, context: Context, match: re.Match[str]) -> bool:
        """Whether it is done to the reader; "别不要脸" is an insult, no denial of one."""
        start, end = match.span()
        if context.text[max(0, start - 1) : start] in {"别", "莫"}:
            start -= 1
        return is_done(context.text, start, end)
