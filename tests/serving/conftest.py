"""Fixtures of the surfaces."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from screening.screener import Screener
from serving.api.app import create_app


def wait_until_ready(client: TestClient) -> None:
    """Ask /readyz until it says yes, for a minute at most."""
    for _ in range(6000):
        if client.get("/readyz").status_code == 200:
            return
        time.sleep(0.01)
    raise AssertionError("never ready")


@pytest.fixture(scope="session")
def client(screener: Screener) -> Iterator[TestClient]:
    """A client of a running, ready service; a crash of the service would be raised here."""
    with TestClient(create_app(lambda: screener)) as running:
        wait_until_ready(running)
        yield running


@pytest.fixture
def loaded(screener: Screener, monkeypatch: pytest.MonkeyPatch) -> Screener:
    """Commands use the session's screener instead of loading their own."""
    monkeypatch.setattr(Screener, "load", lambda: screener)
    return screener
