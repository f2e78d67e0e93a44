"""What the verdict withstands: disguises, filler, a spoofed sender, a missing one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from bench.texts import Labelled, diluted_messages, gold_messages, operator_messages
from data.labels import Channel, Level
from model.labels import FRAUD_CATEGORIES
from screening.screener import Screener
from training.augment.operators import HELD_OUT, TRAINING, UNDONE
from training.metrics import wilson

# Training draws strengths up to 0.4.
_STRENGTH: Final = 0.5
_DILUTED: Final = 200


def measure_robustness() -> dict[str, Any]:
    """All figures of `bench/results/robustness.json`, on the composed test split."""
    screener = Screener.load()
    return {
        "operators": {
            name: {
                "trained": name in TRAINING,
                **_called(_levels(operator_messages(name, _STRENGTH), screener)),
            }
            for name in (*TRAINING, *HELD_OUT, *UNDONE)
        },
        "dilution": _dilution(screener),
        "senders": _senders(screener),
    }


Levels = list[tuple[Labelled, Level]]


def _levels(items: Sequence[Labelled], screener: Screener) -> Levels:
    return [(item, screener.screen(item.message).verdict) for item in items]


def _called(levels: Levels) -> dict[str, Any]:
    """Share of the impersonations, and of the lawful, that are called fraud."""
    groups: dict[str, list[bool]] = {"impersonation": [], "deserve_fraud": [], "lawful": []}
    for item, level in levels:
        if item.category == "impersonation":
            groups["impersonation"].append(level == "fraud")
        if item.expected == "fraud":
            groups["deserve_fraud"].append(level == "fraud")
        elif item.category not in FRAUD_CATEGORIES:
            groups["lawful"].append(level == "fraud")
    return {name: {"n": len(hits), **_share(hits)} for name, hits in groups.items()}


def _share(hits: Sequence[bool]) -> dict[str, float]:
    return wilson(sum(hits), len(hits))


def _dilution(screener: Screener) -> dict[str, Any]:
    """How the risk of a fraud changes among 5,000 harmless characters.

    What the filler is called by itself is told beside it: where that is fraud, finding the fraud
    in it proves nothing.
    """
    alone, among, filler = (
        [screener.screen(message) for message in column]
        for column in zip(*diluted_messages(_DILUTED), strict=True)
    )
    changes = np.abs([one.risk - other.risk for one, other in zip(alone, among, strict=True)])
    quiet = [one.verdict != "fraud" for one in filler]
    found = [one.verdict == "fraud" for one in alone]
    still = [
        other.verdict == "fraud"
        for other, called, calm in zip(among, found, quiet, strict=True)
        if called and calm
    ]
    return {
        "n": len(changes),
        "mean_change": float(changes.mean()),
        "median_change": float(np.median(changes)),
        "within_0.02": _share((changes < 0.02).tolist()),
        "filler_called_fraud": _share([not calm for calm in quiet]),
        "still_fraud": {"n": len(still), **_share(still)},
    }


def _senders(screener: Screener) -> dict[str, Any]:
    """The same texts as sent, without channel and sender, and as if from an official number."""
    items = gold_messages("test")
    sent = _levels(items, screener)
    numbers = [_official_number(item, screener) for item in items]
    bare = [_with(item, None, channel="unknown") for item in items]
    spoofed = [_with(item, number) for item, number in zip(items, numbers, strict=True) if number]
    known = [level for level, number in zip(sent, numbers, strict=True) if number]
    return {
        "as_sent": _called(sent),
        "nothing_known": _called(_levels(bare, screener)),
        "claimed_lender_known": _called(known),
        "spoofed_official_number": _called(_levels(spoofed, screener)),
    }


def _official_number(item: Labelled, screener: Screener) -> str | None:
    """A number that the directory gives to the lender that the message claims."""
    context, _, _ = screener.read(item.message)
    lender = screener.directory.institutions.get(context.claim.institution or "")
    numbers = lender.contacts_of("hotline", "sms") if lender else ()
    return numbers[0].value if numbers else None


def _with(item: Labelled, sender: str | None, channel: Channel | None = None) -> Labelled:
    channel = channel or item.message.channel
    return replace(item, message=replace(item.message, channel=channel, sender=sender))
