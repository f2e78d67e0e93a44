from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.artifact import load_artifact
from model.classifier import Classifier, Prediction, softmax, split_windows
from model.labels import CATEGORIES, Category
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


def values(prediction: Prediction) -> list[float]:
    return list(prediction.probabilities.values())


class TestWindows:
    @pytest.mark.parametrize(
        ("ids", "size", "overlap", "windows"),
        [
            ([], 4, 1, [[]]),
            ([1], 4, 1, [[1]]),
            ([1, 2, 3, 4], 4, 1, [[1, 2, 3, 4]]),
            ([1, 2, 3, 4, 5], 4, 1, [[1, 2, 3, 4], [4, 5]]),
            ([1, 2, 3, 4, 5, 6, 7], 4, 1, [[1, 2, 3, 4], [4, 5, 6, 7]]),
            ([1, 2, 3, 4], 2, 0, [[1, 2], [3, 4]]),
            ([1, 2, 3, 4], 3, 2, [[1, 2, 3], [2, 3, 4]]),
        ],
    )
    def test_table(self, ids: list[int], size: int, overlap: int, windows: list[list[int]]) -> None:
        assert list(split_windows(ids, size, overlap)) == windows

    @given(st.data(), st.integers(0, 300), st.integers(1, 40))
    def test_windows_cover_everything_once_but_for_the_overlap(
        self, data: st.DataObject, count: int, size: int
    ) -> None:
        overlap = data.draw(st.integers(0, size - 1))
        ids = list(range(count))
        windows = list(split_windows(ids, size, overlap))
        assert windows
        assert all(len(window) <= size for window in windows)
        assert all(len(window) == size for window in windows[:-1])
        for left, right in pairwise(windows):
            assert left[size - overlap :] == right[:overlap]
            assert len(right) > overlap
        joined = windows[0] + [one for window in windows[1:] for one in window[overlap:]]
        assert joined == ids


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
    def test_what_was_learnt_is_served(
        self, classifier: Classifier, text: str, category: Category
    ) -> None:
        assert classifier.predict(text).category == category

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
        numbers = list(range(len(text)))
        windows = [
            "".join(text[i] for i in window)
            for window in split_windows(numbers, size, classifier.config.overlap)
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

    def test_temperature_is_applied(self, tiny: Tiny) -> None:
        artifact = load_artifact(tiny.artifact)
        warm = artifact.config.model_copy(update={"temperature": 100.0})
        hot = Classifier(type(artifact)(warm, artifact.onnx, artifact.tokenizer, artifact.digest))
        assert max(values(hot.predict(SCAM))) < 0.25
        assert max(values(Classifier(artifact).predict(SCAM))) > 0.5

    def test_probabilities_carry_the_labels_of_the_config(self, tiny: Tiny) -> None:
        artifact = load_artifact(tiny.artifact)
        turned = artifact.config.model_copy(update={"labels": CATEGORIES[::-1]})
        other = Classifier(type(artifact)(turned, artifact.onnx, artifact.tokenizer, "x"))
        assert list(other.predict("").probabilities) == list(CATEGORIES[::-1])
        assert values(other.predict("")) == values(Classifier(artifact).predict(""))
        assert other.digest == "x"
