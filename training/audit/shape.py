"""What a text gives away without a word: length, digits, punctuation, masks.

If these told a genuine message from its false twin, a classifier would learn to count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from data.gold_set import GoldRecord
from training.audit import SEED

_MARKS: Final = '，。、：；！？“”（）《》【】—…,.:;!?"()[]|/-_~@#%&+=￥¥'
_MASKS: Final = "某*＊×xX"
_DIGITS: Final = re.compile(r"\d+")
_LATIN: Final = re.compile(r"[a-zA-Z]+")
_FOLDS: Final = 5


def shape(text: str) -> tuple[float, ...]:
    """Length, lines, digit and Latin runs, and the count of each punctuation mark and mask."""
    numbers = [len(run) for run in _DIGITS.findall(text)]
    words = [len(run) for run in _LATIN.findall(text)]
    runs = (sum(numbers), len(numbers), max(numbers, default=0), sum(words), len(words))
    marks = (text.count(mark) for mark in _MARKS + _MASKS)
    odd = sum(ord(character) > 0xFFFF for character in text)
    return (len(text), text.count("\n"), *runs, odd, *marks)


def twins(records: Sequence[GoldRecord]) -> list[tuple[GoldRecord, GoldRecord]]:
    """Pairs of a genuine collection message and an impersonation, in that order."""
    members: dict[tuple[str, str], dict[str, GoldRecord]] = {}
    for record in records:
        if record.pair is not None:
            members.setdefault((record.group, record.pair), {})[record.category] = record
    return [
        (found["genuine_collection"], found["impersonation"])
        for found in members.values()
        if {"genuine_collection", "impersonation"} <= set(found)
    ]


def shape_auc(pairs: Sequence[tuple[GoldRecord, GoldRecord]]) -> dict[str, float]:
    """Area under the curve of telling false from genuine by shape, by two classifiers.

    Cross-validated with both members of a pair in the same fold; 0.5 is chance.
    """
    rows = np.asarray([shape(record.text) for pair in pairs for record in pair])
    labels = np.tile([0, 1], len(pairs))
    groups = np.repeat(np.arange(len(pairs)), 2)
    models = {
        "logistic_regression": make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000)),
        "gradient_boosting": HistGradientBoostingClassifier(random_state=SEED),
    }
    return {name: _auc(model, rows, labels, groups) for name, model in models.items()}


def _auc(
    model: object, rows: NDArray[np.float64], labels: NDArray[np.intp], groups: NDArray[np.intp]
) -> float:
    folds = GroupKFold(_FOLDS, shuffle=True, random_state=SEED)
    scores = cross_val_predict(model, rows, labels, groups=groups, cv=folds, method="predict_proba")
    return float(roc_auc_score(labels, scores[:, 1]))


def balance(pairs: Sequence[tuple[GoldRecord, GoldRecord]]) -> dict[str, dict[str, float]]:
    """How often the false twin has more, less or as much of what can be counted."""
    names = ("length", "lines", "digits", "numbers", "longest_number", "letters", "words")
    counts: dict[str, dict[str, float]] = {}
    for place, name in enumerate(names):
        gaps = [shape(false.text)[place] - shape(genuine.text)[place] for genuine, false in pairs]
        counts[name] = {
            "false_has_more": float(np.mean([gap > 0 for gap in gaps])),
            "genuine_has_more": float(np.mean([gap < 0 for gap in gaps])),
            "mean_gap": float(np.mean(gaps)),
        }
    return counts
