"""The network: a BERT encoder, mean pooling over the mask, one linear head."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel


class CategoryModel(nn.Module):
    """Token ids to logits over the categories.

    Args:
        encoder: a BERT-like model that returns `last_hidden_state`.
        hidden: width of that state.
        labels: number of categories.

    """

    def __init__(self, encoder: nn.Module, hidden: int, labels: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.hidden = hidden
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(hidden, labels)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Logits, float32 of shape (batch, labels), for two int64 tensors (batch, length)."""
        return self.states(input_ids, attention_mask)[0]

    def states(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Logits, pooled state (batch, hidden) and token states (batch, length, hidden)."""
        state = self.encoder(input_ids=input_ids, attention_mask=attention_mask)[0]
        mask = attention_mask.unsqueeze(-1).to(state.dtype)
        pooled = (state * mask).sum(1) / mask.sum(1).clamp(min=1.0)
        logits: Tensor = self.head(self.dropout(pooled))
        return logits, pooled, state


def load_encoder(base: str | Path, layers: int | None) -> tuple[nn.Module, int]:
    """Load a pretrained encoder, cut to its first `layers`, and tell its width.

    Args:
        base: a local Hugging Face folder or a hub name.
        layers: layers to keep from the bottom; None keeps all.

    Raises:
        OSError: the folder or the hub name can't be loaded.

    """
    options = {} if layers is None else {"num_hidden_layers": layers}
    try:
        encoder = AutoModel.from_pretrained(
            str(base),
            add_pooling_layer=False,  # the pooler of this checkpoint would be random
            attn_implementation="eager",  # SDPA's backward is 1.4 times slower on a CPU
            attention_probs_dropout_prob=0.0,
            dtype=torch.float32,
            **options,
        )
    except ValueError as error:  # raised where config.json is missing or of another kind
        raise OSError(str(error)) from error
    return encoder, int(encoder.config.hidden_size)


def load_model(base: str | Path, layers: int | None, labels: int) -> CategoryModel:
    """An encoder (see `load_encoder`, also for errors) with a fresh head."""
    encoder, hidden = load_encoder(base, layers)
    return CategoryModel(encoder, hidden, labels)
