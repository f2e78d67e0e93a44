"""Shapes that only the HTTP API has."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from data.institution import Kind
from screening.message import CHANNELS, MAX_SENDER, MAX_TEXT
from screening.verdict import OfficialRoute
from serving.api.limits import MAX_MESSAGES


class MessageIn(BaseModel):
    """One message. Documents the request; `screening.message` is what checks it."""

    model_config = ConfigDict(json_schema_extra={"additionalProperties": True})

    text: str = Field(min_length=1, max_length=MAX_TEXT)
    channel: str = Field(default="unknown", json_schema_extra={"enum": list(CHANNELS)})
    sender: str | None = Field(default=None, max_length=MAX_SENDER)
    received_at: str | None = Field(default=None, description="ISO 8601")


class InstitutionOut(BaseModel):
    """A lender of the directory with its confirmed channels."""

    id: str
    name: str
    kind: Kind
    official: tuple[OfficialRoute, ...]


class Problem(BaseModel):
    """An error by RFC 9457. `code` is from a closed set; `index` says which message."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    index: int | None = None


class Health(BaseModel):
    """State of the service."""

    status: str


FRAUD_EXAMPLE: Final = {
    "text": "【平安银行】您尾号8821信用卡已逾期，今日17点前将欠款转入专员账户6222…"
    "并加微信pa_fawu88，否则移交公安立案",
    "channel": "sms",
}
GENUINE_EXAMPLE: Final = {
    "text": "【平安银行】您尾号8821信用卡本期最低还款116.00元，到期还款日07月15日，详询95511",
    "channel": "sms",
    "sender": "95511",
}


def verdict_request() -> dict[str, Any]:
    """OpenAPI request body of POST /v1/verdicts."""
    message = MessageIn.model_json_schema()
    batch = {"type": "array", "items": message, "minItems": 1, "maxItems": MAX_MESSAGES}
    examples = {
        "fraud": {"summary": "冒充银行 · impostor", "value": FRAUD_EXAMPLE},
        "genuine": {"summary": "账单提醒 · genuine reminder", "value": GENUINE_EXAMPLE},
        "list": {"summary": "多条 · several", "value": [FRAUD_EXAMPLE, GENUINE_EXAMPLE]},
    }
    schema = {"schema": {"oneOf": [message, batch]}, "examples": examples}
    return {"requestBody": {"required": True, "content": {"application/json": schema}}}
