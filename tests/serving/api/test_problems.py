from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from screening.errors import MESSAGE_ERRORS
from screening.message import Message
from screening.screener import Screener
from screening.verdict import OperatingPointName, Verdict
from serving.api.app import create_app
from serving.api.problems import _TITLES, status_of
from serving.errors import SURFACE_ERRORS, surface_error
from tests.serving.conftest import wait_until_ready
from tests.serving.samples import CANARY

EMPTY = {"text": " "}


class Crashing(Screener):
    """Crashes on a message with the canary, with words that quote it."""

    def screen(self, message: Message, operating_point: OperatingPointName = "paste") -> Verdict:
        if CANARY in message.text:
            raise RuntimeError(f"cannot read {message.text}")
        return super().screen(message, operating_point)


@pytest.fixture
def crashing(screener: Screener) -> Iterator[TestClient]:
    app = create_app(lambda: Crashing(screener.classifier))
    with TestClient(app) as client:  # raises what would reach the server, and its log
        wait_until_ready(client)
        yield client


def test_members_of_a_problem(client: TestClient) -> None:
    answer = client.post("/v1/verdicts", json=[{"text": "还款"}, EMPTY])
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "about:blank",
        "title": "无法检查或查询",
        "status": 422,
        "detail": MESSAGE_ERRORS["empty_text"].zh,
        "code": "empty_text",
        "index": 1,
    }


@pytest.mark.parametrize(
    ("query", "header", "lang"),
    [
        ("", None, "zh"),
        ("", "zh-CN", "zh"),
        ("", "en-US,en;q=0.9,zh;q=0.8", "en"),
        ("?lang=en", None, "en"),
        ("?lang=en", "zh-CN", "en"),
        ("?lang=zh", "en", "zh"),
        ("?lang=fr", "en", "en"),
        ("?lang=fr", "fr", "zh"),
        ("?lang=", "en", "en"),
    ],
)
def test_language(client: TestClient, query: str, header: str | None, lang: str) -> None:
    headers = {"accept-language": header} if header else {"accept-language": ""}
    answer = client.post(f"/v1/verdicts{query}", json=EMPTY, headers=headers)
    assert answer.headers["content-language"] == lang
    assert answer.json()["detail"] == MESSAGE_ERRORS["empty_text"].get(lang)
    assert bool(re.search("[\u4e00-\u9fff]", answer.json()["title"])) == (lang == "zh")


@pytest.mark.parametrize(
    ("method", "path", "status", "allowed"),
    [
        ("GET", "/v1/verdicts", 405, "POST"),
        ("PUT", "/v1/verdicts", 405, "POST"),
        ("OPTIONS", "/v1/verdicts", 405, "POST"),
        ("POST", "/healthz", 405, "GET"),
        ("DELETE", "/", 405, "GET"),
        ("GET", "/v1/none", 404, None),
        ("POST", "/docs", 404, None),
        ("GET", "/docs", 404, None),
        ("GET", "/redoc", 404, None),
        ("GET", "/static/none.css", 404, None),
        ("GET", "/static/../page.py", 404, None),
        ("GET", "/static/%2e%2e/page.py", 404, None),
        ("GET", "/static/" + "a" * 300, 404, None),
        ("POST", "/static/style.css", 405, None),
    ],
)
def test_wrong_addresses_and_methods(
    client: TestClient, method: str, path: str, status: int, allowed: str | None
) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"
    code = {404: "not_found", 405: "method_not_allowed"}[status]
    assert answer.json()["code"] == code
    assert answer.json()["detail"] == SURFACE_ERRORS[code].zh
    if allowed:
        assert allowed in answer.headers["allow"]


@pytest.mark.parametrize("code", SURFACE_ERRORS)
def test_every_status_has_a_title(code: str) -> None:
    assert status_of(surface_error(code)) in _TITLES


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_crash_is_a_problem_without_the_text(
    crashing: TestClient, lang: str, caplog: pytest.LogCaptureFixture
) -> None:
    body = [{"text": "还款"}, {"text": f"请还款{CANARY}"}]
    answer = crashing.post(f"/v1/verdicts?lang={lang}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"] == SURFACE_ERRORS["internal"].get(lang)
    assert CANARY not in answer.text
    assert CANARY not in caplog.text
    (record,) = [record for record in caplog.records if record.name == "serving.api.problems"]
    assert record.levelname == "ERROR"
    assert record.exc_info is None
    assert re.match(r"RuntimeError at .*test_problems\.py:\d+$", record.getMessage())


def test_a_crash_behind_the_page_is_a_problem_too(crashing: TestClient) -> None:
    answer = crashing.post("/", data={"text": CANARY})
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert CANARY not in answer.text


def test_after_a_crash_the_service_goes_on(crashing: TestClient) -> None:
    assert crashing.post("/v1/verdicts", json={"text": CANARY}).status_code == 500
    assert crashing.post("/v1/verdicts", json={"text": "还款"}).status_code == 200
    assert crashing.get("/readyz").status_code == 200
