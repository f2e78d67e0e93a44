from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from tests.tiny import RECIPE, gold_texts, quiet, tiny_base, tiny_tokenizer
from tests.training.interruption import PowerCutError, interrupting
from training import pretrain as module
from training.encoder import load_encoder
from training.pretrain import MaskedModel, make_masking_collate, pretrain

TOKENIZER = tiny_tokenizer()
FIRST, PAD, LAST, MASK = (
    TOKENIZER.token_to_id(token) or 0 for token in ("<s>", "<pad>", "</s>", "<mask>")
)
IGNORED = -100
TWO_EPOCHS = dataclasses.replace(RECIPE.pretraining, epochs=2)
TEXTS = [text for text, _ in gold_texts()["train"]]
STEPS = 4  # of an epoch: 63 texts by 16

Collate = Callable[[Sequence[dict[str, Any]]], dict[str, Tensor]]


def rows(*texts: str) -> list[dict[str, Any]]:
    return [{"input_ids": TOKENIZER.encode(text).ids} for text in texts]


class TestMasking:
    @given(
        st.lists(st.text(st.sampled_from("快递老赖a1"), min_size=1, max_size=9), min_size=1),
        st.integers(0, 99),
    )
    def test_only_words_are_hidden_and_their_truth_is_kept(
        self, texts: list[str], seed: int
    ) -> None:
        torch.manual_seed(seed)
        given_rows = rows(*texts)
        batch = make_masking_collate(TOKENIZER)(given_rows)
        assert (batch["labels"] != IGNORED).any()
        for place, one in enumerate(given_rows):
            truth = one["input_ids"] + [PAD] * (batch["input_ids"].shape[1] - len(one["input_ids"]))
            shown, labels = batch["input_ids"][place].tolist(), batch["labels"][place].tolist()
            for true, seen, label in zip(truth, shown, labels, strict=True):
                assert label in (IGNORED, true)
                assert seen == true or label == true
                assert label not in (FIRST, PAD, LAST)
            mask = [1] * len(one["input_ids"]) + [0] * (len(truth) - len(one["input_ids"]))
            assert batch["attention_mask"][place].tolist() == mask

    def test_shares_are_those_of_the_paper(self) -> None:
        torch.manual_seed(4)
        (one,) = rows("快递" * 20_000)
        batch = make_masking_collate(TOKENIZER)([one])
        truth, shown, labels = (
            torch.tensor(one["input_ids"]),
            batch["input_ids"][0],
            batch["labels"][0],
        )
        chosen = torch.ne(labels, IGNORED)
        assert chosen.float().mean().item() == pytest.approx(0.15, abs=0.01)
        masked = torch.eq(shown[chosen], MASK).float().mean().item()
        left = torch.eq(shown[chosen], truth[chosen]).float().mean().item()
        assert masked == pytest.approx(0.8, abs=0.03)
        assert left == pytest.approx(0.1, abs=0.02)
        exchanged = shown[chosen & (shown != MASK) & (shown != truth)]
        assert len(set(exchanged.tolist())) > TOKENIZER.get_vocab_size() / 2

    def test_other_words_are_hidden_each_time(self) -> None:
        torch.manual_seed(4)
        collate = make_masking_collate(TOKENIZER)
        one, other = (collate(rows("快递已到驿站" * 9))["labels"] for _ in range(2))
        assert not torch.equal(one, other)


class Fixed(nn.Module):
    """An encoder whose state is the embedding of the token before."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        self.table = nn.Embedding(weight.shape[0], weight.shape[1], _weight=weight)

    def get_input_embeddings(self) -> nn.Module:
        return self.table

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor]:
        return (self.table(input_ids).roll(1, 1),)


def test_the_loss_is_that_of_the_hidden_tokens_alone() -> None:
    torch.manual_seed(2)
    weight = torch.randn(6, 4)
    model = MaskedModel(Fixed(weight), 4)
    ids, mask = torch.tensor([[1, 2, 3, 4]]), torch.ones(1, 4, dtype=torch.int64)
    labels = torch.tensor([[IGNORED, 5, IGNORED, 3]])
    state = model.transform(weight[[1, 3]])
    chances = (state @ weight.T).log_softmax(1)
    expected = -(chances[0, 5] + chances[1, 3]) / 2
    loss = model(ids, mask, labels)["loss"]
    assert loss.item() == pytest.approx(expected.item(), rel=1e-5)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_base(tmp_path_factory.mktemp("base"))


def run(
    base: Path,
    out: Path,
    recipe: module.PretrainingRecipe = TWO_EPOCHS,
    layers: int | None = None,
    texts: Callable[[], Sequence[str]] = lambda: TEXTS,
) -> dict[str, Tensor]:
    torch.manual_seed(recipe.seed)
    with quiet():
        assert pretrain(base, layers, texts, tiny_tokenizer(), recipe, out) == out
    weights: dict[str, Tensor] = load_file(out / "model.safetensors")
    return weights


def no_texts() -> list[str]:
    raise AssertionError("texts are not read again")


class TestPretrain:
    def test_the_folder_is_a_base_model(self, base: Path, tmp_path: Path) -> None:
        run(base, tmp_path / "out", layers=1)
        encoder, hidden = load_encoder(tmp_path / "out", None)
        layers = {name.split(".")[2] for name in encoder.state_dict() if ".layer." in name}
        assert (layers, hidden) == ({"0"}, 32)
        saved = Tokenizer.from_file(str(tmp_path / "out" / "tokenizer.json"))
        assert saved.encode(TEXTS[0] * 9).ids == tiny_tokenizer().encode(TEXTS[0] * 9).ids
        assert not (tmp_path / "out" / "checkpoints").exists()

    def test_it_learns_to_guess(
        self, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made: list[MaskedModel] = []

        class Recording(MaskedModel):
            def __init__(self, encoder: nn.Module, hidden: int) -> None:
                super().__init__(encoder, hidden)
                made.append(self)

        monkeypatch.setattr(module, "MaskedModel", Recording)
        torch.manual_seed(5)
        batch = make_masking_collate(TOKENIZER)(rows(*TEXTS))
        losses = []
        for epochs in (1, 12):
            recipe = dataclasses.replace(TWO_EPOCHS, epochs=epochs, rate=5e-3)
            run(base, tmp_path / str(epochs), recipe)
            with torch.inference_mode():
                losses.append(made[-1].eval()(**batch)["loss"].item())
        assert losses[1] < losses[0] - 0.5

    def test_a_finished_folder_is_used_again(self, base: Path, tmp_path: Path) -> None:
        first = run(base, tmp_path)
        again = run(base, tmp_path, texts=no_texts)
        assert all(torch.equal(again[name], tensor) for name, tensor in first.items())

    def test_a_run_goes_on_from_its_last_epoch(
        self, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = run(base, tmp_path / "whole")
        cut = tmp_path / "cut"
        with monkeypatch.context() as patched:
            patched.setattr(
                module, "make_masking_collate", interrupting(make_masking_collate, after=STEPS + 1)
            )
            with pytest.raises(PowerCutError):
                run(base, cut)
        assert [path.name for path in (cut / "checkpoints").iterdir()] == [f"checkpoint-{STEPS}"]
        assert not (cut / "model.safetensors").exists()
        with monkeypatch.context() as patched:
            # One epoch is left: a run from the start would need more batches.
            patched.setattr(
                module,
                "make_masking_collate",
                interrupting(make_masking_collate, after=2 * STEPS - 1),
            )
            resumed = run(base, cut)
        for name, tensor in whole.items():
            assert torch.allclose(resumed[name], tensor, atol=1e-5), name

    def test_the_seed_decides(self, base: Path, tmp_path: Path) -> None:
        recipe = dataclasses.replace(TWO_EPOCHS, epochs=1)
        one = run(base, tmp_path / "one", recipe)
        same = run(base, tmp_path / "same", recipe)
        other = run(base, tmp_path / "other", dataclasses.replace(recipe, seed=7))
        assert all(torch.equal(same[name], tensor) for name, tensor in one.items())
        assert not all(torch.equal(other[name], tensor) for name, tensor in one.items())

    def test_long_texts_are_cut(
        self, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        longest: list[int] = []

        def factory(tokenizer: Tokenizer) -> Collate:
            collate = make_masking_collate(tokenizer)

            def recording(batch: Sequence[dict[str, Any]]) -> dict[str, Tensor]:
                longest.append(max(len(row["input_ids"]) for row in batch))
                return collate(batch)

            return recording

        monkeypatch.setattr(module, "make_masking_collate", factory)
        recipe = dataclasses.replace(TWO_EPOCHS, epochs=1, max_tokens=9)
        run(base, tmp_path, recipe, texts=lambda: ["快递" * 50, "老赖"])
        assert max(longest) == 9

    def test_a_folder_without_a_model(self, tmp_path: Path) -> None:
        with pytest.raises(OSError, match="Unrecognized model"):
            run(tmp_path, tmp_path / "out")


@pytest.mark.parametrize("seed", range(20))
def test_beside_an_empty_text_it_is_the_other_of_which_a_token_is_hidden(seed: int) -> None:
    torch.manual_seed(seed)
    collate = make_masking_collate(tiny_tokenizer())
    batch = collate([{"input_ids": [0, 2]}, {"input_ids": [0, 7, 2]}])
    hidden = (batch["labels"] != -100).nonzero().tolist()
    assert hidden == [[1, 1]]
