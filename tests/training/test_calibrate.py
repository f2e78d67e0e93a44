from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from data.labels import Level
from model.artifact import OperatingPoint, Promise
from model.classifier import softmax
from model.labels import CATEGORIES, FRAUD_COLUMNS
from screening.decision import decide, shipped_policy
from screening.evidence.context import Finding
from tests.screening.samples import prediction
from training.calibrate import (
    BASE_RATES,
    CONFIDENCE,
    FALSE_ALARMS,
    MISSES,
    POINT_NAMES,
    Judged,
    fit_operating_points,
    fit_temperature,
    upper_bound,
)


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


class TestUpperBound:
    @pytest.mark.parametrize(
        ("events", "n", "bound"),
        [
            (0, 0, 1.0),
            (5, 5, 1.0),
            (0, 1, 0.9),
            (0, 100, 1 - 0.1 ** (1 / 100)),
            (0, 1151, 0.002),
            (1, 10, 0.3368),  # tables of Clopper-Pearson at 90 %
        ],
    )
    def test_table(self, events: int, n: int, bound: float) -> None:
        assert upper_bound(events, n) == pytest.approx(bound, abs=1e-4)

    @given(st.integers(1, 3000), st.data(), st.floats(0.5, 0.99))
    def test_so_few_events_are_unlikely_above_it(
        self, n: int, data: st.DataObject, confidence: float
    ) -> None:
        events = data.draw(st.integers(0, n - 1))
        bound = upper_bound(events, n, confidence)
        assert events / n < bound <= 1
        assert binom.cdf(events, n, bound) == pytest.approx(1 - confidence, abs=1e-6)


POLICY: Final = shipped_policy()
DEMAND: Final = (Finding("private_account", 0, 1, "account"),)


def lawful(*chances: float, **fields: Any) -> list[Judged]:
    """Lawful messages that look like fraud with these chances, nothing found in them."""
    return [judged(chance, False, "no_fraud_signs", **fields) for chance in chances]


def frauds(*chances: float, **fields: Any) -> list[Judged]:
    return [judged(chance, True, "fraud", **fields) for chance in chances]


def judged(
    chance: float, fraud: bool, expected: Level | None, findings: tuple[Finding, ...] = ()
) -> Judged:
    return Judged(prediction(impersonation=chance), findings, fraud, expected)


def fit(dev: list[Judged], ordinary: list[Judged] | None = None) -> dict[str, OperatingPoint]:
    return fit_operating_points(dev, ordinary or [], POLICY)


def alarms(point: OperatingPoint) -> Promise:
    assert point.false_alarms is not None
    return point.false_alarms


def misses(point: OperatingPoint) -> Promise:
    assert point.misses is not None
    return point.misses


EASY_FRAUDS: Final = frauds(*[0.99] * 400)
EASY_LAWFUL: Final = lawful(*[0.1] * 1000)


class TestOperatingPoints:
    def test_everything_told_apart_gives_the_laxest_thresholds(self) -> None:
        points = fit(EASY_LAWFUL + EASY_FRAUDS, lawful(*[0.1] * 1000))
        for name, point in points.items():
            assert point.base_rate == BASE_RATES[name]
            assert point.fraud == pytest.approx(0.5)
            assert point.caution == pytest.approx(0.45)  # 0.9 of the fraud threshold at most
        promise = alarms(points["paste"])
        assert promise == Promise(
            target=0.02, n=1000, events=0, bound=upper_bound(0, 1000), confidence=CONFIDENCE
        )
        assert alarms(points["log"]).n == 2000
        assert misses(points["paste"]).n == misses(points["log"]).n == 400

    def test_the_fraud_threshold_is_the_last_whose_bound_is_in_the_target(self) -> None:
        # 13 of 1,000 may be false alarms: 12 of them at 0.9, the others below.
        assert upper_bound(13, 1000) < 0.02 < upper_bound(14, 1000)
        hard = lawful(*[0.9] * 12, *[0.7] * 2, *[0.1] * 986)
        point = fit(hard + EASY_FRAUDS)["paste"]
        assert 0.7 < point.fraud < 0.73
        assert alarms(point).events == 12
        assert alarms(point).bound <= 0.02

    def test_everyday_texts_count_for_logs_alone(self) -> None:
        points = fit(EASY_LAWFUL + EASY_FRAUDS, lawful(*[0.8] * 1000))
        assert points["paste"].fraud == pytest.approx(0.5)
        assert 0.8 < points["log"].fraud < 0.83

    @pytest.mark.parametrize("count", [0, 1, 50])
    def test_too_few_messages_give_the_strictest_threshold_and_say_so(self, count: int) -> None:
        points = fit(lawful(*[0.1] * count) + EASY_FRAUDS)
        for name, point in points.items():
            assert point.fraud == pytest.approx(0.999)
            promise = alarms(point)
            assert (promise.n, promise.events) == (count, 0)
            assert promise.bound > promise.target == FALSE_ALARMS[name]

    def test_a_lawful_message_that_nothing_helps_is_counted(self) -> None:
        points = fit(EASY_LAWFUL + lawful(*[0.1] * 60, findings=DEMAND) + EASY_FRAUDS)
        promise = alarms(points["paste"])
        assert points["paste"].fraud == pytest.approx(0.999)
        assert (promise.events, promise.n) == (60, 1060)
        assert promise.bound > promise.target

    def test_caution_is_the_last_threshold_that_misses_few_enough(self) -> None:
        assert upper_bound(5, 1000) < 0.01 < upper_bound(6, 1000)
        hard = frauds(*[0.05] * 5, *[0.2] * 5, *[0.99] * 990)
        points = fit(EASY_LAWFUL + hard)
        assert 0.18 < points["paste"].caution <= 0.2
        assert misses(points["paste"]).events == 5
        assert misses(points["log"]).target == MISSES["log"] == 0.05
        assert points["log"].caution > 0.2
        assert misses(points["log"]).events == 10

    def test_evidence_catches_what_the_words_hide(self) -> None:
        point = fit(EASY_LAWFUL + frauds(*[0.02] * 300, findings=DEMAND))["paste"]
        assert misses(point).events == 0
        assert point.caution == pytest.approx(0.45)

    def test_who_counts_as_lawful_and_as_fraud(self) -> None:
        neither = [
            judged(0.95, True, "caution"),  # a fraudster whose text can't be told
            judged(0.95, True, None),
        ]
        advert = [judged(0.3, False, "fraud")]
        unclear = [judged(0.95, False, None), judged(0.95, False, "caution")]
        everyday = [judged(0.95, True, None)] * 7
        points = fit(EASY_LAWFUL + EASY_FRAUDS + neither + advert + unclear, everyday)
        for point in points.values():
            assert alarms(point).n == 1000 + 2
            assert misses(point).n == 400 + 2

    @settings(max_examples=25)
    @given(
        st.lists(st.floats(0, 1), max_size=60),
        st.lists(st.floats(0, 1), max_size=60),
        st.lists(st.floats(0, 1), max_size=60),
    )
    def test_promises_are_of_the_thresholds_given(
        self, hard: list[float], false: list[float], ordinary: list[float]
    ) -> None:
        dev, more = lawful(*hard) + frauds(*false), lawful(*ordinary)
        points = fit(dev, more)
        for name in POINT_NAMES:
            point = points[name]
            levels = [
                [decide(one.prediction, one.findings, point, POLICY, name).level for one in group]
                for group in (lawful(*hard) + (more if name == "log" else []), frauds(*false))
            ]
            assert alarms(point).events == levels[0].count("fraud")
            assert misses(point).events == levels[1].count("no_fraud_signs")
            assert (alarms(point).n, misses(point).n) == tuple(map(len, levels))
            for promise in (alarms(point), misses(point)):
                assert promise.bound == upper_bound(promise.events, promise.n)
            assert 0.5 - 1e-9 <= point.fraud <= 0.999
            assert 0.01 - 1e-9 <= point.caution <= 0.9 * point.fraud
            strictest = math.isclose(point.fraud, 0.999)
            assert strictest or alarms(point).bound <= FALSE_ALARMS[name]
            assert math.isclose(point.caution, 0.01) or misses(point).bound <= MISSES[name]
