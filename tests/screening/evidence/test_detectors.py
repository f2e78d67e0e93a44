"""What holds for every detector, whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.tactic import shipped_tactics
from screening.evidence import DETECTORS, Detector, detect_all, run
from tests.screening.evidence import (
    test_arrest_threat,
    test_private_account,
    test_private_contact,
    test_upfront_fee,
    test_verification_code,
)
from tests.screening.evidence.reading import read

TABLES = (
    test_arrest_threat.DEMANDS,
    test_private_account.DEMANDS,
    test_private_contact.DEMANDS,
    test_upfront_fee.DEMANDS,
    test_verification_code.DEMANDS,
)
DEMANDS = [text for table in TABLES for text, _ in table]
NAMES = [detect.__module__.rsplit(".", 1)[1] for detect in DETECTORS]


@pytest.mark.parametrize("detect", DETECTORS, ids=NAMES)
@given(parts=st.lists(st.sampled_from(DEMANDS) | st.text(max_size=20), max_size=6))
def test_spans_lie_inside_the_text_and_do_not_overlap(detect: Detector, parts: list[str]) -> None:
    context = read("".join(parts))
    end = 0
    for finding in run(detect, context):
        assert end <= finding.start < finding.end <= len(context.text)
        end = finding.end


@pytest.mark.parametrize("text", DEMANDS)
def test_every_finding_has_its_entry_in_the_catalogue(text: str) -> None:
    findings = detect_all(read(text))
    assert findings
    assert {finding.code for finding in findings} <= shipped_tactics().keys()


def test_modules_are_named_after_their_code() -> None:
    assert sorted(NAMES) == sorted(shipped_tactics())
