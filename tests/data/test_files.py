from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from data.files import DataError, Entry, parse, read_toml


class Point(Entry):
    name: str
    place: dict[str, int]


def test_reads_toml(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text('name = "催收"\nsizes = [1, 2]\n', encoding="utf-8")
    assert read_toml(path) == {"name": "催收", "sizes": [1, 2]}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"name = ", "x.toml: not valid TOML: "),
        (b"a = 1\na = 2\n", "x.toml: not valid TOML: "),
        ('name = "催收"'.encode("gb18030"), "x.toml: not valid TOML: 'utf-8' codec"),
        (None, "x.toml: cannot be read (No such file or directory)"),
    ],
    ids=["cut short", "key twice", "not UTF-8", "missing"],
)
def test_errors_name_the_file(tmp_path: Path, content: bytes | None, problem: str) -> None:
    path = tmp_path / "x.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_toml(path)
    assert str(caught.value).startswith(problem)


def test_a_folder_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read_toml(tmp_path)


def test_parse_strips_blanks_and_gives_an_immutable_record() -> None:
    point = parse(Point, {"name": " a ", "place": {"x": 1}}, "x.toml")
    assert point == Point(name="a", place={"x": 1})
    with pytest.raises(ValidationError, match="frozen"):
        point.name = "b"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"place": {}}, "x.toml: name: Field required"),
        ({"name": "a", "place": {"x": "far"}}, "x.toml: place.x: Input should be a valid integer"),
        ({"name": "a", "place": {}, "nmae": "b"}, "x.toml: nmae: Extra inputs are not permitted"),
    ],
)
def test_parse_names_file_and_field(values: dict[str, object], problem: str) -> None:
    with pytest.raises(DataError) as caught:
        parse(Point, values, "x.toml")
    assert str(caught.value).startswith(problem)
