"""Detectors and claimed institution against the labels of the composed messages.

The labels name the plainest evidence and aren't exhaustive, so precision is a lower bound.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bench.contacts import measure_contacts
from data.claim_labels import read_claims
from data.gold_set import SPLITS, GoldRecord, Split, read_gold
from data.labels import Category
from model.labels import CATEGORIES
from screening.message import Message
from screening.screener import Screener
from screening.verdict import Verdict
from training.metrics import wilson

# Texts in which a demand must never be seen.
_LAWFUL: Final[frozenset[Category]] = frozenset({"genuine_collection", "benign"})

# Findings about where money, calls and clicks lead to.
_CONTACT_CODES: Final = frozenset(
    {"private_account", "private_contact", "unofficial_number", "unofficial_link"}
)


def measure_evidence() -> dict[str, Any]:
    """All figures of `bench/results/evidence.json`, by split; a code counts once a message."""
    screener = Screener.load()
    gold = read_gold()
    report: dict[str, Any] = {}
    for split in SPLITS:
        judged = [(record, screener.screen(_message(record))) for record in gold[split]]
        report[split] = {
            "n": len(judged),
            "claimed_institution_right": _share(
                [_claimed(verdict) == record.claimed for record, verdict in judged]
            ),
            "claimed_institution": _identity(judged),
            "codes": _codes(
                judged, [c for c, t in screener.tactics.items() if t.direction == "raises"]
            ),
            "hit_rates": _hit_rates(judged, list(screener.tactics)),
            "pairs": _pairs(judged),
        }
    report["contacts"] = measure_contacts()
    report["claims_labelled_twice"] = _agreement(gold)
    return report


Judged = list[tuple[GoldRecord, Verdict]]


def _message(record: GoldRecord) -> Message:
    return Message(record.text, record.channel, record.sender or None)


def _claimed(verdict: Verdict) -> str | None:
    return verdict.claimed_institution.id if verdict.claimed_institution else None


def _share(hits: list[bool]) -> dict[str, float]:
    return wilson(sum(hits), len(hits))


def _identity(judged: Judged) -> dict[str, Any]:
    """Where somebody is claimed and where nobody is, apart."""
    somebody = [(_claimed(verdict), record.claimed) for record, verdict in judged if record.claimed]
    nobody = [_claimed(verdict) for record, verdict in judged if not record.claimed]
    return {
        "somebody_right": _share([found == wanted for found, wanted in somebody]),
        "somebody_taken_for_another": _share([bool(f) and f != w for f, w in somebody]),
        "nobody_right": _share([found is None for found in nobody]),
    }


def _agreement(gold: Mapping[Split, Sequence[GoldRecord]]) -> dict[str, Any]:
    """How far two people agree on who is claimed: what the program is measured against."""
    labels = read_claims({record.id: record for records in gold.values() for record in records})
    return {
        "n": len(labels),
        "agreed": _share([entry.first == entry.second for entry in labels]),
        "first_right": _share([entry.first == entry.final for entry in labels]),
        "second_right": _share([entry.second == entry.final for entry in labels]),
    }


def _hit_rates(judged: Judged, codes: list[str]) -> dict[str, Any]:
    """Share of each category's messages in which a code is found."""
    return {
        code: {
            category: _share(
                [
                    code in {item.code for item in verdict.evidence}
                    for record, verdict in judged
                    if record.category == category
                ]
            )
            for category in CATEGORIES
        }
        for code in codes
    }


def _pairs(judged: Judged) -> dict[str, Any]:
    """Twins of which one is fraud and the other isn't: what it takes to tell them apart.

    `contacts` decide where a contact of the fraud is held against it and none of its twin's is;
    `evidence` likewise with all findings that raise the risk; `verdict` where both members get
    the verdict that their label expects.
    """
    twins: dict[tuple[str, str], Judged] = {}
    for record, verdict in judged:
        if record.pair is not None:
            twins.setdefault((record.group, record.pair), []).append((record, verdict))
    split = [
        sorted(members, key=lambda member: member[0].expected != "fraud")
        for members in twins.values()
        if sum(record.expected == "fraud" for record, _ in members) == 1
    ]
    found = [tuple(_raising(verdict) for _, verdict in members) for members in split]
    return {
        "n": len(split),
        "contacts": _share([bool(f & _CONTACT_CODES) and not o & _CONTACT_CODES for f, o in found]),
        "evidence": _share([bool(fraud - other) and not other - fraud for fraud, other in found]),
        "fraud_apart": _share(
            [(one[1].verdict == "fraud") and other[1].verdict != "fraud" for one, other in split]
        ),
        "verdict": _share([all(r.expected == v.verdict for r, v in pair) for pair in split]),
    }


def _raising(verdict: Verdict) -> set[str]:
    return {item.code for item in verdict.evidence if item.direction == "raises"}


def _codes(judged: Judged, codes: list[str]) -> dict[str, Any]:
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
