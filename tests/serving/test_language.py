from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serving.language import preferred_language


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "zh"),
        ("", "zh"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("EN-us", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en;q=0.8,zh-TW;q=0.9", "zh"),
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
    assert preferred_language(header) in ("zh", "en")
