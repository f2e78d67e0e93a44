"""The words that detectors look for: one TOML file an evidence code in `data/wordings/`.

`words` are named parts, `patterns` the regular expressions made of them, one for each detail
that the detector reports. Both are verbose regular expressions over canonical text
(`model.normalize`): lower case, simplified characters, ASCII punctuation, no idle blanks.
`(?&name)` stands for the word of that name. `phrases` and `exceptions` are plain words: a phrase
is a hit wherever it is put to the reader, an exception in or beside a hit cancels it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from pydantic import Field, model_validator

from data.files import DATA_DIR, Entry, parse, read_toml

WORDINGS_DIR: Final = DATA_DIR / "wordings"

# Known to every file. `gap`: one character that doesn't end a clause; the comma of 10,000 doesn't.
_COMMON: Final[dict[str, str]] = {"gap": r"(?:[^,。!?;\n]|(?<=\d),(?=\d))"}
_CALL = re.compile(r"\(\?&([a-z_]+)\)")


class Wording(Entry):
    """The wording data of one detector."""

    words: dict[str, str] = Field(default_factory=dict)
    patterns: dict[str, str] = Field(default_factory=dict)
    phrases: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _patterns_compile(self) -> Wording:
        for name in self.patterns:
            self.pattern(name)
        return self

    def pattern(self, name: str) -> re.Pattern[str]:
        """The pattern of this name, compiled.

        Raises:
            ValueError: it uses an unknown word, or isn't a regular expression.

        """
        words = dict(_COMMON)
        for word, text in self.words.items():  # a word may use those above it
            words[word] = _expand(text, words)
        try:
            return re.compile(_expand(self.patterns[name], words), re.VERBOSE)
        except re.error as error:
            raise ValueError(f"pattern {name!r} isn't a regular expression: {error}") from error


def _expand(text: str, words: dict[str, str]) -> str:
    def insert(call: re.Match[str]) -> str:
        if call[1] not in words:
            raise ValueError(f"(?&{call[1]}) is no word of this file, or stands below its use")
        return f"(?:{words[call[1]]})"

    return _CALL.sub(insert, text)


def read_wording(path: Path) -> Wording:
    """Read one wording file.

    Raises:
        DataError: the file can't be read or breaks the schema.

    """
    return parse(Wording, read_toml(path), path.name)


def read_wordings(folder: Path) -> dict[str, Wording]:
    """Every `*.toml` of `folder`, keyed by file name without ending.

    Raises:
        DataError: a file can't be read or breaks the schema.

    """
    return {path.stem: read_wording(path) for path in sorted(folder.glob("*.toml"))}


@lru_cache(maxsize=1)
def shipped_wordings() -> dict[str, Wording]:
    """The words that come with the package."""
    return read_wordings(WORDINGS_DIR)
