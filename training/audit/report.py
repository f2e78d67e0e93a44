"""The data report: one page to look at before trusting the data."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from data.gold_set import GoldRecord
from model.labels import CATEGORIES
from training.audit.coverage import values
from training.audit.leaks import leak_rows
from training.audit.pictures import boxes, heat_map, page_pictures
from training.audit.sample import draw


def write_report(
    folder: Path, figures: Mapping[str, Any], records: Sequence[GoldRecord], per_category: int
) -> Path:
    """Write `index.html` and `figures.json`; return the page.

    Args:
        figures: as `training.audit.figures.measure` gives them.
        per_category: random messages of each category to show on the page.

    """
    environment = Environment(
        loader=PackageLoader("training.audit", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pictures = page_pictures(figures) | {"length": _lengths(records)}
    page = environment.get_template("report.html").render(
        figures=figures,
        leaks=tuple(leak_rows(figures)),
        pictures=pictures,
        grids=_grids(figures),
        samples={name: draw(records, name, per_category) for name in CATEGORIES},
    )
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(figures, ensure_ascii=False, indent=2) + "\n"
    (folder / "figures.json").write_text(text, encoding="utf-8")
    (folder / "index.html").write_text(page, encoding="utf-8")
    return folder / "index.html"


def _lengths(records: Sequence[GoldRecord]) -> str:
    lengths = {
        name: [len(record.text) for record in records if record.category == name]
        for name in CATEGORIES
    }
    return boxes({k: v for k, v in lengths.items() if v}, "Length by category", "characters")


def _grids(figures: Mapping[str, Any]) -> list[str]:
    return [
        heat_map(
            table["cells"],
            values(table["rows"]),
            values(table["columns"]),
            f"{table['rows']} × {table['columns']}: {', '.join(table['categories'])}",
        )
        for table in figures["grid"]
    ]
