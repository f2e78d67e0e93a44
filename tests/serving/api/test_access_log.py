from __future__ import annotations

import logging

import pytest

from serving.api.access_log import without_query


def record(*args: object) -> logging.LogRecord:
    return logging.LogRecord("uvicorn.access", logging.INFO, "", 0, "%s " * len(args), args, None)


@pytest.mark.parametrize(
    ("path", "logged"),
    [("/v1/lookup?q=13800138000", "/v1/lookup"), ("/", "/"), ("/?lang=en", "/")],
)
def test_queries_are_not_logged(path: str, logged: str) -> None:
    entry = record("127.0.0.1:5", "GET", path, "1.1", 200)
    assert without_query(entry)
    assert entry.args == ("127.0.0.1:5", "GET", logged, "1.1", 200)


def test_other_records_stay_as_they_are() -> None:
    entry = record("started")
    assert without_query(entry)
    assert entry.args == ("started",)
