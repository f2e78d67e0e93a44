from __future__ import annotations

import base64
import csv
import json
from pathlib import Path
from typing import Any

import pytest

from screening.errors import MESSAGE_ERRORS, InputError
from screening.message import Message, parse_message
from screening.screener import Screener
from serving.batch.readers import BadRow, Row
from serving.batch.run import RESULT_COLUMNS, Options, Summary, screen_file, screen_row
from serving.errors import SURFACE_ERRORS
from tests.serving.samples import CODE_WANTED, IMPOSTOR, REMINDER, VARIED


class Batch:
    """One folder with one input, and the command run over it."""

    def __init__(self, folder: Path, screener: Screener) -> None:
        self.folder = folder
        self.screener = screener
        self.source = folder / "in.jsonl"
        self.target = folder / "out.jsonl"

    def write(self, *rows: object) -> None:
        lines = (row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows)
        self.source.write_bytes(b"".join(line + b"\n" for line in lines))

    def write_csv(self, content: str | bytes) -> None:
        self.source, self.target = self.folder / "in.csv", self.folder / "out.csv"
        self.source.write_bytes(content.encode() if isinstance(content, str) else content)

    def run(self, options: Options | None = None) -> Summary:
        return screen_file(self.source, self.target, self.screener, options or Options(workers=2))

    def fails(self, code: str, options: Options | None = None) -> None:
        with pytest.raises(InputError) as caught:
            self.run(options)
        assert caught.value.code == code

    @property
    def rows(self) -> list[dict[str, Any]]:
        text = self.target.read_text("utf-8")
        if self.target.suffix == ".csv":
            return list(csv.DictReader(text.splitlines(keepends=True)))
        return [json.loads(line) for line in text.splitlines()]

    @property
    def rejected(self) -> list[dict[str, Any]]:
        path = self.target.with_name(self.target.name + ".rejected.jsonl")
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]

    @property
    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def batch(tmp_path: Path, screener: Screener) -> Batch:
    return Batch(tmp_path, screener)


# What comes out


def test_jsonl_keeps_columns_values_and_order(batch: Batch) -> None:
    rows: list[dict[str, Any]] = [
        {"id": 7, "text": IMPOSTOR, "tags": ["a", {"b": None}], "x": 0.1},
        {"text": REMINDER, "channel": "sms", "sender": "95511", "": "\ud800"},
        {"zz": True, "received_at": "2026-03-01T22:30:00", "text": CODE_WANTED},
    ]
    batch.write(*rows)
    summary = batch.run()
    assert summary.rejected == 0
    assert sum(summary.verdicts.values()) == 3
    assert summary.verdicts["fraud"] >= 2
    for row, out in zip(rows, batch.rows, strict=True):
        assert list(out) == [*row, *RESULT_COLUMNS]
        assert {name: out[name] for name in row} == row
        verdict = batch.screener.screen(parse_message(row))
        assert (out["verdict"], out["risk"]) == (verdict.verdict, verdict.risk)
        assert out["category"] == verdict.category
    assert [row["claimed_institution"] for row in batch.rows] == ["pab", "pab", None]
    assert batch.rows[1]["evidence"] == ["official_number"]  # twice in the text, once here
    assert batch.names == ["in.jsonl", "out.jsonl"]


def test_csv_keeps_columns_values_and_order(batch: Batch) -> None:
    batch.write_csv(
        f'\ufeffid,text,channel,备注\r\n007,"{IMPOSTOR},\n""急""",,x\r\n8,还款,sms,\r\n'
    )
    assert batch.run().rejected == 0
    first, second = batch.rows
    assert list(first) == ["id", "text", "channel", "备注", *RESULT_COLUMNS]
    assert list(first.values())[:4] == ["007", f'{IMPOSTOR},\n"急"', "", "x"]
    assert list(second.values())[:4] == ["8", "还款", "sms", ""]
    verdict = batch.screener.screen(Message("还款", "sms"))
    assert float(second["risk"]) == verdict.risk
    assert (second["claimed_institution"], second["evidence"]) == ("", "")
    assert set(first["evidence"].split(";")) >= {"private_account", "private_contact"}
    assert batch.target.read_bytes()[:3] == b"id,"


def test_csv_can_become_jsonl(batch: Batch) -> None:
    batch.write_csv("text,n\n还款,1\n")
    batch.target = batch.folder / "out.jsonl"
    batch.run()
    (row,) = batch.rows
    assert (row["n"], row["evidence"], row["claimed_institution"]) == ("1", [], None)


def test_columns_can_be_mapped(batch: Batch) -> None:
    batch.write({"body": REMINDER, "from": "95511", "via": "sms", "text": 5, "sender": [1]})
    columns = {"text": "body", "sender": "from", "channel": "via"}
    batch.run(Options(columns=columns, explain=True))
    (row,) = batch.rows
    assert [item["detail"] for item in row["evidence"]] == ["sender", "text"]
    assert (row["text"], row["sender"]) == (5, [1])


def test_results_can_have_a_prefix(batch: Batch) -> None:
    batch.write({"text": "还款", "verdict": "mine", "risk": 3})
    batch.run(Options(prefix="cuicha_"))
    (row,) = batch.rows
    assert (row["verdict"], row["risk"]) == ("mine", 3)
    assert list(row)[3:] == [f"cuicha_{name}" for name in RESULT_COLUMNS]


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_explanations_are_the_whole_evidence(batch: Batch, kind: str) -> None:
    if kind == "csv":
        batch.write_csv(f"text,channel\n{IMPOSTOR},sms\n")
    else:
        batch.write({"text": IMPOSTOR, "channel": "sms"})
    batch.run(Options(explain=True))
    (row,) = batch.rows
    evidence = json.loads(row["evidence"]) if kind == "csv" else row["evidence"]
    verdict = batch.screener.screen(Message(IMPOSTOR, "sms"))
    assert evidence == [item.model_dump(mode="json") for item in verdict.evidence]
    assert evidence[0].keys() == {"code", "direction", "span", "detail", "title", "text"}


def test_the_operating_point_is_used(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[str] = []
    real = batch.screener.screen

    def spy(message: Message, operating_point: Any = "paste") -> Any:
        used.append(operating_point)
        return real(message, operating_point)

    monkeypatch.setattr(batch.screener, "screen", spy)
    batch.write({"text": "还款"})
    batch.run(Options(operating_point="log"))
    assert used == ["log"]


@pytest.mark.parametrize("workers", [1, 2, 8, None])
def test_the_order_is_that_of_the_input_with_any_number_of_workers(
    batch: Batch, workers: int | None
) -> None:
    texts = ["很长的消息。" * 9, "短"] * 80
    batch.write(*({"text": text, "n": n} for n, text in enumerate(texts)))
    seen: list[None] = []
    options = Options(workers=workers)
    screen_file(batch.source, batch.target, batch.screener, options, lambda: seen.append(None))
    assert [row["n"] for row in batch.rows] == list(range(160))
    assert len(seen) == 160
    assert len({row["risk"] for row in batch.rows}) <= 2


def test_an_empty_file_gives_an_empty_file(batch: Batch) -> None:
    batch.write()
    assert batch.run() == Summary({}, 0, batch.folder / "out.jsonl.rejected.jsonl")
    assert batch.target.read_bytes() == b""


# Bad rows


def test_bad_lines_are_put_aside_and_the_run_goes_on(batch: Batch) -> None:
    not_utf8 = '{"text": "还款"}'.encode("gb18030")
    lines: list[tuple[object, str | None]] = [
        ({"text": "还款", "n": 1}, None),
        (b'{"text": "a"', "malformed_line"),
        (["a"], "malformed_line"),
        (b"null", "malformed_line"),
        (not_utf8, "not_utf8"),
        ({"body": "a"}, "missing_column"),
        ({"text": None}, "not_a_message"),
        ({"text": 5}, "not_a_message"),
        ({"text": " \u200b"}, "empty_text"),
        ({"text": "a" * 20_001}, "text_too_long"),
        ({"text": "a\0"}, "nul_character"),
        ({"text": "还\ud800"}, "invalid_unicode"),
        ({"text": "a", "channel": "fax"}, "unknown_channel"),
        ({"text": "a", "channel": 1}, "not_a_message"),
        ({"text": "a", "sender": "1" * 101}, "invalid_sender"),
        ({"text": "a", "received_at": "gestern"}, "invalid_received_at"),
        (b"[" * 100_000, "malformed_line"),
        ({"text": "还款", "n": 2}, None),
    ]
    batch.write(*(line for line, _ in lines))
    summary = batch.run()
    bad = [(number, line, code) for number, (line, code) in enumerate(lines, 1) if code]
    assert summary.rejected == len(bad) == 16
    assert [row["n"] for row in batch.rows] == [1, 2]
    for entry, (number, line, code) in zip(batch.rejected, bad, strict=True):
        words = (MESSAGE_ERRORS | SURFACE_ERRORS)[code]
        assert (entry["line"], entry["code"]) == (number, code)
        assert (entry["reason"], entry["reason_en"]) == (words.zh, words.en)
        if line == not_utf8:
            assert base64.b64decode(entry["raw_base64"]).rstrip(b"\n") == not_utf8
        elif isinstance(line, bytes):
            assert entry["raw"].encode() == line
        else:
            assert json.loads(entry["raw"]) == line
        assert ("raw" in entry) != ("raw_base64" in entry)
    assert batch.names == ["in.jsonl", "out.jsonl", "out.jsonl.rejected.jsonl"]


def test_bad_rows_of_csv_are_put_aside(batch: Batch) -> None:
    batch.write_csv(b"text,n\na,1\nb,2,3\nc\n,4\n\xff,5\nd,6\n")
    assert batch.run().rejected == 4
    assert [row["n"] for row in batch.rows] == ["1", "6"]
    assert [(entry["line"], entry["code"]) for entry in batch.rejected] == [
        (3, "malformed_row"),
        (4, "malformed_row"),
        (5, "empty_text"),
        (6, "not_utf8"),
    ]
    assert batch.rejected[0]["raw"] == "b,2,3"
    assert json.loads(batch.rejected[2]["raw"]) == {"text": "", "n": "4"}
    assert base64.b64decode(batch.rejected[3]["raw_base64"]) == b"\xff,5"


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_another_encoding_is_read_if_named(batch: Batch, kind: str) -> None:
    if kind == "csv":
        batch.write_csv(f"text\n{CODE_WANTED}\n".encode("gb18030"))
    else:
        batch.write(json.dumps({"text": CODE_WANTED}, ensure_ascii=False).encode("gb18030"))
    assert batch.run(Options(encoding="gb18030")).verdicts == {"fraud": 1}
    assert batch.rows[0]["text"] == CODE_WANTED
    assert batch.run().rejected == 1
    assert batch.rejected[0]["code"] == "not_utf8"


def test_a_clean_run_removes_what_an_earlier_one_rejected(batch: Batch) -> None:
    batch.write([])
    assert batch.run().rejected == 1
    assert "out.jsonl.rejected.jsonl" in batch.names
    batch.write({"text": "还款"})
    batch.run()
    assert batch.names == ["in.jsonl", "out.jsonl"]


# Files that do not work


def test_a_missing_input_touches_nothing(batch: Batch) -> None:
    (batch.folder / "out.jsonl.rejected.jsonl").write_text("old", "utf-8")
    (batch.folder / "out.jsonl.partial").write_text("old", "utf-8")
    batch.fails("missing_file")
    assert batch.names == ["out.jsonl.partial", "out.jsonl.rejected.jsonl"]
    assert (batch.folder / "out.jsonl.partial").read_text("utf-8") == "old"


@pytest.mark.parametrize("name", ["in.jsonl", "../{folder}/in.jsonl", "link.jsonl"])
def test_the_input_is_never_the_output(batch: Batch, name: str) -> None:
    batch.write({"text": "还款"})
    (batch.folder / "link.jsonl").symlink_to(batch.source)
    batch.target = batch.folder / name.format(folder=batch.folder.name)
    before = batch.source.read_bytes()
    batch.fails("same_file")
    assert batch.source.read_bytes() == before


def test_the_input_is_never_a_file_beside_the_output(batch: Batch) -> None:
    batch.source = batch.folder / "out.jsonl.rejected.jsonl"
    batch.write({"text": "还款"})
    batch.fails("same_file")
    assert batch.names == ["out.jsonl.rejected.jsonl"]


@pytest.mark.parametrize("name", ["out.csv", "out.parquet", "out"])
def test_outputs_that_cannot_be_written(batch: Batch, name: str) -> None:
    batch.write({"text": "还款"})
    batch.target = batch.folder / name
    batch.fails("unknown_format")
    assert batch.names == ["in.jsonl"]


def test_a_missing_folder(batch: Batch) -> None:
    batch.write({"text": "还款"})
    batch.target = batch.folder / "none" / "out.jsonl"
    batch.fails("unwritable_output")


def test_a_missing_column(batch: Batch) -> None:
    batch.write_csv("body\n还款\n")
    batch.fails("missing_column")
    assert not batch.target.exists()


@pytest.mark.parametrize("name", RESULT_COLUMNS)
@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_columns_in_conflict(batch: Batch, kind: str, name: str) -> None:
    if kind == "csv":
        batch.write_csv(f"text,{name}\n还款,1\n")
    else:
        batch.write({"text": "还款"}, {"text": "还款", name: 1})
    batch.fails("column_conflict")
    assert not batch.target.exists()
    batch.run(Options(prefix="x_"))
    assert batch.rows[-1][name] in ("1", 1)


def test_after_a_crash_finished_rows_are_kept(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = batch.screener.screen

    def crash(message: Message, operating_point: Any = "paste") -> Any:
        if message.text == "crash":
            raise RuntimeError("boom")
        return real(message, operating_point)

    monkeypatch.setattr(batch.screener, "screen", crash)
    batch.write({"text": "a"}, {"text": "b"}, {"text": "crash"}, {"text": "c"})
    with pytest.raises(RuntimeError, match="boom"):
        batch.run(Options(workers=1))
    assert batch.names == ["in.jsonl", "out.jsonl.partial"]
    kept = (batch.folder / "out.jsonl.partial").read_text("utf-8").splitlines()
    assert [json.loads(line)["text"] for line in kept] == ["a", "b"]


# One row


def test_one_row_does_not_depend_on_the_others(screener: Screener) -> None:
    for values in VARIED:
        row = screen_row(Row(1, dict(values)), screener, Options())
        assert isinstance(row, dict)
        assert row["risk"] == screener.screen(parse_message(values)).risk


def test_a_bad_row_stays_what_it_is(screener: Screener) -> None:
    bad = BadRow(4, InputError("x", SURFACE_ERRORS["not_utf8"]), b"raw")
    assert screen_row(bad, screener, Options()) is bad
