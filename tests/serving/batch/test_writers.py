from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.errors import InputError, message_error
from serving.batch.readers import BadRow
from serving.batch.writers import ResultFile, to_json
from serving.errors import surface_error


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write_and_crash(result: ResultFile) -> None:
    result.write({"n": 1})
    raise KeyError


def test_rows_appear_under_the_name_only_when_complete(tmp_path: Path, target: Path) -> None:
    target.write_text("old", "utf-8")
    with ResultFile(target) as result:
        result.write({"text": "还款", "n": 1})
        assert names(tmp_path) == ["out.jsonl", "out.jsonl.partial"]
        assert target.read_text("utf-8") == "old"
    assert names(tmp_path) == ["out.jsonl"]
    assert target.read_text("utf-8") == '{"text": "还款", "n": 1}\n'


def test_after_an_error_finished_rows_stay_aside(tmp_path: Path, target: Path) -> None:
    target.write_text("old", "utf-8")
    result = ResultFile(target)
    with pytest.raises(KeyError), result:
        write_and_crash(result)
    assert names(tmp_path) == ["out.jsonl", "out.jsonl.partial"]
    assert target.read_text("utf-8") == "old"
    assert (tmp_path / "out.jsonl.partial").read_text("utf-8") == '{"n": 1}\n'


def test_rejected_rows_say_where_why_and_what(target: Path) -> None:
    with ResultFile(target) as result:
        result.reject(BadRow(3, message_error("empty_text"), '{"text": "\u3000"}\r\n'.encode()))
        result.reject(BadRow(5, surface_error("not_utf8"), b"\xff\xfe\n"))
    entries = [json.loads(line) for line in result.rejected_path.read_text("utf-8").splitlines()]
    assert entries == [
        {
            "line": 3,
            "code": "empty_text",
            "reason": message_error("empty_text").text.zh,
            "reason_en": message_error("empty_text").text.en,
            "raw": '{"text": "\u3000"}',
        },
        {
            "line": 5,
            "code": "not_utf8",
            "reason": surface_error("not_utf8").text.zh,
            "reason_en": surface_error("not_utf8").text.en,
            "raw_base64": base64.b64encode(b"\xff\xfe\n").decode(),
        },
    ]
    assert result.rejected_path.name == "out.jsonl.rejected.jsonl"


def test_an_old_rejected_file_goes_with_a_clean_run(tmp_path: Path, target: Path) -> None:
    (tmp_path / "out.jsonl.rejected.jsonl").write_text("old", "utf-8")
    with ResultFile(target):
        pass
    assert names(tmp_path) == ["out.jsonl"]


def test_csv_cells(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    with ResultFile(target) as result:
        result.write({"a": 'x,"y"\nz', "b": ["c", "d"], "e": None, "f": [{"g": "还"}], "h": 0.1})
        result.write({"h": 1e-7, "f": [], "e": "", "b": ["c"], "a": "1"})
    assert target.read_text("utf-8") == (
        'a,b,e,f,h\n"x,""y""\nz",c;d,,"[{""g"": ""还""}]",0.1\n1,c,,,1e-07\n'
    )


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(InputError, match="unwritable_output"),
        ResultFile(tmp_path / "none" / "o.csv"),
    ):
        pass


def test_an_output_that_is_a_folder_is_told_and_the_work_kept(tmp_path: Path, target: Path) -> None:
    target.mkdir()
    with pytest.raises(InputError, match="unwritable_output"), ResultFile(target) as result:
        result.write({"n": 1})
    assert (tmp_path / "out.jsonl.partial").read_text("utf-8") == '{"n": 1}\n'


@pytest.mark.parametrize("method", ["write", "reject"])
def test_a_full_disk_is_told(target: Path, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(value: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("serving.batch.writers.to_json", full)
    row: Any = {"n": 1} if method == "write" else BadRow(1, message_error("empty_text"), b"")
    with pytest.raises(InputError, match="unwritable_output"), ResultFile(target) as result:
        getattr(result, method)(row)


def test_the_format_is_checked_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unknown_format"):
        ResultFile(tmp_path / "out.xlsx")
    assert names(tmp_path) == []


def test_json_is_readable_where_it_can_be() -> None:
    assert to_json({"text": "还😀\n"}) == '{"text": "还😀\\n"}'
    assert to_json({"text": "还\ud800"}) == '{"text": "\\u8fd8\\ud800"}'


@given(st.dictionaries(st.text(st.characters(codec=None)), st.text(st.characters(codec=None))))
def test_any_text_survives(values: dict[str, str]) -> None:
    line = to_json(values)
    assert json.loads(line.encode("utf-8")) == values
    assert "\n" not in line
