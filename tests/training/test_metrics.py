from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.labels import CATEGORIES
from training.metrics import classification_report, expected_calibration_error, wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (8, 10, 0.4901625, 0.9433178),
        (0, 10, 0.0, 0.2775328),
        (10, 10, 0.7224672, 1.0),
        (50, 100, 0.4038315, 0.5961685),
        (1, 1, 0.2065493, 1.0),
    ],
)
def test_wilson(successes: int, n: int, low: float, high: float) -> None:
    interval = wilson(successes, n)
    assert interval["value"] == successes / n
    assert interval["low"] == pytest.approx(low, abs=1e-6)
    assert interval["high"] == pytest.approx(high, abs=1e-6)


def test_wilson_of_nothing() -> None:
    assert wilson(0, 0) == {"value": 0.0, "low": 0.0, "high": 1.0}


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(counts: tuple[int, int]) -> None:
    interval = wilson(*counts)
    assert 0 <= interval["low"] <= interval["value"] + 1e-12
    assert interval["value"] <= interval["high"] + 1e-12
    assert interval["high"] <= 1


@pytest.mark.parametrize(
    ("stated", "happened", "error"),
    [
        ([0.1, 0.1, 0.9, 0.9], [False, False, True, False], 0.5 * 0.1 + 0.5 * 0.4),
        ([0.25] * 4, [True, False, False, False], 0.0),
        ([1.0, 0.0], [True, False], 0.0),
        ([1.0, 0.0], [False, True], 1.0),
        ([0.96, 1.0], [True, True], 0.02),
        ([0.05, 0.15], [True, False], 0.5 * 0.95 + 0.5 * 0.15),
        ([], [], 0.0),
    ],
)
def test_expected_calibration_error(
    stated: list[float], happened: list[bool], error: float
) -> None:
    assert expected_calibration_error(stated, happened) == pytest.approx(error)


def test_wider_bins_average_more() -> None:
    stated, happened = [0.05, 0.45], [True, False]
    assert expected_calibration_error(stated, happened, bins=2) == pytest.approx(0.25)
    assert expected_calibration_error(stated, happened, bins=10) == pytest.approx(0.7)


def test_classification_report() -> None:
    labels, predicted = np.array([0, 0, 1, 6]), np.array([0, 1, 1, 6])
    report = classification_report(labels, predicted)
    assert report["n"] == 4
    assert report["accuracy"] == wilson(3, 4)
    assert report["macro_f1"] == pytest.approx((2 / 3 + 2 / 3 + 1) / 7)
    assert [row["name"] for row in report["categories"]] == list(CATEGORIES)
    impersonation, genuine, abusive = report["categories"][:3]
    assert impersonation == {
        "name": "impersonation",
        "n": 2,
        "precision": 1.0,
        "recall": wilson(1, 2),
    }
    assert (genuine["n"], genuine["precision"], genuine["recall"]["value"]) == (1, 0.5, 1.0)
    assert (abusive["n"], abusive["precision"]) == (0, 0.0)
    assert abusive["recall"] == wilson(0, 0)


def test_all_right() -> None:
    labels = np.arange(7)
    report = classification_report(labels, labels)
    assert report["macro_f1"] == 1.0
    assert report["accuracy"]["value"] == 1.0
