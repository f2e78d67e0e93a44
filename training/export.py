"""Torch to one self-contained int8 ONNX file."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.encoder import CategoryModel

_OPSET = 20
_MOST_DIFFERENCE = 2e-3  # logits, float32 graph against torch
_LEAST_AGREEMENT = 0.97  # labels, int8 graph against torch


class ParityError(Exception):
    """The exported graph doesn't compute what the torch model computes."""


def export_int8(model: CategoryModel, path: Path, probes: list[list[int]]) -> dict[str, float]:
    """Export, quantise to signed per-channel int8, and check both steps on `probes`.

    Args:
        model: trained, on the CPU, in eval mode.
        path: the .onnx file to write.
        probes: token ids of some texts, special tokens included.

    Returns:
        `max_logit_difference` of float32 ONNX and `int8_label_agreement` in 0..1, to torch.

    Raises:
        ParityError: a difference is over its limit.

    """
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "fp32.onnx"
        _export(model, full)
        quantize_dynamic(
            full,
            path,
            per_channel=True,
            weight_type=QuantType.QInt8,  # unsigned weights run three times slower
            # 7-bit weights: without VNNI, 8-bit products overflow their 16-bit sums and scores
            # would depend on the processor (onnxruntime quantization documentation).
            reduce_range=True,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
        expected = _torch_logits(model, probes)
        difference = float(np.abs(_onnx_logits(full, probes) - expected).max())
        agreement = float((_onnx_logits(path, probes).argmax(1) == expected.argmax(1)).mean())
    if difference > _MOST_DIFFERENCE:
        raise ParityError(f"float32 ONNX differs from torch by {difference:.4f} in a logit")
    if agreement < _LEAST_AGREEMENT:
        raise ParityError(f"int8 gives torch's label for only {agreement:.1%} of the probes")
    return {"max_logit_difference": difference, "int8_label_agreement": agreement}


def _export(model: CategoryModel, path: Path) -> None:
    ids = torch.tensor([[0, 5, 6, 2], [0, 7, 2, 1]])
    mask = torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])
    batch, length = (
        torch.export.Dim("batch", min=1, max=512),
        torch.export.Dim("length", min=2, max=512),
    )
    shape = {0: batch, 1: length}
    torch.onnx.export(
        model,
        (ids, mask),
        str(path),
        dynamo=True,
        external_data=False,
        opset_version=_OPSET,
        input_names=["input_ids", "attention_mask"],
        output_names=["logits"],
        dynamic_shapes={"input_ids": shape, "attention_mask": shape},
        verbose=False,
    )
    graph = onnx.load(path)
    del graph.graph.value_info[:]  # stale shapes there stop the quantiser
    _forget_origins(graph)
    onnx.save(graph, path)


def _forget_origins(model: onnx.ModelProto) -> None:
    """Drop the stack traces that the exporter notes: they tell paths of the training machine."""
    graph = model.graph
    for part in (model, graph, *graph.node, *graph.input, *graph.output, *graph.initializer):
        del part.metadata_props[:]
        part.doc_string = ""


def _torch_logits(model: CategoryModel, probes: list[list[int]]) -> NDArray[np.float32]:
    with torch.inference_mode():
        rows = [
            model(torch.tensor([ids]), torch.ones(1, len(ids), dtype=torch.int64)) for ids in probes
        ]
    return np.asarray(torch.cat(rows).numpy(), dtype=np.float32)


def _onnx_logits(path: Path, probes: list[list[int]]) -> NDArray[np.float32]:
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    rows = []
    for ids in probes:
        row = np.array([ids], dtype=np.int64)
        feeds = {"input_ids": row, "attention_mask": np.ones_like(row)}
        rows.append(np.asarray(session.run(["logits"], feeds)[0]))
    return np.concatenate(rows)
