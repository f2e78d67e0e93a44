from __future__ import annotations

import pytest

from data.facets import FACETS
from data.institution import shipped_institutions
from tests.training.audit.records import made
from training.audit.coverage import Table, count, gaps, read_grid, summary, value, values

BANK = {"claimed_sender": "bank", "stage": "m1"}
RECORDS = [
    made("g-1", "一", "impersonation", BANK, claimed="icbc"),
    made("g-2", "二", "impersonation", BANK | {"stage": "m2"}, claimed="msxf"),
    made("h-1", "三", "genuine_collection", BANK, pair="p1"),
    made("h-2", "四", "benign", pair="p1"),
]


def table(**more: object) -> Table:
    return Table.model_validate(
        {"rows": "claimed_sender", "columns": "stage", "categories": ["impersonation"]} | more
    )


def test_counts_only_the_categories_of_the_table() -> None:
    assert count(RECORDS, table()) == {("bank", "m1"): 1, ("bank", "m2"): 1}
    both = table(categories=["impersonation", "genuine_collection"])
    assert count(RECORDS, both)["bank", "m1"] == 2


def test_the_kind_of_a_bank_comes_from_the_directory() -> None:
    assert [value(record, "bank_kind") for record in RECORDS] == ["state_bank", None, None, None]
    assert count(RECORDS, table(rows="bank_kind")) == {("state_bank", "m1"): 1}


def test_gaps_are_cells_that_matter_and_hold_too_little() -> None:
    senders = set(values("claimed_sender")) - {"bank"}
    rest = [f"{sender}/*" for sender in senders]
    holes = gaps(RECORDS, table(without=[*rest, "*/sold", "bank/m3", "bank/unstated"]))
    assert holes == {("bank", stage): 0 for stage in ("before_due", "m4_m6", "m6_plus")}
    assert ("bank", "m1") in gaps(RECORDS, table(at_least=2))


def test_summary() -> None:
    figures = summary(RECORDS)
    assert (figures["messages"], figures["groups"], figures["pairs"]) == (4, 2, 1)
    assert figures["category"] == {"impersonation": 2, "genuine_collection": 1, "benign": 1}
    assert figures["facets"]["stage"]["m1"] == 2
    assert figures["facets"]["bank_kind"]["state_bank"] == 1
    assert figures["lenders"] == 2


@pytest.mark.parametrize("name", FACETS)
def test_values_of_a_facet(name: str) -> None:
    assert len(values(name)) >= 3


def test_kinds_of_banks() -> None:
    assert "rural_bank" in values("bank_kind")
    assert set(values("bank_kind")) < {entry.kind for entry in shipped_institutions().values()}


def test_the_grid_names_facets_and_their_values() -> None:
    for one in read_grid():
        rows, columns = set(values(one.rows)) | {"*"}, set(values(one.columns)) | {"*"}
        for cell in one.without:
            row, _, column = cell.partition("/")
            assert row in rows, cell
            assert column in columns, cell
