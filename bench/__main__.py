"""`python -m bench`: measure, write `bench/results/*.json`, print."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from bench.evidence import measure_evidence
from bench.guidance import guidance_page
from bench.pictures import write_pictures
from bench.quality import measure_quality
from bench.report import quality_page
from bench.robustness import measure_robustness
from bench.speed import measure_speed
from training.audit.figures import measure

RESULTS = Path(__file__).resolve().parent / "results"


def bench(
    only: Annotated[
        str | None,
        typer.Argument(
            help="speed, evidence, guidance, quality, robustness or data; all unless given. "
            "page: quality.md again from the figures that are there."
        ),
    ] = None,
    samples: Annotated[Path | None, typer.Option(help="File of real messages.")] = None,
    corpora: Annotated[Path | None, typer.Option(help="Folder of public corpora.")] = None,
) -> None:
    """Measure speed, evidence and quality of the shipped artifact, and audit the messages."""
    if only in (None, "speed"):
        _write("speed", measure_speed())
    if only in (None, "evidence"):
        _write("evidence", measure_evidence())
    if only in (None, "guidance"):
        page = guidance_page()
        (RESULTS / "guidance.md").write_text(page, encoding="utf-8")
        typer.echo(page)
    if only in (None, "quality"):
        _write("quality", measure_quality(samples, corpora))
    if only in (None, "robustness"):
        _write("robustness", measure_robustness())
    if only in (None, "quality", "robustness", "page"):
        _write_page()
    if only in (None, "data"):
        _write("data", measure(corpora))


def _write_page() -> None:
    report = _read("quality") | _read("robustness")
    page = quality_page(report, _read("ablation"), write_pictures(report, RESULTS))
    (RESULTS / "quality.md").write_text(page, encoding="utf-8")


def _read(name: str) -> dict[str, Any]:
    """A result file; nothing where there is none."""
    path = RESULTS / f"{name}.json"
    report: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return report


def _write(name: str, report: dict[str, Any]) -> None:
    text = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(text, encoding="utf-8")
    typer.echo(text)


if __name__ == "__main__":
    typer.run(bench)
