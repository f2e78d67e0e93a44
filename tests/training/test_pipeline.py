from __future__ import annotations

import dataclasses
import json
import shutil
from collections import Counter
from dataclasses import asdict
from itertools import chain, product
from pathlib import Path
from typing import Any, Final

import pytest
import torch
from datasets import Dataset, DatasetDict
from safetensors.torch import load_file
from tokenizers import Tokenizer

from model.artifact import FILES, load_artifact
from model.classifier import Classifier
from model.labels import CATEGORIES
from model.ngrams import NgramModel, count_ngrams
from tests.conftest import Tiny
from tests.tiny import RECIPE, gold_texts, quiet, tiny_base, tiny_gold, train_tiny
from tests.training.rows import row
from training import pipeline
from training.base_model import BaseModelError
from training.base_model.folder import NOTICE
from training.calibrate import Judged
from training.dataset import build_dataset
from training.pretrain import PretrainingRecipe
from training.recipe import Recipe

ROWS: Final = 77  # to train on: 63 texts and copies of some


class TestArtifact:
    def test_all_files_are_there(self, tiny: Tiny) -> None:
        assert {path.name for path in tiny.artifact.iterdir()} == {
            *FILES,
            "manifest.json",
            "metrics.json",
            "MODEL_CARD.md",
        }

    def test_config(self, tiny: Tiny) -> None:
        config = load_artifact(tiny.artifact).config
        assert config.labels == CATEGORIES
        assert config.max_tokens == RECIPE.max_tokens
        assert config.overlap == RECIPE.max_tokens // 4
        assert config.temperature == tiny.metrics["temperature"]
        assert 0.25 < config.temperature < 8
        assert config.ngram_share == tiny.metrics["ngram_share"]
        assert 0 < config.ngram_share < 1
        points = {name: point.model_dump() for name, point in config.operating_points.items()}
        assert points == tiny.metrics["operating_points"]
        assert set(points) == {"paste", "log"}
        for point in points.values():
            assert 0 < point["caution"] < point["fraud"] < 1
            # Lawful and false ones of dev.
            assert point["false_alarms"]["n"] == 31
            assert point["misses"]["n"] == 13

    def test_metrics(self, tiny: Tiny) -> None:
        written = json.loads((tiny.artifact / "metrics.json").read_text(encoding="utf-8"))
        assert written == json.loads(json.dumps(tiny.metrics))
        assert written["rows"] == {
            "train": ROWS,
            "dev": 44,
            "test": 21,
            "held_out": 0,
            "gold_train": 63,
            "copies": ROWS - 63,
        }
        assert written["groups"] == {
            "train": ["tiny-train"],
            "dev": ["tiny-dev"],
            "test": ["tiny-test"],
        }
        assert written["parity"]["probes"] == 44
        assert written["parity"]["int8_label_agreement"] >= 0.97
        assert written["recipe"] == asdict(RECIPE) | {"layers": None}
        assert written["dev"]["n"] == 44
        assert 0 <= written["test"]["ece"] <= 1

    def test_figures_are_those_of_the_artifact_as_served(self, tiny: Tiny) -> None:
        classifier = Classifier.load(tiny.artifact)
        for split, header in product(("dev", "test"), ("短信", "")):
            texts = gold_texts()[split]
            hits = sum(
                classifier.predict(text.replace("，", ","), header).category == category
                for text, category in texts
            )
            name = split if header else f"{split}_without_sender"
            assert tiny.metrics[name]["accuracy"]["value"] == pytest.approx(hits / len(texts))
        assert tiny.metrics["test"]["accuracy"]["value"] > 0.9
        assert tiny.metrics["test_without_sender"]["accuracy"]["value"] > 0.9

    def test_n_grams_are_those_of_the_originals(self, tiny: Tiny) -> None:
        model = NgramModel.from_bytes(load_artifact(tiny.artifact).ngrams)
        texts = [text.replace("，", ",") for text, _ in gold_texts()["train"]]
        frequencies = Counter(chain(*(count_ngrams(text)[0].tolist() for text in texts)))
        assert set(model.keys.tolist()) == {one for one, n in frequencies.items() if n >= 2}

    def test_predictions_are_valid(self, tiny: Tiny) -> None:
        classifier = Classifier.load(tiny.artifact)
        for text, _ in gold_texts()["test"]:
            prediction = classifier.predict(text)
            assert sum(prediction.probabilities.values()) == pytest.approx(1)
            assert 0 <= prediction.fraud_probability <= 1

    def test_the_card_shows_the_figures(self, tiny: Tiny) -> None:
        card = (tiny.artifact / "MODEL_CARD.md").read_text(encoding="utf-8")
        assert f"Temperature {tiny.metrics['temperature']:.3f}" in card
        assert "Composed test split, 21 texts, author groups tiny-test" in card

    def test_checkpoints_of_a_finished_run_are_gone(self, tiny: Tiny) -> None:
        assert not (tiny.folder / "runs" / "checkpoints").exists()

    def test_the_pretrained_encoder_is_kept_for_another_run(self, tiny: Tiny) -> None:
        kept = {path.name for path in (tiny.folder / "runs" / "pretrained").iterdir()}
        assert kept == {"config.json", "model.safetensors", "tokenizer.json", "done"}


def test_the_same_seed_gives_the_same_artifact(tiny: Tiny, tmp_path: Path) -> None:
    again = train_tiny(tmp_path)
    config, other = (
        (folder / "config.json").read_text(encoding="utf-8")
        for folder in (tiny.artifact, tmp_path / "artifact")
    )
    assert other == config
    assert again == tiny.metrics
    one, two = Classifier.load(tiny.artifact), Classifier.load(tmp_path / "artifact")
    for text, _ in gold_texts()["test"]:
        assert two.predict(text) == one.predict(text)


class ReachedError(Exception):
    """Ends a run at the step of interest."""


def start(tmp_path: Path, base: Path, layers: int | None = None, recipe: Recipe = RECIPE) -> None:
    pipeline.train_artifact(
        str(base),
        None,
        tiny_gold(tmp_path / "gold"),
        tmp_path / "out",
        tmp_path / "runs",
        layers,
        recipe,
    )


WITHOUT = dataclasses.replace(RECIPE, pretraining=PretrainingRecipe(epochs=0))


def test_fine_tuning_gets_the_pretrained_encoder_and_the_folder_of_checkpoints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, Any] = {}

    def fake(model: Any, train: Dataset, tokenizer: Tokenizer, recipe: Any, runs: Path) -> None:
        seen.update(model=model, rows=len(train), tokenizer=tokenizer, recipe=recipe, runs=runs)
        raise ReachedError

    monkeypatch.setattr(pipeline, "fine_tune", fake)
    with pytest.raises(ReachedError), quiet():
        start(tmp_path, tiny_base(tmp_path / "base"), layers=1)
    assert seen["runs"] == tmp_path / "runs" / "checkpoints"
    assert (seen["rows"], seen["recipe"]) == (ROWS, RECIPE)
    assert seen["tokenizer"].token_to_id("<pad>") == 1
    encoder = seen["model"].encoder
    assert encoder.config.num_hidden_layers == 1
    pretrained = load_file(tmp_path / "runs" / "pretrained" / "model.safetensors")
    base = load_file(tmp_path / "base" / "model.safetensors")
    name = "embeddings.word_embeddings.weight"
    assert torch.equal(encoder.state_dict()[name], pretrained[name])
    assert not torch.equal(encoder.state_dict()[name], base[name])


def test_pretraining_is_given_training_texts_once_it_asks_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, Any] = {}

    def fake(base: Path, layers: int, texts: Any, tokenizer: Any, recipe: Any, out: Path) -> None:
        seen.update(base=base, layers=layers, texts=texts(), recipe=recipe, out=out)
        raise ReachedError

    monkeypatch.setattr(pipeline, "pretrain", fake)
    with pytest.raises(ReachedError):
        start(tmp_path, tiny_base(tmp_path / "base"), layers=2)
    assert (seen["base"], seen["layers"]) == (tmp_path / "base", 2)
    assert (seen["recipe"], seen["out"]) == (RECIPE.pretraining, tmp_path / "runs" / "pretrained")
    texts = [text.replace("，", ",") for text, _ in gold_texts()["train"]]
    assert seen["texts"] == [f"短信|{text}" for text in texts]


def test_no_epochs_leave_pretraining_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def fake(model: Any, *_: object) -> None:
        seen.append(model.encoder.state_dict())
        raise ReachedError

    monkeypatch.setattr(pipeline, "fine_tune", fake)
    with pytest.raises(ReachedError):
        start(tmp_path, tiny_base(tmp_path / "base"), recipe=WITHOUT)
    base = load_file(tmp_path / "base" / "model.safetensors")
    assert all(torch.equal(seen[0][name], tensor) for name, tensor in base.items())
    assert not (tmp_path / "runs" / "pretrained").exists()


def test_a_run_that_fails_leaves_the_old_artifact_and_its_checkpoints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "model.onnx").write_bytes(b"old")
    (tmp_path / "runs" / "checkpoints").mkdir(parents=True)

    def failing(*_: object) -> None:
        raise ReachedError

    monkeypatch.setattr(pipeline, "fine_tune", lambda *_: None)
    monkeypatch.setattr(pipeline, "export_int8", failing)
    with pytest.raises(ReachedError):
        start(tmp_path, tiny_base(tmp_path / "base"), recipe=WITHOUT)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["model.onnx"]
    assert (tmp_path / "out" / "model.onnx").read_bytes() == b"old"
    assert (tmp_path / "runs" / "checkpoints").is_dir()


def test_a_folder_that_holds_no_base_model(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    with pytest.raises(BaseModelError, match="is no packed base model"):
        start(tmp_path, tmp_path / "base")


def test_the_encoder_is_called_by_what_it_is_and_never_by_a_path(tmp_path: Path) -> None:
    folder = tmp_path / "my-encoder"
    folder.mkdir()
    assert pipeline.base_name(str(folder), folder) == "my-encoder"
    assert pipeline.base_name("org/some-encoder", Path("org/some-encoder")) == "org/some-encoder"
    (folder / "NOTICE.md").write_text("of somebody else", encoding="utf-8")
    assert pipeline.base_name(str(folder), folder) == "my-encoder"
    shutil.copyfile(NOTICE, folder / "NOTICE.md")
    assert pipeline.base_name(str(folder), folder).startswith("intfloat/multilingual-e5-small")


def test_held_out_texts_are_judged_for_the_operating_points(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[list[Judged], list[Judged]]] = []

    def fake(dev: list[Judged], ordinary: list[Judged], _: object) -> None:
        seen.append((dev, ordinary))
        raise ReachedError

    monkeypatch.setattr(pipeline, "fit_operating_points", fake)
    data = build_dataset(tiny.folder / "gold", None, RECIPE)
    everyday = [row("今晚一起吃饭", "benign"), row("刷单返佣日结", "other_scam")]
    held_out = Dataset.from_list([one | {"spans": None} for one in everyday])
    work = Path(shutil.copytree(tiny.artifact, tmp_path / "work"))
    for whole, counts in ((data, (44, 0)), (DatasetDict({**data, "held_out": held_out}), (44, 2))):
        with pytest.raises(ReachedError):
            pipeline._finish(work, "base", tiny.folder / "gold", whole, RECIPE, None, {})
        dev, ordinary = seen.pop()
        assert (len(dev), len(ordinary)) == counts
    assert [one.fraud for one in ordinary] == [False, True]


class TestRecalibrating:
    def test_weights_stay_and_the_figures_are_those_of_the_run(
        self, tiny: Tiny, tmp_path: Path
    ) -> None:
        artifact = tmp_path / "artifact"
        shutil.copytree(tiny.artifact, artifact)
        metrics = pipeline.recalibrate(artifact, None, tiny.folder / "gold")
        assert metrics == tiny.metrics
        for name in FILES:
            assert (artifact / name).read_bytes() == (tiny.artifact / name).read_bytes()

    def test_what_the_weights_were_trained_on_is_kept(self, tiny: Tiny, tmp_path: Path) -> None:
        artifact, gold = tmp_path / "artifact", tmp_path / "gold"
        shutil.copytree(tiny.artifact, artifact)
        shutil.copytree(tiny.folder / "gold", gold)
        messages = gold / "messages" / "tiny-train.jsonl"
        lines = messages.read_text(encoding="utf-8").splitlines(keepends=True)
        messages.write_text("".join(lines[:-14]), encoding="utf-8")
        metrics = pipeline.recalibrate(artifact, None, gold)
        assert metrics["rows"] == tiny.metrics["rows"]
        assert metrics["groups"] == tiny.metrics["groups"]

    def test_a_folder_without_metrics(self, tmp_path: Path) -> None:
        with pytest.raises(OSError, match=r"metrics\.json"):
            pipeline.recalibrate(tmp_path, None, tmp_path)
