from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from model.labels import CATEGORIES
from training.audit import __main__ as command


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command.app, list(arguments))


def test_thirty_messages_of_each_category() -> None:
    result = run("sample")
    assert result.exit_code == 0
    parts = result.stdout.split("\n== ")[1:]
    assert [part.partition("\n")[0] for part in parts] == list(CATEGORIES)
    assert all(part.count(" · ") >= 90 for part in parts)


def test_the_seed_decides_what_is_drawn() -> None:
    one, same, other = (
        run("sample", "--category", "benign", "--count", "5", "--seed", seed).stdout
        for seed in "112"
    )
    assert one == same != other


def test_an_unknown_category_is_refused() -> None:
    result = run("sample", "--category", "spam")
    assert result.exit_code == 2
    assert "impersonation" in result.stderr


def test_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figures: dict[str, Any]) -> None:
    monkeypatch.setattr(command, "measure", lambda corpora: figures)
    result = run("report", "--out", str(tmp_path), "--count", "2")
    assert result.exit_code == 0
    assert result.stdout.strip() == str(tmp_path / "index.html")


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    result = run("report", "--out", str(tmp_path / "out"), "--corpora", str(tmp_path))
    assert result.exit_code == 1
    assert result.stderr.startswith("audit: fbs-sms-2020: no fbs-sms-2020.jsonl")
    assert not (tmp_path / "out").exists()
