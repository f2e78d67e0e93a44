"""An app to install from the sender."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from data.labels import EvidenceCode
from data.wording import Wording
from screening.directory import Directory
from screening.evidence.context import Context, Finding
from screening.evidence.detector import Detector
from screening.negation import is_demanded

_AROUND: Final = 24  # characters in which a store or site named beside an app is its source


class AppDownload(Detector):
    """An app to install from the sender, not from the phone's own store.

    Detail: `meeting_app` for meetings, remote control and "safety" tools, `package` for a file or
    a warning of the phone brushed aside, `linked_app` for a link or code, else `named_app`.
    """

    code: ClassVar[EvidenceCode] = "app_download"
    details: ClassVar[frozenset[str]] = frozenset(
        {"meeting_app", "package", "linked_app", "named_app"}
    )

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording)
        self._always = {name: wording.pattern(name) for name in ("meeting_app", "package")}
        self._linked = wording.pattern("linked_app")
        self._named = wording.pattern("named_app")
        self._name = wording.pattern("quoted_name")
        self._official = wording.pattern("official")
        self._store = wording.pattern("store")

    def detect(self, context: Context) -> Iterator[Finding]:
        """Demands to install, without apps and sources that are the lender's or the public's."""
        text = context.text
        for detail, pattern in self._always.items():
            for match in pattern.finditer(text):
                yield from self._finding(context, match, detail)
        for match in self._linked.finditer(text):
            if not (self._is_official_app(context, match) or _is_official_link(context, match)):
                yield from self._finding(context, match, "linked_app")
        for match in self._named.finditer(text):
            if not (self._is_official_app(context, match) or self._is_from_store(text, match)):
                yield from self._finding(context, match, "named_app")

    def _finding(self, context: Context, match: re.Match[str], detail: str) -> Iterator[Finding]:
        if is_demanded(context.text, *match.span()):
            yield Finding(self.code, match.start(), match.end(), detail)

    def _is_official_app(self, context: Context, match: re.Match[str]) -> bool:
        """Whether the app in quotes is a lender's or a public one. "微粒贷结清" isn't."""
        quoted = self._name.search(match.group())
        if quoted is None:
            return False
        name = quoted["name"].removesuffix("app")
        return bool(self._official.search(name)) or _is_listed(name, context.directory)

    def _is_from_store(self, text: str, match: re.Match[str]) -> bool:
        start = max(0, match.start() - _AROUND)
        return bool(self._store.search(text, start, match.end() + _AROUND))


def _is_listed(name: str, directory: Directory) -> bool:
    """Whether this is the whole name of a lender or one of its products."""
    return any(match.start == 0 and match.end == len(name) for match in directory.find_names(name))


def _is_official_link(context: Context, match: re.Match[str]) -> bool:
    """Whether a link of the hit is one of the claimed lender's, or of an authority."""
    return any(
        point.kind == "link"
        and point.start < match.end()
        and match.start() < point.end
        and context.directory.status(point, context.claim.institution) != "unknown"
        for point in context.contacts
    )
