"""The text of a message gets into no log, no error and no reason."""

from __future__ import annotations

import http.client
import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from typer.testing import CliRunner

from screening.errors import InputError
from screening.message import parse_message
from screening.screener import Screener
from serving.api.app import create_app
from serving.batch.run import Options, screen_file
from serving.cli import app
from tests.serving.api.test_problems import Crashing
from tests.serving.conftest import wait_until_ready
from tests.serving.samples import CANARY

FRAUD = f"【平安银行】{CANARY}请将欠款转入专员账户{CANARY}"
BODIES: list[Any] = [
    {"text": FRAUD, "sender": CANARY},
    [{"text": FRAUD}, {"text": CANARY + "a" * 20_000}],
    {"text": CANARY + "\0"},
    {"text": CANARY + "\ud800"},
    {"text": "还款", "channel": CANARY},
    {"text": "还款", "sender": CANARY * 20},
    {"text": "还款", "received_at": CANARY},
    {"text": [CANARY]},
    CANARY,
    [CANARY],
]
RAW = [
    f'{{"text": "{CANARY}'.encode(),
    f'{{"text": "{CANARY}"}}'.encode() + b"\xff",
    f"text={CANARY}".encode(),
    CANARY.encode() * 2**19,
]


@pytest.fixture
def logs(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    return caplog


def silent(logs: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> bool:
    out, err = capfd.readouterr()
    return CANARY not in logs.text + out + err


def test_the_canary_would_be_seen(
    logs: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("any").debug("text: %s", CANARY)
    assert CANARY in logs.text
    logs.clear()
    assert silent(logs, capfd)


# The interface


def bodies() -> list[bytes]:
    return [json.dumps(body).encode() for body in BODIES] + RAW


@pytest.mark.parametrize("path", ["/v1/verdicts", "/v1/verdicts?lang=en", "/"])
def test_requests(
    client: TestClient,
    path: str,
    logs: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for body in bodies():
        answer = client.post(path, content=body)
        if path != "/":  # the page shows the entered text again
            assert CANARY not in answer.text
    assert silent(logs, capfd)


@contextmanager
def serving(screener: Screener) -> Iterator[int]:
    """A real server, with its usual logs, on a port of this machine."""
    config = uvicorn.Config(
        create_app(lambda: screener), port=0, log_config=None, log_level="debug", ws="none"
    )
    server = uvicorn.Server(config)
    with config.bind_socket() as listening:
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            wait_for(lambda: server.started)
            yield int(listening.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join()


def wait_for(condition: Callable[[], bool]) -> None:
    """Come back once it holds, within a minute."""
    for _ in range(6000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("waited in vain")


def ask(port: int, method: str, path: str, body: bytes | None = None) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    try:
        connection.request(method, path, body)
        return connection.getresponse().status
    finally:
        connection.close()


def test_a_real_server_with_crashes(
    screener: Screener, logs: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with serving(Crashing(screener.classifier)) as port:
        wait_for(lambda: ask(port, "GET", "/readyz") == 200)
        for body, status in [
            (bodies()[0], 500),
            (bodies()[2], 422),
            (RAW[0], 400),
            (b'{"text": "a"}', 200),
        ]:
            assert ask(port, "POST", "/v1/verdicts", body) == status
    assert "RuntimeError at" in logs.text
    assert "POST /v1/verdicts" in logs.text  # the server did log
    assert silent(logs, capfd)


# Batches


def test_batches(
    screener: Screener,
    tmp_path: Path,
    logs: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [body for body in bodies() if b"\n" not in body]
    source.write_bytes(b"\n".join(lines))
    summary = screen_file(source, target, screener, Options())
    assert summary.rejected == len(lines) - 1
    assert CANARY not in repr(summary)
    assert silent(logs, capfd)
    for line in summary.rejected_path.read_text("utf-8").splitlines():
        entry = json.loads(line)
        entry.pop("raw", entry.pop("raw_base64", None))
        assert entry.keys() == {"line", "code", "reason", "reason_en"}
        assert CANARY not in json.dumps(entry, ensure_ascii=False)


def test_results_hold_the_text_in_its_own_column_only(screener: Screener, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"text": FRAUD, "sender": CANARY}) + "\n", "utf-8")
    screen_file(source, target, screener, Options(explain=True))
    row = json.loads(target.read_text("utf-8"))
    assert (row.pop("text"), row.pop("sender")) == (FRAUD, CANARY)
    assert row["evidence"]
    assert CANARY not in json.dumps(row, ensure_ascii=False)


# The command line


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    "arguments",
    [
        [FRAUD],
        ["--json", FRAUD, "--sender", CANARY],
        [CANARY + "\udcff"],
        [CANARY + "a" * 20_001],
        ["还款", "--channel", CANARY],
        ["还款", "--sender", CANARY * 20],
    ],
    ids=range(6),
)
def test_commands(arguments: list[str], logs: pytest.LogCaptureFixture) -> None:
    done = CliRunner().invoke(app, ["check", *arguments])
    assert done.exit_code in (3, 20)
    assert CANARY not in done.stderr
    assert CANARY not in logs.text
    assert CANARY not in str(done.exception)


@pytest.mark.usefixtures("loaded")
def test_a_batch_on_the_command_line(tmp_path: Path, logs: pytest.LogCaptureFixture) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b"\n".join(bodies()))
    done = CliRunner().invoke(app, ["screen", str(source), "-o", str(target)])
    assert done.exit_code == 6
    assert CANARY not in done.output
    assert CANARY not in logs.text


def test_verdicts_do_not_quote_the_message(screener: Screener) -> None:
    verdict = screener.screen(parse_message({"text": FRAUD, "sender": CANARY}))
    assert verdict.evidence
    assert CANARY not in verdict.model_dump_json()
    assert CANARY not in repr(verdict)


@given(
    st.sampled_from(["text", "channel", "sender", "received_at"]),
    st.text(st.characters(codec=None), max_size=5),
    st.integers(0, 5000),
)
def test_errors_do_not_quote_the_message(field: str, more: str, repeats: int) -> None:
    values = {"text": "还款"} | {field: CANARY * repeats + more}
    try:
        parse_message(values)
    except InputError as error:
        caught: BaseException | None = error
    else:
        return
    while caught is not None:  # all that a traceback would print
        assert CANARY not in str(caught)
        caught = None if caught.__suppress_context__ else caught.__cause__ or caught.__context__


def test_waiting_callers_are_not_logged(
    screener: Screener, logs: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    service = create_app(lambda: screener)
    with TestClient(service) as client:
        wait_until_ready(client)
        service.state.service._screener = None
        assert client.post("/v1/verdicts", json={"text": CANARY}).status_code == 503
    assert silent(logs, capfd)
