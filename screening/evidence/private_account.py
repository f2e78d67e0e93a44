"""Money wanted where it can't be the lender's: a person's account, an "agent's", a QR code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from data.labels import EvidenceCode
from data.wording import Wording
from screening.evidence.context import Context, Finding
from screening.evidence.detector import Detector
from screening.negation import is_demanded

# Pattern, the detail it reports, and how plainly the message must be about business: friends,
# too, send each other codes and money.
_PATTERNS: Final[tuple[tuple[str, str, int], ...]] = (
    ("account", "account", 0),
    ("purpose", "account", 0),
    ("collected", "account", 0),
    ("private", "account", 0),
    ("named", "account", 1),
    ("recipient", "account", 1),
    ("recipient_directed", "account", 1),
    ("recipient_numbered", "account", 1),
    ("recipient_toward", "account", 1),
    ("close", "account", 2),
    ("card", "card", 0),
    ("wallet", "wallet", 0),
    ("code", "code", 1),
    ("code_sent", "code", 1),
    ("code_shown", "code", 1),
    ("code_told", "code", 1),
    ("code_paid", "code", 1),
    ("sender", "sender", 2),
    ("sender_direct", "sender", 2),
    ("payee", "payee", 0),
    ("holder", "payee", 1),
    ("held", "payee", 1),
    ("company", "payee", 1),
    ("company_account", "payee", 1),
    ("company_paid", "payee", 1),
    ("company_numbered", "payee", 1),
)
_LENDING: Final = 2  # what a claimed lender or authority adds to the topics of business
_NAMING: Final = frozenset({"recipient_numbered", "named", "holder", "held", "payee", "card"})
_HELD_REACH: Final = 60
_REFUSAL_REACH: Final = 24


class PrivateAccount(Detector):
    """Money wanted where it can't be the lender's: a person's account, an "agent's", a QR code.

    Details: `account`, `code`, `sender`, `card`, `wallet`, `payee`.
    """

    code: ClassVar[EvidenceCode] = "private_account"
    details: ClassVar[frozenset[str]] = frozenset(
        {"account", "code", "sender", "card", "wallet", "payee"}
    )

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording)
        self._patterns = {name: wording.pattern(name) for name in wording.patterns}

    def detect(self, context: Context) -> Iterator[Finding]:
        """Demands to pay a person, an invented account, a code or a strange company."""
        business = self._business(context)
        with_firm = self._has("firm_word", context.text)
        for name, detail, needed in _PATTERNS:
            if business >= needed and (with_firm or not name.startswith("company")):
                for match in self._patterns[name].finditer(context.text):
                    if self._counts(context.text, name, match):
                        yield Finding(self.code, _start(match), match.end(), detail)

    def _business(self, context: Context) -> int:
        """How many topics of business the message has; private ones weigh against them."""
        topics = len(set(self._patterns["business"].findall(context.text)))
        private = len(set(self._patterns["private_life"].findall(context.text)))
        claim = context.claim
        return topics - 2 * private + _LENDING * bool(claim.institution or claim.role)

    def _counts(self, text: str, name: str, match: re.Match[str]) -> bool:
        words = match.group()
        start = _start(match)
        before = text[max(0, start - 2) : start]
        if self._has("refused_before", before) or not is_demanded(text, start, match.end()):
            return False
        if name.startswith("company"):
            return self._is_strange(text, match)
        if name in _NAMING and self._has("lender_name", words):
            return False
        if name in {"purpose", "named", "card"} and self._has("lawful", words):
            return False
        if name == "payee" and not self._is_paid(text, match):
            return False
        return not (
            self._has("own", words)
            or self._is_named_elsewhere(text, match)
            or self._patterns["held_by_lender"].match(text, match.end(), match.end() + _HELD_REACH)
            or self._patterns["refusal"].match(text, match.end(), match.end() + _REFUSAL_REACH)
        )

    def _is_paid(self, text: str, match: re.Match[str]) -> bool:
        """Whether the holder of an account is somebody to pay, not the debtor it belongs to."""
        before = text[max(0, match.start() - 40) : match.end()]
        after = text[match.end() : match.end() + 30]
        paid = self._has("paying", before) or self._has("numbered", after)
        return paid and not self._has("latin_firm", match.group())

    def _has(self, name: str, words: str) -> bool:
        return bool(self._patterns[name].search(words))

    def _is_named_elsewhere(self, text: str, match: re.Match[str]) -> bool:
        """Whether the payee's name occurs twice: so do the reader's, who pays from an account."""
        payee = match.groupdict().get("name")
        return payee is not None and text.count(payee) > 1

    def _is_strange(self, text: str, match: re.Match[str]) -> bool:
        """Whether a company is neither a lender nor named as the one that bought the debt."""
        if self._has("lender_name", match.group()):
            return False
        return text.count(match["tag"]) == 1 or not self._has("assigned", text)


def _start(match: re.Match[str]) -> int:
    """Where the demand begins: some patterns first look for the money that is spoken of."""
    return match.start("act") if "act" in match.re.groupindex else match.start()
