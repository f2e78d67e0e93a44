"""Everything that a training run can be told, so that a bench can leave parts of it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from training.pretrain import PretrainingRecipe


@dataclass(frozen=True, slots=True)
class Recipe:
    """Hyper-parameters of a run; a weight or share of 0 leaves its part out.

    Attributes:
        batch_size, accumulate: rows of one forward pass, and passes of one optimiser step.
        max_tokens: longest input in tokens, header and special ones included; longer texts
            are cut.
        encoder_rate, head_rate: peak learning rates of AdamW. 1e-4 underfits this encoder.
        freeze_embeddings: whether token embeddings stay as pretrained: words that training
            holds would move away from their synonyms that it doesn't.
        marks: whether contacts are named by what they are (see `screening.model_input`).
        header_dropout: share of the rows in 0..1 that are shown without channel and sender.
        copied_share: share of the training rows in 0..1, the same in every category and
            source, that get a copy with other slots and in disguise.
        diluted_share: likewise for copies among harmless sentences.
        twins: weight of the margin between the twins' odds of fraud.
        margin: that margin, in log-odds.
        consistency: weight of the divergence of a copy's probabilities from the original's.
        expected: weight of guessing the expected verdict.
        spans: weight of marking the words that show each evidence code.

    """

    epochs: int = 3
    batch_size: int = 16
    accumulate: int = 3
    max_tokens: int = 160
    encoder_rate: float = 3e-4
    head_rate: float = 3e-3
    warmup: float = 0.1
    label_smoothing: float = 0.05
    freeze_embeddings: bool = True
    marks: bool = True
    header_dropout: float = 0.3
    copied_share: float = 0.25
    diluted_share: float = 0.06
    twins: float = 0.1
    margin: float = 3.0
    consistency: float = 0.2
    expected: float = 0.1
    spans: float = 0.03
    pretraining: PretrainingRecipe = field(default_factory=PretrainingRecipe)
    seed: int = 20261


def read_recipe(values: Mapping[str, Any]) -> tuple[Recipe, int | None]:
    """A recipe and the number of layers, from the `recipe` of metrics.json.

    Raises:
        TypeError: a field is missing or unknown.

    """
    fields = dict(values)
    layers = fields.pop("layers")
    pretraining = PretrainingRecipe(**fields.pop("pretraining"))
    return Recipe(**fields, pretraining=pretraining), layers
