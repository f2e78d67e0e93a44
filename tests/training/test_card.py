from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError

from training.card import write_card

INTERVAL = {"value": 0.8, "low": 0.49, "high": 0.943}
METRICS: dict[str, Any] = {
    "version": "9.8.7",
    "base_model": "some encoder",
    "recipe": {"layers": 5},
    "size_mib": 12.345,
    "rows": {"train": 1001, "dev": 102, "held_out": 3003, "gold_train": 404, "copies": 205},
    "groups": {"train": ["a1", "a2"], "dev": ["b1"], "test": ["c1"]},
    "temperature": 1.23456,
    "operating_points": {"paste": {"base_rate": 0.3, "caution": 0.111, "fraud": 0.777}},
    "parity": {"probes": 55, "max_logit_difference": 0.000012, "int8_label_agreement": 0.98},
    "test": {
        "n": 66,
        "accuracy": INTERVAL,
        "macro_f1": 0.7654,
        "ece": 0.0321,
        "categories": [{"name": "benign", "n": 7, "precision": 0.5, "recall": INTERVAL}],
    },
}


def test_renders(tmp_path: Path) -> None:
    path = tmp_path / "MODEL_CARD.md"
    write_card(path, METRICS)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# 催查分类器 · Model card"
    assert "| version | 9.8.7 |" in lines
    assert "| base model | some encoder, first 5 layers |" in lines
    assert "| benign | 7 | 50.0 % | 80.0 % (49.0–94.3) |" in lines
    assert "| paste | 0.3 | 0.111 | 0.777 |" in lines
    text = "\n".join(lines)
    for piece in ("a1, a2", "1001 texts: 404", "12.3 MiB", "Temperature 1.235", "macro-F1 0.765"):
        assert piece in text
    for mark in ("{{", "{%", "}}"):
        assert mark not in text


@pytest.mark.parametrize(
    "place",
    [
        "version",
        "temperature",
        "parity",
        "parity.probes",
        "test",
        "test.ece",
        "rows.held_out",
        "rows.copies",
        "groups.dev",
        "recipe.layers",
    ],
)
def test_a_missing_metric_is_an_error(tmp_path: Path, place: str) -> None:
    metrics = copy.deepcopy(METRICS)
    *outer, last = place.split(".")
    target = metrics
    for name in outer:
        target = target[name]
    del target[last]
    with pytest.raises(UndefinedError, match=last):
        write_card(tmp_path / "card.md", metrics)
    assert not (tmp_path / "card.md").exists()
