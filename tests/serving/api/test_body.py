from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.errors import InputError
from screening.message import Message
from serving.api.body import parse_form, parse_messages
from serving.api.limits import MAX_MESSAGES
from serving.api.problems import IndexedError


def test_one_and_many_are_told_apart() -> None:
    assert parse_messages('{"text": "a"}') == ([Message("a")], False)
    assert parse_messages('[{"text": "a"}]') == ([Message("a")], True)


def test_the_last_of_equal_keys_counts() -> None:
    assert parse_messages('{"text": "a", "text": "b"}') == ([Message("b")], False)


def test_surrogate_pairs_written_as_escapes_are_one_character() -> None:
    assert parse_messages('{"text": "\\ud83d\\ude00"}') == ([Message("😀")], False)


def test_the_most_messages() -> None:
    body = json.dumps([{"text": "a"}] * MAX_MESSAGES)
    assert len(parse_messages(body)[0]) == MAX_MESSAGES


def test_the_index_is_that_of_the_first_bad_message() -> None:
    with pytest.raises(IndexedError) as caught:
        parse_messages('[{"text": "a"}, {"text": ""}, 5]')
    assert (caught.value.index, caught.value.error.code) == (1, "empty_text")
    assert str(caught.value) == "empty_text"
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", {}),
        ("text=", {"text": ""}),
        ("text=a+b%20c&sender=1", {"text": "a b c", "sender": "1"}),
        ("text=a&text=b", {"text": "b"}),
        ("text=%E8%BF%98%0D%0A", {"text": "还\r\n"}),
        ("text=还", {"text": "还"}),
        ("text", {"text": ""}),
        ("a%3Db=c%26d", {"a=b": "c&d"}),
    ],
)
def test_forms(body: str, expected: dict[str, str]) -> None:
    assert parse_form(body) == expected


@pytest.mark.parametrize("body", ["text=%FF", "%FF=1", "&".join(["a=1"] * 21)])
def test_forms_that_cannot_be_read(body: str) -> None:
    with pytest.raises(InputError, match="not_utf8"):
        parse_form(body)


@given(st.text())
def test_any_text_is_a_form_or_a_known_error(body: str) -> None:
    try:
        fields = parse_form(body)
    except InputError:
        return
    assert all(isinstance(value, str) for value in fields.values())


@given(st.text(st.sampled_from('[]{}":,text01e.-\\u ')) | st.text())
def test_any_text_is_messages_or_a_known_error(body: str) -> None:
    try:
        messages, is_list = parse_messages(body)
    except (InputError, IndexedError):
        return
    assert is_list or len(messages) == 1
