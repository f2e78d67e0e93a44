"""Text to calibrated probabilities: windows, encoder and n-grams pooled, temperature.

Every window is scored in a call of its own. Dynamic int8 takes its scales from the whole batch,
so a padded batch would let batch mates change a score
(https://github.com/microsoft/onnxruntime/issues/10111).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

from model.artifact import SHIPPED, Artifact, ArtifactConfig, ArtifactError, load_artifact
from model.labels import FRAUD_CATEGORIES, Category
from model.ngrams import NgramModel
from model.normalize import mask_digits

_SPECIAL_TOKENS = 2  # one before and one after each window


Floats = NDArray[np.float32]


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


def header_text(header: str) -> str:
    """A header as it stands before the text of every window; nothing where it is empty."""
    return f"{header}|" if header else ""


def split_windows(length: int, size: int, overlap: int) -> Iterator[tuple[int, int]]:
    """Ranges of at most `size` tokens that share `overlap` tokens; never none."""
    step = size - overlap
    for start in range(0, max(1, length - overlap), step):
        yield start, min(start + size, length)


def softmax(logits: NDArray[np.float32], temperature: float) -> NDArray[np.float64]:
    """Probabilities of the last axis, at the given temperature."""
    scaled = logits.astype(np.float64) / temperature
    powers = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def log_softmax(logits: Floats) -> Floats:
    """Log-probabilities of the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    total = np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return np.asarray(shifted - total, dtype=np.float32)


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
            self._ngrams = NgramModel.from_bytes(artifact.ngrams)
            self._session = ort.InferenceSession(
                artifact.onnx, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the libraries raise bare exceptions of their own
            raise ArtifactError(
                "model.onnx, tokenizer.json or ngrams.npz cannot be loaded"
            ) from error
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

    def predict(self, text: str, header: str = "") -> Prediction:
        """Score a text of any length, as `screening.model_input` makes it.

        A long text is scored in overlapping windows and the riskiest one decides, so that
        harmless filler can't dilute a scam. The header stands in each window.
        """
        parts, count = self._windows(text, header)
        predictions = [self._score(window, part, count) for window, part in parts]
        return max(predictions, key=lambda prediction: prediction.fraud_probability)

    def _windows(self, text: str, header: str) -> tuple[Iterable[tuple[tuple[int, ...], str]], int]:
        """Distinct windows, token ids with their text, and how many there were in all."""
        before = self._tokenizer.encode(header_text(header), add_special_tokens=False).ids
        masked = mask_digits(text)
        encoding = self._tokenizer.encode(masked, add_special_tokens=False)
        ids, offsets = encoding.ids, encoding.offsets
        size = self.config.max_tokens - _SPECIAL_TOKENS - len(before)
        ranges = list(split_windows(len(ids), size, min(self.config.overlap, size // 2)))
        parts = dict.fromkeys(
            (
                (*before, *ids[start:end]),
                masked[offsets[start][0] : offsets[end - 1][1]] if ids else "",
            )
            for start, end in ranges
        )
        return parts, len(ranges)

    def parts(self, text: str, header: str = "") -> tuple[Floats, Floats]:
        """Log-probabilities of the encoder and of the n-grams for the first window of a text."""
        window, part = next(iter(self._windows(text, header)[0]))
        return self._encoder(window), log_softmax(self._ngrams.scores(part))

    def _score(self, window: tuple[int, ...], text: str, windows: int) -> Prediction:
        share = self.config.ngram_share
        pooled = self._encoder(window)
        if share:
            pooled = (1 - share) * pooled + share * log_softmax(self._ngrams.scores(text))
        values = softmax(pooled, self.config.temperature)
        labels = zip(self.config.labels, values.tolist(), strict=True)
        return Prediction(probabilities=dict(labels), windows=windows)

    def _encoder(self, window: tuple[int, ...]) -> Floats:
        """Log-probabilities of one window, token ids without the special ones."""
        ids = np.array([[self._first, *window, self._last]], dtype=np.int64)
        feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        (logits,) = self._session.run(["logits"], feeds)
        return log_softmax(np.asarray(logits, dtype=np.float32)[0])
