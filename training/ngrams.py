"""The n-gram part of the classifier: logistic regression over character n-grams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from model.labels import CATEGORIES
from model.ngrams import NgramModel, count_ngrams

_LEAST_TEXTS: Final = 2  # that an n-gram must be in
_KEPT: Final = 80_000
_INVERSE_PENALTY: Final = 30.0


def fit_ngrams(
    texts: Sequence[str], labels: Sequence[int], weights: Sequence[float], kept: int = _KEPT
) -> NgramModel:
    """Fit on all n-grams, keep those that say most, and fit again on these.

    Args:
        texts: canonical, as the classifier reads them.
        labels: places in CATEGORIES; every category occurs.
        kept: n-grams of the result, at most.

    """
    frequencies = Counter(int(key) for text in texts for key in count_ngrams(text)[0])
    every = sorted(key for key, count in frequencies.items() if count >= _LEAST_TEXTS)
    model = _fit(every, frequencies, texts, labels, weights)
    if len(every) <= kept:
        return model
    say = np.abs(model.weights).max(1) * model.idf
    chosen = np.sort(np.argsort(-say, kind="stable")[:kept])
    return _fit([every[place] for place in chosen], frequencies, texts, labels, weights)


def fit_share(
    encoder: NDArray[np.float32], ngrams: NDArray[np.float32], labels: NDArray[np.int64]
) -> float:
    """The n-grams' share in 0..0.9 of the log-linear pool with the least log-loss.

    Both are log-probabilities (rows, categories). The pool's temperature is free in this.
    """

    def loss(share: float) -> float:
        pooled = np.asarray((1 - share) * encoder + share * ngrams, dtype=np.float32)
        return min(
            _log_loss(pooled / np.float32(heat), labels)
            for heat in (0.4, 0.55, 0.7, 0.85, 1.0, 1.3)
        )

    return float(minimize_scalar(loss, bounds=(0.0, 0.9), method="bounded").x)


def _log_loss(scores: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    chosen = scores[np.arange(len(labels)), labels]
    return float((np.logaddexp.reduce(scores, axis=1) - chosen).mean())


def _fit(
    keys: Sequence[int],
    frequencies: Counter[int],
    texts: Sequence[str],
    labels: Sequence[int],
    weights: Sequence[float],
) -> NgramModel:
    counts = np.asarray([frequencies[key] for key in keys])
    empty = NgramModel(
        keys=np.asarray(keys, dtype=np.uint64),
        idf=np.asarray(np.log((1 + len(texts)) / (1 + counts)) + 1, dtype=np.float32),
        weights=np.zeros((len(keys), len(CATEGORIES)), dtype=np.float32),
        bias=np.zeros(len(CATEGORIES), dtype=np.float32),
    )
    rows = [empty.features(text) for text in texts]
    matrix = csr_matrix(
        (
            np.concatenate([values for _, values in rows]),
            np.concatenate([places for places, _ in rows]),
            np.cumsum([0, *(len(places) for places, _ in rows)]),
        ),
        shape=(len(rows), len(keys)),
    )
    regression = LogisticRegression(C=_INVERSE_PENALTY, max_iter=300, tol=1e-3)
    regression.fit(matrix, list(labels), sample_weight=np.asarray(weights))
    return NgramModel(
        keys=empty.keys,
        idf=empty.idf,
        weights=np.asarray(regression.coef_.T, dtype=np.float32),
        bias=np.asarray(regression.intercept_, dtype=np.float32),
    )
