"""Detectors: one small module each, `detect(context)` yields findings.

To add one: a module with `detect`, an entry in `DETECTORS`, an entry in
`data/tactics/tactics.toml` for its code, a table test in `tests/screening/evidence/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from screening.evidence import (
    arrest_threat,
    official_link,
    official_number,
    private_account,
    private_contact,
    unofficial_link,
    unofficial_number,
    upfront_fee,
    verification_code,
)
from screening.evidence.context import Context, Finding

Detector = Callable[[Context], Iterator[Finding]]

DETECTORS: Final[tuple[Detector, ...]] = (
    private_account.detect,
    verification_code.detect,
    upfront_fee.detect,
    private_contact.detect,
    unofficial_number.detect,
    unofficial_link.detect,
    arrest_threat.detect,
    official_number.detect,
    official_link.detect,
)


def run(detect: Detector, context: Context) -> Iterator[Finding]:
    """Findings of one detector by position; of overlapping ones the first and longest."""
    end = -1
    for finding in sorted(detect(context), key=lambda found: (found.start, -found.end)):
        if finding.start >= end:
            yield finding
            end = finding.end


def detect_all(context: Context) -> tuple[Finding, ...]:
    """Findings of all detectors, in the order of `DETECTORS`, then by position."""
    return tuple(finding for detect in DETECTORS for finding in run(detect, context))
