"""Gold folders made on the spot. Imports no torch, unlike `tests.tiny`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from data.gold_set import VERDICTS

FACETS = {
    "claimed_sender": "none",
    "stage": "unstated",
    "pretext": "other",
    "demand": "none",
    "pressure": "none",
    "route": "none",
    "region": "mainland",
    "style": "formal",
}


def facets(**values: str) -> dict[str, str]:
    """Facets that say nothing but `values`."""
    return FACETS | values


def record(text: str, category: Any = "benign", **fields: Any) -> dict[str, Any]:
    """One line of a gold file."""
    return {
        "text": text,
        "channel": "sms",
        "sender": None,
        "category": category,
        "expected": VERDICTS[category][0] if category in VERDICTS else "caution",
        "claimed": None,
        "evidence": [],
        "facets": FACETS,
        "pair": None,
        "note": "",
    } | fields


def jsonl(rows: list[dict[str, Any]]) -> str:
    """Rows as JSON lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def write_gold(folder: Path, groups: dict[str, list[dict[str, Any]]], splits: str) -> Path:
    """Write a gold folder and return it."""
    (folder / "messages").mkdir(parents=True, exist_ok=True)
    for name, rows in groups.items():
        (folder / "messages" / f"{name}.jsonl").write_text(jsonl(rows), encoding="utf-8")
    (folder / "splits.toml").write_text(splits, encoding="utf-8")
    return folder
