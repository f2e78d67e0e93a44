"""Pictures of the quality report, as SVG files beside the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from matplotlib.figure import Figure

from model.labels import CATEGORIES
from training.audit.pictures import BLUE, GREY, RED, heat_map, intervals, svg

_BINS: Final = 10


def write_pictures(report: Mapping[str, Any], folder: Path) -> list[str]:
    """Draw the report of `bench.quality`; returns the file names."""
    test = report["sets"]["composed_test"]
    pictures = {
        "reliability": reliability(test["risks"]),
        "precision_recall": precision_recall(test["risks"], report["points"]),
        "confusion": confusion(test["confusion"]),
        "functionality": functionality(test["by_expected"]),
        "operators": operators(report["operators"]),
        "systems": systems(test["systems"]),
    }
    for name, picture in pictures.items():
        (folder / f"quality-{name}.svg").write_text(picture, encoding="utf-8")
    return [f"quality-{name}.svg" for name in pictures]


def reliability(risks: Mapping[str, Sequence[float]]) -> str:
    """Stated risk against the share of frauds, by tenths; the size tells how many."""
    stated = np.asarray([*risks["fraud"], *risks["lawful"]])
    fraud = np.arange(len(stated)) < len(risks["fraud"])
    places = np.minimum((stated * _BINS).astype(int), _BINS - 1)
    figure = Figure(figsize=(4.5, 4.5))
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=0.8)
    for place in range(_BINS):
        here = places == place
        if here.any():
            size = 15 + 250 * here.mean()
            axes.scatter(stated[here].mean(), fraud[here].mean(), s=size, color=BLUE)
    axes.set_xlabel("stated risk", fontsize=8)
    axes.set_ylabel("share of frauds", fontsize=8)
    return _titled(figure, "Reliability of the risk, composed test")


def precision_recall(
    risks: Mapping[str, Sequence[float]], points: Mapping[str, Mapping[str, float]]
) -> str:
    """Precision against recall at the base rate of each operating point, with its threshold."""
    fraud, lawful = np.asarray(risks["fraud"]), np.asarray(risks["lawful"])
    thresholds = np.unique(np.concatenate([fraud, lawful]))
    figure = Figure(figsize=(6, 4))
    axes = figure.subplots()
    for (name, point), colour in zip(points.items(), (BLUE, RED), strict=True):
        rate = point["base_rate"]
        curve = [_precision_recall(fraud, lawful, at, rate) for at in thresholds]
        recalls, precisions = zip(*curve, strict=True)
        axes.plot(recalls, precisions, color=colour, label=f"{name}: {rate:.2%} are fraud")
        recall, precision = _precision_recall(fraud, lawful, point["fraud"], rate)
        axes.scatter(recall, precision, color=colour, zorder=3)
    axes.set_xlabel("recall", fontsize=8)
    axes.set_ylabel("precision", fontsize=8)
    axes.set_ylim(-0.02, 1.02)
    axes.legend(frameon=False, fontsize=8)
    return _titled(figure, "Precision and recall by risk, composed test")


def _precision_recall(fraud: Any, lawful: Any, at: float, rate: float) -> tuple[float, float]:
    """Recall, and precision if `rate` of the traffic were fraud."""
    recall, alarms = float((fraud >= at).mean()), float((lawful >= at).mean())
    caught = rate * recall
    return recall, caught / max(caught + (1 - rate) * alarms, 1e-12)


def confusion(table: Sequence[Sequence[int]]) -> str:
    """True categories in rows, the classifier's in columns."""
    cells = {
        f"{true}/{guessed}": table[row][column]
        for row, true in enumerate(CATEGORIES)
        for column, guessed in enumerate(CATEGORIES)
    }
    return heat_map(cells, CATEGORIES, CATEGORIES, "Category: true (rows), guessed (columns)")


def functionality(groups: Mapping[str, Mapping[str, Any]]) -> str:
    """Verdicts by category and deserved verdict, as bars that sum to one."""
    names = list(groups)
    figure = Figure(figsize=(8, 1 + 0.32 * len(names)))
    axes = figure.subplots()
    left = np.zeros(len(names))
    levels = (("fraud", RED), ("caution", "#d9a441"), ("no_fraud_signs", BLUE))
    for level, colour in levels:
        widths = np.asarray([groups[name][level]["value"] for name in names])
        axes.barh(names, widths, left=left, color=colour, label=level)
        left += widths
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.legend(frameon=False, fontsize=8, ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.06))
    return _titled(figure, "Verdicts by category / deserved verdict, composed test")


def operators(found: Mapping[str, Mapping[str, Any]]) -> str:
    """Share of impersonations called fraud under each disguise."""
    shares = {
        f"{name}{'' if one['trained'] else ' (unseen)'}": one["impersonation"]
        for name, one in found.items()
    }
    return intervals(shares, "value", "Impersonation called fraud, by disguise (strength 0.5)")


def systems(scores: Mapping[str, Mapping[str, Any]]) -> str:
    """Macro-F1 of every system."""
    shares = {name: one["macro_f1"] for name, one in scores.items() if name != "cuicha"}
    return intervals(shares, "value", "Macro-F1 over seven categories, composed test")


def _titled(figure: Figure, title: str) -> str:
    axes = figure.axes[0]
    axes.set_title(title, loc="left", fontsize=10)
    axes.spines[["top", "right"]].set_visible(False)
    return svg(figure)
