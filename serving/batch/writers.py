"""Result files: written beside their place and moved there once complete."""

from __future__ import annotations

import base64
import csv
import json
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self, TextIO

from serving.batch.readers import BadRow, file_format
from serving.errors import surface_error


class RowWriter(Protocol):
    """Takes rows one by one."""

    def write(self, values: dict[str, Any]) -> None:
        """Append one row."""


class _JsonlWriter:
    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, values: dict[str, Any]) -> None:
        self._file.write(to_json(values) + "\n")


class _CsvWriter:
    """CSV from CSV, so all rows have the columns of the first; lists become `a;b`."""

    def __init__(self, file: TextIO) -> None:
        self._writer = csv.writer(file, lineterminator="\n")
        self._columns: list[str] | None = None

    def write(self, values: dict[str, Any]) -> None:
        if self._columns is None:
            self._columns = list(values)
            self._writer.writerow(self._columns)
        self._writer.writerow([_cell(values[column]) for column in self._columns])


def _cell(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ";".join(value)
    return to_json(value) if isinstance(value, dict | list) else value


def to_json(value: Any) -> str:
    """Readable JSON; a value with lone surrogates is escaped, as UTF-8 can't hold them."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value)
    return text


class ResultFile:
    """A context manager around one output file and its `.rejected.jsonl`.

    Rows go to `NAME.partial`, which becomes `NAME` at a clean end; after an error it stays, so
    that finished work isn't lost. The rejected file exists only if a row was rejected.

    Raises:
        InputError: `unknown_format`, `unwritable_output`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kind = file_format(path)
        self._partial = path.with_name(path.name + ".partial")
        self.rejected_path = path.with_name(path.name + ".rejected.jsonl")
        self._rejected: TextIO | None = None

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file that a run may write, replace or remove."""
        return self._path, self._partial, self.rejected_path

    def __enter__(self) -> Self:
        try:
            self._file = self._partial.open("w", encoding="utf-8", newline="")
            self.rejected_path.unlink(missing_ok=True)
        except OSError as error:
            raise surface_error("unwritable_output") from error
        self._writer: RowWriter = (
            _CsvWriter(self._file) if self._kind == "csv" else _JsonlWriter(self._file)
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            self._file.close()
            if self._rejected is not None:
                self._rejected.close()
            if kind is None:
                self._partial.replace(self._path)
        except OSError as problem:
            raise surface_error("unwritable_output") from problem

    def write(self, values: dict[str, Any]) -> None:
        """Append one finished row."""
        try:
            self._writer.write(values)
        except OSError as error:
            raise surface_error("unwritable_output") from error

    def reject(self, row: BadRow) -> None:
        """Put a bad row aside with its line, its reason and what stood there."""
        entry: dict[str, Any] = {
            "line": row.line,
            "code": row.error.code,
            "reason": row.error.text.zh,
            "reason_en": row.error.text.en,
        }
        try:
            entry["raw"] = row.raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            entry["raw_base64"] = base64.b64encode(row.raw).decode("ascii")
        try:
            if self._rejected is None:
                self._rejected = self.rejected_path.open("w", encoding="utf-8")
            self._rejected.write(to_json(entry) + "\n")
        except OSError as error:
            raise surface_error("unwritable_output") from error
