from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.claim_labels import read_claims
from data.files import DataError
from data.gold_set import GoldRecord, read_gold
from data.institution import shipped_institutions

GOLD = read_gold()
RECORDS: dict[str, GoldRecord] = {
    record.id: record for records in GOLD.values() for record in records
}


def test_every_message_of_dev_and_test_is_labelled_twice() -> None:
    labels = read_claims(RECORDS)
    assert {entry.id for entry in labels} == {r.id for s in ("dev", "test") for r in GOLD[s]}
    ids = {entry.final for entry in labels} | {entry.second for entry in labels}
    assert ids - {None} <= shipped_institutions().keys()
    agreed = sum(entry.first == entry.second for entry in labels) / len(labels)
    assert agreed > 0.9


def test_nobody_claims_a_product_s_entry() -> None:
    products = {e.id for e in shipped_institutions().values() if e.product_of}
    assert products.isdisjoint(record.claimed for record in RECORDS.values())


CLAIMED = next(record for record in RECORDS.values() if record.claimed == "pab").id


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ([{"id": "none", "first": None, "second": None}], "none is no message"),
        ([{"id": CLAIMED, "first": "pab", "second": "pab"}] * 2, "stands here twice"),
        ([{"id": CLAIMED, "first": "cmb", "second": "cmb"}], "the message says something else"),
        ([{"id": CLAIMED, "first": "pab", "second": None}], "needs a reason"),
        ([{"id": CLAIMED, "first": "pab", "second": "pab", "why": "x"}], "needs a reason"),
    ],
)
def test_wrong_labels_say_where(tmp_path: Path, lines: list[dict[str, object]], where: str) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)) + "\n", "utf-8")
    with pytest.raises(DataError, match=where):
        read_claims(RECORDS, path)
