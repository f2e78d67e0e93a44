from __future__ import annotations

import html

import pytest
from starlette.testclient import TestClient

from screening.errors import MESSAGE_ERRORS
from screening.message import MAX_TEXT
from serving.api.limits import MAX_BODY
from serving.errors import SURFACE_ERRORS
from tests.serving.samples import IMPOSTOR, REMINDER

FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("query", "header", "lang"),
    [
        ("", "zh-CN", "zh-CN"),
        ("", "en", "en"),
        ("?lang=en", "zh", "en"),
        ("?lang=zh", "en", "zh-CN"),
    ],
)
def test_the_form_in_the_language_asked_for(
    client: TestClient, query: str, header: str, lang: str
) -> None:
    answer = client.get(f"/{query}", headers={"accept-language": header})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{lang}"' in answer.text
    assert "<textarea" in answer.text
    assert "<mark" not in answer.text


@pytest.mark.parametrize(
    ("lang", "expected"), [("zh", "要求转到私人账户"), ("en", "private account")]
)
def test_a_verdict(client: TestClient, lang: str, expected: str) -> None:
    form = {"text": IMPOSTOR, "channel": "sms", "sender": "13912345678"}
    answer = client.post(f"/?lang={lang}", data=form)
    assert answer.status_code == 200
    page = html.unescape(answer.text)
    assert expected.lower() in page.lower()
    assert "<mark" in page
    assert 'href="tel:95511"' in page
    assert 'value="13912345678"' in page
    assert "tel:13912345678" not in page


def test_line_ends_of_browsers_are_those_of_everybody_else(client: TestClient) -> None:
    by_form = client.post("/", data={"text": f"您好\r\n{IMPOSTOR}", "channel": "sms"}).text
    assert by_form == client.post("/", data={"text": f"您好\n{IMPOSTOR}", "channel": "sms"}).text
    assert "\r" not in by_form


def test_channel_and_sender_may_be_left_out(client: TestClient) -> None:
    assert client.post("/", data={"text": REMINDER}).status_code == 200


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "empty_text"),
        ({"text": "\u3000\u200b"}, "empty_text"),
        ({"text": "还" * (MAX_TEXT + 1)}, "text_too_long"),
        ({"text": "还\0款"}, "nul_character"),
        ({"text": "还款", "channel": "fax"}, "unknown_channel"),
        ({"text": "还款", "sender": "1" * 101}, "invalid_sender"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_errors_are_told_in_the_page(
    client: TestClient, fields: dict[str, str], code: str, lang: str
) -> None:
    answer = client.post(f"/?lang={lang}", data=fields)
    assert answer.status_code == 422
    page = html.unescape(answer.text)
    assert MESSAGE_ERRORS[code].get(lang) in page
    assert fields.get("text", "").replace("\0", "\ufffd") in page


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"text=%FF", 400, "not_utf8"),
        (b"text=\xff", 400, "not_utf8"),
        (b"text=" + b"a" * MAX_BODY, 413, "body_too_large"),
        (b"&".join(b"a=1" for _ in range(21)), 400, "not_utf8"),
    ],
)
def test_forms_that_cannot_be_read(
    client: TestClient, content: bytes, status: int, code: str
) -> None:
    answer = client.post("/", content=content, headers=FORM)
    assert answer.status_code == status
    assert SURFACE_ERRORS[code].zh in html.unescape(answer.text)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_a_surrogate_in_a_form_is_not_utf8(client: TestClient) -> None:
    assert client.post("/", content=b"text=%ED%A0%80", headers=FORM).status_code == 400


def test_markup_in_a_message_is_text(client: TestClient) -> None:
    hostile = "<script>alert(1)</script>请把验证码发给我\"'><img src=x>"
    page = client.post("/", data={"text": hostile, "sender": hostile}).text
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_what_the_page_loads_is_served(client: TestClient) -> None:
    page = client.get("/").text
    for path, kind in (("/static/style.css", "text/css"), ("/static/icon.svg", "image/svg+xml")):
        assert path in page
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kind)
