"""Which situations the composed messages cover."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final, get_args

from data.facets import FACETS, Facets
from data.files import DATA_DIR, Entry, parse, read_toml
from data.gold_set import GoldRecord
from data.institution import shipped_institutions
from data.labels import Category

GRID: Final = DATA_DIR / "gold" / "grid.toml"

Cell = tuple[str, str]


class Table(Entry):
    """A two-way table of which no cell may be empty.

    Attributes:
        rows, columns: names of facets, or `bank_kind` for the kind of the claimed bank.
        categories: categories counted; every other record is left out.
        at_least: records wanted in each cell.
        without: cells that make no sense, as `row/column`, `row/*` or `*/column`, with the
            reason in a comment of the file.

    """

    rows: str
    columns: str
    categories: tuple[Category, ...]
    at_least: int = 1
    without: tuple[str, ...] = ()

    def matters(self, row: str, column: str) -> bool:
        """Whether the cell is to be filled."""
        return not {f"{row}/{column}", f"{row}/*", f"*/{column}"} & set(self.without)


class _Grid(Entry):
    tables: tuple[Table, ...]


def read_grid() -> tuple[Table, ...]:
    """The tables of `data/gold/grid.toml`.

    Raises:
        DataError: the file breaks the schema.

    """
    return parse(_Grid, read_toml(GRID), GRID.name).tables


def values(name: str) -> tuple[str, ...]:
    """All values of a facet, or the kinds of banks for `bank_kind`."""
    if name == "bank_kind":
        kinds = (entry.kind for entry in shipped_institutions().values())
        return tuple(sorted({kind for kind in kinds if kind.endswith("_bank")}))
    return tuple(str(value) for value in get_args(Facets.model_fields[name].annotation))


def value(record: GoldRecord, name: str) -> str | None:
    """The record's value of a facet; None for the `bank_kind` of what isn't a bank's."""
    if name != "bank_kind":
        return str(getattr(record.facets, name))
    if record.claimed is None:
        return None
    kind = shipped_institutions()[record.claimed].kind
    return kind if kind.endswith("_bank") else None


def count(records: Iterable[GoldRecord], table: Table) -> Counter[Cell]:
    """Records in each cell of a table."""
    counts: Counter[Cell] = Counter()
    for record in records:
        if record.category in table.categories:
            row, column = value(record, table.rows), value(record, table.columns)
            if row is not None and column is not None:
                counts[row, column] += 1
    return counts


def gaps(records: Sequence[GoldRecord], table: Table) -> dict[Cell, int]:
    """Cells that matter and hold less than wanted, with what they hold."""
    counts = count(records, table)
    return {
        (row, column): counts[row, column]
        for row in values(table.rows)
        for column in values(table.columns)
        if table.matters(row, column) and counts[row, column] < table.at_least
    }


def summary(records: Sequence[GoldRecord]) -> dict[str, Any]:
    """Counts by category, channel, verdict, each facet and kind of bank; pairs and groups."""
    return {
        "messages": len(records),
        "groups": len({record.group for record in records}),
        "pairs": len({(record.group, record.pair) for record in records if record.pair}),
        "category": dict(Counter(record.category for record in records).most_common()),
        "channel": dict(Counter(record.channel for record in records).most_common()),
        "expected": dict(Counter(record.expected for record in records).most_common()),
        "evidence": dict(
            Counter(
                code for record in records for code in {item.code for item in record.evidence}
            ).most_common()
        ),
        "lenders": len({record.claimed for record in records if record.claimed}),
        "facets": {name: _counts(records, name) for name in (*FACETS, "bank_kind")},
    }


def _counts(records: Sequence[GoldRecord], name: str) -> dict[str, int]:
    found = Counter(value(record, name) for record in records)
    return {one: found[one] for one in values(name)}
