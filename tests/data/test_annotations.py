from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data.annotations import read_annotations
from data.files import DataError
from data.gold_set import GoldRecord
from tests.tiny_gold import jsonl, record

FRAUD = {"category": "impersonation", "expected": "fraud"}
LAWFUL = {"category": "genuine_collection", "expected": "no_fraud_signs"}
SETTLED = FRAUD | {"why": "钱进了个人账户"}


def message(name: str, opinion: dict[str, str]) -> GoldRecord:
    return GoldRecord.model_validate(
        record("文", opinion["category"], expected=opinion["expected"]) | {"id": name}
    )


def line(name: str, first: Any, second: Any, **more: Any) -> dict[str, Any]:
    return {"id": name, "first": first, "second": second} | more


def write(tmp_path: Path, *rows: dict[str, Any]) -> Path:
    path = tmp_path / "annotations.jsonl"
    path.write_text(jsonl(list(rows)), encoding="utf-8")
    return path


def test_reads_and_holds_against_the_messages(tmp_path: Path) -> None:
    path = write(
        tmp_path, line("g-1", LAWFUL, LAWFUL), line("g-2", LAWFUL, FRAUD, resolution=SETTLED)
    )
    one, other = read_annotations([message("g-1", LAWFUL), message("g-2", FRAUD)], path)
    assert one.resolution is None
    assert one.settled.category == "genuine_collection"
    assert (other.settled.category, other.settled.expected) == ("impersonation", "fraud")


def test_a_label_both_gave_may_be_changed_for_a_reason(tmp_path: Path) -> None:
    path = write(tmp_path, line("g-1", LAWFUL, LAWFUL, resolution=SETTLED))
    (one,) = read_annotations([message("g-1", FRAUD)], path)
    assert one.settled.category == "impersonation"


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([line("g-1", LAWFUL, FRAUD)], r"^annotations\.jsonl:1: .*nobody resolved it"),
        ([line("g-9", FRAUD, FRAUD)], r"^annotations: g-9: no such message"),
        ([line("g-1", FRAUD, FRAUD)] * 2, r"^annotations: g-1: annotated twice"),
        ([line("g-1", LAWFUL, LAWFUL)], r"^annotations: g-1: .*brought into line"),
        ([line("g-1", FRAUD, FRAUD | {"category": "x"})], r":1: second\.category: Input should"),
        ([line("g-1", FRAUD, FRAUD, by="me")], r":1: by: Extra inputs"),
    ],
)
def test_errors(tmp_path: Path, rows: list[dict[str, Any]], problem: str) -> None:
    with pytest.raises(DataError, match=problem):
        read_annotations([message("g-1", FRAUD)], write(tmp_path, *rows))


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "annotations.jsonl"
    with pytest.raises(DataError, match=r"^annotations\.jsonl: cannot be read"):
        read_annotations([], path)
    path.write_text("{broken\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"^annotations\.jsonl:1: not valid JSON"):
        read_annotations([], path)
