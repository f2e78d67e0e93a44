from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from screening.errors import MESSAGE_ERRORS
from screening.message import MAX_TEXT, parse_message
from screening.screener import Screener
from screening.verdict import Verdict
from serving.api.limits import MAX_BODY
from serving.errors import SURFACE_ERRORS
from tests.serving.samples import CODE_WANTED, IMPOSTOR, REMINDER, VARIED

URL = "/v1/verdicts"
JSON = {"content-type": "application/json"}


def fails(client: TestClient, body: Any, status: int, code: str, index: int | None = None) -> None:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = client.post(URL, content=content, headers=JSON)
    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert problem.get("index") == index
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["detail"] == (MESSAGE_ERRORS | SURFACE_ERRORS)[code].zh


def test_the_message_of_the_readme(client: TestClient) -> None:
    body = '{"text":"您的贷款已逾期，请把验证码发给我核销","channel":"wechat"}'
    answer = client.post(URL, content=body, headers=JSON)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    verdict = Verdict.model_validate_json(answer.content)
    assert verdict.verdict == "fraud"
    (item,) = [item for item in verdict.evidence if item.code == "verification_code"]
    assert item.span is not None
    assert "验证码" in CODE_WANTED[item.span.start : item.span.end]


def test_one_is_answered_with_one_and_a_list_with_a_list(
    client: TestClient, screener: Screener
) -> None:
    one = {"text": IMPOSTOR}
    expected = json.loads(screener.screen(parse_message(one)).model_dump_json())
    assert client.post(URL, json=one).json() == expected
    assert client.post(URL, json=[one]).json() == [expected]


def test_the_order_of_a_list_is_kept(client: TestClient, screener: Screener) -> None:
    answers = client.post(URL, json=VARIED).json()
    again = client.post(URL, json=VARIED[::-1]).json()
    assert answers == again[::-1]
    expected = [screener.screen(parse_message(values)).model_dump_json() for values in VARIED]
    assert answers == [json.loads(each) for each in expected]


def test_the_operating_point_is_the_one_asked_for(client: TestClient) -> None:
    for point in ("paste", "log"):
        answer = client.post(f"{URL}?operating_point={point}", json={"text": REMINDER})
        assert answer.json()["model"]["operating_point"] == point


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_operating_point_that_does_not_exist(client: TestClient, lang: str) -> None:
    answer = client.post(f"{URL}?operating_point=金&lang={lang}", json={"text": REMINDER})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "unknown_operating_point"
    assert answer.json()["detail"] == SURFACE_ERRORS["unknown_operating_point"].get(lang)
    assert "金" not in answer.text


def test_other_fields_and_content_types_do_not_matter(client: TestClient) -> None:
    plain = client.post(URL, json={"text": REMINDER}).json()
    body = json.dumps({"id": 7, "text": REMINDER, "channel": None, "sender": ""})
    for kind in ("text/plain", "application/json; charset=utf-8"):
        assert client.post(URL, content=body, headers={"content-type": kind}).json() == plain


def test_a_thousand_messages_are_answered(client: TestClient) -> None:
    answer = client.post(URL, json=[{"text": f"{number}号"} for number in range(1000)])
    assert answer.status_code == 200
    assert len(answer.json()) == 1000


def test_the_longest_message_is_answered(client: TestClient) -> None:
    assert client.post(URL, json={"text": "😀" * MAX_TEXT}).status_code == 200


MESSAGE_PROBLEMS = [
    ({}, "not_a_message"),
    ({"text": None}, "not_a_message"),
    ({"text": 5}, "not_a_message"),
    ({"text": ""}, "empty_text"),
    ({"text": "\u200b\u3000"}, "empty_text"),
    ({"text": "a" * (MAX_TEXT + 1)}, "text_too_long"),
    ({"text": "还\ud800款"}, "invalid_unicode"),
    ({"text": "\udc00\ud800"}, "invalid_unicode"),
    ({"text": "还\0款"}, "nul_character"),
    ({"text": "还款", "channel": "fax"}, "unknown_channel"),
    ({"text": "还款", "channel": []}, "not_a_message"),
    ({"text": "还款", "sender": "a\nb"}, "invalid_sender"),
    ({"text": "还款", "sender": "\ud800"}, "invalid_sender"),
    ({"text": "还款", "sender": 95511}, "not_a_message"),
    ({"text": "还款", "received_at": "昨天"}, "invalid_received_at"),
]


@pytest.mark.parametrize(("message", "code"), MESSAGE_PROBLEMS, ids=range(len(MESSAGE_PROBLEMS)))
def test_what_is_no_message(client: TestClient, message: object, code: str) -> None:
    fails(client, message, 422, code)
    fails(client, [{"text": "还款"}, {"text": "还款"}, message, {"text": ""}], 422, code, index=2)


@pytest.mark.parametrize("item", [None, 5, "还款", [], [{"text": "还款"}]])
def test_items_that_are_no_object(client: TestClient, item: object) -> None:
    fails(client, [item], 422, "not_a_message", index=0)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "malformed_json"),
        (b"{", 400, "malformed_json"),
        (b'{"text": "a"} {}', 400, "malformed_json"),
        (b"text=a", 400, "malformed_json"),
        (b'"text"', 400, "malformed_json"),
        (b"5", 400, "malformed_json"),
        (b"null", 400, "malformed_json"),
        (b"9" * 5000, 400, "malformed_json"),
        (b"[" * 100_000, 400, "malformed_json"),
        (b'{"text":' * 50_000, 400, "malformed_json"),
        (b'{"text": "a\nb"}', 400, "malformed_json"),
        (b'\xef\xbb\xbf{"text": "a"}', 400, "malformed_json"),
        (b'{"text": "\xff"}', 400, "not_utf8"),
        ('{"text": "还款"}'.encode("gb18030"), 400, "not_utf8"),
        (b'{"text": "\xed\xa0\x80"}', 400, "not_utf8"),
        ([], 422, "no_messages"),
        ([{"text": "a"}] * 1001, 413, "too_many_messages"),
        ([5] * 1001, 413, "too_many_messages"),
        (b" " * (MAX_BODY + 1), 413, "body_too_large"),
        (b" " * MAX_BODY, 400, "malformed_json"),
    ],
    ids=range(20),
)
def test_bodies_that_do_not_work(client: TestClient, body: object, status: int, code: str) -> None:
    fails(client, body, status, code)


def test_a_large_body_in_pieces_of_unknown_number(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(5):
            yield b" " * 2**20

    answer = client.post(URL, content=pieces())
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


# Whatever comes

ANY_TEXT = st.text(st.characters(codec=None), max_size=30)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT
KEYS = st.sampled_from(["text", "channel", "sender", "received_at"]) | ANY_TEXT
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)
MESSAGES = st.fixed_dictionaries(
    {"text": ANY_TEXT},
    optional={
        "channel": st.sampled_from(["sms", "wechat", "", "x"]) | LEAVES,
        "sender": ANY_TEXT | LEAVES,
        "received_at": st.datetimes().map(str) | LEAVES,
    },
)


@settings(max_examples=120)
@given(VALUES | MESSAGES | st.lists(MESSAGES, max_size=3), st.booleans())
@example({"text": "还款", "sender": "\u2028"}, False)
def test_any_json_is_answered_or_refused_with_a_known_problem(
    client: TestClient, value: object, ascii_only: bool
) -> None:
    content = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    answer = client.post(URL, content=content, headers=JSON)
    if answer.status_code == 200:
        verdicts = answer.json() if isinstance(value, list) else [answer.json()]
        for verdict in verdicts:
            Verdict.model_validate(verdict)
    else:
        assert answer.status_code in (400, 413, 422)
        assert answer.json()["code"] in MESSAGE_ERRORS | SURFACE_ERRORS


@settings(max_examples=60)
@given(st.binary(max_size=60))
def test_any_bytes_are_refused_or_answered(client: TestClient, content: bytes) -> None:
    assert client.post(URL, content=content).status_code in (200, 400, 422)
