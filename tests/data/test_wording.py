from __future__ import annotations

from pathlib import Path

import pytest

from data.files import DataError
from data.wording import Wording, read_wording, read_wordings, shipped_wordings


def test_words_go_into_patterns() -> None:
    wording = Wording(
        words={"who": "专员|主管", "whom": "给(?&who)"},
        patterns={"pay": "转 (?&whom) (?&gap){0,3}"},
    )
    pattern = wording.pattern("pay")
    assert pattern.findall("转给专员卡上，转给他，转给主管") == ["转给专员卡上，", "转给主管"]


def test_the_gap_ends_at_a_clause_but_not_inside_a_number() -> None:
    pattern = Wording(patterns={"x": "付(?&gap){0,9}元"}).pattern("x")
    assert pattern.search("付10,000元")
    assert not pattern.search("付了,100元")


@pytest.mark.parametrize(
    ("toml", "where"),
    [
        ("[patterns]\nx = '(?&who)'", "who"),
        ("[patterns]\nx = '('", "isn't a regular expression"),
        ("[words]\na = '(?&b)'\nb = 'x'\n[patterns]\nx = '(?&a)'", "stands below its use"),
        ("[phrase]\nx = 'y'", "phrase"),
        ("phrases = 'x'", "phrases"),
    ],
)
def test_a_wrong_file_says_where(tmp_path: Path, toml: str, where: str) -> None:
    path = tmp_path / "abuse.toml"
    path.write_text(toml, "utf-8")
    with pytest.raises(DataError, match=r"abuse\.toml") as caught:
        read_wording(path)
    assert where in str(caught.value)


def test_a_folder_is_keyed_by_file_name(tmp_path: Path) -> None:
    (tmp_path / "abuse.toml").write_text("phrases = ['某某']", "utf-8")
    assert read_wordings(tmp_path) == {"abuse": Wording(phrases=("某某",))}
    assert read_wordings(tmp_path / "none") == {}


def test_shipped_words_hold_no_plain_phrases() -> None:
    """Those are for operators; ours are patterns with tables of tests."""
    for code, wording in shipped_wordings().items():
        assert wording.patterns, code
        assert not wording.phrases, code
