"""Fine-tuning with the transformers Trainer: seeds fixed, resumable, progress shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from datasets import Dataset
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.utils.data import Sampler
from transformers import Trainer

from training.batches import CODES, Batch, UnitSampler, make_collate
from training.dataset import LEVELS
from training.encoder import CategoryModel
from training.losses import copy_divergence, span_loss, twin_margin, weighted_cross_entropy
from training.recipe import Recipe
from training.trainer import Schedule, last_checkpoint, make_optimizer, training_arguments


class TaughtModel(nn.Module):
    """A category model with the heads that only training needs.

    Marking the words of each evidence code makes the encoder look at what decides; the expected
    verdict tells apart what the seven categories don't.
    """

    def __init__(self, model: CategoryModel) -> None:
        super().__init__()
        self.model = model
        self.expected = nn.Linear(model.hidden, len(LEVELS))
        self.spans = nn.Linear(model.hidden, len(CODES))

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> dict[str, Tensor]:
        """Logits of categories and levels (rows, …), of codes (rows, length, codes)."""
        logits, pooled, state = self.model.states(input_ids, attention_mask)
        return {
            "logits": logits.float(),
            "expected": self.expected(pooled).float(),
            "spans": self.spans(state).float(),
        }


class RecipeTrainer(Trainer):
    """Trainer whose loss is the sum of the recipe's terms."""

    def __init__(self, *args: Any, recipe: Recipe, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._recipe = recipe

    def _get_train_sampler(self, train_dataset: Any = None) -> Sampler[int]:
        rows: Any = self.train_dataset if train_dataset is None else train_dataset
        step = self._recipe.batch_size * self._recipe.accumulate
        return UnitSampler(list(rows["unit"]), list(rows["length"]), step, self._recipe.seed)

    def compute_loss(
        self, model: nn.Module, inputs: Batch, *_: Any, return_outputs: bool = False, **__: Any
    ) -> Any:
        """Loss of one batch; with `return_outputs` also what the model gave."""
        outputs = model(inputs["input_ids"], inputs["attention_mask"])
        loss = recipe_loss(outputs, inputs, self._recipe)
        return (loss, outputs) if return_outputs else loss


def recipe_loss(outputs: dict[str, Tensor], batch: Batch, recipe: Recipe) -> Tensor:
    """The weighted sum of the terms that the recipe asks for."""
    logits, weight = outputs["logits"], batch["weight"]
    loss = weighted_cross_entropy(logits, batch["labels"], weight, recipe.label_smoothing)
    if recipe.expected:
        loss = loss + recipe.expected * weighted_cross_entropy(
            outputs["expected"], batch["expected"], weight, 0.0
        )
    if recipe.spans:
        loss = loss + recipe.spans * span_loss(outputs["spans"], batch["tags"], batch["tagged"])
    if recipe.twins:
        loss = loss + recipe.twins * twin_margin(
            logits, batch["labels"], batch["twins"], recipe.margin
        )
    if recipe.consistency:
        loss = loss + recipe.consistency * copy_divergence(logits, batch["copies"])
    return loss


def fine_tune(
    model: CategoryModel, train: Dataset, tokenizer: Tokenizer, recipe: Recipe, runs: Path
) -> CategoryModel:
    """Train `model` in place; an interrupted run in `runs` goes on from its last epoch.

    Args:
        train: rows as `training.batches.tokenize` gives them.

    """
    if recipe.freeze_embeddings:
        model.encoder.embeddings.requires_grad_(False)
    taught = TaughtModel(model)
    encoder = [one for one in model.encoder.parameters() if one.requires_grad]
    heads = [*model.head.parameters(), *taught.expected.parameters(), *taught.spans.parameters()]
    optimizer = make_optimizer([(encoder, recipe.encoder_rate), (heads, recipe.head_rate)])
    batches = -(-len(train) // recipe.batch_size)
    steps = recipe.epochs * -(-batches // recipe.accumulate)
    trainer = RecipeTrainer(
        model=taught,
        args=training_arguments(
            runs,
            epochs=recipe.epochs,
            batch_size=recipe.batch_size,
            seed=recipe.seed,
            gradient_accumulation_steps=recipe.accumulate,
        ),
        train_dataset=train,
        data_collator=make_collate(tokenizer, recipe),
        optimizers=(optimizer, Schedule(steps, recipe.warmup).of(optimizer)),
        recipe=recipe,
    )
    trainer.train(resume_from_checkpoint=last_checkpoint(runs))
    return model.to("cpu").float().eval()
