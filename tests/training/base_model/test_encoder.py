from __future__ import annotations

import numpy as np

from tests.training.base_model.sample import KEPT, make_container, word_embedding
from training.base_model.encoder import model_config, state_dict


def test_the_config_has_the_pruned_vocabulary() -> None:
    config = model_config(make_container(), KEPT)
    assert (config["vocab_size"], config["hidden_size"]) == (len(KEPT), 32)
    assert (config["num_hidden_layers"], config["dtype"]) == (1, "float32")
    assert [config[f"{name}_token_id"] for name in ("bos", "pad", "eos")] == [0, 1, 2]


def test_the_state_has_every_tensor_and_the_kept_embeddings() -> None:
    state = state_dict(make_container(), KEPT)
    assert len(state) == 5 + 16
    assert all(array.dtype == np.float32 for array in state.values())
    expected = np.array([word_embedding(old) for old in KEPT], np.float32)
    assert np.array_equal(state["embeddings.word_embeddings.weight"], expected)
    assert state["encoder.layer.0.output.dense.weight"].shape == (32, 64)
