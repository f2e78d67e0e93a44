"""What comes in: one message, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, get_args
from unicodedata import category

from data.labels import Channel
from model.normalize import is_blank
from screening.errors import message_error

CHANNELS: Final[tuple[Channel, ...]] = get_args(Channel)

MAX_TEXT: Final = 20_000
MAX_SENDER: Final = 100

_NOT_IN_SENDER: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})  # controls, surrogates, line ends


@dataclass(frozen=True, slots=True)
class Message:
    """One message as a person received it.

    Attributes:
        text: 1 to 20,000 code points, not blank, without NUL and lone surrogates.
        channel: how it arrived.
        sender: number, short code or display name, up to 100 characters.
        received_at: when it arrived, local time.

    Raises:
        InputError: `empty_text`, `text_too_long`, `invalid_unicode`, `nul_character`,
            `unknown_channel` or `invalid_sender`.

    """

    text: str
    channel: Channel = "unknown"
    sender: str | None = None
    received_at: datetime | None = None

    def __post_init__(self) -> None:
        if len(self.text) > MAX_TEXT:
            raise message_error("text_too_long")
        if "\0" in self.text:
            raise message_error("nul_character")
        if not _is_encodable(self.text):
            raise message_error("invalid_unicode")
        if is_blank(self.text):
            raise message_error("empty_text")
        if self.channel not in CHANNELS:
            raise message_error("unknown_channel")
        if self.sender is not None and not _is_sender(self.sender):
            raise message_error("invalid_sender")


def _is_encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_sender(sender: str) -> bool:
    # Not `isprintable`: nicknames hold joined emoji and wide blanks.
    return len(sender) <= MAX_SENDER and not any(category(c) in _NOT_IN_SENDER for c in sender)


def parse_message(values: Mapping[str, object]) -> Message:
    """Build a message from loosely typed fields, as a JSON object or a CSV row gives them.

    Blank `channel`, `sender` and `received_at` count as absent; other keys are ignored.

    Raises:
        InputError: see `Message`; also `not_a_message` and `invalid_received_at`.

    """
    text = values.get("text")
    if not isinstance(text, str):
        raise message_error("not_a_message")
    channel = _optional(values, "channel") or "unknown"
    if channel not in CHANNELS:
        raise message_error("unknown_channel")
    return Message(
        text=text,
        channel=channel,
        sender=_optional(values, "sender"),
        received_at=_time(_optional(values, "received_at")),
    )


def _optional(values: Mapping[str, object], key: str) -> str | None:
    value = values.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise message_error("not_a_message")
    return value.strip() or None


def _time(value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise message_error("invalid_received_at") from None
