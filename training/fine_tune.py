"""Fine-tuning with the transformers Trainer: seeds fixed, resumable, progress shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.utils.data import Sampler
from transformers import Trainer, TrainingArguments
from transformers.trainer_utils import get_last_checkpoint

from training.encoder import CategoryModel


@dataclass(frozen=True, slots=True)
class Recipe:
    """Hyper-parameters. Rates as measured for this encoder; 1e-4 underfits.

    Attributes:
        batch_size, accumulate: rows of one forward pass, and passes of one optimiser step.
        max_tokens: longest input in tokens, special ones included; longer texts are cut.
        encoder_rate, head_rate: peak learning rates of AdamW.

    """

    epochs: int = 3
    batch_size: int = 16
    accumulate: int = 3
    max_tokens: int = 256
    encoder_rate: float = 3e-4
    head_rate: float = 3e-3
    warmup: float = 0.1
    label_smoothing: float = 0.05
    seed: int = 20261


Batch = dict[str, Tensor]


class StepSampler(Sampler[int]):
    """Random rows for each optimiser step, sorted by length inside it.

    Rows of similar length share a forward pass, which saves padding. Sorting more rows than one
    step takes would fill steps with one source and one category, as length tells them apart;
    at these learning rates that made the encoder collapse.
    """

    def __init__(self, lengths: list[int], step: int, seed: int) -> None:
        self._lengths = lengths
        self._step = step
        self._seed = seed
        self._epoch = 0

    def set_epoch(self, epoch: int) -> None:
        """Choose the epoch's order; called by the trainer, also when it resumes."""
        self._epoch = epoch

    def __len__(self) -> int:
        return len(self._lengths)

    def __iter__(self) -> Iterator[int]:
        generator = torch.Generator().manual_seed(self._seed + self._epoch)
        order = torch.randperm(len(self._lengths), generator=generator).tolist()
        for start in range(0, len(order), self._step):
            yield from sorted(order[start : start + self._step], key=self._lengths.__getitem__)


class WeightedTrainer(Trainer):
    """Trainer whose loss is the mean of weighted cross-entropies."""

    def __init__(self, *args: Any, recipe: Recipe, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._recipe = recipe

    def _get_train_sampler(self, train_dataset: Any = None) -> Sampler[int]:
        rows: Any = self.train_dataset if train_dataset is None else train_dataset
        step = self._recipe.batch_size * self._recipe.accumulate
        return StepSampler(list(rows["length"]), step, self._recipe.seed)

    def compute_loss(
        self, model: nn.Module, inputs: Batch, *_: Any, return_outputs: bool = False, **__: Any
    ) -> Any:
        """Loss of one batch; with `return_outputs` also the logits."""
        logits = model(inputs["input_ids"], inputs["attention_mask"])
        losses = nn.functional.cross_entropy(
            logits.float(),
            inputs["labels"],
            reduction="none",
            label_smoothing=self._recipe.label_smoothing,
        )
        loss = (losses * inputs["weight"]).mean()
        return (loss, {"logits": logits}) if return_outputs else loss


def tokenize(dataset: Dataset, tokenizer: Tokenizer, max_tokens: int) -> Dataset:
    """Replace the text column by `input_ids`, cut to `max_tokens`."""
    tokenizer.enable_truncation(max_tokens)

    def encode(rows: dict[str, list[Any]]) -> dict[str, list[Any]]:
        ids = [encoding.ids for encoding in tokenizer.encode_batch(rows["text"])]
        return {"input_ids": ids, "length": [len(one) for one in ids]}

    kept = dataset.map(encode, batched=True, remove_columns=["text", "source", "group"])
    tokenizer.no_truncation()
    return kept


def make_collate(pad_id: int) -> Callable[[list[dict[str, Any]]], Batch]:
    """A collate function that pads a batch to its longest row."""

    def collate(rows: list[dict[str, Any]]) -> Batch:
        ids = [torch.tensor(row["input_ids"], dtype=torch.int64) for row in rows]
        padded = nn.utils.rnn.pad_sequence(ids, batch_first=True, padding_value=pad_id)
        lengths = torch.tensor([len(one) for one in ids])
        mask = torch.arange(padded.shape[1])[None, :] < lengths[:, None]
        return {
            "input_ids": padded,
            "attention_mask": mask.to(torch.int64),
            "labels": torch.tensor([row["label"] for row in rows]),
            "weight": torch.tensor([row["weight"] for row in rows], dtype=torch.float32),
        }

    return collate


def fine_tune(
    model: CategoryModel, train: Dataset, pad_id: int, recipe: Recipe, runs: Path
) -> CategoryModel:
    """Train `model` in place; an interrupted run in `runs` goes on from its last epoch.

    Args:
        train: columns input_ids, length, label, weight.

    """
    optimizer = torch.optim.AdamW(
        [
            {"params": model.encoder.parameters(), "lr": recipe.encoder_rate},
            {"params": model.head.parameters(), "lr": recipe.head_rate},
        ],
        weight_decay=0.01,
    )
    steps = recipe.epochs * -(-len(train) // (recipe.batch_size * recipe.accumulate))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: _rate(step, steps, recipe.warmup)
    )
    trainer = WeightedTrainer(
        model=model,
        args=_arguments(recipe, runs),
        train_dataset=train,
        data_collator=make_collate(pad_id),
        optimizers=(optimizer, schedule),
        recipe=recipe,
    )
    last = get_last_checkpoint(str(runs)) if runs.is_dir() else None  # type: ignore[no-untyped-call]
    trainer.train(resume_from_checkpoint=last)
    return model.to("cpu").float().eval()


def _rate(step: int, steps: int, warmup: float) -> float:
    """Linear warm-up, then linear decay to zero; in 0..1."""
    ramp = max(1.0, warmup * steps)
    return min((step + 1) / ramp, max(0.0, (steps - step) / max(1.0, steps - ramp)))


def _arguments(recipe: Recipe, runs: Path) -> TrainingArguments:
    # bf16 autocast halves the time on CPUs with AMX and on GPUs; elsewhere it only slows down.
    fast = torch.cuda.is_available() or bool(torch.cpu.get_capabilities().get("amx_bf16"))
    return TrainingArguments(
        output_dir=str(runs),
        num_train_epochs=recipe.epochs,
        per_device_train_batch_size=recipe.batch_size,
        gradient_accumulation_steps=recipe.accumulate,
        bf16=fast,
        seed=recipe.seed,
        data_seed=recipe.seed,
        logging_steps=10,
        save_strategy="epoch",
        save_total_limit=1,
        report_to=[],
        remove_unused_columns=False,
        dataloader_pin_memory=False,
        max_grad_norm=1.0,
    )
