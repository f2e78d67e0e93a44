"""A discount on a debt for paying now."""

from __future__ import annotations

from typing import ClassVar

from data.labels import EvidenceCode
from screening.evidence.detector import PatternDetector


class SettlementDiscount(PatternDetector):
    """A discount on a debt for paying now; lenders give them too.

    Details: `waived` (罚息全免), `fold` (六折结清), `principal` (只还本金), `price` (还5000就结清),
    `cut` (立减800元), `offer` (减免名额).
    """

    code: ClassVar[EvidenceCode] = "settlement_discount"
    details: ClassVar[frozenset[str]] = frozenset(
        {"waived", "fold", "principal", "price", "cut", "offer"}
    )
