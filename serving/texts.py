"""The words of page and terminal, `serving/texts.toml`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from data.bilingual import Bilingual
from data.files import parse, read_toml

_FILE: Final = Path(__file__).with_suffix(".toml")

TEXTS: Final[dict[str, Bilingual]] = {
    key: parse(Bilingual, words, f"{_FILE.name}: {key}") for key, words in read_toml(_FILE).items()
}
