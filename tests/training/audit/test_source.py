from __future__ import annotations

from random import Random

import pytest

from training.audit.source import Sourced, category_from_source, source_from_text


def test_a_source_with_its_own_category_is_found() -> None:
    rows = [Sourced("", category, source) for source, category in (("a", "x"), ("b", "y")) * 10]
    assert category_from_source(rows) == {"most_common": 0.5, "by_source": 1.0}


def test_sources_with_the_same_mixture_say_nothing() -> None:
    rows = [Sourced("", category, source) for source in "ab" for category in "xxy"]
    figures = category_from_source(rows)
    assert figures["by_source"] == figures["most_common"] == pytest.approx(2 / 3)


def texts(source: str, ending: str) -> list[Sourced]:
    return [
        Sourced("".join(Random(i).choices("你我他她它们", k=8)) + ending, "benign", source)
        for i in range(40)
    ]


def test_marks_give_a_source_away_by_shape_and_wording() -> None:
    figures = source_from_text(texts("a", "！") + texts("b", "。"), "benign")
    assert figures["chance"] == 0.5
    assert figures["by_shape"] > 0.9
    assert figures["by_wording"] > 0.9


def test_words_give_a_source_away_by_wording_alone() -> None:
    figures = source_from_text(texts("a", "好") + texts("b", "行"), "benign")
    assert figures["by_shape"] < 0.7
    assert figures["by_wording"] > 0.9


def test_too_few_sources() -> None:
    rows = [*texts("a", "。"), Sourced("少", "benign", "b")]
    assert source_from_text(rows, "benign") == {"sources": 1, "n": 40}
