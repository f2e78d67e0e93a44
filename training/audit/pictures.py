"""Pictures of the data report, as SVG text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure

BLUE, RED, GREY = "#3b6ea8", "#b0483a", "#8a8f98"
_CATEGORY_ROWS = 0.32


def svg(figure: Figure) -> str:
    """The figure as an SVG element; the same figure gives the same text."""
    target = StringIO()
    # Salted, the same figures make the same file.
    with rc_context({"svg.hashsalt": "cuicha"}):
        figure.savefig(target, format="svg", bbox_inches="tight", metadata={"Date": None})
    text = target.getvalue()
    return text[text.index("<svg") :]


def stacked_bars(counts: Mapping[str, Mapping[str, int]], title: str) -> str:
    """Horizontal bars, one a key of the inner mappings, stacked by the outer keys."""
    names = list(dict.fromkeys(name for inner in counts.values() for name in inner))
    figure = Figure(figsize=(8, 1 + _CATEGORY_ROWS * len(names)))
    axes = figure.subplots()
    left = [0] * len(names)
    for (part, inner), colour in zip(counts.items(), (BLUE, GREY, RED), strict=False):
        widths = [inner.get(name, 0) for name in names]
        axes.barh(names, widths, left=left, label=part, color=colour)
        left = [total + width for total, width in zip(left, widths, strict=True)]
    for place, total in enumerate(left):
        axes.text(total, place, f" {total:,}", va="center", fontsize=8)
    axes.invert_yaxis()
    axes.set_title(title, loc="left", fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=8)
    return svg(figure)


def heat_map(
    cells: Mapping[str, int], rows: Sequence[str], columns: Sequence[str], title: str
) -> str:
    """A table of counts, darker for more (square-root scale); keys of `cells` are row/column."""
    table = [[cells.get(f"{row}/{column}", 0) for column in columns] for row in rows]
    figure = Figure(figsize=(1.6 + 0.62 * len(columns), 1.2 + 0.3 * len(rows)))
    axes = figure.subplots()
    shades = [[count**0.5 for count in line] for line in table]
    axes.imshow(shades, cmap="Blues", aspect="auto")
    middle = max(map(max, shades), default=0) / 2
    for y, line in enumerate(table):
        for x, count in enumerate(line):
            colour = "white" if shades[y][x] > middle else "black"
            axes.text(x, y, str(count), ha="center", va="center", fontsize=7, color=colour)
    axes.set_xticks(range(len(columns)), columns, rotation=40, ha="right", fontsize=8)
    axes.set_yticks(range(len(rows)), rows, fontsize=8)
    axes.set_title(title, loc="left", fontsize=10)
    return svg(figure)


def boxes(values: Mapping[str, Sequence[float]], title: str, unit: str) -> str:
    """Distributions side by side: quartiles, whiskers at 5 % and 95 %."""
    figure = Figure(figsize=(8, 1 + _CATEGORY_ROWS * len(values)))
    axes = figure.subplots()
    axes.boxplot(
        list(values.values()),
        orientation="horizontal",
        whis=(5, 95),
        showfliers=False,
        tick_labels=list(values),
    )
    axes.invert_yaxis()
    axes.set_xlabel(unit, fontsize=8)
    axes.set_title(title, loc="left", fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    return svg(figure)


def intervals(shares: Mapping[str, Mapping[str, float]], key: str, title: str) -> str:
    """Points with their interval: `key`, `low` and `high` of each entry, on a scale to 1."""
    figure = Figure(figsize=(8, 1 + _CATEGORY_ROWS * len(shares)))
    axes = figure.subplots()
    for place, share in enumerate(shares.values()):
        axes.plot([share["low"], share["high"]], [place, place], color=GREY)
        axes.plot(share[key], place, "o", color=BLUE)
        axes.text(share["high"], place, f"  {share[key]:.2f}", va="center", fontsize=8)
    axes.set_yticks(range(len(shares)), list(shares))
    axes.invert_yaxis()
    axes.set_xlim(0, 1.08)
    axes.set_title(title, loc="left", fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    return svg(figure)


def twin_bars(balance: Mapping[str, Mapping[str, float]], title: str) -> str:
    """For each thing that can be counted: share of pairs whose false or genuine twin has more."""
    names = list(balance)
    figure = Figure(figsize=(8, 1 + _CATEGORY_ROWS * len(names)))
    axes = figure.subplots()
    false = [balance[name]["false_has_more"] for name in names]
    genuine = [-balance[name]["genuine_has_more"] for name in names]
    axes.barh(names, false, color=RED, label="false twin has more")
    axes.barh(names, genuine, color=BLUE, label="genuine twin has more")
    axes.axvline(0, color="black", linewidth=0.8)
    axes.set_xlim(-1, 1)
    axes.invert_yaxis()
    axes.set_title(title, loc="left", fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=8)
    return svg(figure)


def page_pictures(figures: Mapping[str, Any]) -> dict[str, str]:
    """The pictures that need figures alone, by name."""
    splits = figures["splits"]
    parts = {
        name: stacked_bars({split: splits[split][name] for split in splits}, f"Messages by {name}")
        for name in ("category", "channel", "expected", "evidence")
    }
    kappas = {"all": figures["agreement"]["category"]} | figures["agreement"]["by_category"]
    parts["kappa"] = intervals(kappas, "kappa", "Cohen's kappa, first against second label")
    parts["twins"] = twin_bars(figures["twins"]["balance"], "What twins give away by counting")
    return parts
