"""Detectors and claimed institution against the labels of the composed messages.

The labels name the plainest evidence and aren't exhaustive, so precision is a lower bound.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from data.gold_set import SPLITS, GoldRecord, read_gold
from data.labels import Category
from screening.message import Message
from screening.screener import Screener
from screening.verdict import Verdict
from training.metrics import wilson

# Texts in which a demand must never be seen.
_LAWFUL: Final[frozenset[Category]] = frozenset({"genuine_collection", "benign"})


def measure_evidence() -> dict[str, Any]:
    """All figures of `bench/results/evidence.json`, by split; a code counts once a message."""
    screener = Screener.load()
    gold = read_gold()
    report: dict[str, Any] = {}
    for split in SPLITS:
        judged = [(record, screener.screen(_message(record))) for record in gold[split]]
        report[split] = {
            "n": len(judged),
            "claimed_institution_right": wilson(
                sum(_claimed(verdict) == record.claimed for record, verdict in judged), len(judged)
            ),
            "codes": _codes(
                judged, [c for c, t in screener.tactics.items() if t.direction == "raises"]
            ),
        }
    return report


def _message(record: GoldRecord) -> Message:
    return Message(record.text, record.channel, record.sender or None)


def _claimed(verdict: Verdict) -> str | None:
    return verdict.claimed_institution.id if verdict.claimed_institution else None


def _codes(judged: list[tuple[GoldRecord, Verdict]], codes: list[str]) -> dict[str, Any]:
    counts: Counter[tuple[str, str]] = Counter()
    for record, verdict in judged:
        wanted = {item.code for item in record.evidence}
        found = {item.code for item in verdict.evidence}
        counts.update((code, "right") for code in found & wanted)
        counts.update((code, "missed") for code in wanted - found)
        counts.update((code, "unlabelled") for code in found - wanted)
        if record.category in _LAWFUL:
            counts.update((code, "unlabelled_in_lawful") for code in found - wanted)
    return {code: _row(counts, code) for code in codes}


def _row(counts: Counter[tuple[str, str]], code: str) -> dict[str, Any]:
    right, missed = counts[code, "right"], counts[code, "missed"]
    unlabelled = counts[code, "unlabelled"]
    return {
        "right": right,
        "missed": missed,
        "unlabelled": unlabelled,
        "unlabelled_in_lawful": counts[code, "unlabelled_in_lawful"],
        "precision": wilson(right, right + unlabelled),
        "recall": wilson(right, right + missed),
    }
