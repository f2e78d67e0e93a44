"""The run over one file: read, screen in parallel, write in order."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from screening.errors import InputError
from screening.message import parse_message
from screening.screener import Screener
from screening.verdict import OperatingPointName, Verdict
from serving.batch.readers import BadRow, Row, file_format, read_rows
from serving.batch.writers import ResultFile, to_json
from serving.errors import surface_error

RESULT_COLUMNS: Final = ("verdict", "risk", "category", "claimed_institution", "evidence")
_AHEAD: Final = 16  # rows in flight for each worker: bounds memory, keeps workers busy


@dataclass(frozen=True, slots=True)
class Options:
    """How to read rows and what to write.

    Attributes:
        columns: names under which the input holds `text`, `channel`, `sender`, `received_at`.
        prefix: put before the names of the result columns.
        explain: write whole evidence objects instead of codes.
        workers: threads; None takes one a processor.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""
    explain: bool = False
    operating_point: OperatingPointName = "paste"
    encoding: str = "utf-8"
    workers: int | None = None

    def column(self, name: str) -> str:
        """The input column that holds a field."""
        return self.columns.get(name) or name


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did: rows by verdict, rows rejected, and where those are."""

    verdicts: dict[str, int]
    rejected: int
    rejected_path: Path


def screen_file(
    source: Path,
    target: Path,
    screener: Screener,
    options: Options,
    advance: Callable[[], None] = lambda: None,
) -> Summary:
    """Screen every row of `source` into `target`, keeping columns and order.

    A row that can't be read or isn't a message goes to `TARGET.rejected.jsonl`; the run goes on.

    Args:
        advance: called once for each row finished.

    Raises:
        InputError: `missing_file`, `unknown_format`, `unknown_encoding`, `missing_column`,
            `duplicate_column`, `column_conflict`, `same_file` or `unwritable_output`.
    """
    result = ResultFile(target)
    if source.resolve() in {path.resolve() for path in result.paths}:
        raise surface_error("same_file")
    if file_format(source) == "jsonl" and file_format(target) == "csv":
        raise surface_error("unknown_format")  # JSON rows need not share their columns
    counts: Counter[str] = Counter()
    rejected = 0
    rows = read_rows(source, options.encoding, options.column("text"))
    with result:
        for outcome in _in_order(rows, screener, options):
            if isinstance(outcome, BadRow):
                rejected += 1
                result.reject(outcome)
            else:
                counts[outcome[f"{options.prefix}verdict"]] += 1
                result.write(outcome)
            advance()
    return Summary(dict(counts), rejected, result.rejected_path)


Outcome = dict[str, Any] | BadRow


def _in_order(
    rows: Iterable[Row | BadRow], screener: Screener, options: Options
) -> Iterator[Outcome]:
    workers = options.workers or os.cpu_count() or 1
    waiting: deque[Future[Outcome]] = deque()
    with ThreadPoolExecutor(workers, thread_name_prefix="screen") as pool:
        try:
            for row in rows:
                waiting.append(pool.submit(screen_row, row, screener, options))
                if len(waiting) >= workers * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def screen_row(row: Row | BadRow, screener: Screener, options: Options) -> Outcome:
    """The row with its results, or the bad row it is.

    Raises:
        InputError: `column_conflict`, which concerns the whole file.
    """
    if isinstance(row, BadRow):
        return row
    if any(options.prefix + name in row.values for name in RESULT_COLUMNS):
        raise surface_error("column_conflict")
    try:
        verdict = screener.screen(parse_message(_fields(row, options)), options.operating_point)
    except InputError as error:
        return BadRow(row.line, error, to_json(row.values).encode("utf-8"))
    return row.values | {
        options.prefix + name: value for name, value in _results(verdict, options).items()
    }


def _fields(row: Row, options: Options) -> dict[str, Any]:
    if options.column("text") not in row.values:
        raise surface_error("missing_column")
    names = ("text", "channel", "sender", "received_at")
    return {name: row.values.get(options.column(name)) for name in names}


def _results(verdict: Verdict, options: Options) -> dict[str, Any]:
    claimed = verdict.claimed_institution
    if options.explain:
        evidence: list[Any] = [item.model_dump(mode="json") for item in verdict.evidence]
    else:
        evidence = list(dict.fromkeys(item.code for item in verdict.evidence))
    return {
        "verdict": verdict.verdict,
        "risk": verdict.risk,
        "category": verdict.category,
        "claimed_institution": claimed.id if claimed else None,
        "evidence": evidence,
    }
