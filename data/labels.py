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
