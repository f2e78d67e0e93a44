from __future__ import annotations

import numpy as np

from tests.training.base_model.sample import (
    DIMENSIONS,
    MATRICES,
    PIECES,
    PLAIN,
    SPECIAL,
    make_container,
    make_payloads,
    word_embedding,
)


def test_header_vocabulary_and_directory_are_read() -> None:
    container = make_container()
    assert container.dimensions == DIMENSIONS
    assert container.special == SPECIAL
    assert container.pieces == tuple(PIECES)
    assert container.scores.tolist() == [-float(i) for i in range(len(PIECES))]
    assert set(container.directory) == {*MATRICES, *PLAIN}


def test_only_the_rows_asked_for_are_expanded() -> None:
    weights = make_container().tensor("emb.word", MATRICES["emb.word"], rows=[5, 2])
    expected = [word_embedding(5), word_embedding(2)]
    assert weights.tolist() == np.array(expected, np.float32).tolist()


def test_plain_floats_are_read() -> None:
    expected = np.frombuffer(make_payloads()["emb.pos"][2], "<f4").reshape(8, 32)
    assert np.array_equal(make_container().tensor("emb.pos", (8, 32)), expected)
