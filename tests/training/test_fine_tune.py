from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from datasets import Dataset
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import TrainingArguments

from tests.tiny import RECIPE, gold_texts, quiet, tiny_base, tiny_tokenizer
from tests.training.interruption import PowerCutError, interrupting
from tests.training.rows import dataset, row
from training import fine_tune as module
from training.batches import CODES, Batch, make_collate, tokenize
from training.dataset import LEVELS
from training.encoder import CategoryModel, load_model
from training.fine_tune import RecipeTrainer, TaughtModel, fine_tune, recipe_loss
from training.losses import copy_divergence, span_loss, twin_margin, weighted_cross_entropy
from training.recipe import Recipe

TWO_EPOCHS = dataclasses.replace(RECIPE, epochs=2, batch_size=8, accumulate=2)
BATCHES = 8  # of an epoch: 63 texts by 8
STEPS = 4  # of an epoch: 63 texts by 16

Collate = Callable[[list[dict[str, Any]]], Batch]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_base(tmp_path_factory.mktemp("base"))


def training_rows() -> Dataset:
    return tokenize(dataset(*gold_texts()["train"]), tiny_tokenizer(), RECIPE.max_tokens)


PLAIN = Recipe(label_smoothing=0.1, twins=0, consistency=0, expected=0, spans=0)


class TestLoss:
    OUTPUTS: dict[str, Tensor]
    BATCH: Batch

    @pytest.fixture(autouse=True)
    def _filled(self) -> None:
        torch.manual_seed(6)
        self.OUTPUTS = {
            "logits": torch.randn(4, 7),
            "expected": torch.randn(4, len(LEVELS)),
            "spans": torch.randn(4, 5, len(CODES)),
        }
        self.BATCH = {
            "labels": torch.tensor([0, 1, 6, 0]),
            "weight": torch.tensor([0.5, 3.0, 1.0, 1.0]),
            "expected": torch.tensor([2, 0, -1, 1]),
            "tags": (torch.rand(4, 5, len(CODES)) < 0.2).float(),
            "tagged": (torch.rand(4, 5) < 0.7).float(),
            "twins": torch.tensor([[0, 1]]),
            "copies": torch.tensor([[0, 3]]),
        }

    def loss(self, recipe: Recipe) -> float:
        return recipe_loss(self.OUTPUTS, self.BATCH, recipe).item()

    def categories(self) -> Tensor:
        logits, weight = self.OUTPUTS["logits"], self.BATCH["weight"]
        return weighted_cross_entropy(logits, self.BATCH["labels"], weight, 0.1)

    def term(self, name: str) -> Tensor:
        outputs, batch = self.OUTPUTS, self.BATCH
        if name == "expected":
            return weighted_cross_entropy(
                outputs["expected"], batch["expected"], batch["weight"], 0.0
            )
        if name == "spans":
            return span_loss(outputs["spans"], batch["tags"], batch["tagged"])
        if name == "twins":
            return twin_margin(outputs["logits"], batch["labels"], batch["twins"], 5.0)
        return copy_divergence(outputs["logits"], batch["copies"])

    def test_of_the_categories_alone(self) -> None:
        self.OUTPUTS = {"logits": self.OUTPUTS["logits"]}
        self.BATCH = {name: self.BATCH[name] for name in ("labels", "weight")}
        assert self.loss(PLAIN) == pytest.approx(self.categories().item(), rel=1e-6)

    @pytest.mark.parametrize("name", ["expected", "spans", "twins", "consistency"])
    def test_each_part_counts_by_its_weight(self, name: str) -> None:
        term = self.term(name).item()
        assert term > 0.01
        weights: dict[str, Any] = {name: 0.25}
        recipe = dataclasses.replace(PLAIN, margin=5.0, **weights)
        assert self.loss(recipe) == pytest.approx(self.categories().item() + 0.25 * term, rel=1e-5)

    def test_all_parts_add_up(self) -> None:
        recipe = dataclasses.replace(
            PLAIN, margin=5.0, expected=0.5, spans=0.25, twins=2.0, consistency=3.0
        )
        expected = self.categories() + sum(
            weight * self.term(name)
            for name, weight in (
                ("expected", 0.5),
                ("spans", 0.25),
                ("twins", 2.0),
                ("copies", 3.0),
            )
        )
        assert self.loss(recipe) == pytest.approx(expected.item(), rel=1e-5)

    def test_is_what_the_trainer_lessens(self, tmp_path: Path) -> None:
        class Echo(nn.Module):
            def forward(self, input_ids: Tensor, attention_mask: Tensor) -> dict[str, Tensor]:
                return outputs

        outputs = self.OUTPUTS
        arguments = TrainingArguments(output_dir=str(tmp_path), report_to=[])
        trainer = RecipeTrainer(model=Echo(), args=arguments, recipe=Recipe())
        batch = self.BATCH | {"input_ids": torch.ones(4, 5), "attention_mask": torch.ones(4, 5)}
        loss, given = trainer.compute_loss(Echo(), batch, return_outputs=True)
        assert given is outputs
        assert loss.item() == self.loss(Recipe())
        assert trainer.compute_loss(Echo(), batch).item() == loss.item()


class TestTaughtModel:
    IDS = torch.tensor([[0, 9, 12, 2], [0, 7, 2, 1]])
    MASK = torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])

    def test_gives_what_the_shipped_model_gives_and_more(self, base: Path) -> None:
        taught = TaughtModel(load_model(base, None, 7)).eval()
        with torch.inference_mode():
            outputs = taught(self.IDS, self.MASK)
            assert torch.equal(outputs["logits"], taught.model(self.IDS, self.MASK))
        shapes = {name: tuple(tensor.shape) for name, tensor in outputs.items()}
        assert shapes == {
            "logits": (2, 7),
            "expected": (2, len(LEVELS)),
            "spans": (2, 4, len(CODES)),
        }

    @pytest.mark.parametrize("head", ["logits", "expected", "spans"])
    def test_every_head_teaches_the_encoder(self, base: Path, head: str) -> None:
        taught = TaughtModel(load_model(base, None, 7))
        taught(self.IDS, self.MASK)[head].sum().backward()
        layer = taught.model.encoder.get_parameter("encoder.layer.0.output.dense.weight")
        assert layer.grad is not None
        assert layer.grad.abs().sum() > 0


def recording(batches: list[list[str]]) -> Callable[[Tokenizer, Recipe], Collate]:
    """A `make_collate` that notes the names of the rows of each batch."""

    def factory(tokenizer: Tokenizer, recipe: Recipe) -> Collate:
        collate = make_collate(tokenizer, recipe)

        def noting(batch: list[dict[str, Any]]) -> Batch:
            batches.append([row["name"] for row in batch])
            return collate(batch)

        return noting

    return factory


def train(
    base: Path, runs: Path, recipe: Recipe = TWO_EPOCHS, rows: Dataset | None = None
) -> dict[str, Tensor]:
    torch.manual_seed(recipe.seed)
    model = load_model(base, None, 7)
    with quiet():
        fine_tune(model, rows or training_rows(), tiny_tokenizer(), recipe, runs)
    assert not model.training
    return weights(model)


def weights(model: CategoryModel) -> dict[str, Tensor]:
    return {name: tensor.clone() for name, tensor in model.state_dict().items()}


def test_every_epoch_sees_every_row_once_in_an_order_of_its_own(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[list[str]] = []
    monkeypatch.setattr(module, "make_collate", recording(batches))
    train(base, tmp_path)
    first, second = batches[:BATCHES], batches[BATCHES:]
    everything = sorted(training_rows()["name"])
    assert sorted(name for batch in first for name in batch) == everything
    assert sorted(name for batch in second for name in batch) == everything
    assert first != second


def test_twins_and_copies_meet_in_a_batch(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[list[str]] = []
    monkeypatch.setattr(module, "make_collate", recording(batches))
    pairs = [
        row(f"{number}{twin}", category, unit=str(number), spans=None)
        for number in range(16)
        for twin, category in (("a", "impersonation"), ("b", "genuine_collection"))
    ]
    rows = tokenize(Dataset.from_list(pairs), tiny_tokenizer(), 32)
    recipe = dataclasses.replace(TWO_EPOCHS, epochs=1, batch_size=4, accumulate=1)
    train(base, tmp_path, recipe, rows)
    assert all(
        {name[:-1] for name in batch[::2]} == {name[:-1] for name in batch[1::2]}
        for batch in batches
    )
    assert len(batches) == 8


@pytest.mark.parametrize("frozen", [True, False])
def test_embeddings_stay_as_pretrained_where_the_recipe_says_so(
    base: Path, tmp_path: Path, frozen: bool
) -> None:
    before = weights(load_model(base, None, 7))
    recipe = dataclasses.replace(TWO_EPOCHS, epochs=1, freeze_embeddings=frozen)
    after = train(base, tmp_path, recipe)
    for name, tensor in before.items():
        if name.startswith("encoder.embeddings."):
            # The padding token has no gradient; all the others together do.
            assert torch.equal(after[name], tensor) == frozen, name
        elif name.startswith("encoder.encoder.") and name.endswith("dense.weight"):
            assert not torch.equal(after[name], tensor), name


def test_header_and_words_of_evidence_reach_the_collate(base: Path, tmp_path: Path) -> None:
    marked = [{"code": "abuse", "start": 0, "end": 2}]
    rows = [row(f"老赖{n}", "abusive_collection", header="短信", spans=marked) for n in range(9)]
    recipe = dataclasses.replace(TWO_EPOCHS, epochs=1)
    with_spans, without = (
        train(
            base,
            tmp_path / str(share),
            dataclasses.replace(recipe, spans=share),
            tokenize(Dataset.from_list(rows), tiny_tokenizer(), 32),
        )
        for share in (5.0, 0.0)
    )
    name = "encoder.encoder.layer.0.output.dense.weight"
    assert not torch.allclose(with_spans[name], without[name], atol=1e-5)


class TestResuming:
    def test_a_run_goes_on_from_its_last_epoch(
        self, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = train(base, tmp_path / "whole")
        with monkeypatch.context() as patched:
            patched.setattr(module, "make_collate", interrupting(make_collate, after=BATCHES + 2))
            with pytest.raises(PowerCutError):
                train(base, tmp_path / "cut")
        assert [p.name for p in (tmp_path / "cut").glob("checkpoint-*")] == [f"checkpoint-{STEPS}"]
        with monkeypatch.context() as patched:
            # One epoch is left: a run from the start would need more batches.
            patched.setattr(
                module, "make_collate", interrupting(make_collate, after=2 * BATCHES - 1)
            )
            resumed = train(base, tmp_path / "cut")
        assert set(resumed) == set(whole)
        for name, tensor in whole.items():
            assert torch.allclose(resumed[name], tensor, atol=1e-5), name

    def test_a_finished_run_is_not_trained_again(
        self, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = train(base, tmp_path)
        monkeypatch.setattr(module, "make_collate", interrupting(make_collate, after=1))
        again = train(base, tmp_path)
        assert all(torch.equal(again[name], tensor) for name, tensor in first.items())

    def test_the_seed_decides(self, base: Path, tmp_path: Path) -> None:
        recipe = dataclasses.replace(TWO_EPOCHS, epochs=1)
        one = train(base, tmp_path / "one", recipe)
        same = train(base, tmp_path / "same", recipe)
        other = train(base, tmp_path / "other", dataclasses.replace(recipe, seed=7))
        assert all(torch.equal(same[name], tensor) for name, tensor in one.items())
        assert not torch.equal(other["head.weight"], one["head.weight"])
