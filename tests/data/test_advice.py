from __future__ import annotations

import re
from pathlib import Path

import pytest

from data.advice import ADVICE_FILE, read_advice, shipped_advice
from data.channel import shipped_channels
from data.files import DataError

BOOK = shipped_advice()


def test_numbers_in_the_advice_are_those_of_public_channels() -> None:
    """Whoever reads them may dial them, so each must have a source."""
    known = {channel.number for channel in shipped_channels().values() if channel.number}
    texts = [words for each in BOOK.advice for words in (each.zh, each.zh_hant, each.en)]
    texts += [s for each in BOOK.situations for step in each.do for s in (step.zh, step.en)]
    numbers = {
        number.strip()
        for text in texts
        for number in re.findall(r"(?<![\d/.:-])\+?\d[\d -]+\d(?![\d:])", text)
    }
    assert numbers - {"2025", "45251-2025"} <= known
    assert "110" in numbers


def test_channels_are_known() -> None:
    assert {each.channel for each in BOOK.report} <= shipped_channels().keys()


def test_no_advice_calls_anything_safe() -> None:
    for each in BOOK.advice:
        assert "安全" not in each.zh, each.id
        assert "safe" not in each.en.lower(), each.id


def test_sentences_are_short() -> None:
    for each in BOOK.advice:
        longest = max(len(part) for part in re.split("[。；？！]", each.zh))
        assert longest <= 60, each.id


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('id = "dont-pay"', 'id = "dont-call"', "an id occurs twice"),
        ('"fraud"], lender = ["phone"]', '"fraud"], lender = ["known"]', "need when.lender"),
        ('levels = ["fraud"]', 'levels = ["fraudulent"]', "levels"),
        ('part = "keep"', 'part = "hold"', "part"),
        ("signs = '(", "signs = '((", "no regular expression"),
    ],
)
def test_a_wrong_file_says_where(tmp_path: Path, old: str, new: str, where: str) -> None:
    text = ADVICE_FILE.read_text("utf-8")
    assert old in text
    (tmp_path / "advice.toml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataError, match=r"advice\.toml") as caught:
        read_advice(tmp_path / "advice.toml")
    assert where in str(caught.value)
