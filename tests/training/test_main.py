from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from tests.tiny import tiny_gold
from tests.tiny_gold import record, write_gold
from training import __main__ as command
from training.export import ParityError
from training.recipe import Recipe

APP = typer.Typer()
APP.command()(command.train)


def run(tmp_path: Path, *arguments: str) -> Result:
    folders = ("--out", str(tmp_path / "out"), "--runs", str(tmp_path / "runs"))
    return CliRunner().invoke(APP, [*folders, *arguments])


def fails_with(result: Result, problem: str) -> None:
    assert result.exit_code == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("training: ")
    assert problem in line


def test_a_missing_corpus(tmp_path: Path) -> None:
    gold = tiny_gold(tmp_path / "gold")
    result = run(tmp_path, "--gold", str(gold), "--corpora", str(tmp_path))
    fails_with(result, "fbs-sms-2020: no fbs-sms-2020.jsonl in the corpora folder")
    assert not (tmp_path / "out").exists()


def test_a_gold_folder_that_is_not_there(tmp_path: Path) -> None:
    fails_with(run(tmp_path, "--gold", str(tmp_path / "none")), "splits.toml: cannot be read")


def test_a_bad_gold_record(tmp_path: Path) -> None:
    bad = record("好", evidence=[{"code": "abuse", "quote": "坏"}])
    gold = write_gold(tmp_path, {"g": [record("一"), bad]}, 'train=["g"]\ndev=[]\ntest=[]\n')
    fails_with(run(tmp_path, "--gold", str(gold)), "g.jsonl:2: entry: Value error, evidence abuse")


def test_a_base_model_that_is_none(tmp_path: Path) -> None:
    gold, base = tiny_gold(tmp_path / "gold"), tmp_path / "base"
    base.mkdir()
    result = run(tmp_path, "--gold", str(gold), "--base-model", str(base))
    fails_with(result, "is no packed base model: missing encoder-q4.safetensors")


@pytest.mark.parametrize("error", [ParityError("too far off"), OSError("disk full")])
def test_later_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def failing(*_: object) -> None:
        raise error

    monkeypatch.setattr(command, "train_artifact", failing)
    fails_with(run(tmp_path), str(error))


def test_a_mistake_in_the_code_is_not_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(command, "train_artifact", failing)
    assert isinstance(run(tmp_path).exception, ZeroDivisionError)


def test_options_reach_the_pipeline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(command, "train_artifact", lambda *arguments: seen.extend(arguments))
    result = run(
        tmp_path, "--base-model", "b", "--corpora", "c", "--gold", "g", "--layers", "3",
        "--epochs", "2", "--seed", "9",
    )  # fmt: skip
    assert result.exit_code == 0
    assert seen == [
        "b",
        Path("c"),
        Path("g"),
        tmp_path / "out",
        tmp_path / "runs",
        3,
        Recipe(epochs=2, seed=9),
    ]


def test_no_epochs_are_refused(tmp_path: Path) -> None:
    assert run(tmp_path, "--epochs", "0").exit_code == 2


def test_calibrating_alone_trains_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[Path, Path | None, Path]] = []
    monkeypatch.setattr(command, "recalibrate", lambda *given: seen.append(given))
    result = run(tmp_path, "--gold", str(tmp_path / "gold"), "--calibrate-only")
    assert result.exit_code == 0
    assert seen == [(tmp_path / "out", None, tmp_path / "gold")]


def test_calibrating_an_artifact_that_is_not_there(tmp_path: Path) -> None:
    fails_with(run(tmp_path, "--calibrate-only"), "metrics.json")
