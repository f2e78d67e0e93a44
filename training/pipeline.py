"""The steps from data to artifact, in order."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np
from datasets import Dataset, DatasetDict
from numpy.typing import NDArray
from tokenizers import Tokenizer
from transformers import set_seed
from transformers.utils import logging as transformers_logging

from model.artifact import ArtifactConfig, load_artifact, write_manifest
from model.classifier import Classifier, softmax
from model.labels import CATEGORIES
from training.base_model import ensure_expanded
from training.base_model.folder import NOTICE
from training.calibrate import (
    BASE_RATES,
    FRAUD_COLUMNS,
    fit_operating_points,
    fit_temperature,
    fraud_probability,
)
from training.card import write_card
from training.dataset import build_dataset
from training.encoder import load_model
from training.export import export_int8
from training.fine_tune import Recipe, fine_tune, tokenize
from training.metrics import classification_report, expected_calibration_error

_PRUNED_E5: Final = "intfloat/multilingual-e5-small, vocabulary pruned to Chinese"
# Windows of the served classifier, in tokens: few enough that a demand is not drowned by the
# harmless words around it. Training reads texts whole, up to `Recipe.max_tokens`.
_WINDOW: Final = 96
_OVERLAP: Final = 32
_PROBES: Final = 300


def train_artifact(
    base: str,
    corpora: Path | None,
    gold: Path,
    out: Path,
    runs: Path,
    layers: int | None,
    recipe: Recipe,
) -> dict[str, Any]:
    """Make the artifact in `out` and return its metrics.

    Args:
        base: folder (expanded or packed) or hub name of the encoder.
        runs: working folder for checkpoints; kept, so that an interrupted run goes on.

    Raises:
        BaseModelError, CorpusError, DataError, OSError, ParityError: see the steps.

    """
    set_seed(recipe.seed)
    transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    data = build_dataset(gold, corpora, recipe.seed)
    folder = ensure_expanded(Path(base), runs / "base-model") if Path(base).is_dir() else base
    model = load_model(folder, layers, len(CATEGORIES))
    tokenizer = _tokenizer(folder)
    train = tokenize(data["train"], tokenizer, recipe.max_tokens)
    pad = tokenizer.token_to_id("<pad>") or 0
    fine_tune(model, train, pad, recipe, runs / "checkpoints")
    name = base_name(base, Path(folder))
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        tokenizer.save(str(work / "tokenizer.json"))
        texts = data["dev"]["text"][:_PROBES]
        probes = [one.ids[: recipe.max_tokens] for one in tokenizer.encode_batch(list(texts))]
        parity = export_int8(model, work / "model.onnx", probes)
        _write_config(work, name, recipe, temperature=1.0, points=None)
        metrics = _finish(work, name, data, recipe, layers, parity | {"probes": len(probes)})
        _install(work, out)
    shutil.rmtree(runs / "checkpoints", ignore_errors=True)
    return metrics


def base_name(base: str, folder: Path) -> str:
    """What config and card call the encoder: never a path, which tells of the machine.

    The folder that `training.base_model` makes is known by its notice; another folder goes by
    its own name, a hub model by the name given.
    """
    notice = folder / NOTICE.name
    if notice.is_file() and notice.read_bytes() == NOTICE.read_bytes():
        return _PRUNED_E5
    return Path(base).name if Path(base).is_dir() else base


def _tokenizer(folder: str | Path) -> Tokenizer:
    local = Path(folder) / "tokenizer.json"
    return (
        Tokenizer.from_file(str(local))
        if local.exists()
        else Tokenizer.from_pretrained(str(folder))
    )


def _write_config(
    work: Path, name: str, recipe: Recipe, temperature: float, points: dict[str, Any] | None
) -> None:
    neutral = {
        name: {"base_rate": rate, "caution": 0.3, "fraud": 0.5} for name, rate in BASE_RATES.items()
    }
    config = ArtifactConfig(
        version=version("cuicha"),
        base_model=name,
        labels=CATEGORIES,
        max_tokens=min(_WINDOW, recipe.max_tokens),
        overlap=min(_OVERLAP, recipe.max_tokens // 4),
        temperature=temperature,
        operating_points=points or neutral,
    )
    (work / "config.json").write_text(config.model_dump_json(indent=2) + "\n", encoding="utf-8")
    write_manifest(work)


def _logits(classifier: Classifier, texts: Sequence[str]) -> NDArray[np.float32]:
    """Log-probabilities at temperature 1 of the shipped graph: as good as logits for softmax."""
    rows = [list(classifier.predict(text).probabilities.values()) for text in texts]
    return np.asarray(np.log(np.maximum(rows, 1e-12)), dtype=np.float32)


def _finish(
    work: Path,
    name: str,
    data: DatasetDict,
    recipe: Recipe,
    layers: int | None,
    parity: dict[str, float],
) -> dict[str, Any]:
    """Calibrate on dev and held-out texts, measure on test, write config, card and metrics."""
    classifier = Classifier.load(work, threads=2)
    logits = {name: _logits(classifier, data[name]["text"]) for name in data if name != "train"}
    dev_labels = np.asarray(data["dev"]["label"])
    temperature = fit_temperature(logits["dev"], dev_labels, BASE_RATES["paste"])
    points = _points(data, logits, temperature)
    _write_config(work, name, recipe, temperature, {k: p.model_dump() for k, p in points.items()})
    metrics = {
        "version": version("cuicha"),
        "base_model": name,
        "recipe": asdict(recipe) | {"layers": layers},
        "size_mib": (work / "model.onnx").stat().st_size / 2**20,
        "rows": _row_counts(data),
        "groups": {name: sorted(_gold_groups(data[name])) for name in ("train", "dev", "test")},
        "temperature": temperature,
        "operating_points": {name: point.model_dump() for name, point in points.items()},
        "parity": parity,
        "dev": _report(data["dev"], logits["dev"], temperature),
        "test": _report(data["test"], logits["test"], temperature),
    }
    text = json.dumps(metrics, ensure_ascii=False, indent=2) + "\n"
    (work / "metrics.json").write_text(text, encoding="utf-8")
    write_card(work / "MODEL_CARD.md", metrics)
    load_artifact(work)
    return metrics


def _points(data: DatasetDict, logits: dict[str, NDArray[np.float32]], temperature: float) -> Any:
    fraud: list[float] = []
    hard: list[float] = []
    ordinary: list[float] = []
    for name, lawful in (("dev", hard), ("held_out", ordinary)):
        if name in data:
            chances = fraud_probability(logits[name], temperature)
            for label, chance in zip(data[name]["label"], chances.tolist(), strict=True):
                if label not in FRAUD_COLUMNS:
                    lawful.append(chance)
                elif name == "dev":
                    fraud.append(chance)
    return fit_operating_points(fraud, hard, ordinary)


def _report(rows: Dataset, logits: NDArray[np.float32], temperature: float) -> dict[str, Any]:
    labels = np.asarray(rows["label"])
    chances = softmax(logits, temperature)[:, FRAUD_COLUMNS].sum(1)
    report = classification_report(labels, logits.argmax(1))
    fraud = np.isin(labels, FRAUD_COLUMNS)
    return report | {"ece": expected_calibration_error(chances.tolist(), fraud.tolist())}


def _row_counts(data: DatasetDict) -> dict[str, int]:
    counts = {
        name: len(data[name]) if name in data else 0
        for name in ("train", "dev", "test", "held_out")
    }
    copies = sum(data["train"]["copy"])
    gold = sum(
        source == "gold" and not copy
        for source, copy in zip(data["train"]["source"], data["train"]["copy"], strict=True)
    )
    return counts | {"gold_train": gold, "copies": copies}


def _gold_groups(rows: Dataset) -> set[str]:
    return {g for s, g in zip(rows["source"], rows["group"], strict=True) if s == "gold"}


def _install(work: Path, out: Path) -> None:
    """Replace the artifact only once all its files are there."""
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(work.iterdir()):
        shutil.copyfile(path, out / path.name)
