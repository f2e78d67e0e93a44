"""The catalogue of tells: what each evidence code means, in words for people."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from data.files import DATA_DIR, DataError, Entry, parse, read_toml
from data.words import Words


class Tactic(Entry):
    """One tell.

    Attributes:
        code: stable name used by detectors, API and batch output.
        direction: whether it raises or lowers the risk.
        title: a few words; `text`: one calm sentence for the person who got the message;
        why: the reason it counts, for reviewers.

    """

    code: str = Field(pattern=r"^[a-z]+(_[a-z]+)*$")
    direction: Literal["raises", "lowers"]
    title: Words
    text: Words
    why: str = Field(min_length=2)
    sources: tuple[str, ...] = Field(min_length=1)


class _File(Entry):
    tactics: tuple[Tactic, ...]


def read_tactics(path: Path) -> dict[str, Tactic]:
    """The catalogue, keyed by code.

    Raises:
        DataError: the file breaks the schema or a code occurs twice.

    """
    file = parse(_File, read_toml(path), path.name)
    tactics = {tactic.code: tactic for tactic in file.tactics}
    if len(tactics) != len(file.tactics):
        raise DataError(f"{path.name}: a code occurs twice")
    return tactics


@lru_cache(maxsize=1)
def shipped_tactics() -> dict[str, Tactic]:
    """The catalogue that comes with the package."""
    return read_tactics(DATA_DIR / "tactics" / "tactics.toml")
