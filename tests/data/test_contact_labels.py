from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.contact_labels import MarkedMessage, read_marked, spans
from data.files import DataError
from data.gold_set import GoldRecord, read_gold

RECORDS: dict[str, GoldRecord] = {
    record.id: record for records in read_gold().values() for record in records
}


def test_shipped_marks_are_of_dev_and_test_only() -> None:
    marked = read_marked(RECORDS)
    assert len(marked) == 720
    splits = read_gold()
    train = {record.id for record in splits["train"]}
    assert train.isdisjoint(entry.id for entry in marked)
    assert sum(len(entry.contacts) for entry in marked) > 1000


def message(*pairs: tuple[str, str]) -> MarkedMessage:
    contacts = [{"kind": kind, "quote": quote} for kind, quote in pairs]
    return MarkedMessage.model_validate({"id": "x", "contacts": contacts})


def test_repeated_quotes_take_their_places_in_order() -> None:
    text = "还100元，先付100元，共200元"
    marks = message(("amount", "100元"), ("amount", "100元"), ("amount", "200元"))
    assert [text[start:end] for _, start, end in spans(text, marks)] == ["100元", "100元", "200元"]
    starts = [start for _, start, _ in spans(text, marks)]
    assert starts == sorted(set(starts))


def test_a_third_mark_of_two_places_stays_on_the_last() -> None:
    marks = message(("amount", "1元"), ("amount", "1元"))
    assert [start for _, start, _ in spans("付1元", marks)] == [1, 1]


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ([{"id": "none", "contacts": []}], "none is no message"),
        ([{"id": "a01-001", "contacts": []}] * 2, "stands here twice"),
        (
            [{"id": "a01-001", "contacts": [{"kind": "link", "quote": "不在里面的字"}]}],
            "a quote is not in the text",
        ),
        ([{"id": "a01-001", "contacts": [{"kind": "fax", "quote": "x"}]}], "kind"),
    ],
)
def test_wrong_marks_say_where(tmp_path: Path, lines: list[dict[str, object]], where: str) -> None:
    path = tmp_path / "contacts.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)) + "\n", "utf-8")
    with pytest.raises(DataError, match=where):
        read_marked(RECORDS, path)
