"""Text to calibrated probabilities: windows, tokens, ONNX Runtime, temperature.

Every window is scored in a call of its own. Dynamic int8 takes its scales from the whole batch,
so a padded batch would let batch mates change a score
(https://github.com/microsoft/onnxruntime/issues/10111).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

from model.artifact import SHIPPED, Artifact, ArtifactConfig, ArtifactError, load_artifact
from model.labels import FRAUD_CATEGORIES, Category
from model.normalize import mask_digits

_SPECIAL_TOKENS = 2  # one before and one after each window


@dataclass(frozen=True, slots=True)
class Prediction:
    """Calibrated probabilities of the riskiest window.

    Attributes:
        probabilities: one value in 0..1 for each category; they sum to 1.
        windows: number of windows the text was scored in, at least 1.

    """

    probabilities: dict[Category, float]
    windows: int

    @property
    def category(self) -> Category:
        """The likeliest category."""
        return max(self.probabilities, key=lambda label: self.probabilities[label])

    @property
    def fraud_probability(self) -> float:
        """Probability in 0..1 that the sender is an impostor or another fraudster."""
        return min(1.0, sum(self.probabilities[label] for label in FRAUD_CATEGORIES))


def split_windows(ids: list[int], size: int, overlap: int) -> Iterator[list[int]]:
    """Cut token ids into windows of at most `size` that share `overlap` ids; never none."""
    step = size - overlap
    for start in range(0, max(1, len(ids) - overlap), step):
        yield ids[start : start + size]


def softmax(logits: NDArray[np.float32], temperature: float) -> NDArray[np.float64]:
    """Probabilities of the last axis, at the given temperature."""
    scaled = logits.astype(np.float64) / temperature
    powers = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


class Classifier:
    """The seven-way classifier. Thread-safe: a session may be run from several threads.

    Args:
        artifact: verified files.
        threads: threads inside one ONNX Runtime call. One each and several callers give more
            throughput than one caller with several.

    Raises:
        ArtifactError: the graph or the tokenizer can't be loaded.

    """

    def __init__(self, artifact: Artifact, threads: int = 1) -> None:
        self.config: ArtifactConfig = artifact.config
        self.digest = artifact.digest
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._tokenizer = Tokenizer.from_str(artifact.tokenizer)
            self._session = ort.InferenceSession(
                artifact.onnx, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both libraries raise bare exceptions of their own
            raise ArtifactError("model.onnx or tokenizer.json cannot be loaded") from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        wrapped = self._tokenizer.encode("").ids
        self._first, self._last = wrapped[0], wrapped[-1]

    @classmethod
    def load(cls, folder: Path = SHIPPED, threads: int = 1) -> Classifier:
        """Verify and load the artifact in `folder`.

        Raises:
            ArtifactError: see `load_artifact`.

        """
        return cls(load_artifact(folder), threads)

    def predict(self, text: str) -> Prediction:
        """Score a canonical text (see `model.normalize`) of any length.

        A long text is scored in overlapping windows and the riskiest one decides, so that
        harmless filler can't dilute a scam.
        """
        ids = self._tokenizer.encode(mask_digits(text), add_special_tokens=False).ids
        size = self.config.max_tokens - _SPECIAL_TOKENS
        windows = [tuple(window) for window in split_windows(ids, size, self.config.overlap)]
        predictions = [self._score(window, len(windows)) for window in dict.fromkeys(windows)]
        return max(predictions, key=lambda prediction: prediction.fraud_probability)

    def _score(self, window: tuple[int, ...], windows: int) -> Prediction:
        ids = np.array([[self._first, *window, self._last]], dtype=np.int64)
        feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        (logits,) = self._session.run(["logits"], feeds)
        values = softmax(np.asarray(logits, dtype=np.float32)[0], self.config.temperature)
        labels = zip(self.config.labels, values.tolist(), strict=True)
        return Prediction(probabilities=dict(labels), windows=windows)
