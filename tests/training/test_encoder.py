from __future__ import annotations

from pathlib import Path

import pytest
import torch

from tests.tiny import quiet, tiny_base
from training.encoder import CategoryModel, load_encoder, load_model


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_base(tmp_path_factory.mktemp("base"))


@pytest.mark.parametrize(("layers", "kept"), [(None, 2), (2, 2), (1, 1)])
def test_the_lowest_layers_are_kept(base: Path, layers: int | None, kept: int) -> None:
    model = load_model(base, layers, 7)
    whole = load_model(base, None, 7)
    names = {name for name in model.encoder.state_dict() if name.startswith("encoder.layer")}
    assert {name.split(".")[2] for name in names} == {str(i) for i in range(kept)}
    for name in names:
        assert torch.equal(model.encoder.state_dict()[name], whole.encoder.state_dict()[name])
    assert model.head.weight.shape == (7, 32)
    assert not any("pooler" in name for name in model.state_dict())


def test_padding_does_not_change_logits(base: Path) -> None:
    model = load_model(base, None, 7).eval()
    ids = torch.tensor([[0, 9, 12, 2]])
    padded = torch.tensor([[0, 9, 12, 2, 1, 1, 1]])
    mask = torch.tensor([[1, 1, 1, 1, 0, 0, 0]])
    with quiet(), torch.inference_mode():
        alone = model(ids, torch.ones_like(ids))
        beside = model(padded, mask)
        blind = model(padded, torch.ones_like(padded))
    assert alone.shape == (1, 7)
    assert torch.allclose(alone, beside, atol=1e-5)
    assert not torch.allclose(alone, blind, atol=1e-3)


def test_logits_are_the_head_of_the_mean_over_the_mask() -> None:
    class Fixed(torch.nn.Module):
        def forward(
            self, input_ids: torch.Tensor, attention_mask: torch.Tensor
        ) -> tuple[torch.Tensor]:
            return (input_ids.unsqueeze(-1).float().expand(-1, -1, 2),)

    model = CategoryModel(Fixed(), 2, 3).eval()
    with torch.inference_mode():
        model.head.weight.copy_(torch.tensor([[1.0, 0.0], [0.0, 2.0], [0.0, 0.0]]))
        model.head.bias.copy_(torch.tensor([0.0, 0.0, 5.0]))
        logits = model(torch.tensor([[2, 4, 100]]), torch.tensor([[1, 1, 0]]))
    assert logits.tolist() == [[3.0, 6.0, 5.0]]


def test_states_are_those_behind_the_logits(base: Path) -> None:
    model = load_model(base, None, 7).eval()
    ids, mask = torch.tensor([[0, 9, 12, 2], [0, 9, 2, 1]]), torch.tensor([[1] * 4, [1, 1, 1, 0]])
    with quiet(), torch.inference_mode():
        logits, pooled, state = model.states(ids, mask)
        assert torch.equal(logits, model(ids, mask))
        assert torch.equal(logits, model.head(pooled))
    assert state.shape == (2, 4, model.hidden) == (2, 4, 32)
    assert torch.allclose(pooled[0], state[0].mean(0), atol=1e-6)
    assert torch.allclose(pooled[1], state[1, :3].mean(0), atol=1e-6)


def test_an_encoder_tells_its_width(base: Path) -> None:
    encoder, hidden = load_encoder(base, 1)
    assert hidden == 32
    assert not any(".layer.1." in name for name in encoder.state_dict())


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="Unrecognized model"):
        load_model(tmp_path, None, 7)
    with pytest.raises(OSError, match="Unrecognized model"):
        load_encoder(tmp_path, None)
