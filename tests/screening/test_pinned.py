"""Verdicts of some forty messages, pinned. `python -m tests.screening.test_pinned` pins anew.

A change that moves one of them says so in CHANGELOG.md.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from screening.message import Message, parse_message
from screening.screener import Screener
from screening.verdict import Verdict

FILE = Path(__file__).with_name("pinned.toml")
PINNED: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["messages"]

# int8 kernels differ a little between processors.
TOLERANCE = 0.05


def message_of(entry: dict[str, Any]) -> Message:
    return parse_message({key: entry.get(key) for key in ("text", "channel", "sender")})


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener.load()


@pytest.mark.parametrize("entry", PINNED, ids=[entry["name"] for entry in PINNED])
def test_pinned(entry: dict[str, Any], screener: Screener) -> None:
    verdict = screener.screen(message_of(entry))
    assert verdict.verdict == entry["verdict"]
    assert verdict.risk == pytest.approx(entry["risk"], abs=TOLERANCE)
    assert codes_of(verdict) == entry["evidence"]
    assert institution_of(verdict) == entry["institution"]


def test_at_least_forty_and_every_level() -> None:
    assert len(PINNED) >= 40
    assert {entry["verdict"] for entry in PINNED} == {"fraud", "caution", "no_fraud_signs"}


def codes_of(verdict: Verdict) -> list[str]:
    return sorted({item.code for item in verdict.evidence})


def institution_of(verdict: Verdict) -> str:
    return verdict.claimed_institution.id if verdict.claimed_institution else ""


def quoted(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(quoted(item) for item in value) + "]"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    return str(value)


def pin(screener: Screener) -> str:
    """The file with the verdicts of today; texts and names as they are."""
    lines = ["# Written by `python -m tests.screening.test_pinned`; see CONTRIBUTING.md."]
    for entry in PINNED:
        verdict = screener.screen(message_of(entry))
        kept = {key: entry[key] for key in ("name", "text", "channel", "sender") if key in entry}
        found = {
            "verdict": verdict.verdict,
            "risk": round(verdict.risk, 4),
            "category": verdict.category,
            "institution": institution_of(verdict),
            "evidence": codes_of(verdict),
        }
        lines += ["", "[[messages]]"]
        lines += [f"{key} = {quoted(value)}" for key, value in (kept | found).items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(pin(Screener.load()), encoding="utf-8")
