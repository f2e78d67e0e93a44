"""The closed sets that messages are described by, everywhere the same."""

from __future__ import annotations

from typing import Literal

Category = Literal[
    "impersonation",
    "genuine_collection",
    "abusive_collection",
    "debt_service_ad",
    "loan_ad",
    "other_scam",
    "benign",
]
Channel = Literal["sms", "wechat", "wechat_friend_request", "conversation", "unknown"]
Level = Literal["fraud", "caution", "no_fraud_signs"]
EvidenceCode = Literal[
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
]
# The authority or firm that speaks, for itself or for a lender.
Role = Literal["court", "police", "law_firm", "mediation", "regulator"]
# What a contact point of a text is.
ContactKind = Literal[
    "mobile",
    "landline",
    "toll_free",
    "service",
    "sms_port",
    "foreign",
    "link",
    "card",
    "account",
    "wechat",
    "qq",
    "telegram",
    "douyin",
    "whatsapp",
    "line",
    "payee",
    "company",
    "qr",
    "app",
    "meeting",
    "case_number",
    "amount",
    "deadline",
]
