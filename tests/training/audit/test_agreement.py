from __future__ import annotations

import pytest

from data.annotations import Annotation
from model.labels import CATEGORIES
from training.audit.agreement import agreement


def annotation(first: str, second: str) -> Annotation:
    opinions = [{"category": name, "expected": "caution"} for name in (first, second)]
    resolution = opinions[0] | {"why": "按指南第一条"} if first != second else None
    return Annotation.model_validate(
        {"id": "g-1", "first": opinions[0], "second": opinions[1], "resolution": resolution}
    )


def test_a_textbook_table() -> None:
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: kappa 0.4 (Cohen 1960's formula by hand).
    yes, no = "impersonation", "genuine_collection"
    rows = [(yes, yes)] * 20 + [(yes, no)] * 5 + [(no, yes)] * 10 + [(no, no)] * 15
    figures = agreement([annotation(*row) for row in rows])
    assert figures["n"] == 50
    assert figures["disagreements"] == 15
    for figure in (figures["category"], figures["by_category"][yes], figures["by_category"][no]):
        assert figure["kappa"] == pytest.approx(0.4)
        assert figure["equal"] == pytest.approx(0.7)
        assert 0.05 < figure["low"] < 0.4 < figure["high"] < 0.7
    assert figures["by_category"][yes]["n"] == 25


def test_full_agreement() -> None:
    figures = agreement([annotation(name, name) for name in CATEGORIES for _ in range(5)])
    assert figures["category"]["kappa"] == pytest.approx(1)
    assert figures["category"]["low"] == pytest.approx(1)
    assert figures["disagreements"] == 0
