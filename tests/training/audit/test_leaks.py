from __future__ import annotations

from typing import Any

from training.audit.leaks import leak_rows


def test_every_audit_is_told(figures: dict[str, Any]) -> None:
    rows = dict(leak_rows(figures))
    assert len(rows) == 7
    auc = figures["twins"]["shape_auc"]["gradient_boosting"]
    assert f"提升树 {auc:.2f}" in next(iter(rows.values()))


def test_corpora_are_told_of_if_measured(figures: dict[str, Any]) -> None:
    guesses = {"sources": 4, "by_shape": 0.5, "by_wording": 0.75, "chance": 0.25}
    sources = figures["sources"] | {"corpus_from_text": guesses}
    rows = dict(leak_rows(figures | {"sources": sources}))
    answer = rows["正常消息里猜 4 个来源（自拟与公开语料）"]
    assert answer == "凭形状 50 %，凭用字 75 %（乱猜 25 %）"
