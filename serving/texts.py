"""The words of page and terminal, `serving/texts.toml`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from data.files import parse, read_toml
from data.words import Words

_FILE: Final = Path(__file__).with_suffix(".toml")

TEXTS: Final[dict[str, Words]] = {
    key: parse(Words, words, f"{_FILE.name}: {key}") for key, words in read_toml(_FILE).items()
}
