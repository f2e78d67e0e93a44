"""`python -m training`: data to artifact in one command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from data.files import DataError
from data.gold_set import GOLD_DIR
from model.artifact import SHIPPED
from training.base_model import BaseModelError
from training.corpora import CorpusError
from training.export import ParityError
from training.pipeline import recalibrate, train_artifact
from training.recipe import Recipe

_EXPECTED = (BaseModelError, CorpusError, DataError, OSError, ParityError)


def train(
    base_model: Annotated[
        str, typer.Option(help="Folder (expanded or packed) or hub name of the encoder.")
    ] = "base-model",
    corpora: Annotated[
        Path | None, typer.Option(help="Folder of public corpora; none: gold messages only.")
    ] = None,
    gold: Annotated[Path, typer.Option(help="Folder of the gold messages.")] = GOLD_DIR,
    out: Annotated[Path, typer.Option(help="Folder the artifact is written to.")] = SHIPPED,
    runs: Annotated[Path, typer.Option(help="Checkpoints; an interrupted run goes on.")] = Path(
        "runs/train"
    ),
    layers: Annotated[int, typer.Option(help="Encoder layers kept, from the bottom.")] = 6,
    epochs: Annotated[int, typer.Option(min=1)] = Recipe().epochs,
    seed: Annotated[int, typer.Option()] = Recipe().seed,
    calibrate_only: Annotated[
        bool,
        typer.Option(
            help="Keep the weights in --out, fit share, temperature and thresholds again."
        ),
    ] = False,
) -> None:
    """Build the dataset, fine-tune, calibrate, export, check and write the artifact."""
    recipe = Recipe(epochs=epochs, seed=seed)
    try:
        if calibrate_only:
            recalibrate(out, corpora, gold)
            return
        train_artifact(base_model, corpora, gold, out, runs, layers, recipe)
    except _EXPECTED as error:
        typer.secho(f"training: {error}", err=True, fg="red")
        raise typer.Exit(1) from error


if __name__ == "__main__":
    typer.run(train)
