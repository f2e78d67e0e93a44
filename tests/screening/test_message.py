from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.errors import MESSAGE_ERRORS, InputError
from screening.message import CHANNELS, MAX_SENDER, MAX_TEXT, Message, parse_message

ANY_TEXT = st.text(st.characters(codec=None))  # lone surrogates included


def _code(values: dict[str, Any]) -> str:
    with pytest.raises(InputError) as caught:
        parse_message(values)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty_text"),
        (" \n\t\r", "empty_text"),
        ("\u3000\u00a0", "empty_text"),
        ("\u200b\u200d\ufeff\u2060", "empty_text"),
        ("还" * (MAX_TEXT + 1), "text_too_long"),
        ("😀" * (MAX_TEXT + 1), "text_too_long"),
        (" " * (MAX_TEXT + 1), "text_too_long"),
        ("请还\0款", "nul_character"),
        ("请还\ud83d款", "invalid_unicode"),
        ("\udcff", "invalid_unicode"),
    ],
    ids=lambda value: value[:12].encode("unicode_escape").decode(),
)
def test_texts_that_are_no_message(text: str, code: str) -> None:
    assert _code({"text": text}) == code
    with pytest.raises(InputError, match=code):
        Message(text)


@pytest.mark.parametrize("text", ["1", "?", "😀", "还" * MAX_TEXT, "😀" * MAX_TEXT, "\t还款\u200b"])
def test_texts_that_are_one_stay_as_they_are(text: str) -> None:
    assert parse_message({"text": text}).text == text


@pytest.mark.parametrize("text", [None, 5, True, 1.5, ["还款"], {"text": "还款"}, b"1"])
def test_text_must_be_text(text: object) -> None:
    assert _code({"text": text}) == "not_a_message"


def test_text_must_be_there() -> None:
    assert _code({}) == "not_a_message"
    assert _code({"Text": "还款"}) == "not_a_message"


@pytest.mark.parametrize("channel", CHANNELS)
def test_known_channels(channel: str) -> None:
    assert parse_message({"text": "还款", "channel": channel}).channel == channel


@pytest.mark.parametrize("channel", ["SMS", "email", "短信", "sms,wechat", "\ud800"])
def test_unknown_channels(channel: str) -> None:
    assert _code({"text": "还款", "channel": channel}) == "unknown_channel"
    with pytest.raises(InputError, match="unknown_channel"):
        Message("还款", channel)  # type: ignore[arg-type]


@pytest.mark.parametrize("blank", [None, "", "  ", "\n"])
def test_blank_options_count_as_absent(blank: str | None) -> None:
    message = parse_message(
        {"text": "还款", "channel": blank, "sender": blank, "received_at": blank, "other": 7}
    )
    assert message == Message("还款")
    assert (message.channel, message.sender, message.received_at) == ("unknown", None, None)


@pytest.mark.parametrize("key", ["channel", "sender", "received_at"])
@pytest.mark.parametrize("value", [0, 95511, False, [], {}])
def test_options_are_text_or_nothing(key: str, value: object) -> None:
    assert _code({"text": "还款", key: value}) == "not_a_message"


@pytest.mark.parametrize(
    "sender",
    [
        "95511",
        "+86 138-0000-0000",
        "平安\u3000银行",
        "\U0001f469\u200d\U0001f4bb小李",
        "\U0001fae8",
        "王" * MAX_SENDER,
    ],
)
def test_senders_are_numbers_or_nicknames(sender: str) -> None:
    assert parse_message({"text": "还款", "sender": f" {sender} "}).sender == sender


@pytest.mark.parametrize(
    "sender", ["王" * (MAX_SENDER + 1), "a\nb", "a\u2028b", "a\0b", "a\x1b[2J", "a\ud800", "\udcff"]
)
def test_senders_that_cannot_be(sender: str) -> None:
    assert _code({"text": "还款", "sender": sender}) == "invalid_sender"


def test_received_at() -> None:
    at = parse_message({"text": "还款", "received_at": " 2026-03-01T22:30:00 "}).received_at
    assert at == datetime(2026, 3, 1, 22, 30)


@pytest.mark.parametrize("value", ["昨天", "2026-13-01", "22:30", "1e9", "\ud800", "2026-02-30"])
def test_received_at_that_is_no_time(value: str) -> None:
    assert _code({"text": "还款", "received_at": value}) == "invalid_received_at"


@given(
    st.dictionaries(
        st.sampled_from(["text", "channel", "sender", "received_at", "x"]),
        st.one_of(ANY_TEXT, st.none(), st.integers(), st.lists(ANY_TEXT, max_size=2)),
    )
)
def test_any_fields_give_a_message_or_a_known_error(values: dict[str, Any]) -> None:
    try:
        message = parse_message(values)
    except InputError as caught:
        error = caught
    else:
        assert message.text == values["text"]
        assert message.text.strip()
        return
    assert str(error) == f"{error.code}: {MESSAGE_ERRORS[error.code].en}"  # nothing quoted
    assert error.__suppress_context__ or error.__context__ is None


@pytest.mark.parametrize("code", MESSAGE_ERRORS)
def test_errors_say_what_to_do_in_both_languages(code: str) -> None:
    words = MESSAGE_ERRORS[code]
    assert any("\u4e00" <= character <= "\u9fff" for character in words.zh)
    assert words.en.isascii()
