from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from datasets import Dataset, DatasetDict

from model.artifact import FILES, load_artifact
from model.classifier import Classifier
from model.labels import CATEGORIES
from tests.conftest import Tiny
from tests.tiny import RECIPE, gold_texts, tiny_base, tiny_gold, train_tiny
from training import pipeline
from training.base_model import BaseModelError
from training.base_model.folder import NOTICE


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
        points = {name: point.model_dump() for name, point in config.operating_points.items()}
        assert points == tiny.metrics["operating_points"]
        assert set(points) == {"paste", "log"}
        for point in points.values():
            assert 0 < point["caution"] < point["fraud"] < 1

    def test_metrics(self, tiny: Tiny) -> None:
        written = json.loads((tiny.artifact / "metrics.json").read_text(encoding="utf-8"))
        assert written == json.loads(json.dumps(tiny.metrics))
        assert written["rows"] == {
            "train": 74,
            "dev": 44,
            "test": 21,
            "held_out": 0,
            "gold_train": 63,
            "copies": 11,
        }
        assert written["groups"] == {
            "train": ["tiny-train"],
            "dev": ["tiny-dev"],
            "test": ["tiny-test"],
        }
        assert written["parity"]["probes"] == 44
        assert written["parity"]["int8_label_agreement"] >= 0.97
        assert written["recipe"]["seed"] == RECIPE.seed
        assert written["dev"]["n"] == 44
        assert 0 <= written["test"]["ece"] <= 1

    def test_figures_are_those_of_the_artifact_as_served(self, tiny: Tiny) -> None:
        classifier = Classifier.load(tiny.artifact)
        for split in ("dev", "test"):
            texts = gold_texts()[split]
            hits = sum(
                classifier.predict(text.replace("，", ",")).category == c for text, c in texts
            )
            assert tiny.metrics[split]["accuracy"]["value"] == pytest.approx(hits / len(texts))
        assert tiny.metrics["test"]["accuracy"]["value"] > 0.9

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


def start(tmp_path: Path, base: Path, layers: int | None = None) -> None:
    pipeline.train_artifact(
        str(base),
        None,
        tiny_gold(tmp_path / "gold"),
        tmp_path / "out",
        tmp_path / "runs",
        layers,
        RECIPE,
    )


def test_fine_tuning_gets_the_folder_of_checkpoints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, Any] = {}

    def fake(model: Any, train: Dataset, pad: int, recipe: Any, runs: Path) -> None:
        seen.update(model=model, rows=len(train), pad=pad, recipe=recipe, runs=runs)
        raise ReachedError

    monkeypatch.setattr(pipeline, "fine_tune", fake)
    with pytest.raises(ReachedError):
        start(tmp_path, tiny_base(tmp_path / "base"), layers=1)
    assert seen["runs"] == tmp_path / "runs" / "checkpoints"
    assert (seen["rows"], seen["pad"], seen["recipe"]) == (74, 1, RECIPE)
    assert seen["model"].encoder.config.num_hidden_layers == 1


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
        start(tmp_path, tiny_base(tmp_path / "base"))
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


def test_held_out_texts_raise_the_threshold_for_logs_alone() -> None:
    def logits(chances: list[float]) -> np.ndarray[Any, np.dtype[np.float32]]:
        rows = [[chance, *[(1 - chance) / 6] * 6] for chance in chances]
        rows = [
            [chance * 0.9, *row[1:5], chance * 0.1, row[6] + row[5]]
            for chance, row in zip(chances, rows, strict=True)
        ]
        return np.log(np.asarray(rows, dtype=np.float32))

    fraud, lawful, scam = (CATEGORIES.index(c) for c in ("impersonation", "benign", "other_scam"))
    data = DatasetDict(
        {
            "dev": Dataset.from_dict({"label": [fraud] * 9 + [lawful] * 9}),
            "held_out": Dataset.from_dict({"label": [lawful] * 9 + [scam] * 2}),
        }
    )
    chances = {"dev": logits([0.95] * 9 + [0.6] * 9), "held_out": logits([0.8] * 9 + [0.99, 0.01])}
    points = pipeline._points(data, chances, 1.0)
    assert points["paste"].fraud == pytest.approx(0.6, abs=1e-5)
    # Held-out scams are neither lawful nor among the frauds that caution must catch.
    assert points["log"].fraud == pytest.approx(0.8, abs=1e-5)
    assert points["paste"].caution == pytest.approx(0.36, abs=1e-5)
