from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from screening.screener import Screener
from serving.api.app import create_app
from serving.api.limits import MAX_BODY
from tests.serving.api.test_problems import Crashing
from tests.serving.conftest import wait_until_ready
from tests.serving.samples import CANARY

REQUESTS: list[tuple[str, str, bytes, int]] = [
    ("GET", "/", b"", 200),
    ("POST", "/", b"text=a", 200),
    ("POST", "/", b"text=", 422),
    ("GET", "/static/style.css", b"", 200),
    ("GET", "/static/none", b"", 404),
    ("GET", "/healthz", b"", 200),
    ("GET", "/readyz", b"", 200),
    ("GET", "/openapi.json", b"", 200),
    ("GET", "/v1/institutions", b"", 200),
    ("POST", "/v1/verdicts", b'{"text": "a"}', 200),
    ("POST", "/v1/verdicts", b"{", 400),
    ("POST", "/v1/verdicts", b"[]", 422),
    ("POST", "/v1/verdicts?operating_point=x", b"[]", 422),
    ("POST", "/v1/verdicts", b" " * (MAX_BODY + 1), 413),
    ("GET", "/v1/verdicts", b"", 405),
    ("OPTIONS", "/v1/verdicts", b"", 405),
    ("GET", "/none", b"", 404),
    ("POST", "/v1/verdicts/", b"", 307),
]


def check(client: TestClient, method: str, path: str, content: bytes, status: int) -> None:
    headers = {"origin": "https://a.top", "access-control-request-method": "POST"}
    answer = client.request(method, path, content=content, headers=headers, follow_redirects=False)
    assert answer.status_code == status
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert "set-cookie" not in answer.headers
    kept = path.startswith("/static/")
    assert answer.headers.get("cache-control") == (None if kept else "no-store")


@pytest.mark.parametrize(("method", "path", "content", "status"), REQUESTS)
def test_every_answer_has_them(
    client: TestClient, method: str, path: str, content: bytes, status: int
) -> None:
    check(client, method, path, content, status)


def test_crashes_and_answers_before_the_warm_up_have_them(screener: Screener) -> None:
    app = create_app(lambda: Crashing(screener.classifier))
    with TestClient(app, raise_server_exceptions=False) as client:
        wait_until_ready(client)
        body = f'{{"text": "{CANARY}"}}'.encode()
        check(client, "POST", "/v1/verdicts", body, 500)
        app.state.service._screener = None
        check(client, "GET", "/readyz", b"", 503)
        check(client, "POST", "/v1/verdicts", b'{"text": "a"}', 503)
