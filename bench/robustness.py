"""What the verdict withstands: disguises, filler, a spoofed sender, a missing one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from bench.texts import Labelled, diluted_messages, gold_messages, operator_messages
from screening.screener import Screener
from training.augment.operators import HELD_OUT, TRAINING, UNDONE
from training.metrics import wilson

# Training draws strengths up to 0.4.
_STRENGTH: Final = 0.5
_DILUTED: Final = 200


def measure_robustness(screener: Screener) -> dict[str, Any]:
    """Operators, filler and senders, on the composed test split."""
    return {
        "operators": {
            name: {
                "trained": name in TRAINING,
                **_called(operator_messages(name, _STRENGTH), screener),
            }
            for name in (*TRAINING, *HELD_OUT, *UNDONE)
        },
        "dilution": _dilution(screener),
        "senders": _senders(screener),
    }


def _called(items: Sequence[Labelled], screener: Screener) -> dict[str, Any]:
    """Share of the impersonations, and of the lawful, that are called fraud."""
    levels = [screener.screen(item.message).verdict for item in items]
    groups: dict[str, list[bool]] = {"impersonation": [], "deserve_fraud": [], "lawful": []}
    for item, level in zip(items, levels, strict=True):
        if item.category == "impersonation":
            groups["impersonation"].append(level == "fraud")
        if item.expected == "fraud":
            groups["deserve_fraud"].append(level == "fraud")
        elif item.category not in ("impersonation", "other_scam"):
            groups["lawful"].append(level == "fraud")
    return {name: {"n": len(hits), **wilson(sum(hits), len(hits))} for name, hits in groups.items()}


def _dilution(screener: Screener) -> dict[str, Any]:
    """How the risk of a fraud changes among 5,000 harmless characters."""
    pairs = [
        (screener.screen(alone), screener.screen(among))
        for alone, among in diluted_messages(_DILUTED)
    ]
    changes = np.abs([among.risk - alone.risk for alone, among in pairs])
    found = [among.verdict == "fraud" for alone, among in pairs if alone.verdict == "fraud"]
    return {
        "n": len(pairs),
        "mean_change": float(changes.mean()),
        "median_change": float(np.median(changes)),
        "within_0.02": wilson(int((changes < 0.02).sum()), len(pairs)),
        "still_fraud": wilson(sum(found), len(found)),
    }


def _senders(screener: Screener) -> dict[str, Any]:
    """The same texts as sent, without channel and sender, and as if from an official number."""
    items = gold_messages("test")
    directory = screener.directory
    bare = [_with(item, None, keep_channel=False) for item in items]
    spoofed = []
    for item in items:
        lender = screener.screen(item.message).claimed_institution
        contacts = directory.institutions[lender.id].contacts if lender else ()
        numbers = [contact.value for contact in contacts if contact.type in ("hotline", "sms")]
        if numbers:
            spoofed.append((item, _with(item, numbers[0])))
    return {
        "as_sent": _called(items, screener),
        "nothing_known": _called(bare, screener),
        "claimed_lender_known": _called([item for item, _ in spoofed], screener),
        "spoofed_official_number": _called([item for _, item in spoofed], screener),
    }


def _with(item: Labelled, sender: str | None, keep_channel: bool = True) -> Labelled:
    channel = item.message.channel if keep_channel else "unknown"
    return replace(item, message=replace(item.message, channel=channel, sender=sender))
