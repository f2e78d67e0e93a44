"""The manifest of public corpora, `data/corpora.toml`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from data.files import DATA_DIR, Entry, parse, read_toml

Masks = Literal["none", "segmented_placeholders", "x_digits", "angle_tokens", "star_digits"]


class Corpus(Entry):
    """One public corpus; see the comments in the file. `labels` maps theirs to ours."""

    name: str = Field(pattern=r"^[a-z0-9-]+$")
    upstream: str = Field(pattern=r"^https://")
    revision: str = Field(pattern=r"^[0-9a-f]{40}$")
    licence: str = Field(min_length=3)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    use: Literal["train", "evaluate"]
    most_per_label: int = Field(ge=1)
    held_out_share: float = Field(default=0.2, ge=0, lt=1)
    masks: Masks
    labels: dict[str, str]

    def category(self, label: str) -> str | None:
        """Our category for an upstream label; None where the rows are left out."""
        return self.labels.get(label, self.labels.get("*"))


class _File(Entry):
    corpora: tuple[Corpus, ...]


def read_manifest(path: Path = DATA_DIR / "corpora.toml") -> tuple[Corpus, ...]:
    """All corpora, in file order.

    Raises:
        DataError: the file breaks the schema.

    """
    return parse(_File, read_toml(path), path.name).corpora
