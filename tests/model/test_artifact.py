from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from model.artifact import (
    FILES,
    ArtifactConfig,
    ArtifactError,
    OperatingPoint,
    Promise,
    load_artifact,
    write_manifest,
)
from model.classifier import Classifier
from model.labels import CATEGORIES
from tests.conftest import Tiny

HINT = "git checkout -- model/artifact"
POINT = {"base_rate": 0.3, "caution": 0.2, "fraud": 0.6}
CONFIG: dict[str, Any] = {
    "version": "1.2.3",
    "base_model": "none",
    "labels": list(CATEGORIES),
    "max_tokens": 64,
    "overlap": 16,
    "ngram_share": 0.4,
    "temperature": 1.5,
    "operating_points": {"paste": POINT, "log": POINT},
}


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in CONFIG.items() if name != key}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An artifact whose files are whole; graph and arrays are only bytes, as nothing runs them."""
    (tmp_path / "model.onnx").write_bytes(bytes(range(256)))
    (tmp_path / "tokenizer.json").write_text('{"词": 1}', encoding="utf-8")
    (tmp_path / "ngrams.npz").write_bytes(b"some arrays")
    (tmp_path / "config.json").write_text(json.dumps(CONFIG), encoding="utf-8")
    write_manifest(tmp_path)
    return tmp_path


def test_what_is_written_is_read(folder: Path) -> None:
    artifact = load_artifact(folder)
    assert artifact.onnx == bytes(range(256))
    assert artifact.tokenizer == '{"词": 1}'
    assert artifact.ngrams == b"some arrays"
    assert artifact.config == ArtifactConfig.model_validate(CONFIG)
    assert artifact.config.operating_points["log"].fraud == 0.6
    manifest = (folder / "manifest.json").read_bytes()
    assert artifact.digest == hashlib.sha256(manifest).hexdigest()


def test_the_manifest_lists_the_digest_of_each_file(folder: Path) -> None:
    digests = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["sha256"]
    assert digests == {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES
    }


def test_the_digest_names_the_content(folder: Path) -> None:
    before = load_artifact(folder).digest
    assert load_artifact(folder).digest == before
    (folder / "model.onnx").write_bytes(b"other")
    write_manifest(folder)
    assert load_artifact(folder).digest != before


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("place", [0, -1])
def test_one_damaged_byte_is_noticed(folder: Path, name: str, place: int) -> None:
    content = bytearray((folder / name).read_bytes())
    content[place] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(ArtifactError, match=f"^{name} is damaged: its SHA-256") as caught:
        load_artifact(folder)
    assert HINT in str(caught.value)


@pytest.mark.parametrize("name", [*FILES, "manifest.json"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ArtifactError, match=f"^{name} cannot be read .No such file") as caught:
        load_artifact(folder)
    assert HINT in str(caught.value)
    assert "make train" in str(caught.value)


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match=r"^manifest\.json cannot be read"):
        load_artifact(tmp_path / "none")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b'{"sha256": {"model.onnx": "a"}}', b"\xff\xfe"]
)
def test_a_damaged_manifest(folder: Path, content: bytes) -> None:
    (folder / "manifest.json").write_bytes(content)
    with pytest.raises(ArtifactError, match=r"^manifest\.json is damaged") as caught:
        load_artifact(folder)
    assert HINT in str(caught.value)


FIELDS = "config.json does not have the expected fields"
LABELS = "config.json names other categories than this version"
POINTS = "config.json lacks an operating point"


@pytest.mark.parametrize(
    ("config", "problem"),
    [
        (without("temperature"), FIELDS),
        (without("ngram_share"), FIELDS),
        (CONFIG | {"ngram_share": 1.0}, FIELDS),
        (CONFIG | {"ngram_share": -0.1}, FIELDS),
        (CONFIG | {"temperature": 0}, FIELDS),
        (CONFIG | {"max_tokens": 8}, FIELDS),
        (CONFIG | {"overlap": -1}, FIELDS),
        (CONFIG | {"max_tokens": 16, "overlap": 14}, FIELDS),
        (CONFIG | {"operating_points": {"paste": POINT, "log": POINT | {"caution": 0.6}}}, FIELDS),
        (CONFIG | {"size": 1}, FIELDS),
        (CONFIG | {"labels": [*CATEGORIES[:-1], "spam"]}, FIELDS),
        (CONFIG | {"operating_points": {"paste": POINT, "log": POINT | {"fraud": 1.0}}}, FIELDS),
        (CONFIG | {"labels": CATEGORIES[:-1]}, LABELS),
        (CONFIG | {"labels": [*CATEGORIES, "benign"]}, LABELS),
        (CONFIG | {"operating_points": {"paste": POINT}}, POINTS),
        (CONFIG | {"operating_points": {"log": POINT}}, POINTS),
        ([], FIELDS),
    ],
)
def test_a_config_that_does_not_fit(folder: Path, config: object, problem: str) -> None:
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    write_manifest(folder)
    with pytest.raises(ArtifactError, match=f"^{problem}") as caught:
        load_artifact(folder)
    assert HINT in str(caught.value)


def test_labels_in_another_order_and_further_points_are_fine(folder: Path) -> None:
    config = CONFIG | {
        "labels": CATEGORIES[::-1],
        "operating_points": {"paste": POINT, "log": POINT, "branch": POINT},
    }
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    write_manifest(folder)
    assert load_artifact(folder).config.labels == CATEGORIES[::-1]


PROMISE: dict[str, Any] = {
    "target": 0.02,
    "n": 500,
    "events": 3,
    "bound": 0.013,
    "confidence": 0.9,
}


class TestPromises:
    def test_a_point_keeps_what_it_promises(self, folder: Path) -> None:
        promising = POINT | {"false_alarms": PROMISE, "misses": None}
        config = CONFIG | {"operating_points": {"paste": promising, "log": POINT}}
        (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
        write_manifest(folder)
        points = load_artifact(folder).config.operating_points
        assert points["paste"].false_alarms == Promise(**PROMISE)
        assert points["paste"].misses is points["log"].false_alarms is None
        again = OperatingPoint.model_validate_json(points["paste"].model_dump_json())
        assert again == points["paste"]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"target": 0.0},
            {"target": 1.0},
            {"n": -1},
            {"events": -1},
            {"bound": 1.1},
            {"bound": -0.1},
            {"confidence": 1.0},
            {"rate": 0.1},
        ],
    )
    def test_what_can_be_no_promise(self, wrong: dict[str, float]) -> None:
        with pytest.raises(ValidationError):
            Promise.model_validate(PROMISE | wrong)

    @pytest.mark.parametrize("name", PROMISE)
    def test_nothing_of_a_promise_may_lack(self, name: str) -> None:
        with pytest.raises(ValidationError, match=name):
            Promise.model_validate({key: PROMISE[key] for key in PROMISE if key != name})


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "ngrams.npz"])
def test_a_file_that_is_not_what_its_name_says(tiny: Tiny, tmp_path: Path, name: str) -> None:
    copy = shutil.copytree(tiny.artifact, tmp_path / "copy")
    (copy / name).write_bytes(b"{}")
    write_manifest(copy)
    with pytest.raises(ArtifactError, match="cannot be loaded") as caught:
        Classifier.load(copy)
    assert HINT in str(caught.value)


def damage_nothing(_: Path) -> None:
    """Leave the artifact whole."""


def damage_model(folder: Path) -> None:
    content = bytearray((folder / "model.onnx").read_bytes())
    content[len(content) // 2] ^= 0xFF
    (folder / "model.onnx").write_bytes(content)


@pytest.mark.parametrize(
    ("change", "loads"), [(damage_nothing, True), (damage_model, False)], ids=["whole", "damaged"]
)
def test_a_trained_artifact(
    tiny: Tiny, tmp_path: Path, change: Callable[[Path], None], loads: bool
) -> None:
    copy = shutil.copytree(tiny.artifact, tmp_path / "copy")
    change(copy)
    if loads:
        assert load_artifact(copy).digest == load_artifact(tiny.artifact).digest
    else:
        with pytest.raises(ArtifactError, match=r"^model\.onnx is damaged"):
            load_artifact(copy)
