"""Whether the source of a text gives its category away, or its shape the source."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import balanced_accuracy_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from training.audit import SEED
from training.audit.shape import shape

_FOLDS: Final = 3
# Fewer texts of a source than this say nothing about it.
_LEAST: Final = 30


@dataclass(frozen=True, slots=True)
class Sourced:
    """A text with its category and where it is from: an author group or a corpus."""

    text: str
    category: str
    source: str


def category_from_source(rows: Iterable[Sourced]) -> dict[str, float]:
    """Accuracy of guessing the category by the source alone, and by the most common one.

    Equal figures mean that knowing the author says nothing about the label.
    """
    by_source: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        by_source[row.source][row.category] += 1
    total = Counter[str]()
    for counts in by_source.values():
        total += counts
    n = max(1, total.total())
    return {
        "most_common": max(total.values(), default=0) / n,
        "by_source": sum(max(counts.values()) for counts in by_source.values()) / n,
    }


def source_from_text(rows: Sequence[Sourced], category: str) -> dict[str, Any]:
    """Balanced accuracy of telling the sources of one category apart, by shape and by wording.

    Cross-validated. Chance is one over the number of sources. A high figure by shape means
    that masks, numbers or punctuation betray the source.
    """
    counts = Counter(row.source for row in rows if row.category == category)
    kept = {source for source, count in counts.items() if count >= _LEAST}
    chosen = [row for row in rows if row.category == category and row.source in kept]
    if len(kept) < 2:
        return {"sources": len(kept), "n": len(chosen)}
    labels = np.asarray([row.source for row in chosen])
    shapes = np.asarray([shape(row.text) for row in chosen])
    texts = np.asarray([row.text for row in chosen], dtype=object)
    return {
        "sources": len(kept),
        "n": len(chosen),
        "chance": 1 / len(kept),
        "by_shape": _accuracy(RandomForestClassifier(random_state=SEED), shapes, labels),
        "by_wording": _accuracy(
            make_pipeline(
                TfidfVectorizer(analyzer="char", ngram_range=(1, 2), min_df=2, sublinear_tf=True),
                LinearSVC(random_state=SEED),
            ),
            texts,
            labels,
        ),
    }


def _accuracy(model: object, rows: Any, labels: Any) -> float:
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=SEED)
    return float(balanced_accuracy_score(labels, cross_val_predict(model, rows, labels, cv=folds)))
