from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from data.files import DataError
from data.labels import EvidenceCode
from data.tactic import read_tactics, shipped_tactics
from data.words import Words

ONE = """\
[[tactics]]
code = "upfront_fee"
direction = "raises"
title = { zh = "先交费", en = "Fee first" }
text = { zh = "不要先交费。", en = "Do not pay first." }
why = "正规机构不收"
sources = ["https://example.org"]
"""


def write(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "tactics.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_reads_the_catalogue(tmp_path: Path) -> None:
    two = ONE + ONE.replace("upfront_fee", "official_link").replace("raises", "lowers")
    tactics = read_tactics(write(tmp_path, two))
    assert list(tactics) == ["upfront_fee", "official_link"]
    assert tactics["official_link"].direction == "lowers"
    assert tactics["upfront_fee"].text.en == "Do not pay first."


@pytest.mark.parametrize(("lang", "words"), [("en", "b"), ("zh", "甲"), ("fr", "甲")])
def test_bilingual(lang: str, words: str) -> None:
    assert Words(zh="甲", en="b").get(lang) == words


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (ONE + ONE, "a code occurs twice"),
        (ONE.replace('"upfront_fee"', '"Upfront"'), r"tactics\.0\.code: String should match"),
        (ONE.replace('"raises"', '"up"'), r"tactics\.0\.direction: Input should be"),
        (ONE.replace('en = "Fee first"', 'en = ""'), r"tactics\.0\.title\.en: String should"),
        (ONE.replace('["https://example.org"]', "[]"), r"tactics\.0\.sources: Tuple should"),
        (ONE.replace("why =", "reason ="), r"tactics\.0\.why: Field required"),
        ("[[tactics", "not valid TOML"),
    ],
)
def test_errors_name_file_and_field(tmp_path: Path, content: str, problem: str) -> None:
    with pytest.raises(DataError, match=rf"^tactics\.toml: {problem}"):
        read_tactics(write(tmp_path, content))


def test_shipped() -> None:
    tactics = shipped_tactics()
    assert len(tactics) == 21
    assert set(tactics) <= set(get_args(EvidenceCode))
    lowering = {code for code, tactic in tactics.items() if tactic.direction == "lowers"}
    assert lowering == {"official_link", "official_number"}
    for tactic in tactics.values():
        assert tactic.text.zh.endswith("。"), tactic.code
        assert tactic.text.en.endswith("."), tactic.code
