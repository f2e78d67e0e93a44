from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from model.labels import CATEGORIES
from training.losses import copy_divergence, span_loss, twin_margin, weighted_cross_entropy

NO_PAIRS = torch.zeros(0, 2, dtype=torch.int64)
FRAUD, SCAM, LAWFUL, AD = (
    CATEGORIES.index(name)
    for name in ("impersonation", "other_scam", "genuine_collection", "loan_ad")
)


def with_odds(*odds: float) -> Tensor:
    """Logits (rows, 7) of rows with these log-odds of fraud."""
    lawful = math.log(len(CATEGORIES) - 2)
    rows = torch.full((len(odds), len(CATEGORIES)), 0.0)
    for row, value in zip(rows, odds, strict=True):
        row[FRAUD] = row[SCAM] = value + lawful - math.log(2)
    return rows


def pairs(*places: tuple[int, int]) -> Tensor:
    return torch.tensor(places, dtype=torch.int64).reshape(-1, 2)


class TestWeightedCrossEntropy:
    LOGITS = torch.tensor([[2.0, 0.0, 1.0], [0.0, 3.0, 0.0], [5.0, 1.0, 1.0]])
    WEIGHT = torch.tensor([0.5, 3.0, 9.0])

    @pytest.mark.parametrize("smoothing", [0.0, 0.2])
    def test_a_mean_over_all_rows_of_those_with_a_label(self, smoothing: float) -> None:
        chances = self.LOGITS.log_softmax(1)
        each = [
            -(1 - smoothing) * chances[row, label] - smoothing * chances[row].mean()
            for row, label in ((0, 0), (1, 2))
        ]
        loss = weighted_cross_entropy(self.LOGITS, torch.tensor([0, 2, -1]), self.WEIGHT, smoothing)
        assert loss.item() == pytest.approx(((0.5 * each[0] + 3.0 * each[1]) / 3).item(), rel=1e-6)

    def test_rows_without_a_label_get_no_gradient(self) -> None:
        logits = self.LOGITS.clone().requires_grad_()
        weighted_cross_entropy(logits, torch.tensor([0, -1, 1]), self.WEIGHT, 0.0).backward()  # type: ignore[no-untyped-call]
        assert logits.grad is not None
        assert (logits.grad[1] == 0).all()
        assert (logits.grad[[0, 2]] != 0).any(1).all()

    def test_no_labels_at_all_are_no_loss(self) -> None:
        labels = torch.tensor([-1, -1, -1])
        assert weighted_cross_entropy(self.LOGITS, labels, self.WEIGHT, 0.1).item() == 0


class TestTwinMargin:
    @pytest.mark.parametrize(
        ("labels", "odds", "loss"),
        [
            # A margin of 3 over two rows: what is missing, halved.
            ((FRAUD, LAWFUL), (0.0, 0.0), 1.5),
            ((LAWFUL, FRAUD), (0.0, 0.0), 1.5),
            ((FRAUD, LAWFUL), (2.0, 0.0), 0.5),
            ((LAWFUL, FRAUD), (2.0, 0.0), 2.5),
            ((FRAUD, LAWFUL), (1.5, -1.5), 0.0),
            ((SCAM, AD), (9.0, 1.0), 0.0),
            ((SCAM, AD), (1.0, 1.0), 1.5),
            # Twins that are told apart by nothing of fraud.
            ((FRAUD, SCAM), (0.0, 5.0), 0.0),
            ((LAWFUL, AD), (0.0, 5.0), 0.0),
        ],
    )
    def test_table(self, labels: tuple[int, int], odds: tuple[float, float], loss: float) -> None:
        found = twin_margin(with_odds(*odds), torch.tensor(labels), pairs((0, 1)), 3.0)
        assert found.item() == pytest.approx(loss, abs=1e-5)
        turned = twin_margin(with_odds(*odds), torch.tensor(labels), pairs((1, 0)), 3.0)
        assert turned.item() == pytest.approx(loss, abs=1e-5)

    def test_pairs_add_up_and_rows_without_twin_only_count_below(self) -> None:
        labels = torch.tensor([FRAUD, LAWFUL, AD, SCAM, LAWFUL])
        logits = with_odds(0.0, 0.0, 2.0, 4.0, 99.0)
        found = twin_margin(logits, labels, pairs((0, 1), (2, 3)), 3.0)
        assert found.item() == pytest.approx((3 + 1) / 5, abs=1e-5)

    def test_no_twins_are_no_loss(self) -> None:
        labels = torch.tensor([FRAUD, LAWFUL])
        assert twin_margin(with_odds(0.0, 3.0), labels, NO_PAIRS, 3.0).item() == 0


class TestCopyDivergence:
    def test_is_that_of_the_copy_from_its_original(self) -> None:
        one, other = torch.tensor([0.7, 0.2, 0.1]), torch.tensor([0.2, 0.3, 0.5])
        logits = torch.stack([one, other]).log()
        expected = (one * (one / other).log()).sum().item() / 2
        assert copy_divergence(logits, pairs((0, 1))).item() == pytest.approx(expected, rel=1e-5)
        assert copy_divergence(logits, pairs((1, 0))).item() != pytest.approx(expected, rel=1e-2)

    def test_moves_the_copy_and_not_the_original(self) -> None:
        logits = torch.tensor([[2.0, 0.0], [0.0, 1.0], [3.0, 3.0]], requires_grad=True)
        copy_divergence(logits, pairs((0, 1))).backward()  # type: ignore[no-untyped-call]
        assert logits.grad is not None
        assert (logits.grad[1] != 0).all()
        assert (logits.grad[[0, 2]] == 0).all()

    def test_no_copies_are_no_loss(self) -> None:
        assert copy_divergence(with_odds(0.0, 3.0), NO_PAIRS).item() == 0

    @given(st.lists(st.floats(-20, 20, width=32), min_size=14, max_size=14))
    def test_is_never_negative_and_nothing_for_equals(self, values: list[float]) -> None:
        logits = torch.tensor(values).reshape(2, 7)
        assert copy_divergence(logits, pairs((0, 1))).item() >= -1e-5
        assert copy_divergence(logits[[0, 0]], pairs((0, 1))).item() == pytest.approx(0, abs=1e-6)


class TestSpanLoss:
    def test_a_mean_over_tagged_tokens_of_sums_over_codes(self) -> None:
        scores = torch.tensor([[[0.0, 2.0], [1.0, -1.0]], [[9.0, 9.0], [-9.0, 9.0]]])
        tags = torch.tensor([[[0.0, 1.0], [1.0, 0.0]], [[0.0, 0.0], [0.0, 0.0]]])
        tagged = torch.tensor([[1.0, 1.0], [0.0, 0.0]])
        each = [math.log(2), math.log1p(math.exp(-2)), 2 * math.log1p(math.exp(-1))]
        assert span_loss(scores, tags, tagged).item() == pytest.approx(sum(each) / 2, rel=1e-5)

    def test_nothing_tagged_is_no_loss(self) -> None:
        assert span_loss(torch.ones(2, 3, 4), torch.zeros(2, 3, 4), torch.zeros(2, 3)).item() == 0
