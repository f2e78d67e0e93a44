"""The manifest of public corpora, `data/corpora.toml`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from data.files import DATA_DIR, Entry, parse, read_toml
from data.labels import Category

Masks = Literal["none", "segmented_placeholders", "x_digits", "angle_tokens", "star_digits"]


class TestOnly(Entry):
    """Rows of an upstream label that are for measuring: those whose text matches `pattern`."""

    label: str
    pattern: str
    category: Category

    @field_validator("pattern")
    @classmethod
    def _is_a_pattern(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from error
        return pattern


class Corpus(Entry):
    """One public corpus; see the comments in the file. `labels` maps theirs to ours."""

    name: str = Field(pattern=r"^[a-z0-9-]+$")
    upstream: str = Field(pattern=r"^https://")
    revision: str = Field(pattern=r"^[0-9a-f]{40}$")
    licence: str = Field(min_length=3)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    use: Literal["train", "evaluate"]
    ground: str = Field(min_length=3)
    cautions: tuple[str, ...]
    most_per_label: int = Field(ge=1)
    held_out_share: float = Field(default=0.2, ge=0, lt=1)
    masks: Masks
    labels: dict[str, Category]
    test_only: tuple[TestOnly, ...] = ()

    def category(self, label: str) -> Category | None:
        """Our category for an upstream label; None where the rows are left out."""
        return self.labels.get(label, self.labels.get("*"))

    def test_category(self, label: str, text: str) -> Category | None:
        """Our category for a row that is for measuring only; None for every other row.

        Args:
            text: the row's text with its masks filled.

        """
        for rule in self.test_only:
            if rule.label == label and re.search(rule.pattern, text):
                return rule.category
        return None


class _File(Entry):
    corpora: tuple[Corpus, ...]


def read_manifest(path: Path = DATA_DIR / "corpora.toml") -> tuple[Corpus, ...]:
    """All corpora, in file order.

    Raises:
        DataError: the file breaks the schema.

    """
    return parse(_File, read_toml(path), path.name).corpora
