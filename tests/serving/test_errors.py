from __future__ import annotations

import re
from pathlib import Path

import pytest

from screening.errors import MESSAGE_ERRORS
from serving.errors import SURFACE_ERRORS, surface_error

SERVING = Path(__file__).resolve().parents[2] / "serving"


@pytest.mark.parametrize("code", SURFACE_ERRORS)
def test_words_in_both_languages(code: str) -> None:
    error = surface_error(code)
    assert error.code == code
    assert str(error) == f"{code}: {error.text.en}"
    assert re.search("[\u4e00-\u9fff]{4}", error.text.zh)
    assert re.sub("…", "", error.text.en).isascii()


def test_codes_are_of_one_kind_only() -> None:
    assert not SURFACE_ERRORS.keys() & MESSAGE_ERRORS.keys()


def test_every_error_is_raised_somewhere_and_every_raised_one_has_words() -> None:
    sources = [path for path in SERVING.rglob("*.py") if path.name != "errors.py"]
    text = "".join(path.read_text("utf-8") for path in sources)
    raised = set(re.findall(r'surface_error\(\s*"(\w+)"', text))
    assert raised <= SURFACE_ERRORS.keys()
    assert all(f'"{code}"' in text or f"'{code}'" in text for code in SURFACE_ERRORS)
