"""The steps from data to artifact, in order."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
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

from data.gold_set import read_gold
from model.artifact import FILES, ArtifactConfig, OperatingPoint, load_artifact, write_manifest
from model.classifier import Classifier, softmax
from model.labels import CATEGORIES, FRAUD_COLUMNS
from model.ngrams import NgramModel
from screening.decision import shipped_policy
from training.base_model import ensure_expanded
from training.base_model.folder import NOTICE
from training.batches import tokenize
from training.calibrate import BASE_RATES, fit_operating_points, fit_temperature
from training.card import write_card
from training.dataset import build_dataset, pretraining_texts
from training.encoder import CategoryModel, load_model
from training.export import export_int8
from training.fine_tune import fine_tune
from training.judging import judge_corpus_rows, judge_records
from training.metrics import classification_report, expected_calibration_error
from training.ngrams import fit_ngrams, fit_share
from training.pretrain import pretrain
from training.recipe import Recipe, read_recipe

_PRUNED_E5: Final = "intfloat/multilingual-e5-small, vocabulary pruned to Chinese"
# Windows of the served classifier, in tokens: most messages fit into one, and a demand is not
# drowned by the harmless words around it. Training reads texts up to `Recipe.max_tokens`.
_WINDOW: Final = 128
_OVERLAP: Final = 48
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
        runs: working folder for checkpoints; kept, so that an interrupted run goes on. Delete it
            where data or recipe have changed since.

    Raises:
        BaseModelError, CorpusError, DataError, OSError, ParityError: see the steps.

    """
    data = build_dataset(gold, corpora, recipe)
    model, tokenizer, name = train_model(base, corpora, gold, runs, layers, recipe, data)
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        tokenizer.save(str(work / "tokenizer.json"))
        texts = data["dev"]["text"][:_PROBES]
        probes = [one.ids[: recipe.max_tokens] for one in tokenizer.encode_batch(list(texts))]
        parity = export_int8(model, work / "model.onnx", probes)
        (work / "ngrams.npz").write_bytes(_ngrams(data["train"]).to_bytes())
        _write_config(work, name, recipe)
        metrics = _finish(work, name, gold, data, recipe, layers, parity | {"probes": len(probes)})
        _install(work, out)
    shutil.rmtree(runs / "checkpoints", ignore_errors=True)
    return metrics


def recalibrate(artifact: Path, corpora: Path | None, gold: Path) -> dict[str, Any]:
    """Fit share, temperature and thresholds of an artifact again, and measure it anew.

    The thresholds are those of the whole system: needed where detectors, directory or policy
    have changed since. The weights stay.

    Raises:
        CorpusError, DataError, OSError: as in `train_artifact`; also a missing metrics.json.

    """
    old = json.loads((artifact / "metrics.json").read_text(encoding="utf-8"))
    recipe, layers = read_recipe(old["recipe"])
    data = build_dataset(gold, corpora, recipe)
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        for name in FILES:
            shutil.copyfile(artifact / name, work / name)
        metrics = _finish(work, old["base_model"], gold, data, recipe, layers, old["parity"], old)
        _install(work, artifact)
    return metrics


def train_model(
    base: str,
    corpora: Path | None,
    gold: Path,
    runs: Path,
    layers: int | None,
    recipe: Recipe,
    data: DatasetDict,
) -> tuple[CategoryModel, Tokenizer, str]:
    """Pretrain and fine-tune: the model, its tokenizer and the name of its encoder.

    Args:
        corpora: for pretraining; what fine-tuning is shown of them is in `data`.

    Other arguments and errors: see `train_artifact`.

    """
    set_seed(recipe.seed)
    transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    folder = ensure_expanded(Path(base), runs / "base-model") if Path(base).is_dir() else base
    name = base_name(base, Path(folder))
    tokenizer = _tokenizer(folder)
    if recipe.pretraining.epochs:
        folder = pretrain(
            folder,
            layers,
            lambda: pretraining_texts(gold, corpora, recipe),
            tokenizer,
            recipe.pretraining,
            runs / "pretrained",
        )
    set_seed(recipe.seed)
    model = load_model(folder, layers, len(CATEGORIES))
    train = tokenize(data["train"], tokenizer, recipe.max_tokens)
    return fine_tune(model, train, tokenizer, recipe, runs / "checkpoints"), tokenizer, name


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
    work: Path,
    name: str,
    recipe: Recipe,
    share: float = 0.0,
    temperature: float = 1.0,
    points: dict[str, OperatingPoint] | None = None,
) -> None:
    neutral = {
        name: OperatingPoint(base_rate=rate, caution=0.3, fraud=0.5)
        for name, rate in BASE_RATES.items()
    }
    config = ArtifactConfig(
        version=version("cuicha"),
        base_model=name,
        labels=CATEGORIES,
        max_tokens=min(_WINDOW, recipe.max_tokens),
        overlap=min(_OVERLAP, recipe.max_tokens // 4),
        ngram_share=share,
        temperature=temperature,
        operating_points=points or neutral,
    )
    (work / "config.json").write_text(config.model_dump_json(indent=2) + "\n", encoding="utf-8")
    write_manifest(work)


def _ngrams(train: Dataset) -> NgramModel:
    """Fitted on the originals: disguised copies would only add n-grams that nobody writes."""
    originals = train.filter(lambda copy: not copy, input_columns="copy")
    return fit_ngrams(originals["text"], originals["label"], originals["weight"])


def _ngram_share(classifier: Classifier, dev: Dataset) -> float:
    """How much the n-grams say beside the encoder, told the sender or not."""
    parts = [classifier.parts(row["text"], header) for row in dev for header in (row["header"], "")]
    encoder, ngrams = (np.stack(part) for part in zip(*parts, strict=True))
    return fit_share(encoder, ngrams, np.repeat(np.asarray(dev["label"]), 2))


def _logits(classifier: Classifier, rows: Dataset, headers: bool = True) -> NDArray[np.float32]:
    """Log-probabilities at temperature 1 of the shipped graph: as good as logits for softmax."""
    chances = [
        list(
            classifier.predict(row["text"], row["header"] if headers else "").probabilities.values()
        )
        for row in rows
    ]
    return np.asarray(np.log(np.maximum(chances, 1e-12)), dtype=np.float32)


def _finish(
    work: Path,
    name: str,
    gold: Path,
    data: DatasetDict,
    recipe: Recipe,
    layers: int | None,
    parity: dict[str, float],
    trained: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Calibrate on dev and held-out texts, measure on test, write config, card and metrics.

    Args:
        trained: metrics of the run that trained the weights, if it was another.

    """
    _write_config(work, name, recipe)
    share = _ngram_share(Classifier.load(work, threads=2), data["dev"])
    _write_config(work, name, recipe, share)
    classifier = Classifier.load(work, threads=2)
    logits = {split: _logits(classifier, data[split]) for split in ("dev", "test")}
    bare = {split: _logits(classifier, data[split], headers=False) for split in ("dev", "test")}
    # Callers give channel and sender or they don't: one temperature for both.
    temperature = fit_temperature(
        np.concatenate([logits["dev"], bare["dev"]]),
        np.tile(np.asarray(data["dev"]["label"]), 2),
        BASE_RATES["paste"],
    )
    _write_config(work, name, recipe, share, temperature)
    classifier = Classifier.load(work, threads=2)
    points = fit_operating_points(
        judge_records(read_gold(gold)["dev"], classifier),
        judge_corpus_rows(data["held_out"], classifier) if "held_out" in data else [],
        shipped_policy(),
    )
    _write_config(work, name, recipe, share, temperature, points)
    metrics = {
        "version": version("cuicha"),
        "base_model": name,
        "recipe": asdict(recipe) | {"layers": layers},
        "size_mib": (work / "model.onnx").stat().st_size / 2**20,
        "rows": _row_counts(data, trained),
        "groups": _groups(data, trained),
        "ngram_share": share,
        "temperature": temperature,
        "operating_points": {name: point.model_dump() for name, point in points.items()},
        "parity": parity,
    } | {
        f"{split}{suffix}": _report(data[split], values[split], temperature)
        for split in ("dev", "test")
        for suffix, values in (("", logits), ("_without_sender", bare))
    }
    text = json.dumps(metrics, ensure_ascii=False, indent=2) + "\n"
    (work / "metrics.json").write_text(text, encoding="utf-8")
    write_card(work / "MODEL_CARD.md", metrics)
    load_artifact(work)
    return metrics


def _report(rows: Dataset, logits: NDArray[np.float32], temperature: float) -> dict[str, Any]:
    labels = np.asarray(rows["label"])
    chances = softmax(logits, temperature)[:, FRAUD_COLUMNS].sum(1)
    report = classification_report(labels, logits.argmax(1))
    fraud = np.isin(labels, FRAUD_COLUMNS)
    return report | {"ece": expected_calibration_error(chances.tolist(), fraud.tolist())}


def _groups(data: DatasetDict, trained: Mapping[str, Any] | None) -> dict[str, list[str]]:
    groups = {name: sorted(_gold_groups(data[name])) for name in ("train", "dev", "test")}
    return groups | ({"train": trained["groups"]["train"]} if trained else {})


def _row_counts(data: DatasetDict, trained: Mapping[str, Any] | None) -> dict[str, int]:
    counts = {
        name: len(data[name]) if name in data else 0
        for name in ("train", "dev", "test", "held_out")
    }
    copies = sum(data["train"]["copy"])
    gold = sum(
        source == "gold" and not copy
        for source, copy in zip(data["train"]["source"], data["train"]["copy"], strict=True)
    )
    counts |= {"gold_train": gold, "copies": copies}
    if trained is not None:
        counts |= {name: trained["rows"][name] for name in ("train", "gold_train", "copies")}
    return counts


def _gold_groups(rows: Dataset) -> set[str]:
    return {g for s, g in zip(rows["source"], rows["group"], strict=True) if s == "gold"}


def _install(work: Path, out: Path) -> None:
    """Replace the artifact only once all its files are there."""
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(work.iterdir()):
        shutil.copyfile(path, out / path.name)
