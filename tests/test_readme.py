"""The commands of the README work as written."""

from __future__ import annotations

import json
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CUICHA = Path(sys.executable).with_name("cuicha")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def shell_lines() -> list[list[str]]:
    lines = "\n".join(blocks("sh")).splitlines()
    return [shlex.split(line, comments=True) for line in lines if line.strip()]


COMMANDS = shell_lines()


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    assert command[0] == ".venv/bin/cuicha"
    return subprocess.run(
        [CUICHA, *command[1:]], cwd=folder, capture_output=True, text=True, encoding="utf-8"
    )


def test_every_command_is_tested_here() -> None:
    tools = {command[0] for command in COMMANDS}
    assert tools == {"make", ".venv/bin/cuicha", "curl"}


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in COMMANDS:
        if command[0] == "make":
            assert re.search(rf"^{command[1]}:", makefile, flags=re.MULTILINE)


def test_first_check_is_fraud_and_names_the_official_hotline(tmp_path: Path) -> None:
    (command, *_) = [command for command in COMMANDS if command[1:2] == ["check"]]
    done = run(command, tmp_path)
    assert done.returncode == 20
    assert "很可能是诈骗或冒充" in done.stdout
    assert "95511" in done.stdout
    for words in ("转入专员账户6222…", "加微信pa_fawu88", "移交公安立案"):
        assert words in done.stdout


def test_second_check_has_no_fraud_signs_and_says_it_proves_nothing(tmp_path: Path) -> None:
    (_, command) = [command for command in COMMANDS if command[1:2] == ["check"]]
    done = run(command, tmp_path)
    assert done.returncode == 0
    verdict = json.loads(done.stdout)
    assert verdict["verdict"] == "no_fraud_signs"
    assert "不能证明" in verdict["guidance"]["summary"]["zh"]
    assert "95511" in [route["value"] for route in verdict["guidance"]["verify"]]


def test_screen(tmp_path: Path) -> None:
    (command,) = [command for command in COMMANDS if command[1:2] == ["screen"]]
    rows = [{"id": 7, "text": "请把欠款转入专员个人账户"}, {"id": 8, "text": "晚上一起吃饭吗"}]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "messages.jsonl").write_text(lines, encoding="utf-8")
    done = run(command, tmp_path)
    assert done.returncode == 0, done.stderr
    written = (tmp_path / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in written] == [7, 8]
    assert json.loads(written[0])["verdict"] == "fraud"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = int(probe.getsockname()[1])
    process = subprocess.Popen(
        [CUICHA, "serve", "--port", str(number)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_ready(number)
        yield number
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_until_ready(number: int) -> None:
    for _ in range(600):
        try:
            with urlopen(f"http://127.0.0.1:{number}/readyz", timeout=5):
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError("cuicha serve did not become ready")


def test_curl(port: int) -> None:
    command, lookup = [command for command in COMMANDS if command[0] == "curl"]
    url, lookup_url = (
        f"http://{each[2]}".replace("localhost:8000", f"127.0.0.1:{port}")
        for each in (command, lookup)
    )
    header = command[command.index("-H") + 1].split(": ")
    data = command[command.index("-d") + 1].encode()
    with urlopen(Request(url, data, {header[0]: header[1]}), timeout=60) as response:
        verdict: dict[str, Any] = json.load(response)
    assert verdict["verdict"] == "fraud"
    assert "verification_code" in [item["code"] for item in verdict["evidence"]]
    with urlopen(lookup_url, timeout=60) as response:
        assert "pab" in [lender["id"] for lender in json.load(response)["lenders"]]


def test_page_is_served(port: int) -> None:
    with urlopen(f"http://127.0.0.1:{port}/", timeout=60) as response:
        assert "催查" in response.read().decode("utf-8")


def test_python_example(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks("python")
    exec(compile(code, "README.md", "exec"), {})
    level, _, codes = capsys.readouterr().out.strip().split(" ", 2)
    assert level == "fraud"
    assert "private_account" in codes
