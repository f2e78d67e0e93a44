from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.words import LANGS
from serving.language import named_language, preferred_language


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "zh"),
        ("", "zh"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("EN-us", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en;q=0.8,zh-TW;q=0.9", "zh-Hant"),
        ("zh-HK,zh;q=0.9", "zh-Hant"),
        ("zh-Hant-MO", "zh-Hant"),
        ("zh-Hans-HK", "zh"),
        ("fr;q=1.0,en;q=0.5", "en"),
        ("fr,de", "zh"),
        ("*", "zh"),
        ("en;q=0.5,*;q=0.4", "en"),
        ("en;q=0", "zh"),
        ("en;q=-1", "zh"),
        ("en;q=nan", "zh"),
        ("en;q=x,zh;q=0.1", "zh"),
        ("en; q=0.3 , zh; q=0.2", "en"),
        ("zh,en", "zh"),
        ("en,zh", "en"),
        (";;;,,,=q", "zh"),
        ("fr," * 20 + "en", "zh"),  # read so far and no farther
    ],
)
def test_language_by_header(header: str | None, expected: str) -> None:
    assert preferred_language(header) == expected


@given(st.text(st.sampled_from("enzh-*;=q.019, ")) | st.text())
def test_any_header_gives_a_language(header: str) -> None:
    assert preferred_language(header) in LANGS


@pytest.mark.parametrize(
    ("name", "expected"),
    [("zh", "zh"), ("zh-Hant", "zh-Hant"), ("ZH-HANT", "zh-Hant"), ("en", "en"), ("fr", None)],
)
def test_language_by_name(name: str, expected: str | None) -> None:
    assert named_language(name) == expected
    assert named_language(None) is None
