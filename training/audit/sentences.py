"""Sentences used again and again, once numbers, links and lenders are blanked out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from data.gold_set import GoldRecord
from model.normalize import normalize
from training.lenders import mentions

MOST_USES: Final = 3
_END: Final = re.compile(r"[。！？!?；;\n]")
_SPEAKER: Final = re.compile(r"^(?:对方|我)[:：]")
_BLANKED: Final = re.compile(r"[a-z0-9/:._,\-]+")
_NOT_WORD: Final = re.compile(r"[^\w]+")
# Shorter ones are everyday speech ("如非本人操作请忽略"), not a template.
_LEAST: Final = 10


def skeletons(text: str) -> Iterator[str]:
    """The sentences of a text with numbers, Latin runs and lenders' names blanked out."""
    for line in _END.split(normalize(text).text):
        sentence = _SPEAKER.sub("", line)
        for match in reversed(list(mentions(sentence))):
            sentence = f"{sentence[: match.start]}0{sentence[match.end :]}"
        skeleton = _NOT_WORD.sub("", _BLANKED.sub("0", sentence))
        if len(skeleton.replace("0", "")) >= _LEAST:
            yield skeleton


def repeated(records: Sequence[GoldRecord], most: int = MOST_USES) -> dict[str, list[str]]:
    """Skeletons in more than `most` messages, with the ids; the members of a pair count once."""
    users: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for record in records:
        unit = f"{record.group}/{record.pair}" if record.pair else record.id
        for skeleton in skeletons(record.text):
            users[skeleton].setdefault(unit, record.id)
    return {
        skeleton: list(units.values()) for skeleton, units in users.items() if len(units) > most
    }
