from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import pytest
import torch

from tests.tiny import quiet, tiny_base
from training import export
from training.encoder import CategoryModel, load_model
from training.export import ParityError, export_int8

PROBES = [[0, 5, 6, 2], [0, 9, 2], [0, *range(4, 40), 2], [0, 2]]


def tiny_model(base: Path) -> CategoryModel:
    """The same weights at each call, far enough apart for int8 to keep every label."""
    torch.manual_seed(1)
    model = load_model(base, None, 7).eval()
    with torch.no_grad():
        model.head.bias.copy_(4 * torch.arange(7.0))
    return model


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_base(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="module")
def graph(base: Path) -> Path:
    """The float32 graph; exporting takes seconds, so all tests share one."""
    path = base / "fp32.onnx"
    with quiet():
        export._export(tiny_model(base), path)
    return path


@pytest.fixture(autouse=True)
def _exported_once(graph: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(export, "_export", lambda _, path: shutil.copyfile(graph, path))
    with quiet():
        yield


def test_figures_and_file(base: Path, graph: Path, tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    figures = export_int8(tiny_model(base), path, PROBES)
    assert set(figures) == {"max_logit_difference", "int8_label_agreement"}
    assert 0 <= figures["max_logit_difference"] < 1e-4
    assert figures["int8_label_agreement"] == 1.0
    assert [one.name for one in tmp_path.iterdir()] == ["model.onnx"]
    assert path.stat().st_size < 0.7 * graph.stat().st_size


def test_the_graph_is_int8_with_free_batch_and_length(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    export_int8(tiny_model(base), path, PROBES)
    graph = onnx.load(path, load_external_data=False).graph
    quantised = [one for one in graph.initializer if one.data_type == onnx.TensorProto.INT8]
    scales = {one.name: list(one.dims) for one in graph.initializer if "scale" in one.name}
    assert quantised
    assert [64] in scales.values()  # one scale a channel of the feed-forward layer
    assert "MatMulInteger" in {node.op_type for node in graph.node}
    assert not any(one.external_data for one in graph.initializer)
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    assert [one.name for one in session.get_inputs()] == ["input_ids", "attention_mask"]
    for shape in ((1, 2), (1, 200), (3, 11)):
        ids = np.full(shape, 7, dtype=np.int64)
        (logits,) = session.run(["logits"], {"input_ids": ids, "attention_mask": ids * 0 + 1})
        assert logits.shape == (shape[0], 7)


def test_the_graph_tells_no_path_of_the_machine_it_was_made_on(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    export_int8(tiny_model(base), path, PROBES)
    content = path.read_bytes()
    assert str(Path(__file__).parents[2]).encode() not in content
    assert b"site-packages" not in content


def test_a_graph_that_computes_something_else_is_refused(base: Path, tmp_path: Path) -> None:
    model = tiny_model(base)
    with torch.no_grad():
        model.head.bias[3] += 0.01
    with pytest.raises(
        ParityError, match=r"^float32 ONNX differs from torch by 0\.0100 in a logit"
    ):
        export_int8(model, tmp_path / "model.onnx", PROBES)


@pytest.mark.parametrize(
    ("limit", "value", "problem"),
    [
        ("_MOST_DIFFERENCE", -1.0, "^float32 ONNX differs from torch by 0"),
        ("_LEAST_AGREEMENT", 1.01, r"^int8 gives torch's label for only 100\.0% of the probes"),
    ],
)
def test_limits(
    base: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
    value: float,
    problem: str,
) -> None:
    monkeypatch.setattr(export, limit, value)
    with pytest.raises(ParityError, match=problem):
        export_int8(tiny_model(base), tmp_path / "model.onnx", PROBES)
