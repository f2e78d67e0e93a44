"""Each part of the training left out in turn, under the same budget: what is it good for?

`python -m bench.ablation` trains what `runs/ablation` doesn't hold yet, measures it in float32,
without int8 and n-grams, and adds it to `bench/results/ablation.json`.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import numpy as np
import torch
import typer
from datasets import Dataset
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bench.scores import scored, with_intervals
from bench.texts import gold_messages
from data.gold_set import GOLD_DIR
from training.batches import tokenize
from training.dataset import build_dataset
from training.encoder import CategoryModel
from training.pipeline import train_model
from training.recipe import Recipe

RUNS: Final = Path("runs/ablation")
RESULT: Final = Path(__file__).resolve().parent / "results" / "ablation.json"

# Fewer epochs than the shipped artifact had, and no public corpora: the same for all.
FULL: Final = Recipe(epochs=2)
PLAIN: Final = replace(
    FULL,
    marks=False,
    header_dropout=1.0,
    copied_share=0.0,
    diluted_share=0.0,
    twins=0.0,
    consistency=0.0,
    expected=0.0,
    spans=0.0,
)
VARIANTS: Final[dict[str, Recipe]] = {
    "plain": PLAIN,
    "full": FULL,
    "with_pretraining": replace(FULL, pretraining=replace(FULL.pretraining, epochs=1)),
    "without_marks": replace(FULL, marks=False),
    "without_heads_and_twins": replace(FULL, twins=0.0, expected=0.0, spans=0.0),
    "without_copies": replace(FULL, copied_share=0.0, diluted_share=0.0, consistency=0.0),
    "without_sender": replace(FULL, header_dropout=1.0),
}


def ablate(
    names: Annotated[list[str] | None, typer.Argument(help="Variants; all unless given.")] = None,
    base_model: Annotated[str, typer.Option(help="As for `python -m training`.")] = "base-model",
    corpora: Annotated[
        Path | None, typer.Option(help="Public corpora, for pretraining alone.")
    ] = None,
    layers: Annotated[int, typer.Option()] = 6,
) -> None:
    """Train the variants and measure them; a run that was interrupted goes on."""
    report = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    for name in names or VARIANTS:
        recipe = VARIANTS[name]
        data = build_dataset(GOLD_DIR, None, recipe)
        model, tokenizer, _ = train_model(
            base_model, corpora, GOLD_DIR, RUNS / name, layers, recipe, data
        )
        report[name] = {"rows": len(data["train"])}
        for split in ("dev", "test"):
            chances = _probabilities(model, tokenizer, data[split], recipe)
            report[name][split] = with_intervals(scored(gold_messages(split), chances))
        text = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
        RESULT.write_text(text, encoding="utf-8")
        typer.echo(f"{name}: {report[name]}")


def _probabilities(
    model: CategoryModel, tokenizer: Tokenizer, rows: Dataset, recipe: Recipe
) -> NDArray[np.float64]:
    """Shape (rows, categories); texts are cut as in training."""
    first, last = tokenizer.encode("").ids
    chances = []
    with torch.inference_mode():
        for row in tokenize(rows, tokenizer, recipe.max_tokens):
            header = row["header_ids"] if recipe.header_dropout < 1 else []
            ids = torch.tensor([[first, *header, *row["input_ids"], last]])
            logits = model(ids, torch.ones_like(ids))[0]
            chances.append(logits.double().softmax(0).numpy())
    return np.stack(chances)


if __name__ == "__main__":
    typer.run(ablate)
