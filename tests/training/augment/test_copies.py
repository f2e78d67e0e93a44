from __future__ import annotations

import pytest

from tests.training.audit.records import made
from training.augment import copies
from training.augment.copies import augmented, augmented_record
from training.augment.operators import HELD_OUT, TRAINING
from training.augment.slots import Side

TEXT = "【招商银行】王先生您好，您的信用卡账单已逾期，请于11月25日前还款，电话95555，勿转私人账户。"


@pytest.mark.parametrize(("side", "operators"), [("train", TRAINING), ("test", HELD_OUT)])
def test_each_side_draws_on_its_own_operators(side: Side, operators: dict[str, object]) -> None:
    copies = [augmented(TEXT, side, str(seed)) for seed in range(80)]
    assert {copy.operator for copy in copies} == set(operators)
    assert all(copy.text != TEXT for copy in copies)


def test_the_seed_decides() -> None:
    assert augmented(TEXT, "train", "1") == augmented(TEXT, "train", "1")
    assert len({augmented(TEXT, "train", str(seed)).text for seed in range(9)}) == 9


def test_a_record_tells_its_lender_and_its_false_links(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[object, ...]] = []

    def refilled(text: str, *arguments: object) -> str:
        seen.append(arguments)
        return text

    monkeypatch.setattr(copies, "refill", refilled)
    evidence = [{"code": "unofficial_link", "quote": "a.top"}, {"code": "abuse", "quote": "滚"}]
    twin = made("g-7", "滚去a.top", "impersonation", claimed="cmb", evidence=evidence, pair="p3")
    augmented_record(twin, "train", "9")
    augmented_record(made("g-8", "滚"), "test", "9")
    assert seen == [("train", "9:g:p3", "cmb", ["a.top"]), ("test", "9:g:g-8", None, [])]
