"""Reading of the TOML and JSON-lines files below this package."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

DATA_DIR = Path(__file__).resolve().parent

T = TypeVar("T", bound="Entry")


class DataError(Exception):
    """A data file is missing, is not TOML, or breaks its schema. The text names file and field."""


class Entry(BaseModel):
    """Base of every record read from a file: immutable, and a misspelt key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def read_toml(path: Path) -> dict[str, Any]:
    """Parse one TOML file.

    Raises:
        DataError: the file can't be read or isn't valid TOML.

    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"{path.name}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name}: not valid TOML: {error}") from error


def read_jsonl(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a file with one JSON object a line, each with its place, `NAME:LINE`.

    Raises:
        DataError: the file can't be read, or a line isn't a JSON object.

    """
    try:
        # Not splitlines: U+2028 and its like may stand unescaped inside a JSON string.
        lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name}: cannot be read") from error
    for number, line in enumerate(lines, start=1):
        where = f"{path.name}:{number}"
        try:
            values = json.loads(line)
        except ValueError as error:
            raise DataError(f"{where}: not valid JSON") from error
        if not isinstance(values, dict):
            raise DataError(f"{where}: not a JSON object")
        yield where, values


def parse(model: type[T], values: dict[str, Any], where: str) -> T:
    """Validate `values` against `model`.

    Raises:
        DataError: names `where` and the first field that is wrong.

    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "entry"
        raise DataError(f"{where}: {field}: {first['msg']}") from error
