"""`python -m training.audit`: look at the composed messages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from data.files import DataError
from data.gold_set import GoldRecord, read_gold
from model.labels import CATEGORIES
from training.audit import SEED
from training.audit.figures import measure
from training.audit.report import write_report
from training.audit.sample import draw
from training.corpora import CorpusError

app = typer.Typer(help="Look at the composed messages in data/gold.", add_completion=False)


def _records() -> list[GoldRecord]:
    return [record for split in read_gold().values() for record in split]


@app.command()
def report(
    out: Annotated[Path, typer.Option(help="Folder for the page and its figures.")] = Path(
        "runs/data-report"
    ),
    corpora: Annotated[Path | None, typer.Option(help="Folder of public corpora.")] = None,
    count: Annotated[int, typer.Option(min=0, help="Messages shown of each category.")] = 30,
) -> None:
    """Run every audit and write a page with counts, grid, agreement, leaks and samples."""
    try:
        page = write_report(out, measure(corpora), _records(), count)
    except (CorpusError, DataError, OSError) as error:
        typer.secho(f"audit: {error}", err=True, fg="red")
        raise typer.Exit(1) from error
    typer.echo(page)


@app.command()
def sample(
    category: Annotated[str | None, typer.Option(help="One category; all unless given.")] = None,
    count: Annotated[int, typer.Option(min=1, help="Messages of each category.")] = 30,
    seed: Annotated[int, typer.Option()] = SEED,
) -> None:
    """Print random messages of each category with their labels."""
    if category is not None and category not in CATEGORIES:
        raise typer.BadParameter(f"choose from {', '.join(CATEGORIES)}", param_hint="--category")
    records = _records()
    for name in [category] if category else CATEGORIES:
        typer.secho(f"\n== {name}", bold=True)
        for record in draw(records, name, count, seed):
            codes = " ".join(item.code for item in record.evidence)
            typer.echo(f"\n{record.id} · {record.channel} · {record.expected} · {codes}")
            typer.echo(record.text)


if __name__ == "__main__":
    app()
