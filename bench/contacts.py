"""Contact points found against those that people marked."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from data.contact_labels import read_marked, spans
from data.gold_set import SPLITS, GoldRecord, read_gold
from data.labels import ContactKind
from model.normalize import normalize
from screening.contacts import find_contacts
from training.metrics import wilson

# Kinds that people can't tell apart by the text, or that are one thing to the reader.
_FAMILIES: Final[dict[ContactKind, str]] = {
    "mobile": "phone",
    "landline": "phone",
    "toll_free": "phone",
    "service": "phone",
    "sms_port": "phone",
    "foreign": "phone",
    "card": "account",
    "account": "account",
    "wechat": "chat",
    "qq": "chat",
    "telegram": "chat",
    "douyin": "chat",
    "whatsapp": "chat",
    "line": "chat",
}


def measure_contacts() -> dict[str, Any]:
    """Precision and recall by kind and split. A hit is one of the same kind that overlaps."""
    gold = read_gold()
    by_id = {record.id: (split, record) for split in SPLITS for record in gold[split]}
    marked = read_marked({key: record for key, (_, record) in by_id.items()})
    report: dict[str, Any] = {}
    for split in SPLITS:
        counts: Counter[tuple[str, str]] = Counter()
        messages = [entry for entry in marked if by_id[entry.id][0] == split]
        for entry in messages:
            record = by_id[entry.id][1]
            _compare(_found(record), _wanted(spans(record.text, entry)), counts)
        if messages:
            kinds = sorted({kind for kind, _ in counts})
            report[split] = {"n": len(messages), "kinds": {k: _row(counts, k) for k in kinds}}
    return report


Point = tuple[str, int, int]


def _found(record: GoldRecord) -> list[Point]:
    view = normalize(record.text)
    return [
        (_FAMILIES.get(point.kind, point.kind), *view.original_span(point.start, point.end))
        for point in find_contacts(view.text)
    ]


def _wanted(marks: list[tuple[ContactKind, int, int]]) -> list[Point]:
    return [(_FAMILIES.get(kind, kind), start, end) for kind, start, end in marks]


def _compare(found: list[Point], wanted: list[Point], counts: Counter[tuple[str, str]]) -> None:
    for kind, start, end in wanted:
        hit = any(k == kind and s < end and start < e for k, s, e in found)
        counts[kind, "right" if hit else "missed"] += 1
    for kind, start, end in found:
        if not any(k == kind and s < end and start < e for k, s, e in wanted):
            counts[kind, "unmarked"] += 1


def _row(counts: Counter[tuple[str, str]], kind: str) -> dict[str, Any]:
    right, missed, unmarked = (counts[kind, c] for c in ("right", "missed", "unmarked"))
    return {
        "right": right,
        "missed": missed,
        "unmarked": unmarked,
        "precision": wilson(right, right + unmarked),
        "recall": wilson(right, right + missed),
    }
