from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import pytest

from data.labels import Category, Level
from model.classifier import Classifier, Prediction
from screening.evidence import detect_all
from screening.knowledge import shipped_knowledge
from tests.screening.evidence.reading import read
from tests.screening.samples import prediction
from tests.training.audit.records import made
from tests.training.rows import row
from training.judging import judge_corpus_rows, judge_records

ANSWER = prediction(impersonation=0.25)
TEXT = "【平安银行】请转入专员账户6222021234567890123，致电95511"


@dataclass
class Recording:
    """Remembers what it is asked."""

    asked: list[tuple[str, str]] = field(default_factory=list)

    def predict(self, text: str, header: str = "") -> Prediction:
        self.asked.append((text, header))
        return ANSWER


@pytest.fixture
def recording() -> Recording:
    return Recording()


def served(recording: Recording) -> Classifier:
    return cast(Classifier, recording)


def test_a_message_is_judged_once_as_it_was_sent(recording: Recording) -> None:
    record = made("g-1", TEXT, "impersonation", channel="sms", sender="95511")
    judged = judge_records([record], served(recording))
    shown = "【平安银行】请转入专员账户〔个人卡号〕,致电〔官方短号〕"
    assert recording.asked == [(shown, "短信 官方短号")]
    (one,) = judged
    assert one.findings == detect_all(read(TEXT, "95511", "sms"), shipped_knowledge().detectors)
    assert {finding.code for finding in one.findings} >= {"private_account", "official_number"}
    assert one.prediction is ANSWER


@pytest.mark.parametrize("sender", [None, ""])
def test_without_a_sender_the_channel_is_left(recording: Recording, sender: str | None) -> None:
    judge_records([made("g-1", "请还款", channel="wechat", sender=sender)], served(recording))
    assert [header for _, header in recording.asked] == ["微信"]


@pytest.mark.parametrize(
    ("category", "expected", "fraud"),
    [
        ("impersonation", "fraud", True),
        ("impersonation", "caution", True),
        ("other_scam", "fraud", True),
        ("debt_service_ad", "fraud", False),
        ("genuine_collection", "no_fraud_signs", False),
        ("benign", "no_fraud_signs", False),
    ],
)
def test_fraud_is_said_of_the_sender_and_expected_of_the_text(
    recording: Recording, category: Category, expected: Level, fraud: bool
) -> None:
    record = made("g-1", "请还款", category, expected=expected)
    for one in judge_records([record], served(recording)):
        assert (one.fraud, one.expected) == (fraud, expected)


def test_rows_of_corpora_are_read_from_their_canonical_text(recording: Recording) -> None:
    rows = [
        row("masked", "other_scam", plain="加微信pa_fawu88，致电95511"),
        row("masked", "benign", plain="今晚一起吃饭"),
    ]
    judged = judge_corpus_rows(rows, served(recording))
    assert recording.asked == [("加微信〔微信号〕,致电〔别家短号〕", ""), ("今晚一起吃饭", "")]
    assert [(one.fraud, one.expected) for one in judged] == [(True, None), (False, None)]
    assert "private_contact" in {finding.code for finding in judged[0].findings}
    assert judged[1].findings == ()
