"""Everything a screener judges by, read from files: the package's and the operator's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from data.advice import Advice, AdviceBook, shipped_advice
from data.channel import Channel, shipped_channels
from data.files import DataError, parse, read_toml
from data.institution import Institution, lay_over, shipped_institutions
from data.local import by_key, keyed, overlay
from data.tactic import Tactic, shipped_tactics
from data.wording import Wording, read_wordings, shipped_wordings
from screening.decision import Policy, read_policy, shipped_policy
from screening.directory import Directory, shipped_directory
from screening.evidence import build_detectors, shipped_detectors
from screening.evidence.detector import Detector

_LOCAL_CHANNELS: Final = "channels.toml"
_LOCAL_TACTICS: Final = "tactics.toml"
_LOCAL_ADVICE: Final = "advice.toml"
_LOCAL_POLICY: Final = "policy.toml"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The data of one screener."""

    directory: Directory
    tactics: Mapping[str, Tactic]
    advice: AdviceBook
    detectors: tuple[Detector, ...]
    policy: Policy


@lru_cache(maxsize=1)
def shipped_knowledge() -> Knowledge:
    """The data that comes with the package."""
    return Knowledge(
        directory=shipped_directory(),
        tactics=shipped_tactics(),
        advice=shipped_advice(),
        detectors=shipped_detectors(),
        policy=shipped_policy(),
    )


def load_directory(local: Path | None = None) -> Directory:
    """The directory alone, with that of the folder `local` laid over it.

    Raises:
        DataError: a file can't be read or breaks its schema; names file and field.

    """
    if local is None:
        return shipped_directory()
    return Directory(_institutions(local), _channels(local))


def load_knowledge(local: Path | None = None) -> Knowledge:
    """The data of the package with that of the folder `local` laid over it.

    Raises:
        DataError: a file can't be read or breaks its schema; names file and field.

    """
    if local is None:
        return shipped_knowledge()
    tactics = overlay(
        Tactic, shipped_tactics(), keyed(local / _LOCAL_TACTICS, "tactics", "code"), _LOCAL_TACTICS
    )
    if tactics.keys() != shipped_tactics().keys():
        raise DataError(f"{_LOCAL_TACTICS}: a code without a detector")
    directory, advice = load_directory(local), _advice(local)
    unknown = [each.channel for each in advice.report if each.channel not in directory.channels]
    if unknown:
        raise DataError(f"{_LOCAL_ADVICE}: report: no channel {unknown[0]!r}")
    policy = local / _LOCAL_POLICY
    return Knowledge(
        directory=directory,
        tactics=tactics,
        advice=advice,
        detectors=build_detectors(_wordings(local)),
        policy=read_policy(policy) if policy.exists() else shipped_policy(),
    )


def _institutions(local: Path) -> dict[str, Institution]:
    return lay_over(shipped_institutions(), local / "institutions")


def _channels(local: Path) -> dict[str, Channel]:
    entries = keyed(local / _LOCAL_CHANNELS, "channels", "id")
    return overlay(Channel, shipped_channels(), entries, _LOCAL_CHANNELS)


def _advice(local: Path) -> AdviceBook:
    """The shipped advice with other words; new advice and channels come before it."""
    path = local / _LOCAL_ADVICE
    if not path.exists():
        return shipped_advice()
    values = read_toml(path)
    reports = values.pop("report", [])
    shipped = {each.id: each for each in shipped_advice().advice}
    entries = by_key(values, "advice", "id", path.name)
    merged = overlay(Advice, shipped, entries, path.name)
    first = [merged[key] for key in entries if key not in shipped]
    advice = [*first, *(merged[key] for key in shipped)]
    book = shipped_advice().model_dump()
    book["advice"] = [each.model_dump() for each in advice]
    book["report"] = [*reports, *book["report"]] if isinstance(reports, list) else reports
    return parse(AdviceBook, book, path.name)


def _wordings(local: Path) -> dict[str, Wording]:
    """The shipped words with the operator's phrases and exceptions added."""
    merged = dict(shipped_wordings())
    for code, added in read_wordings(local / "wordings").items():
        if code not in shipped_tactics():
            raise DataError(f"wordings/{code}.toml: no such evidence code")
        if added.words or added.patterns:
            # A slow pattern would stop the service on the first hostile message.
            raise DataError(f"wordings/{code}.toml: only phrases and exceptions may be added")
        known = merged.get(code, Wording())
        values = {
            "phrases": known.phrases + added.phrases,
            "exceptions": known.exceptions + added.exceptions,
        }
        merged[code] = parse(Wording, known.model_dump() | values, f"wordings/{code}.toml")
    return merged
