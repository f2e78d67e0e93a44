from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
import torch
from datasets import Dataset
from torch import Tensor, nn
from transformers import TrainingArguments

from model.labels import CATEGORIES
from tests.tiny import RECIPE, gold_texts, quiet, tiny_base, tiny_tokenizer
from training import fine_tune as module
from training.encoder import CategoryModel, load_model
from training.fine_tune import (
    Recipe,
    StepSampler,
    WeightedTrainer,
    fine_tune,
    make_collate,
    tokenize,
)

TWO_EPOCHS = dataclasses.replace(RECIPE, epochs=2, batch_size=8, accumulate=2)
BATCHES = 8  # of an epoch: 63 texts by 8
STEPS = 4  # of an epoch: 63 texts by 16


def rows(texts: list[tuple[str, str]]) -> Dataset:
    return Dataset.from_list(
        [
            {
                "text": text,
                "label": CATEGORIES.index(category),
                "weight": 1.0,
                "source": "gold",
                "group": "g",
            }
            for text, category in texts
        ]
    )


def training_rows() -> Dataset:
    return tokenize(rows(gold_texts()["train"]), tiny_tokenizer(), RECIPE.max_tokens)


def weights(model: CategoryModel) -> dict[str, Tensor]:
    return {name: tensor.clone() for name, tensor in model.state_dict().items()}


class TestTokenize:
    def test_columns_and_special_tokens(self) -> None:
        tokenizer = tiny_tokenizer()
        one = tokenize(rows([("快递", "benign")]), tokenizer, 32)
        assert set(one.column_names) == {"input_ids", "length", "label", "weight"}
        inner = [tokenizer.token_to_id(character) for character in "快递"]
        assert one[0]["input_ids"] == [0, *inner, 2]
        assert one[0]["length"] == 4

    def test_long_texts_are_cut_and_the_tokenizer_is_left_as_it_was(self) -> None:
        tokenizer = tiny_tokenizer()
        one = tokenize(rows([("快" * 100, "benign")]), tokenizer, 16)[0]
        assert one["length"] == len(one["input_ids"]) == 16
        assert (one["input_ids"][0], one["input_ids"][-1]) == (0, 2)
        assert len(tokenizer.encode("快" * 100).ids) == 102


class TestStepSampler:
    LENGTHS: ClassVar = [5, 3, 9, 1, 7, 2, 8, 4, 6, 10]

    def order(self, epoch: int = 0, seed: int = 1) -> list[int]:
        sampler = StepSampler(self.LENGTHS, 4, seed)
        sampler.set_epoch(epoch)
        return list(sampler)

    def test_every_row_comes_once(self) -> None:
        assert sorted(self.order()) == list(range(10))
        assert len(StepSampler(self.LENGTHS, 4, 1)) == 10

    def test_rows_are_sorted_by_length_inside_a_step_alone(self) -> None:
        lengths = [self.LENGTHS[row] for row in self.order()]
        for start in (0, 4, 8):
            assert lengths[start : start + 4] == sorted(lengths[start : start + 4])
        assert lengths != sorted(lengths)

    def test_epoch_and_seed_choose_the_order(self) -> None:
        assert self.order() == self.order()
        assert self.order(epoch=1) != self.order(epoch=0)
        assert self.order(seed=5) != self.order(seed=1)
        unset = StepSampler(self.LENGTHS, 4, 1)
        assert list(unset) == list(unset) == self.order(epoch=0)


def test_collate_pads_to_the_longest_row() -> None:
    batch = make_collate(9)(
        [
            {"input_ids": [0, 5, 2], "label": 4, "weight": 0.5},
            {"input_ids": [0, 5, 6, 7, 2], "label": 1, "weight": 2.0},
        ]
    )
    assert batch["input_ids"].tolist() == [[0, 5, 2, 9, 9], [0, 5, 6, 7, 2]]
    assert batch["attention_mask"].tolist() == [[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]]
    assert batch["labels"].tolist() == [4, 1]
    assert batch["weight"].tolist() == [0.5, 2.0]
    assert batch["attention_mask"].dtype == torch.int64


def test_a_token_that_looks_like_padding_is_still_attended_to() -> None:
    batch = make_collate(1)([{"input_ids": [0, 1, 1, 2], "label": 0, "weight": 1.0}])
    assert batch["attention_mask"].tolist() == [[1, 1, 1, 1]]


class TestRate:
    def test_warms_up_then_falls_to_zero(self) -> None:
        rates = [module._rate(step, 100, 0.1) for step in range(100)]
        assert rates[0] == pytest.approx(0.1)
        assert rates[9] == pytest.approx(1.0)
        assert rates[:10] == sorted(rates[:10])
        assert rates[10:] == sorted(rates[10:], reverse=True)
        assert rates[55] == pytest.approx(0.5)
        assert 0 < rates[99] < 0.02
        assert module._rate(100, 100, 0.1) == 0.0

    @pytest.mark.parametrize("steps", [1, 2, 7])
    @pytest.mark.parametrize("warmup", [0.0, 0.1, 1.0])
    def test_short_runs_stay_in_range(self, steps: int, warmup: float) -> None:
        assert all(0 <= module._rate(step, steps, warmup) <= 1 for step in range(steps + 1))
        assert module._rate(0, steps, warmup) > 0


class Echo(nn.Module):
    """Returns the logits it is given as ids."""

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        return input_ids


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_the_loss_is_the_mean_of_weighted_cross_entropies(tmp_path: Path, smoothing: float) -> None:
    arguments = TrainingArguments(output_dir=str(tmp_path), report_to=[])
    trainer = WeightedTrainer(
        model=Echo(), args=arguments, recipe=Recipe(label_smoothing=smoothing)
    )
    logits = torch.tensor([[2.0, 0.0, 1.0], [0.0, 3.0, 0.0]])
    batch = {
        "input_ids": logits,
        "attention_mask": torch.ones(2, 3),
        "labels": torch.tensor([0, 2]),
        "weight": torch.tensor([0.5, 3.0]),
    }
    log_chances = logits.log_softmax(1)
    each = [
        -(1 - smoothing) * log_chances[row, label] - smoothing * log_chances[row].mean()
        for row, label in ((0, 0), (1, 2))
    ]
    expected = (0.5 * each[0] + 3.0 * each[1]) / 2
    loss, outputs = trainer.compute_loss(Echo(), batch, return_outputs=True)
    assert loss.item() == pytest.approx(expected.item(), rel=1e-6)
    assert outputs["logits"] is logits
    assert trainer.compute_loss(Echo(), batch).item() == loss.item()


class PowerCutError(Exception):
    """Stands for a machine that goes away."""


def interrupting(after: int) -> Callable[[int], Callable[[list[dict[str, Any]]], module.Batch]]:
    """A `make_collate` whose function fails once it has made so many batches."""
    made = 0

    def factory(pad_id: int) -> Callable[[list[dict[str, Any]]], module.Batch]:
        collate = make_collate(pad_id)

        def counting(batch: list[dict[str, Any]]) -> module.Batch:
            nonlocal made
            made += 1
            if made > after:
                raise PowerCutError
            return collate(batch)

        return counting

    return factory


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_base(tmp_path_factory.mktemp("base"))


def train(base: Path, runs: Path, recipe: Recipe = TWO_EPOCHS) -> dict[str, Tensor]:
    torch.manual_seed(recipe.seed)
    model = load_model(base, None, 7)
    with quiet():
        fine_tune(model, training_rows(), 1, recipe, runs)
    assert not model.training
    return weights(model)


def test_every_epoch_sees_every_row_once_in_an_order_of_its_own(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[list[tuple[int, ...]]] = []

    def factory(pad_id: int) -> Callable[[list[dict[str, Any]]], module.Batch]:
        collate = make_collate(pad_id)

        def recording(batch: list[dict[str, Any]]) -> module.Batch:
            batches.append([tuple(row["input_ids"]) for row in batch])
            return collate(batch)

        return recording

    monkeypatch.setattr(module, "make_collate", factory)
    train(base, tmp_path)
    first, second = batches[:BATCHES], batches[BATCHES:]
    everything = sorted(tuple(row["input_ids"]) for row in training_rows())
    assert sorted(row for batch in first for row in batch) == everything
    assert sorted(row for batch in second for row in batch) == everything
    assert first != second


class TestResuming:
    def test_a_run_goes_on_from_its_last_epoch(
        self, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = train(base, tmp_path / "whole")
        with monkeypatch.context() as patched:
            patched.setattr(module, "make_collate", interrupting(after=BATCHES + 2))
            with pytest.raises(PowerCutError):
                train(base, tmp_path / "cut")
        assert [p.name for p in (tmp_path / "cut").glob("checkpoint-*")] == [f"checkpoint-{STEPS}"]
        with monkeypatch.context() as patched:
            # One epoch is left: a run from the start would need more batches.
            patched.setattr(module, "make_collate", interrupting(after=2 * BATCHES - 1))
            resumed = train(base, tmp_path / "cut")
        assert set(resumed) == set(whole)
        for name, tensor in whole.items():
            assert torch.allclose(resumed[name], tensor, atol=1e-5), name

    def test_a_finished_run_is_not_trained_again(
        self, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = train(base, tmp_path)
        monkeypatch.setattr(module, "make_collate", interrupting(after=1))
        again = train(base, tmp_path)
        assert all(torch.equal(again[name], tensor) for name, tensor in first.items())

    def test_the_seed_decides(self, base: Path, tmp_path: Path) -> None:
        recipe = dataclasses.replace(TWO_EPOCHS, epochs=1)
        one = train(base, tmp_path / "one", recipe)
        same = train(base, tmp_path / "same", recipe)
        other = train(base, tmp_path / "other", dataclasses.replace(recipe, seed=7))
        assert all(torch.equal(same[name], tensor) for name, tensor in one.items())
        assert not torch.equal(other["head.weight"], one["head.weight"])
