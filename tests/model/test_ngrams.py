from __future__ import annotations

from collections import Counter
from io import BytesIO
from zipfile import BadZipFile

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from model.ngrams import LONGEST, NgramModel, count_ngrams

# Any string but NUL, which no canonical text holds.
TEXTS = st.text(
    st.one_of(
        st.sampled_from("快递老赖ab"),
        st.characters(exclude_categories=(), exclude_characters="\0"),
    )
)


def grams(text: str) -> Counter[str]:
    """The n-grams of a text, the plain way."""
    return Counter(
        text[start : start + size]
        for size in range(1, LONGEST + 1)
        for start in range(len(text) - size + 1)
    )


@given(TEXTS)
@example("")
@example("\U0010ffff\U0010ffff\U0010ffff")
@example("\ud800a")
def test_n_grams_are_counted_and_never_confused(text: str) -> None:
    keys, counts = count_ngrams(text)
    expected = grams(text)
    assert keys.tolist() == sorted(set(keys.tolist()))
    assert len(keys) == len(expected)
    assert sorted(counts.tolist()) == sorted(expected.values())


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_the_same_n_gram_has_the_same_key_in_every_text(texts: list[str]) -> None:
    known = {gram for text in texts for gram in grams(text)}
    keys = {found for text in texts for found in count_ngrams(text)[0].tolist()}
    assert len(keys) == len(known)


def model_of(texts: list[str]) -> NgramModel:
    """Every n-gram of `texts`, with weights that differ."""
    frequencies = Counter(found for text in texts for found in count_ngrams(text)[0].tolist())
    keys = sorted(frequencies)
    counts = np.asarray([frequencies[one] for one in keys])
    random = np.random.default_rng(2)
    return NgramModel(
        keys=np.asarray(keys, dtype=np.uint64),
        idf=np.asarray(np.log((1 + len(texts)) / (1 + counts)) + 1, dtype=np.float32),
        weights=random.normal(size=(len(keys), 7)).astype(np.float32),
        bias=random.normal(size=7).astype(np.float32),
    )


CORPUS = ["快递已到驿站", "老赖滚出来", "快快还款老赖", "a"]


@pytest.mark.parametrize("text", [*CORPUS, "快递老赖", "快快快快", "来新字快"])
def test_values_are_those_of_scikit_learn(text: str) -> None:
    vectorizer = TfidfVectorizer(
        analyzer="char", ngram_range=(1, LONGEST), sublinear_tf=True, lowercase=False
    )
    vectorizer.fit(CORPUS)
    theirs = vectorizer.transform([text]).toarray()[0]
    places, values = model_of(CORPUS).features(text)
    assert sorted(values.tolist()) == pytest.approx(sorted(theirs[theirs > 0].tolist()), rel=1e-5)
    assert len(set(places.tolist())) == len(places)


@given(st.text(st.sampled_from("快递老赖滚出来新字a"), max_size=30))
def test_features_have_unit_length_or_there_are_none(text: str) -> None:
    places, values = model_of(CORPUS).features(text)
    assert len(places) == len(values)
    length = float((values**2).sum())
    assert length == pytest.approx(1 if len(places) else 0, abs=1e-5)


@pytest.mark.parametrize("text", ["", "新", "\ud800"])
def test_a_text_of_which_nothing_is_known_gets_the_bias(text: str) -> None:
    model = model_of(CORPUS)
    assert model.scores(text).tolist() == pytest.approx(model.bias.tolist())


def test_a_model_that_knows_nothing() -> None:
    empty = np.zeros(0, dtype=np.float32)
    model = NgramModel(
        np.zeros(0, np.uint64), empty, np.zeros((0, 7), np.float32), np.ones(7, np.float32)
    )
    assert model.scores("快递").tolist() == [1.0] * 7


def test_scores_are_linear_in_the_values() -> None:
    model = model_of(CORPUS)
    for text in CORPUS:
        places, values = model.features(text)
        expected = sum(
            value * model.weights[place] for place, value in zip(places, values, strict=True)
        )
        assert model.scores(text).tolist() == pytest.approx(
            (expected + model.bias).tolist(), abs=1e-5
        )
    assert model.scores(CORPUS[0]).dtype == np.float32


class TestFile:
    def test_what_is_written_is_read_but_for_some_precision(self) -> None:
        model = model_of(CORPUS)
        read = NgramModel.from_bytes(model.to_bytes())
        assert read.keys.tolist() == model.keys.tolist()
        assert read.bias.tolist() == model.bias.tolist()
        for text in (*CORPUS, "老赖快递"):
            assert read.scores(text).tolist() == pytest.approx(
                model.scores(text).tolist(), abs=0.01
            )
        assert (
            NgramModel.from_bytes(read.to_bytes()).scores("快递").tolist()
            == read.scores("快递").tolist()
        )

    @pytest.mark.parametrize("content", [b"", b"{}", b"PK\x03\x04", b"\x00" * 99])
    def test_something_else(self, content: bytes) -> None:
        with pytest.raises((ValueError, EOFError, BadZipFile)):
            NgramModel.from_bytes(content)

    def test_arrays_that_lack_one(self) -> None:
        buffer = BytesIO()
        np.savez(buffer, keys=np.zeros(1))
        with pytest.raises(KeyError):
            NgramModel.from_bytes(buffer.getvalue())

    def test_arrays_that_do_not_fit(self) -> None:
        model = model_of(CORPUS)
        odd = NgramModel(model.keys[1:], model.idf[1:], model.weights, model.bias)
        with pytest.raises(ValueError, match="do not fit together"):
            NgramModel.from_bytes(odd.to_bytes())

    def test_nothing_is_unpickled(self) -> None:
        buffer = BytesIO()
        np.savez(buffer, keys=np.asarray([{}], dtype=object))
        with pytest.raises(ValueError, match="allow_pickle"):
            NgramModel.from_bytes(buffer.getvalue())
