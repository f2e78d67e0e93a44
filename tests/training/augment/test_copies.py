from __future__ import annotations

import pytest

from training.augment.copies import augmented
from training.augment.operators import HELD_OUT, TRAINING
from training.augment.slots import refill

TEXT = "【招商银行】王先生您好，您的信用卡账单已逾期，请于11月25日前还款，电话95555，勿转私人账户。"


@pytest.mark.parametrize(("side", "operators"), [("train", TRAINING), ("test", HELD_OUT)])
def test_each_side_draws_on_its_own_operators(side: str, operators: dict[str, object]) -> None:
    copies = [augmented(TEXT, side, str(seed)) for seed in range(80)]  # type: ignore[arg-type]
    assert {copy.operator for copy in copies} == set(operators)
    assert all(copy.text != TEXT for copy in copies)


def test_without_disguise_only_slots_change() -> None:
    copy = augmented(TEXT, "train", "1", disguise=False)
    assert copy.text == refill(TEXT, "train", "1")
    assert copy.operator is None


def test_the_seed_decides() -> None:
    assert augmented(TEXT, "train", "1") == augmented(TEXT, "train", "1")
    assert len({augmented(TEXT, "train", str(seed)).text for seed in range(9)}) == 9
