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
    "recipe": {
        "layers": 5,
        "epochs": 4,
        "seed": 77,
        "freeze_embeddings": True,
        "margin": 3.5,
        "twins": 0.11,
        "copied_share": 0.42,
        "diluted_share": 0.08,
        "consistency": 0.22,
        "expected": 0.13,
        "spans": 0.04,
        "header_dropout": 0.31,
        "pretraining": {"epochs": 2},
    },
    "size_mib": 12.345,
    "rows": {"train": 1001, "dev": 102, "held_out": 3003, "gold_train": 404, "copies": 205},
    "groups": {"train": ["a1", "a2"], "dev": ["b1"], "test": ["c1"]},
    "temperature": 1.23456,
    "operating_points": {
        "paste": {
            "base_rate": 0.3,
            "caution": 0.111,
            "fraud": 0.777,
            "false_alarms": {
                "target": 0.02,
                "n": 500,
                "events": 4,
                "bound": 0.0159,
                "confidence": 0.9,
            },
            "misses": None,
        }
    },
    "parity": {"probes": 55, "max_logit_difference": 0.000012, "int8_label_agreement": 0.98},
    "test": {
        "n": 66,
        "accuracy": INTERVAL,
        "macro_f1": 0.7654,
        "ece": 0.0321,
        "categories": [{"name": "benign", "n": 7, "precision": 0.5, "recall": INTERVAL}],
    },
    "test_without_sender": {
        "n": 66,
        "accuracy": INTERVAL | {"value": 0.711},
        "macro_f1": 0.6543,
        "ece": 0.0432,
        "categories": [
            {"name": "benign", "n": 7, "precision": 0.4, "recall": INTERVAL | {"value": 0.6}}
        ],
    },
}


def test_renders(tmp_path: Path) -> None:
    path = tmp_path / "MODEL_CARD.md"
    write_card(path, METRICS)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# 催查分类器 · Model card"
    assert "| version | 9.8.7 |" in lines
    assert "| base model | some encoder, first 5 layers |" in lines
    assert "| benign | 7 | 50.0 % | 80.0 % (49.0–94.3) | 60.0 % |" in lines
    promise = "4 of 500: below 1.59% with 90% confidence"
    assert f"| paste | 0.3 | 0.777 | {promise} | 0.111 | — |" in lines
    assert any(line.startswith("Without: accuracy 71.1 %") for line in lines)
    text = "\n".join(lines)
    for piece in (
        *("a1, a2", "1001 texts: 404", "12.3 MiB", "Temperature 1.235", "macro-F1 0.765"),
        *("4 epochs, seed 77, token embeddings as pretrained", "2 epochs on training texts"),
        *("margin of 3.5 log-odds, weight 0.11", "42 % of rows disguised, 8 % among harmless"),
        *("verdict 0.13, words of each evidence code 0.04", "left out in 31 % of the rows"),
    ):
        assert piece in text
    for mark in ("{{", "{%", "}}"):
        assert mark not in text


def test_a_bound_over_its_target_is_said(tmp_path: Path) -> None:
    metrics = copy.deepcopy(METRICS)
    metrics["operating_points"]["paste"]["false_alarms"]["bound"] = 0.0312
    write_card(tmp_path / "card.md", metrics)
    words = "4 of 500: below 3.12% with 90% confidence, over the 2.00% aimed at |"
    assert words in (tmp_path / "card.md").read_text(encoding="utf-8")


def test_embeddings_that_were_trained_are_not_called_pretrained(tmp_path: Path) -> None:
    metrics = copy.deepcopy(METRICS)
    metrics["recipe"]["freeze_embeddings"] = False
    write_card(tmp_path / "card.md", metrics)
    text = (tmp_path / "card.md").read_text(encoding="utf-8")
    assert "| fine-tuning | 4 epochs, seed 77 |" in text


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
        "recipe.pretraining.epochs",
        "test_without_sender",
        "operating_points.paste.false_alarms",
        "operating_points.paste.misses",
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
