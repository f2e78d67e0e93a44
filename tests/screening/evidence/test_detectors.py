"""What holds for every detector, whatever the text."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.labels import EvidenceCode
from data.tactic import shipped_tactics
from data.wording import shipped_wordings
from screening.evidence import build_detectors, detect_all, shipped_detectors
from screening.evidence.detector import Detector
from tests.screening.evidence.reading import read

CODES: tuple[EvidenceCode, ...] = get_args(EvidenceCode)
# Those that judge words; the others judge numbers, links and the clock.
TABLES: dict[str, ModuleType] = {
    code: import_module(f"tests.screening.evidence.test_{code}")
    for code in CODES
    if code in shipped_wordings() and code != "unlawful_hours"
}
DEMANDS = [(code, text) for code, table in TABLES.items() for text, *_ in table.DEMANDS]
LETTERS = st.characters(codec="utf-8", exclude_characters="\0")
DETECTORS = {each.code: each for each in shipped_detectors()}


def test_one_detector_for_each_code_in_a_module_of_its_name() -> None:
    assert sorted(DETECTORS) == sorted(CODES) == sorted(shipped_tactics())
    for code, detector in DETECTORS.items():
        assert type(detector).__module__.rpartition(".")[2] == code


def test_words_have_a_detector() -> None:
    assert shipped_wordings().keys() <= DETECTORS.keys()


@pytest.mark.parametrize("code", TABLES)
def test_tables_are_long_enough(code: EvidenceCode) -> None:
    table = TABLES[code]
    assert len({text for text, *_ in table.DEMANDS}) >= 25
    assert len(set(table.HARMLESS)) >= 25


@pytest.mark.parametrize("detector", DETECTORS.values(), ids=DETECTORS)
@given(
    parts=st.lists(
        st.sampled_from([text for _, text in DEMANDS]) | st.text(LETTERS, max_size=20), max_size=6
    )
)
def test_spans_lie_inside_the_text_and_do_not_overlap(detector: Detector, parts: list[str]) -> None:
    context = read("".join(["您好，", *parts]))
    end = 0
    for finding in detector.run(context):
        if finding.start >= 0:
            assert end <= finding.start < finding.end <= len(context.text)
            end = finding.end


@pytest.mark.parametrize(("code", "text"), DEMANDS)
def test_all_detectors_together_find_it_too(code: str, text: str) -> None:
    assert code in {finding.code for finding in detect_all(read(text), shipped_detectors())}


def test_findings_come_in_the_order_of_the_detectors() -> None:
    text = "【平安银行】今天17点前把钱转到我的微信，验证码报给我，先交保证金500元，否则移交公安立案"
    codes = [finding.code for finding in detect_all(read(text), shipped_detectors())]
    order: list[str] = [detector.code for detector in shipped_detectors()]
    assert len(set(codes)) > 2
    assert codes == sorted(codes, key=order.index)


# The operator's own words


def with_words(code: EvidenceCode, **words: tuple[str, ...]) -> Detector:
    wording = shipped_wordings()[code].model_copy(update=words)
    return build_detectors({**shipped_wordings(), code: wording})[list(DETECTORS).index(code)]


def marked(detector: Detector, text: str) -> list[tuple[str, str]]:
    context = read(text)
    return [(each.detail, context.text[each.start : each.end]) for each in detector.run(context)]


def test_a_phrase_of_the_operator_is_found_however_it_is_written() -> None:
    detector = with_words("arrest_threat", phrases=("送你进小黑屋",))
    assert marked(DETECTORS["arrest_threat"], "不还就送你进小黑屋") == []
    assert marked(detector, "不还就送你进小黑屋") == [("phrase", "送你进小黑屋")]
    assert marked(detector, "不還就送 你 進小黑屋") == [("phrase", "送你进小黑屋")]
    assert marked(detector, "骗子说要送你进小黑屋") == []


def test_an_exception_of_the_operator_cancels_a_hit() -> None:
    detector = with_words("arrest_threat", exceptions=("法治讲堂",))
    assert marked(detector, "法治讲堂：刑事立案的条件") == []
    assert marked(detector, "刑事立案手续已办") == [("threat", "刑事立案")]
