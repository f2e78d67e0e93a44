"""Masked language modelling on messages, before anything is learned from labels.

Devlin et al., arXiv 1810.04805: 15 % of the tokens are to be guessed, of which 80 % are masked,
10 % exchanged and 10 % left. Gururangan et al., arXiv 2004.10964: going on with it on texts of
the field helps the task.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from datasets import Dataset
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import Trainer

from training.encoder import load_encoder
from training.trainer import Schedule, last_checkpoint, make_optimizer, training_arguments

_CHOSEN: Final = 0.15
_MASKED, _EXCHANGED = 0.8, 0.1
_IGNORED: Final = -100
_DONE: Final = "done"


@dataclass(frozen=True, slots=True)
class PretrainingRecipe:
    """Hyper-parameters; 0 epochs leave the encoder as it is.

    Attributes:
        batch_size: texts of one optimiser step.
        max_tokens: longer texts are cut.
        most_per_label: rows taken of each label of a public corpus.
        rate: peak learning rate of AdamW.

    """

    epochs: int = 0
    batch_size: int = 32
    max_tokens: int = 128
    most_per_label: int = 5000
    rate: float = 2e-4
    seed: int = 20263


class MaskedModel(nn.Module):
    """An encoder that guesses hidden tokens; the guesses share the input embeddings."""

    def __init__(self, encoder: nn.Module, hidden: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.transform = nn.Sequential(nn.Linear(hidden, hidden), nn.GELU(), nn.LayerNorm(hidden))
        self.bias = nn.Parameter(torch.zeros(_embeddings(encoder).shape[0]))

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, labels: Tensor
    ) -> dict[str, Tensor]:
        """Mean cross-entropy of the hidden tokens; the others cost no output layer."""
        state = self.encoder(input_ids=input_ids, attention_mask=attention_mask)[0]
        hidden = labels != _IGNORED
        guesses = self.transform(state[hidden]) @ _embeddings(self.encoder).T + self.bias
        return {"loss": nn.functional.cross_entropy(guesses.float(), labels[hidden])}


def _embeddings(encoder: nn.Module) -> Tensor:
    weight: Tensor = encoder.get_input_embeddings().weight  # type: ignore[operator]
    return weight


def make_masking_collate(
    tokenizer: Tokenizer,
) -> Callable[[Sequence[dict[str, Any]]], dict[str, Tensor]]:
    """A collate function that pads `input_ids` and hides tokens anew each time.

    Special tokens are never hidden, and at least one token of a batch is: a batch of empty texts
    raises IndexError.
    """
    mask, pad = (int(tokenizer.token_to_id(token) or 0) for token in ("<mask>", "<pad>"))
    first, last = tokenizer.encode("").ids
    size = tokenizer.get_vocab_size()

    def collate(rows: Sequence[dict[str, Any]]) -> dict[str, Tensor]:
        ids = nn.utils.rnn.pad_sequence(
            [torch.tensor(row["input_ids"]) for row in rows], batch_first=True, padding_value=pad
        )
        usual = (ids != pad) & (ids != first) & (ids != last)
        chosen = usual & (torch.rand(ids.shape) < _CHOSEN)
        if not chosen.any():
            chosen[tuple(usual.nonzero()[0])] = True
        labels = torch.where(chosen, ids, _IGNORED)
        draw = torch.rand(ids.shape)
        exchanged = chosen & (draw >= _MASKED) & (draw < _MASKED + _EXCHANGED)
        hidden = torch.where(chosen & (draw < _MASKED), mask, ids)
        hidden = torch.where(exchanged, torch.randint(size, ids.shape), hidden)
        return {"input_ids": hidden, "attention_mask": torch.ne(ids, pad).long(), "labels": labels}

    return collate


def pretrain(
    base: str | Path,
    layers: int | None,
    texts: Callable[[], Sequence[str]],
    tokenizer: Tokenizer,
    recipe: PretrainingRecipe,
    out: Path,
) -> Path:
    """Go on pretraining the encoder of `base` and save it in `out` as a model folder.

    Args:
        texts: gives the texts; not called where `out` is finished.

    A finished `out` is used again; an interrupted run goes on from its last epoch.

    Raises:
        OSError: the encoder can't be loaded or saved.

    """
    if (out / _DONE).exists():
        return out
    encoder, hidden = load_encoder(base, layers)
    model = MaskedModel(encoder, hidden)
    tokenizer.enable_truncation(recipe.max_tokens)
    ids = [one.ids for one in tokenizer.encode_batch(list(texts()))]
    tokenizer.no_truncation()
    rows = Dataset.from_dict({"input_ids": ids, "length": [len(one) for one in ids]})
    steps = recipe.epochs * -(-len(rows) // recipe.batch_size)
    optimizer = make_optimizer([(model.parameters(), recipe.rate)])
    runs = out / "checkpoints"
    trainer = Trainer(
        model=model,
        args=training_arguments(
            runs,
            epochs=recipe.epochs,
            batch_size=recipe.batch_size,
            seed=recipe.seed,
            train_sampling_strategy="group_by_length",
        ),
        train_dataset=rows,
        data_collator=make_masking_collate(tokenizer),
        optimizers=(optimizer, Schedule(steps).of(optimizer)),
    )
    trainer.train(resume_from_checkpoint=last_checkpoint(runs))
    encoder.save_pretrained(str(out))  # type: ignore[operator]
    tokenizer.save(str(out / "tokenizer.json"))
    (out / _DONE).touch()
    shutil.rmtree(runs, ignore_errors=True)
    return out
