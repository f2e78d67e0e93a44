from __future__ import annotations

from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from training.trainer import (
    Schedule,
    fast_bfloat16,
    last_checkpoint,
    make_optimizer,
    training_arguments,
)


class TestSchedule:
    def test_warms_up_then_falls_to_zero(self) -> None:
        schedule = Schedule(100, 0.1)
        rates = [schedule.rate(step) for step in range(100)]
        assert rates[0] == pytest.approx(0.1)
        assert rates[9] == pytest.approx(1.0)
        assert rates[:10] == sorted(rates[:10])
        assert rates[10:] == sorted(rates[10:], reverse=True)
        assert rates[55] == pytest.approx(0.5)
        assert 0 < rates[99] < 0.02
        assert schedule.rate(100) == 0.0

    @given(st.integers(1, 300), st.floats(0.0, 1.0))
    def test_stays_in_range_and_starts_above_zero(self, steps: int, warmup: float) -> None:
        schedule = Schedule(steps, warmup)
        assert all(0 <= schedule.rate(step) <= 1 for step in range(steps + 2))
        assert schedule.rate(0) > 0

    def test_moves_the_rate_of_each_part_of_an_optimizer(self) -> None:
        one, other = (torch.nn.Parameter(torch.zeros(1)) for _ in range(2))
        optimizer = make_optimizer([([one], 0.4), ([other], 8.0)])
        scheduler = Schedule(4, 0.5).of(optimizer)
        rates = []
        for _ in range(4):
            rates.append([group["lr"] for group in optimizer.param_groups])
            optimizer.step()
            scheduler.step()
        assert rates == [[0.2, 4.0], [0.4, 8.0], [0.4, 8.0], [0.2, 4.0]]


def test_an_optimizer_has_a_rate_for_each_part() -> None:
    layers = torch.nn.Linear(2, 3), torch.nn.Linear(3, 1)
    optimizer = make_optimizer(
        [(layer.parameters(), rate) for layer, rate in zip(layers, (1e-3, 2e-2), strict=True)]
    )
    assert [group["lr"] for group in optimizer.param_groups] == [1e-3, 2e-2]
    assert [group["weight_decay"] for group in optimizer.param_groups] == [0.01, 0.01]
    for group, layer in zip(optimizer.param_groups, layers, strict=True):
        assert [id(one) for one in group["params"]] == [id(one) for one in layer.parameters()]


@pytest.mark.parametrize(
    ("features", "cuda", "fast"),
    [
        ({}, False, False),
        ({"avx512_f": True, "amx_bf16": False}, False, False),
        ({"amx_bf16": True}, False, True),
        ({"avx512_bf16": True}, False, True),
        ({}, True, True),
    ],
)
def test_bfloat16_where_the_machine_is_made_for_it(
    monkeypatch: pytest.MonkeyPatch, features: dict[str, bool], cuda: bool, fast: bool
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: features)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    assert fast_bfloat16() == fast


def test_arguments_of_every_run(tmp_path: Path) -> None:
    arguments = training_arguments(tmp_path, 3, 5, 77, gradient_accumulation_steps=2)
    assert arguments.output_dir == str(tmp_path)
    assert (arguments.num_train_epochs, arguments.per_device_train_batch_size) == (3, 5)
    assert (arguments.seed, arguments.data_seed) == (77, 77)
    assert arguments.gradient_accumulation_steps == 2
    assert arguments.save_strategy == "epoch"
    assert (arguments.save_total_limit, arguments.report_to) == (1, [])


class TestLastCheckpoint:
    def test_none_where_nothing_was_begun(self, tmp_path: Path) -> None:
        assert last_checkpoint(tmp_path / "none") is None
        assert last_checkpoint(tmp_path) is None

    def test_the_one_of_the_most_steps(self, tmp_path: Path) -> None:
        for steps in (90, 1000, 200):
            (tmp_path / f"checkpoint-{steps}").mkdir()
        assert last_checkpoint(tmp_path) == str(tmp_path / "checkpoint-1000")
