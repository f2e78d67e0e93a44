from __future__ import annotations

import pytest

from training.audit.pictures import boxes, heat_map, intervals, stacked_bars, twin_bars

PICTURES = {
    "stacked_bars": stacked_bars({"train": {"a": 3, "b": 0}, "dev": {"a": 1}}, "Counts"),
    "heat_map": heat_map({"a/x": 9, "b/y": 1}, ["a", "b"], ["x", "y"], "Cells"),
    "empty_heat_map": heat_map({}, ["a"], ["x"], "Nothing"),
    "boxes": boxes({"a": [1, 2, 3], "b": [4]}, "Lengths", "characters"),
    "intervals": intervals({"a": {"kappa": 0.8, "low": 0.7, "high": 0.9}}, "kappa", "Kappa"),
    "twin_bars": twin_bars({"digits": {"false_has_more": 0.1, "genuine_has_more": 0.2}}, "Twins"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_one_svg_element(name: str) -> None:
    assert PICTURES[name].startswith("<svg")
    assert PICTURES[name].rstrip().endswith("</svg>")


def test_a_picture_says_the_same_each_time() -> None:
    again = heat_map({"a/x": 9, "b/y": 1}, ["a", "b"], ["x", "y"], "Cells")
    assert again == PICTURES["heat_map"]
