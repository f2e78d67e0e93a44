"""The model card, written from the metrics of the run that made the artifact."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

_TEMPLATE = Path(__file__).resolve().parent / "model_card.md.j2"


def write_card(path: Path, metrics: Mapping[str, Any]) -> None:
    """Render the card.

    Raises:
        jinja2.UndefinedError: a metric that the card shows is missing.

    """
    environment = Environment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    environment.globals["promise"] = _promise
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    path.write_text(template.render(metrics) + "\n", encoding="utf-8")


def _promise(promise: Mapping[str, Any] | None) -> str:
    """A promise in words; a dash where none was made."""
    if promise is None:
        return "—"
    aim = (
        ""
        if promise["bound"] <= promise["target"]
        else f", over the {promise['target']:.2%} aimed at"
    )
    return (
        f"{promise['events']} of {promise['n']}: below {promise['bound']:.2%} "
        f"with {promise['confidence']:.0%} confidence{aim}"
    )
