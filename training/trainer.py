"""What pretraining and fine-tuning have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR
from transformers import TrainingArguments
from transformers.trainer_utils import get_last_checkpoint


@dataclass(frozen=True, slots=True)
class Schedule:
    """Linear warm-up over a share of the steps, then linear decay to zero."""

    steps: int
    warmup: float = 0.1

    def rate(self, step: int) -> float:
        """Factor of the peak rate at a step counted from 0; in 0..1."""
        ramp = max(1.0, self.warmup * self.steps)
        left = max(0.0, (self.steps - step) / max(1.0, self.steps - ramp))
        return min(1.0, (step + 1) / ramp, left)

    def of(self, optimizer: AdamW) -> LambdaLR:
        """The schedule of an optimiser."""
        return LambdaLR(optimizer, self.rate)


def make_optimizer(parts: Sequence[tuple[Iterable[torch.nn.Parameter], float]]) -> AdamW:
    """AdamW over parts of a model, each with its peak learning rate."""
    return AdamW(
        [{"params": list(parameters), "lr": rate} for parameters, rate in parts],
        weight_decay=0.01,
    )


def fast_bfloat16() -> bool:
    """Whether bfloat16 is faster here than float32; elsewhere autocast only slows down."""
    features = torch.cpu.get_capabilities()
    on_cpu = any(features.get(name) for name in ("amx_bf16", "avx512_bf16"))
    return torch.cuda.is_available() or on_cpu


def training_arguments(
    runs: Path, epochs: int, batch_size: int, seed: int, **more: Any
) -> TrainingArguments:
    """Settings alike in every run: a checkpoint an epoch, progress shown, nothing reported."""
    return TrainingArguments(
        output_dir=str(runs),
        num_train_epochs=epochs,
        per_device_train_batch_size=batch_size,
        bf16=fast_bfloat16(),
        use_cpu=not torch.cuda.is_available(),
        seed=seed,
        data_seed=seed,
        logging_steps=20,
        save_strategy="epoch",
        save_total_limit=1,
        report_to=[],
        remove_unused_columns=False,
        dataloader_pin_memory=False,
        max_grad_norm=1.0,
        **more,
    )


def last_checkpoint(runs: Path) -> str | None:
    """The checkpoint that an interrupted run left in `runs`, if any."""
    found: str | None = (
        get_last_checkpoint(str(runs)) if runs.is_dir() else None  # type: ignore[no-untyped-call]
    )
    return found
