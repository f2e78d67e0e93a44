"""An invitation to a private chat: WeChat, QQ and others, however they are spelt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from data.labels import EvidenceCode
from data.wording import Wording
from screening.evidence.context import Context, Finding
from screening.evidence.detector import Detector
from screening.negation import is_demanded


class PrivateContact(Detector):
    """An invitation to a private chat: WeChat, QQ and others, however they are spelt.

    Detail: `account` with an id, else `invitation`.
    """

    code: ClassVar[EvidenceCode] = "private_contact"
    details: ClassVar[frozenset[str]] = frozenset({"account", "invitation"})

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording)
        self._chat = wording.pattern("chat")
        self._letter = wording.pattern("letter")
        self._friend = wording.pattern("friend")
        self._account = wording.pattern("account")
        self._official_use = wording.pattern("official_use")
        self._verified = wording.pattern("verified")
        self._business = wording.pattern("business")

    def detect(self, context: Context) -> Iterator[Finding]:
        """Invitations to add a private account; a lender's own channels and friends don't count."""
        for match in self._hits(context.text):
            if is_demanded(context.text, *match.span()):
                detail = "account" if self._account.search(match.group()) else "invitation"
                yield Finding(self.code, match.start(), match.end(), detail)

    def _hits(self, text: str) -> Iterator[re.Match[str]]:
        for pattern in (self._chat, self._letter):
            for match in pattern.finditer(text):
                around = text[max(0, match.start() - 4) : match.end() + 4]
                if not self._official_use.search(around):
                    yield match
        if self._business.search(text) and not self._verified.search(text):
            yield from self._friend.finditer(text)
