from __future__ import annotations

from collections import Counter
from itertools import chain

import numpy as np
import pytest
from numpy.typing import NDArray

from model.classifier import log_softmax
from model.labels import CATEGORIES
from model.ngrams import NgramModel, count_ngrams
from tests.tiny import gold_texts
from training.ngrams import fit_ngrams, fit_share

TRAIN = gold_texts()["train"]
TEXTS = [text for text, _ in TRAIN]
LABELS = [CATEGORIES.index(category) for _, category in TRAIN]
ONES = [1.0] * len(TEXTS)


def hits(model: NgramModel, split: str) -> int:
    found = [CATEGORIES[int(model.scores(text).argmax())] for text, _ in gold_texts()[split]]
    return sum(one == true for one, (_, true) in zip(found, gold_texts()[split], strict=True))


class TestFit:
    def test_learns_the_words_of_each_category(self) -> None:
        model = fit_ngrams(TEXTS, LABELS, ONES)
        assert hits(model, "train") == len(TRAIN)
        assert hits(model, "test") == len(gold_texts()["test"])
        assert model.weights.shape == (len(model.keys), len(CATEGORIES))

    def test_n_grams_of_one_text_are_left_out(self) -> None:
        model = fit_ngrams([*TEXTS, "孤本"], [*LABELS, 6], [*ONES, 1.0])
        frequencies = Counter(chain(*(count_ngrams(text)[0].tolist() for text in TEXTS)))
        assert set(model.keys.tolist()) == {one for one, n in frequencies.items() if n >= 2}
        assert model.keys.tolist() == sorted(model.keys.tolist())

    def test_those_that_say_most_are_kept(self) -> None:
        whole = fit_ngrams(TEXTS, LABELS, ONES)
        small = fit_ngrams(TEXTS, LABELS, ONES, kept=40)
        assert len(small.keys) == 40 < len(whole.keys)
        assert small.keys.tolist() == sorted(small.keys.tolist())
        assert set(small.keys.tolist()) <= set(whole.keys.tolist())
        say = dict(
            zip(whole.keys.tolist(), (np.abs(whole.weights).max(1) * whole.idf), strict=True)
        )
        kept = [say[one] for one in small.keys.tolist()]
        left = [value for one, value in say.items() if one not in set(small.keys.tolist())]
        assert min(kept) >= max(left)
        assert hits(small, "train") > len(TRAIN) / 3  # of seven categories

    def test_rows_count_by_their_weight(self) -> None:
        # One text under two labels: the heavier one wins.
        texts, labels = [*TEXTS, *["同一条消息"] * 2], [*LABELS, 0, 6]
        for weights, winner in (([9.0, 1.0], 0), ([1.0, 9.0], 6)):
            model = fit_ngrams(texts, labels, [*ONES, *weights])
            assert int(model.scores("同一条消息").argmax()) == winner

    def test_the_same_texts_give_the_same_model(self) -> None:
        one, same = (fit_ngrams(TEXTS, LABELS, ONES, kept=40).to_bytes() for _ in range(2))
        assert one == same


def of(labels: NDArray[np.int64], sure: float, wrong: int = 0) -> NDArray[np.float32]:
    """Log-probabilities that are sure of the label, but for the first rows of another."""
    logits = np.zeros((len(labels), len(CATEGORIES)), dtype=np.float32)
    said = np.where(np.arange(len(labels)) < wrong, (labels + 1) % len(CATEGORIES), labels)
    logits[np.arange(len(labels)), said] = sure
    return log_softmax(logits)


class TestShare:
    LABELS = np.arange(70) % 7

    def test_what_says_nothing_gets_none(self) -> None:
        good, blind = of(self.LABELS, 3.0, wrong=5), of(self.LABELS, 0.0)
        noise = np.random.default_rng(1).normal(size=(70, 7)).astype(np.float32)
        assert fit_share(good, log_softmax(5 * noise), self.LABELS) < 0.2
        assert fit_share(blind, good, self.LABELS) > 0.4

    def test_two_that_err_elsewhere_share(self) -> None:
        one, other = of(self.LABELS, 3.0, wrong=14), of(self.LABELS[::-1], 3.0, wrong=14)[::-1]
        assert fit_share(one, other, self.LABELS) == pytest.approx(0.5, abs=0.1)

    def test_the_encoder_always_has_a_part(self) -> None:
        bad, good = of(self.LABELS, 3.0, wrong=70), of(self.LABELS, 3.0)
        assert 0.8 < fit_share(bad, good, self.LABELS) <= 0.9
