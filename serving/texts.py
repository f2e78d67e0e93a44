"""The words of page and terminal, `serving/texts.toml`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from data.files import parse, read_toml
from data.words import Words

_FILE: Final = Path(__file__).with_suffix(".toml")

# Risks beyond these are not told apart: of the test messages with a risk of 0.9 and above 94 % are
# frauds (bench/results/quality.md), so that nobody is told more than 90.
LOW_RISK: Final = 0.05
HIGH_RISK: Final = 0.90

TEXTS: Final[dict[str, Words]] = {
    key: parse(Words, words, f"{_FILE.name}: {key}") for key, words in read_toml(_FILE).items()
}
