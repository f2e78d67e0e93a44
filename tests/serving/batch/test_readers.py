from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.errors import InputError
from serving.batch.readers import BadRow, Row, file_format, read_rows

Seen = list[tuple[int, dict[str, Any] | str]]


def read(path: Path, content: bytes | str, encoding: str = "utf-8") -> Seen:
    """Line with fields, or with the error code."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return [
        (row.line, row.values if isinstance(row, Row) else row.error.code)
        for row in read_rows(path, encoding, "text")
    ]


def raws(path: Path, content: bytes, encoding: str = "utf-8") -> list[bytes]:
    path.write_bytes(content)
    rows = read_rows(path, encoding, "text")
    return [row.raw for row in rows if isinstance(row, BadRow)]


@pytest.fixture
def jsonl(tmp_path: Path) -> Path:
    return tmp_path / "in.jsonl"


@pytest.fixture
def csv_file(tmp_path: Path) -> Path:
    return tmp_path / "in.csv"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.jsonl", "jsonl"), ("a.NDJSON", "jsonl"), ("a.b.CSV", "csv")],
)
def test_the_format_is_told_by_the_name(name: str, expected: str) -> None:
    assert file_format(Path(name)) == expected


@pytest.mark.parametrize("name", ["a", "a.json", "a.tsv", "a.parquet", "a.csv.gz", ".csv", ""])
def test_other_formats_are_unknown(name: str) -> None:
    with pytest.raises(InputError, match="unknown_format"):
        file_format(Path(name))


@pytest.mark.parametrize("name", ["none.jsonl", "none.csv", "folder.csv"])
def test_a_missing_file_is_told_before_the_first_row_is_asked_for(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputError, match="missing_file"):
        read_rows(tmp_path / name, "utf-8", "text")


@pytest.mark.parametrize(
    "encoding",
    ["klingon", "", "rot13", "hex", "undefined", "utf-16", "utf-32", "utf-7", "cp037", "idna"],
)
def test_encodings_that_do_not_contain_ascii_are_refused(jsonl: Path, encoding: str) -> None:
    jsonl.write_bytes(b"")
    with pytest.raises(InputError, match="unknown_encoding"):
        read_rows(jsonl, encoding, "text")


# JSONL


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", []),
        ("\n \n\t\r\n", []),
        ('{"text": "a"}', [(1, {"text": "a"})]),
        ('\n{"text": "a"}\r\n\n{"x": [1, null]}\n', [(2, {"text": "a"}), (4, {"x": [1, None]})]),
        ('\ufeff{"text": "a"}\n', [(1, {"text": "a"})]),
        ('{"text": "a\u2028b\x85"}\n', [(1, {"text": "a\u2028b\x85"})]),
        ('{"text": "\\ud800"}\n', [(1, {"text": "\ud800"})]),
        ('{"text": "a"\n{"text": "b"}\n', [(1, "malformed_line"), (2, {"text": "b"})]),
        ('["a"]\n"a"\n5\nnull\n', [(n, "malformed_line") for n in (1, 2, 3, 4)]),
        ('{"text": "a"} {"text": "b"}\n', [(1, "malformed_line")]),
        (b'{"text": "\xff"}\n{"text": "b"}\n', [(1, "not_utf8"), (2, {"text": "b"})]),
        ('{"x": ' + "[" * 100_000 + "\n", [(1, "malformed_line")]),
        ('{"x": ' + "9" * 5000 + "}\n", [(1, "malformed_line")]),
    ],
    ids=range(13),
)
def test_jsonl(jsonl: Path, content: bytes | str, expected: Seen) -> None:
    assert read(jsonl, content) == expected


def test_jsonl_in_another_encoding(jsonl: Path) -> None:
    content = '{"text": "请还款"}\n'.encode("gb18030")
    assert read(jsonl, content, "gb18030") == [(1, {"text": "请还款"})]
    assert read(jsonl, content) == [(1, "not_utf8")]


def test_bad_lines_of_jsonl_are_kept_as_they_stood(jsonl: Path) -> None:
    content = b'{"a": \xff}\r\n  [1]\n{"text": "a"}\n{'
    assert raws(jsonl, content) == [b'{"a": \xff}\r\n', b"  [1]\n", b"{"]


# CSV


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("text\n", []),
        ("text", []),
        ("text\na\n\n\nb\n", [(2, {"text": "a"}), (5, {"text": "b"})]),
        ("\ufeffid,text\r\n1,a\r\n", [(2, {"id": "1", "text": "a"})]),
        ('text,id\n"a,""b""\nc",1\n', [(3, {"text": 'a,"b"\nc', "id": "1"})]),
        ("text,id\na,1,2\nb\nc,3\n",
         [(2, "malformed_row"), (3, "malformed_row"), (4, {"text": "c", "id": "3"})]),
        (b"text\n\xff\xfe\nb\n", [(2, "not_utf8"), (3, {"text": "b"})]),
        (b"text,id\na,\xff\n", [(2, "not_utf8")]),
        ('text,id\na,"1\nb,2\n', [(3, {"text": "a", "id": "1\nb,2\n"})]),
        ('text\n"a" b\n', [(2, {"text": "a b"})]),
        ("text\na\0b\n", [(2, {"text": "a\0b"})]),
    ],
    ids=range(11),
)  # fmt: skip
def test_csv(csv_file: Path, content: bytes | str, expected: Seen) -> None:
    assert read(csv_file, content) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "u8", "utf_8", "utf-8-sig"])
def test_the_byte_order_mark_is_no_part_of_the_first_name(csv_file: Path, encoding: str) -> None:
    assert read(csv_file, "\ufefftext\na\n", encoding) == [(2, {"text": "a"})]


@pytest.mark.parametrize("encoding", ["gb18030", "GBK", "big5"])
def test_csv_in_another_encoding(csv_file: Path, encoding: str) -> None:
    content = "編號,text\n1,中文\n".encode(encoding)
    assert read(csv_file, content, encoding) == [(2, {"編號": "1", "text": "中文"})]
    broken = content + b"2,\xff\n3,\xb0\n"
    assert [seen for _, seen in read(csv_file, broken, encoding)[1:]] == ["not_utf8", "not_utf8"]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "missing_column"),
        ("\n", "missing_column"),
        ("Text,id", "missing_column"),
        ("text ,id", "missing_column"),
        ("text;id", "missing_column"),
        ("text,id,id", "duplicate_column"),
        ("text,text", "duplicate_column"),
        ("text,,", "duplicate_column"),
    ],
)
def test_csv_headers_that_do_not_work(csv_file: Path, header: str, code: str) -> None:
    with pytest.raises(InputError, match=code):
        read(csv_file, f"{header}\na,b,c\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_bad_rows_of_csv_are_kept(csv_file: Path, encoding: str) -> None:
    content = b'text,id\n"a,b",1,2\n\xff,"c""d"\nc\n'
    assert raws(csv_file, content, encoding) == [b'"a,b",1,2', b'\xff,"c""d"', b"c"]


def test_a_monstrous_field_is_a_bad_row_and_not_the_end(csv_file: Path) -> None:
    seen = read(csv_file, "text\n" + "a" * (17 * 2**20) + "\nb\n")
    assert seen[0][1] == "malformed_row"
    assert seen[-1][1] == {"text": "b"}


# Whatever comes


@given(content=st.one_of(st.binary(), st.text(st.sampled_from('{"text:},\n[]1é')).map(str.encode)))
@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_any_bytes_are_rows_bad_rows_or_a_known_error(
    tmp_path_factory: pytest.TempPathFactory, kind: str, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any.{kind}"
    path.write_bytes(b"text,b\n" * (kind == "csv") + content)
    rows = list(read_rows(path, "utf-8", "text"))
    lines = [row.line for row in rows]
    assert lines == sorted(set(lines))
    if kind == "jsonl":
        assert len(rows) == sum(1 for line in content.split(b"\n") if line.strip())
    for row in rows:
        if isinstance(row, Row):
            json.dumps(row.values)
