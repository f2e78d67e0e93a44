from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.classifier import softmax
from model.labels import CATEGORIES
from training.calibrate import (
    BASE_RATES,
    FRAUD_COLUMNS,
    fit_operating_points,
    fit_temperature,
    fraud_probability,
)

SHARES = st.floats(0.0, 0.99)


def test_fraud_columns() -> None:
    assert [CATEGORIES[i] for i in FRAUD_COLUMNS] == ["impersonation", "other_scam"]


def test_fraud_probability() -> None:
    chances = np.array([[0.2, 0.1, 0.1, 0.1, 0.1, 0.3, 0.1]], dtype=np.float32)
    assert fraud_probability(np.log(chances), 1.0) == pytest.approx([0.5])
    logits = np.zeros((3, 7), dtype=np.float32)
    assert fraud_probability(logits, 2.0) == pytest.approx([2 / 7] * 3)


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.5])
def test_a_known_temperature_is_found(temperature: float) -> None:
    random = np.random.default_rng(5)
    honest = random.normal(scale=2.0, size=(20_000, 7)).astype(np.float32)
    chances = softmax(honest, 1.0)
    labels = (chances.cumsum(1) > random.random((len(honest), 1))).argmax(1)
    base_rate = float(np.isin(labels, FRAUD_COLUMNS).mean())  # so that all rows weigh the same
    stated = (honest * temperature).astype(np.float32)
    assert fit_temperature(stated, labels, base_rate) == pytest.approx(temperature, rel=0.04)


def test_the_base_rate_weighs_the_rows() -> None:
    # Surely stated, but of the frauds half are benign in its eyes, of the others 1 in 20.
    benign = CATEGORIES.index("benign")
    rows, labels = [], []
    for label, seen_right, seen_benign in ((0, 10, 10), (1, 19, 1)):
        for column in (*[label] * seen_right, *[benign] * seen_benign):
            row = np.zeros(7, dtype=np.float32)
            row[column] = 4.0
            rows.append(row)
            labels.append(label)
    logits, truth = np.stack(rows), np.asarray(labels)
    rare, common = (fit_temperature(logits, truth, rate) for rate in (0.01, 0.6))
    assert rare < common
    more_frauds = np.concatenate([np.arange(len(truth)), np.flatnonzero(truth == 0).repeat(4)])
    for rate, temperature in ((0.01, rare), (0.6, common)):
        again = fit_temperature(logits[more_frauds], truth[more_frauds], rate)
        assert again == pytest.approx(temperature, abs=1e-3)
    assert 0.25 <= rare <= common <= 8.0


def test_temperature_stays_within_its_bounds() -> None:
    labels = np.array([0, 1] * 20)
    right = np.eye(7, dtype=np.float32)[labels]
    assert fit_temperature(right, labels, 0.3) == pytest.approx(0.25, abs=1e-3)
    wrong = np.eye(7, dtype=np.float32)[1 - labels] * 50
    assert fit_temperature(wrong, labels, 0.3) == pytest.approx(8.0, abs=1e-3)


@given(
    st.lists(SHARES, min_size=1, max_size=300),
    st.lists(SHARES, min_size=1, max_size=300),
    st.lists(SHARES, max_size=300),
)
def test_false_alarms_stay_under_their_share(
    fraud: list[float], hard: list[float], ordinary: list[float]
) -> None:
    points = fit_operating_points(fraud, hard, ordinary)
    alarms = {
        "paste": (np.asarray(hard) >= points["paste"].fraud).mean(),
        "log": (np.asarray([*hard, *ordinary]) >= points["log"].fraud).mean(),
    }
    assert alarms["paste"] <= 0.01
    assert alarms["log"] <= 0.0002
    for name, point in points.items():
        assert point.base_rate == BASE_RATES[name]
        assert 0.05 <= point.caution < point.fraud
        assert 0.5 <= point.fraud <= 0.995


def test_the_threshold_is_the_least_that_will_do() -> None:
    lawful = [i / 1000 for i in range(900)]  # nine may be false alarms
    point = fit_operating_points([0.99], lawful, [])["paste"]
    assert sum(one >= point.fraud for one in lawful) == 9
    assert point.fraud == pytest.approx(0.890)
    assert point.fraud > 0.890


def test_everyday_texts_count_for_logs_alone() -> None:
    points = fit_operating_points([0.99] * 50, [0.1] * 50, [0.8] * 50)
    assert points["paste"].fraud == 0.5
    assert points["log"].fraud == pytest.approx(0.8)


def test_caution_catches_all_but_few_frauds() -> None:
    fraud = [i / 100 for i in range(20, 100)]
    points = fit_operating_points(fraud, [0.1] * 10, [])
    assert points["paste"].caution == pytest.approx(0.21)  # 2 % of 80 may be missed
    assert points["log"].caution == pytest.approx(0.3)  # 0.6 of the fraud threshold
    assert sum(one < points["paste"].caution for one in fraud) / len(fraud) <= 0.02


def test_thresholds_are_never_out_of_reach() -> None:
    points = fit_operating_points([0.999], [0.9999] * 10, [])
    assert points["paste"].fraud == 0.995
    assert points["paste"].caution == pytest.approx(0.995 * 0.6)
