from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from model.labels import CATEGORIES
from tests.training.audit.records import made
from training.audit.report import write_report

RECORDS = [made(f"g-{place}", f"第{place}条<b>", name) for place, name in enumerate(CATEGORIES)]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        assert not {name for name, _ in attrs} & {"src", "href"} or tag in ("use", "path"), tag


def test_one_page_that_needs_nothing_else(tmp_path: Path, figures: dict[str, Any]) -> None:
    page = write_report(tmp_path / "new", figures, RECORDS, 30)
    assert page == tmp_path / "new" / "index.html"
    text = page.read_text(encoding="utf-8")
    tags = Tags()
    tags.feed(text)
    assert tags.names.count("svg") == len(figures["grid"]) + 7
    assert "script" not in tags.names
    for record in RECORDS:
        assert record.id in text
        assert record.text.replace("<", "&lt;").replace(">", "&gt;") in text


def test_the_figures_lie_beside_it(tmp_path: Path, figures: dict[str, Any]) -> None:
    write_report(tmp_path, figures, RECORDS, 0)
    written = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert written["all"] == figures["all"]


def test_gaps_are_named(tmp_path: Path, figures: dict[str, Any]) -> None:
    grid = [*figures["grid"]]
    grid[0] = grid[0] | {"gaps": {"bank/m2": 0}}
    page = write_report(tmp_path, figures | {"grid": grid}, RECORDS, 1)
    text = page.read_text(encoding="utf-8")
    assert "bank/m2" in text
    assert "No cell that matters is empty" not in text
