"""The encoder as a Hugging Face BertModel without pooler: config and state dict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from training.base_model.container import Container, Dimensions

_WORD_EMBEDDINGS: Final = "emb.word"


class TensorSpec(NamedTuple):
    """One tensor: its Hugging Face name, its name in the container, its shape there."""

    target: str
    source: str
    shape: tuple[int, ...]


def model_config(container: Container, kept: Sequence[int]) -> dict[str, object]:
    """Return the content of config.json for the kept pieces."""
    dimensions, special = container.dimensions, container.special
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "vocab_size": len(kept),
        "hidden_size": dimensions.hidden,
        "num_hidden_layers": dimensions.layers,
        "num_attention_heads": dimensions.heads,
        "intermediate_size": dimensions.feed_forward,
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "max_position_embeddings": dimensions.positions,
        "type_vocab_size": dimensions.token_types,
        "layer_norm_eps": 1e-12,
        "initializer_range": 0.02,
        "position_embedding_type": "absolute",
        "pad_token_id": kept.index(special.pad),
        "bos_token_id": kept.index(special.bos),
        "eos_token_id": kept.index(special.eos),
        "dtype": "float32",
    }


def state_dict(container: Container, kept: Sequence[int]) -> dict[str, npt.NDArray[np.float32]]:
    """Return all tensors of the encoder, the word embeddings for the kept pieces only."""
    return {
        target: container.tensor(source, shape, kept if source == _WORD_EMBEDDINGS else slice(None))
        for target, source, shape in tensor_specs(container.dimensions)
    }


def tensor_specs(dimensions: Dimensions) -> Iterator[TensorSpec]:
    """Yield every tensor of the encoder."""
    hidden, wide = dimensions.hidden, dimensions.feed_forward
    for name, source, rows in (
        ("word", _WORD_EMBEDDINGS, dimensions.vocabulary),
        ("position", "emb.pos", dimensions.positions),
        ("token_type", "emb.type", dimensions.token_types),
    ):
        yield TensorSpec(f"embeddings.{name}_embeddings.weight", source, (rows, hidden))
    yield from _weight_and_bias("embeddings.LayerNorm", "emb.ln", (hidden,))
    parts: dict[str, tuple[str, tuple[int, ...]]] = {
        "attention.self.query": ("q", (hidden, hidden)),
        "attention.self.key": ("k", (hidden, hidden)),
        "attention.self.value": ("v", (hidden, hidden)),
        "attention.output.dense": ("ao", (hidden, hidden)),
        "attention.output.LayerNorm": ("aln", (hidden,)),
        "intermediate.dense": ("fi", (wide, hidden)),
        "output.dense": ("fo", (hidden, wide)),
        "output.LayerNorm": ("oln", (hidden,)),
    }
    for layer in range(dimensions.layers):
        for name, (part, shape) in parts.items():
            yield from _weight_and_bias(f"encoder.layer.{layer}.{name}", f"l{layer}.{part}", shape)


def _weight_and_bias(target: str, source: str, shape: tuple[int, ...]) -> Iterator[TensorSpec]:
    """Yield the two tensors of a dense layer or LayerNorm; the bias has one value an output."""
    yield TensorSpec(f"{target}.weight", f"{source}.w", shape)
    yield TensorSpec(f"{target}.bias", f"{source}.b", shape[:1])
