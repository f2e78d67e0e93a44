"""Each part of the training left out in turn, under the same budget: what is it good for?

`python -m bench.ablation` trains what `runs/ablation` doesn't hold yet, measures all that it
finds there, and writes `bench/results/ablation.json`.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Final

import numpy as np
import typer

from bench.scores import FRAUD, Scored, with_intervals
from data.gold_set import GOLD_DIR, read_gold
from model.classifier import Classifier
from model.labels import CATEGORIES
from training.pipeline import train_artifact
from training.recipe import Recipe
from training.views import view

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
    measure: Annotated[bool, typer.Option(help="Measure what has been trained.")] = True,
) -> None:
    """Train the variants and measure them."""
    for name in names if names is not None else VARIANTS:
        folder = RUNS / name
        if not (folder / "artifact" / "manifest.json").exists():
            train_artifact(
                base_model,
                None,
                GOLD_DIR,
                folder / "artifact",
                folder / "runs",
                layers,
                VARIANTS[name],
                pretraining_corpora=corpora,
            )
    if measure:
        report = {name: _measure(name) for name in VARIANTS if (RUNS / name / "artifact").is_dir()}
        text = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
        RESULT.write_text(text, encoding="utf-8")
        typer.echo(text)


def _measure(name: str) -> dict[str, Any]:
    """The encoder alone and pooled with its n-grams, on dev and test."""
    recipe, folder = VARIANTS[name], RUNS / name / "artifact"
    classifier = Classifier.load(folder, threads=2)
    metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    report: dict[str, Any] = {"gold_train": metrics["rows"]["gold_train"]}
    for split in ("dev", "test"):
        records = read_gold()[split]
        shown = [view(one.text, one.channel, one.sender, marks=recipe.marks) for one in records]
        headers = [one.header if recipe.header_dropout < 1 else "" for one in shown]
        truth = np.asarray([CATEGORIES.index(one.category) for one in records])
        names = [f"{one.group}/{one.pair}" if one.pair else one.id for one in records]
        units = np.unique(names, return_inverse=True)[1]
        pooled = [
            list(classifier.predict(one.text, header).probabilities.values())
            for one, header in zip(shown, headers, strict=True)
        ]
        encoder = [
            np.exp(classifier.parts(one.text, header)[0])
            for one, header in zip(shown, headers, strict=True)
        ]
        for kind, rows in (("pooled", pooled), ("encoder", encoder)):
            chances = np.asarray(rows, dtype=np.float64)
            scored = Scored(truth, chances, chances[:, FRAUD].sum(1), units)
            report.setdefault(split, {})[kind] = with_intervals(scored)
    return report


if __name__ == "__main__":
    typer.run(ablate)
