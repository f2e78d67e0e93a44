"""The evidence codes that the whole project shares, `abuse` among them."""

from __future__ import annotations

from typing import Final

EVIDENCE_CODES: Final = frozenset(
    {
        "private_account",
        "private_contact",
        "unofficial_number",
        "unofficial_link",
        "verification_code",
        "upfront_fee",
        "screen_share",
        "arrest_threat",
        "fake_legal_document",
        "urgent_deadline",
        "settlement_discount",
        "third_party_pressure",
        "credit_repair",
        "account_cancellation",
        "id_documents_request",
        "app_download",
        "obfuscation",
        "official_number",
        "official_link",
        "unlawful_hours",
        "abuse",
    }
)
