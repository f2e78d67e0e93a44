"""Detectors: one small class a module, its words in `data/wordings/`.

To add one: a module with the class, a line in `_CLASSES`, its words in `data/wordings/CODE.toml`,
an entry in `data/tactics/tactics.toml` for its code, its weight in `screening/policy.toml`, a
table test in `tests/screening/evidence/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from data.wording import Wording, shipped_wordings
from screening.evidence.abuse import Abuse
from screening.evidence.account_cancellation import AccountCancellation
from screening.evidence.app_download import AppDownload
from screening.evidence.arrest_threat import ArrestThreat
from screening.evidence.context import Context, Finding
from screening.evidence.credit_repair import CreditRepair
from screening.evidence.detector import Detector
from screening.evidence.fake_legal_document import FakeLegalDocument
from screening.evidence.id_documents_request import IdDocumentsRequest
from screening.evidence.obfuscation import Obfuscation
from screening.evidence.official_link import OfficialLink
from screening.evidence.official_number import OfficialNumber
from screening.evidence.private_account import PrivateAccount
from screening.evidence.private_contact import PrivateContact
from screening.evidence.screen_share import ScreenShare
from screening.evidence.settlement_discount import SettlementDiscount
from screening.evidence.third_party_pressure import ThirdPartyPressure
from screening.evidence.unlawful_hours import UnlawfulHours
from screening.evidence.unofficial_link import UnofficialLink
from screening.evidence.unofficial_number import UnofficialNumber
from screening.evidence.upfront_fee import UpfrontFee
from screening.evidence.urgent_deadline import UrgentDeadline
from screening.evidence.verification_code import VerificationCode

# In the order in which findings are told: what is asked for, whom it leads to, how it presses.
_CLASSES: Final[tuple[type[Detector], ...]] = (
    PrivateAccount,
    VerificationCode,
    UpfrontFee,
    ScreenShare,
    IdDocumentsRequest,
    AppDownload,
    PrivateContact,
    UnofficialNumber,
    UnofficialLink,
    AccountCancellation,
    CreditRepair,
    SettlementDiscount,
    UrgentDeadline,
    ArrestThreat,
    FakeLegalDocument,
    ThirdPartyPressure,
    Abuse,
    UnlawfulHours,
    Obfuscation,
    OfficialNumber,
    OfficialLink,
)


# What findings of each code may say they are.
DETAILS: Final[Mapping[str, frozenset[str]]] = {
    each.code: each.details | {"phrase"} for each in _CLASSES
}


def build_detectors(wordings: Mapping[str, Wording]) -> tuple[Detector, ...]:
    """All detectors with these words (by code); those that judge numbers need none."""
    return tuple(each(wordings.get(each.code, Wording())) for each in _CLASSES)


@lru_cache(maxsize=1)
def shipped_detectors() -> tuple[Detector, ...]:
    """The detectors with the words that come with the package."""
    return build_detectors(shipped_wordings())


def detect_all(context: Context, detectors: Iterable[Detector]) -> tuple[Finding, ...]:
    """Findings of all detectors, in their order, then by position."""
    return tuple(finding for detector in detectors for finding in detector.run(context))
