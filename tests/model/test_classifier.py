from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.artifact import load_artifact
from model.classifier import (
    Classifier,
    Prediction,
    header_text,
    log_softmax,
    softmax,
    split_windows,
)
from model.labels import CATEGORIES, Category
from model.ngrams import NgramModel
from tests.conftest import Tiny

SCAM = "汇入经办人账户，丁卯。"
TEXTS = (
    "",
    SCAM,
    "快递已到驿站，丁卯。",
    "老赖滚出来",
    "尾号1234",
    "nothing here is known",
    "快" * 90,
)


@pytest.fixture(scope="module")
def classifier(tiny: Tiny) -> Classifier:
    return Classifier.load(tiny.artifact)


def changed(tiny: Tiny, **config: object) -> Classifier:
    """The tiny classifier with another config."""
    artifact = load_artifact(tiny.artifact)
    return Classifier(
        dataclasses.replace(artifact, config=artifact.config.model_copy(update=config))
    )


def values(prediction: Prediction) -> list[float]:
    return list(prediction.probabilities.values())


class TestWindows:
    @pytest.mark.parametrize(
        ("length", "size", "overlap", "windows"),
        [
            (0, 4, 1, [(0, 0)]),
            (1, 4, 1, [(0, 1)]),
            (4, 4, 1, [(0, 4)]),
            (5, 4, 1, [(0, 4), (3, 5)]),
            (7, 4, 1, [(0, 4), (3, 7)]),
            (4, 2, 0, [(0, 2), (2, 4)]),
            (4, 3, 2, [(0, 3), (1, 4)]),
        ],
    )
    def test_table(
        self, length: int, size: int, overlap: int, windows: list[tuple[int, int]]
    ) -> None:
        assert list(split_windows(length, size, overlap)) == windows

    @given(st.data(), st.integers(0, 300), st.integers(1, 40))
    def test_windows_cover_everything_once_but_for_the_overlap(
        self, data: st.DataObject, length: int, size: int
    ) -> None:
        overlap = data.draw(st.integers(0, size - 1))
        windows = list(split_windows(length, size, overlap))
        assert windows[0][0] == 0
        assert windows[-1][1] == length
        assert all(end - start <= size for start, end in windows)
        assert all(end - start == size for start, end in windows[:-1])
        for (_, end), (start, last) in pairwise(windows):
            assert end - start == overlap
            assert last - start > overlap


class TestSoftmax:
    def test_known_values(self) -> None:
        logits = np.log(np.array([[1.0, 2.0, 5.0]], dtype=np.float32))
        assert softmax(logits, 1.0)[0] == pytest.approx([0.125, 0.25, 0.625])
        assert softmax(logits, 0.5)[0] == pytest.approx([1 / 30, 4 / 30, 25 / 30])

    @given(
        st.lists(st.floats(-1e4, 1e4, width=32), min_size=1, max_size=7),
        st.floats(0.25, 8.0),
    )
    def test_sums_to_one_keeps_the_order_and_never_overflows(
        self, logits: list[float], temperature: float
    ) -> None:
        row = np.asarray(logits, dtype=np.float32)
        result = softmax(row, temperature)
        assert result.sum() == pytest.approx(1.0)
        assert (result >= 0).all()
        assert result[row.argmax()] == result.max()

    def test_a_higher_temperature_is_less_sure(self) -> None:
        row = np.array([0.0, 1.0, 3.0], dtype=np.float32)
        assert softmax(row, 0.5).max() > softmax(row, 1.0).max() > softmax(row, 4.0).max()


class TestLogSoftmax:
    @given(st.lists(st.floats(-1e4, 1e4, width=32), min_size=1, max_size=7))
    def test_is_the_logarithm_of_softmax_and_never_infinite(self, logits: list[float]) -> None:
        row = np.asarray(logits, dtype=np.float32)
        found = log_softmax(row)
        assert found.dtype == np.float32
        assert np.isfinite(found).all()
        assert np.exp(found).tolist() == pytest.approx(softmax(row, 1.0).tolist(), abs=1e-5)
        assert log_softmax(found).tolist() == pytest.approx(found.tolist(), abs=1e-3, rel=1e-5)


@pytest.mark.parametrize(("header", "text"), [("", ""), ("短信 手机", "短信 手机|")])
def test_a_header_ends_with_a_bar(header: str, text: str) -> None:
    assert header_text(header) == text


class TestPrediction:
    @staticmethod
    def of(chances: Sequence[float]) -> Prediction:
        labels: Sequence[Category] = CATEGORIES
        return Prediction(dict(zip(labels, chances, strict=True)), 1)

    def test_category_and_fraud_probability(self) -> None:
        prediction = self.of([0.3, 0.35, 0.0, 0.0, 0.05, 0.2, 0.1])
        assert prediction.category == "genuine_collection"
        assert prediction.fraud_probability == pytest.approx(0.5)

    def test_the_fraud_probability_is_at_most_one(self) -> None:
        assert self.of([0.7, 0, 0, 0, 0, 0.3000001, 0]).fraud_probability == 1.0


class TestPredict:
    @pytest.mark.parametrize("text", TEXTS)
    def test_probabilities(self, classifier: Classifier, text: str) -> None:
        prediction = classifier.predict(text)
        assert set(prediction.probabilities) == set(CATEGORIES)
        assert sum(values(prediction)) == pytest.approx(1.0)
        assert all(0 <= value <= 1 for value in values(prediction))

    @pytest.mark.parametrize(
        ("text", "category"),
        [
            (SCAM, "impersonation"),
            ("中奖领取大礼，己巳。", "other_scam"),
            ("最低还款额未足，己巳。", "genuine_collection"),
            ("今晚一起吃饭，己巳。", "benign"),
        ],
    )
    @pytest.mark.parametrize("share", [0.0, 0.5, 0.99])
    def test_what_was_learnt_is_served(
        self, tiny: Tiny, text: str, category: Category, share: float
    ) -> None:
        assert changed(tiny, ngram_share=share).predict(text).category == category

    def test_an_empty_text_is_one_window(self, classifier: Classifier) -> None:
        assert classifier.predict("").windows == 1

    def test_other_texts_before_do_not_change_a_score(self, tiny: Tiny) -> None:
        alone = {text: values(Classifier.load(tiny.artifact).predict(text)) for text in TEXTS}
        used = Classifier.load(tiny.artifact)
        for text in (*TEXTS, *reversed(TEXTS)):
            assert values(used.predict(text)) == alone[text]

    @pytest.mark.parametrize("threads", [1, 2])
    def test_eight_callers_at_once_get_what_one_gets(self, tiny: Tiny, threads: int) -> None:
        classifier = Classifier.load(tiny.artifact, threads)
        expected = [classifier.predict(text) for text in TEXTS]
        with ThreadPoolExecutor(8) as pool:
            parallel = list(pool.map(classifier.predict, TEXTS * 40))
        assert parallel == expected * 40

    def test_numbers_are_masked(self, classifier: Classifier) -> None:
        one, other = classifier.predict("尾号1234"), classifier.predict("尾号9876")
        assert values(one) == values(other)
        assert values(one) != values(classifier.predict("尾号12"))

    def test_a_long_text_scores_like_its_riskiest_window(self, classifier: Classifier) -> None:
        filler = "明天下午开会，丙寅。今晚一起吃饭，甲子。" * 4
        text = filler + SCAM * 6 + filler  # long enough to fill one window
        size = classifier.config.max_tokens - 2  # the tiny tokenizer makes a token a character
        windows = [
            text[start:end]
            for start, end in split_windows(len(text), size, classifier.config.overlap)
        ]
        riskiest = max(map(classifier.predict, windows), key=lambda one: one.fraud_probability)
        long = classifier.predict(text)
        assert long.windows == len(windows) > 5
        assert values(long) == values(riskiest)
        assert long.fraud_probability > 0.5 > classifier.predict(filler).fraud_probability

    def test_filler_does_not_dilute_a_scam(self, classifier: Classifier) -> None:
        for repeats in (1, 5, 20):
            text = SCAM * 3 + "明天下午开会，丙寅。" * 3 * repeats
            assert classifier.predict(text).fraud_probability > 0.8

    @pytest.mark.parametrize("share", [0.0, 0.5])
    def test_a_header_stands_in_every_window(self, tiny: Tiny, share: float) -> None:
        classifier = changed(tiny, ngram_share=share)
        text = "明天下午开会，丙寅。今晚一起吃饭，甲子。" * 4 + SCAM * 6
        size = classifier.config.max_tokens - 2 - len("短信|")
        windows = [
            text[start:end]
            for start, end in split_windows(len(text), size, classifier.config.overlap)
        ]
        alone = [classifier.predict(window, "短信") for window in windows]
        assert {one.windows for one in alone} == {1}
        long = classifier.predict(text, "短信")
        assert long.windows == len(windows) > classifier.predict(text).windows
        riskiest = max(alone, key=lambda one: one.fraud_probability)
        assert values(long) == values(riskiest)

    def test_a_header_is_read_by_the_encoder_alone(self, tiny: Tiny) -> None:
        classifier = changed(tiny, ngram_share=0.0)
        plain, headed = classifier.predict(SCAM), classifier.predict(SCAM, "短信")
        assert values(plain) != values(headed)
        # It is no more than words in front, so far as the encoder can tell.
        assert values(headed) == values(classifier.predict("短信|" + SCAM))
        one, other = classifier.parts(SCAM), classifier.parts(SCAM, "短信")
        assert one[0].tolist() != other[0].tolist()
        assert one[1].tolist() == other[1].tolist()

    def test_a_long_header_leaves_room_for_overlap(self, tiny: Tiny) -> None:
        classifier = changed(tiny, overlap=20)
        prediction = classifier.predict(SCAM * 9, "短" * 20)
        assert prediction.windows > 9

    @pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
    @pytest.mark.parametrize("text", [SCAM, "快递已到驿站", "新字"])
    def test_encoder_and_n_grams_are_pooled(self, tiny: Tiny, text: str, share: float) -> None:
        classifier = changed(tiny, ngram_share=share, temperature=1.5)
        encoder, ngrams = classifier.parts(text, "短信")
        expected = softmax((1 - share) * encoder + share * ngrams, 1.5)
        assert values(classifier.predict(text, "短信")) == pytest.approx(
            expected.tolist(), abs=1e-5
        )
        for part in (encoder, ngrams):
            assert np.exp(part).sum() == pytest.approx(1, abs=1e-5)

    def test_n_grams_of_the_artifact_are_asked(self, tiny: Tiny) -> None:
        classifier = Classifier.load(tiny.artifact)
        model = NgramModel.from_bytes(load_artifact(tiny.artifact).ngrams)
        for text in (SCAM, "快递已到驿站"):
            assert classifier.parts(text)[1].tolist() == log_softmax(model.scores(text)).tolist()

    def test_temperature_is_applied(self, tiny: Tiny) -> None:
        assert max(values(changed(tiny, temperature=100.0).predict(SCAM))) < 0.25
        assert max(values(Classifier.load(tiny.artifact).predict(SCAM))) > 0.5

    def test_probabilities_carry_the_labels_of_the_config(self, tiny: Tiny) -> None:
        other = changed(tiny, labels=CATEGORIES[::-1])
        assert list(other.predict("").probabilities) == list(CATEGORIES[::-1])
        assert values(other.predict("")) == values(Classifier.load(tiny.artifact).predict(""))

    def test_the_digest_is_that_of_the_artifact(self, tiny: Tiny) -> None:
        artifact = load_artifact(tiny.artifact)
        assert Classifier(dataclasses.replace(artifact, digest="x")).digest == "x"
