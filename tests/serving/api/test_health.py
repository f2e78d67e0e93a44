from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest
from starlette.testclient import TestClient

from model.artifact import ArtifactError
from screening.message import Message
from screening.screener import Screener
from screening.verdict import OperatingPointName, Verdict
from serving.api.app import create_app
from serving.errors import SURFACE_ERRORS
from tests.serving.conftest import wait_until_ready


@pytest.fixture
def started(screener: Screener) -> Iterator[tuple[TestClient, Event]]:
    """A service that has not loaded its model before the event is set."""
    go_on = Event()

    def load() -> Screener:
        go_on.wait()
        return screener

    with TestClient(create_app(load)) as client:
        try:
            yield client, go_on
        finally:
            go_on.set()  # a client waits for the warm-up when it closes


def test_alive_at_once_and_ready_after_the_first_verdict(
    started: tuple[TestClient, Event],
) -> None:
    client, go_on = started
    assert client.get("/healthz").json() == {"status": "ok"}
    for _ in range(3):
        assert client.get("/readyz").status_code == 503
    go_on.set()
    wait_until_ready(client)
    assert client.get("/readyz").json() == {"status": "ready"}
    assert client.post("/v1/verdicts", json={"text": "还款"}).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/readyz"),
        ("POST", "/v1/verdicts"),
        ("GET", "/v1/institutions"),
        ("GET", "/v1/lookup?q=95511"),
    ],
)
def test_before_that_callers_are_told_to_come_again(
    started: tuple[TestClient, Event], method: str, path: str
) -> None:
    client, _ = started
    answer = client.request(method, path, json={"text": "还款"})
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "2"
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "not_ready"


def test_before_that_bad_messages_are_told_as_such(started: tuple[TestClient, Event]) -> None:
    client, _ = started
    assert client.post("/v1/verdicts", json={"text": ""}).status_code == 422


def test_before_that_the_page_says_so_and_keeps_the_text(
    started: tuple[TestClient, Event],
) -> None:
    client, _ = started
    assert client.get("/").status_code == 200
    answer = client.post("/", data={"text": "请尽快还款"})
    assert answer.status_code == 503
    assert SURFACE_ERRORS["not_ready"].zh in answer.text
    assert "请尽快还款" in answer.text


def test_a_loaded_model_is_not_ready_before_its_first_verdict(screener: Screener) -> None:
    asked, go_on = Event(), Event()

    class Slow(Screener):
        def screen(
            self, message: Message, operating_point: OperatingPointName = "paste"
        ) -> Verdict:
            asked.set()
            go_on.wait()
            return super().screen(message, operating_point)

    with TestClient(create_app(lambda: Slow(screener.classifier))) as client:
        try:
            assert asked.wait(60)
            assert client.get("/readyz").status_code == 503
        finally:
            go_on.set()
        wait_until_ready(client)


def test_a_service_without_model_is_alive_but_never_ready() -> None:
    tried = Event()

    def load() -> Screener:
        tried.set()
        raise ArtifactError("model.onnx is damaged")

    with TestClient(create_app(load)) as client:
        assert tried.wait(60)
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 503


def test_the_service_loads_once_each_time_it_starts(screener: Screener) -> None:
    loads: list[None] = []

    def load() -> Screener:
        loads.append(None)
        return screener

    app = create_app(load)
    for count in (1, 2):
        with TestClient(app) as client:
            wait_until_ready(client)
            assert client.post("/v1/verdicts", json={"text": "还款"}).status_code == 200
        assert len(loads) == count
