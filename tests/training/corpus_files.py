"""Tiny corpora in the form of the real ones."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import zstandard

from data.corpora import Corpus
from tests.tiny_gold import jsonl


def write_corpus(
    folder: Path, name: str, content: bytes, packed: bool = False, **fields: Any
) -> Corpus:
    """Write the file of a corpus and return its entry in the manifest."""
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    if packed:
        (place / f"{name}.jsonl.zst").write_bytes(zstandard.compress(content))
    else:
        (place / f"{name}.jsonl").write_bytes(content)
    values: dict[str, Any] = {
        "name": name,
        "upstream": "https://example.org",
        "revision": "0" * 40,
        "licence": "none",
        "sha256": hashlib.sha256(content).hexdigest(),
        "use": "train",
        "ground": "made up",
        "cautions": [],
        "most_per_label": 100,
        "masks": "none",
        "labels": {"scam": "other_scam", "ham": "benign"},
    }
    return Corpus.model_validate(values | fields)


def lines(*rows: tuple[str, str]) -> bytes:
    """Rows of text and label as the bytes of a corpus."""
    return jsonl([{"text": text, "label": label} for text, label in rows]).encode()
