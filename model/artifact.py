"""The trained artifact: a folder of files, each verified by digest before it is used.

model.onnx       one self-contained graph (token ids, attention mask -> logits)
tokenizer.json   Hugging Face `tokenizers` file
ngrams.npz       arrays of the n-gram part (see `model.ngrams`), no pickle
config.json      labels, window size, temperature, operating points, version
manifest.json    SHA-256 of the four files above
MODEL_CARD.md    for people; not needed to serve
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from model.labels import CATEGORIES, Category

SHIPPED: Final = Path(__file__).resolve().parent / "artifact"
FILES: Final = ("model.onnx", "tokenizer.json", "ngrams.npz", "config.json")

_HOW_TO_GET = (
    "Reinstall cuicha (the wheel carries the artifact), restore model/artifact from the "
    "repository with `git checkout -- model/artifact`, or train one with `make train`."
)


class ArtifactError(Exception):
    """The artifact is missing or damaged. The text says which file and how to get it back."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"{problem}. {_HOW_TO_GET}")


class Promise(BaseModel):
    """A rate seen on held-out messages, and how high it may be in truth.

    Attributes:
        target: the rate that was aimed at; `bound` is over it where that couldn't be had.
        n, events: messages looked at, and how often it happened.
        bound: the rate is below this with `confidence`, for messages like those.

    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    target: float = Field(gt=0, lt=1)
    n: int = Field(ge=0)
    events: int = Field(ge=0)
    bound: float = Field(ge=0, le=1)
    confidence: float = Field(gt=0, lt=1)


class OperatingPoint(BaseModel):
    """Thresholds on the risk, fitted on held-out data for one kind of traffic.

    Attributes:
        base_rate: share of fraud in 0..1 that the point was chosen for.
        caution: risks at or above it are at least `caution`.
        fraud: risks at or above it are `fraud`.
        false_alarms: lawful messages called `fraud`.
        misses: frauds called `no_fraud_signs`.

    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    base_rate: float = Field(gt=0, lt=1)
    caution: float = Field(gt=0, lt=1)
    fraud: float = Field(gt=0, lt=1)
    false_alarms: Promise | None = None
    misses: Promise | None = None

    @model_validator(mode="after")
    def _caution_comes_first(self) -> OperatingPoint:
        if self.caution >= self.fraud:
            raise ValueError("caution must be below fraud")
        return self


class ArtifactConfig(BaseModel):
    """Everything but weights and vocabulary.

    Attributes:
        version: version of cuicha that trained it.
        max_tokens: tokens of one window, the two special ones included, 16 to 512.
        overlap: tokens that neighbouring windows share.
        ngram_share: weight of the n-grams' log-probabilities in 0..1; the encoder has the rest.
        temperature: divides the logits before softmax (Guo et al., arXiv 1706.04599).

    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    base_model: str
    labels: tuple[Category, ...]
    max_tokens: int = Field(ge=16, le=512)
    overlap: int = Field(ge=0)
    ngram_share: float = Field(ge=0, lt=1)
    temperature: float = Field(gt=0)
    operating_points: dict[str, OperatingPoint]

    @model_validator(mode="after")
    def _windows_advance(self) -> ArtifactConfig:
        if self.overlap >= self.max_tokens - 2:
            raise ValueError("overlap must be below the tokens of a window")
        return self


@dataclass(frozen=True, slots=True)
class Artifact:
    """A verified artifact, read into memory.

    Attributes:
        digest: SHA-256 of manifest.json in hex; names the artifact as a whole.

    """

    config: ArtifactConfig
    onnx: bytes
    tokenizer: str
    ngrams: bytes
    digest: str


def sha256(content: bytes) -> str:
    """Hex digest of `content`."""
    return hashlib.sha256(content).hexdigest()


def write_manifest(folder: Path) -> None:
    """Write manifest.json for the files of `folder`."""
    digests = {name: sha256((folder / name).read_bytes()) for name in FILES}
    text = json.dumps({"sha256": digests}, indent=2) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")


def load_artifact(folder: Path = SHIPPED) -> Artifact:
    """Read and verify the artifact in `folder`.

    Raises:
        ArtifactError: a file is missing, its digest differs, or its content is not as expected.

    """
    manifest = _read(folder, "manifest.json")
    digests = _digests(manifest)
    contents = {name: _verified(folder, name, digests) for name in FILES}
    return Artifact(
        config=_config(contents["config.json"]),
        onnx=contents["model.onnx"],
        tokenizer=contents["tokenizer.json"].decode("utf-8"),
        ngrams=contents["ngrams.npz"],
        digest=sha256(manifest),
    )


def _read(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise ArtifactError(f"{name} cannot be read ({error.strerror})") from error


def _digests(manifest: bytes) -> dict[str, str]:
    try:
        digests = json.loads(manifest)["sha256"]
        return {name: str(digests[name]) for name in FILES}
    except (ValueError, KeyError, TypeError) as error:
        raise ArtifactError("manifest.json is damaged") from error


def _verified(folder: Path, name: str, digests: dict[str, str]) -> bytes:
    content = _read(folder, name)
    if sha256(content) != digests[name]:
        raise ArtifactError(f"{name} is damaged: its SHA-256 is not the one in manifest.json")
    return content


def _config(content: bytes) -> ArtifactConfig:
    try:
        config = ArtifactConfig.model_validate_json(content)
    except ValidationError as error:
        raise ArtifactError("config.json does not have the expected fields") from error
    if sorted(config.labels) != sorted(CATEGORIES):
        raise ArtifactError("config.json names other categories than this version of cuicha")
    if not {"paste", "log"} <= set(config.operating_points):
        raise ArtifactError("config.json lacks an operating point")
    return config
