"""Rows of JSONL and CSV files, bad ones included: nothing is dropped on the way."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from screening.errors import InputError
from serving.errors import surface_error

Format = Literal["jsonl", "csv"]

_SUFFIXES: Final[dict[str, Format]] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
}
_LONGEST_FIELD: Final = 16 * 2**20
_ASCII: Final = bytes(range(128))


@dataclass(frozen=True, slots=True)
class Row:
    """One input row: its line counted from 1 (of several the last), its fields."""

    line: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that can't be read; `raw` is what stood there."""

    line: int
    error: InputError
    raw: bytes


def file_format(path: Path) -> Format:
    """Format by the file name.

    Raises:
        InputError: `unknown_format`.
    """
    try:
        return _SUFFIXES[path.suffix.lower()]
    except KeyError:
        raise surface_error("unknown_format") from None


def read_rows(path: Path, encoding: str, text_column: str) -> Iterator[Row | BadRow]:
    """Rows in file order; blank lines are skipped.

    Raises:
        InputError: `missing_file`, `unknown_format`, `unknown_encoding` at once; with the first
            row of a CSV file `missing_column` or `duplicate_column`.
    """
    kind = file_format(path)
    _check_encoding(encoding)
    if not path.is_file():
        raise surface_error("missing_file")
    return _rows(path, kind, encoding, text_column)


def _rows(path: Path, kind: Format, encoding: str, text_column: str) -> Iterator[Row | BadRow]:
    try:
        yield from _jsonl(path, encoding) if kind == "jsonl" else _csv(path, encoding, text_column)
    except OSError as error:
        raise surface_error("missing_file") from error


def _check_encoding(encoding: str) -> None:
    """Only encodings that contain ASCII as such: lines are cut before they are decoded."""
    try:
        known = _ASCII.decode(encoding, "surrogateescape") == _ASCII.decode("ascii")
    except (LookupError, UnicodeError):
        known = False
    if not known:
        raise surface_error("unknown_encoding")


def _jsonl(path: Path, encoding: str) -> Iterator[Row | BadRow]:
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            if raw.strip():
                yield _json_row(number, raw, encoding)


def _json_row(number: int, raw: bytes, encoding: str) -> Row | BadRow:
    try:
        values = json.loads(raw.decode(encoding).removeprefix("\ufeff"))
    except UnicodeDecodeError:
        return BadRow(number, surface_error("not_utf8"), raw)
    except (ValueError, RecursionError):
        return BadRow(number, surface_error("malformed_line"), raw)
    if not isinstance(values, dict):
        return BadRow(number, surface_error("malformed_line"), raw)
    return Row(number, values)


def _csv(path: Path, encoding: str, text_column: str) -> Iterator[Row | BadRow]:
    """CSV by RFC 4180. Undecodable bytes survive as lone surrogates and mark their row."""
    csv.field_size_limit(_LONGEST_FIELD)
    chosen = "utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding
    with path.open(encoding=chosen, errors="surrogateescape", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if text_column not in header:
            raise surface_error("missing_column")
        if len(set(header)) < len(header):
            raise surface_error("duplicate_column")
        while True:
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield BadRow(reader.line_num, surface_error("malformed_row"), b"")
                continue
            if fields:
                yield _csv_row(reader.line_num, header, fields, encoding)


def _csv_row(number: int, header: list[str], fields: list[str], encoding: str) -> Row | BadRow:
    joined = _joined(fields)
    if any("\udc80" <= character <= "\udcff" for character in joined):
        raw = joined.encode(encoding, errors="surrogateescape").removeprefix(codecs.BOM_UTF8)
        return BadRow(number, surface_error("not_utf8"), raw)
    if len(fields) != len(header):
        return BadRow(number, surface_error("malformed_row"), joined.encode("utf-8"))
    return Row(number, dict(zip(header, fields, strict=True)))


def _joined(fields: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(fields)
    return line.getvalue()
