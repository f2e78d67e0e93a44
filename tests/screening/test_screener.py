from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.tactic import shipped_tactics
from model.artifact import SHIPPED, ArtifactError
from model.classifier import Prediction
from model.labels import CATEGORIES
from model.normalize import normalize
from screening.errors import InputError
from screening.message import Message, parse_message
from screening.screener import Screener
from screening.verdict import Verdict
from tests.screening.samples import FixedClassifier, fixed_screener, prediction
from tests.serving.samples import IMPOSTOR, REMINDER


def codes(verdict: Verdict) -> set[str]:
    return {item.code for item in verdict.evidence}


def quotes(message: Message, verdict: Verdict) -> dict[str, str]:
    return {
        item.code: message.text[item.span.start : item.span.end]
        for item in verdict.evidence
        if item.span
    }


def test_the_impostor_of_the_readme() -> None:
    message = Message(IMPOSTOR)
    verdict = fixed_screener(loan_ad=1.0).screen(message)
    assert verdict.verdict == "fraud"
    quoted = quotes(message, verdict)
    assert {"private_account", "private_contact", "arrest_threat"} <= quoted.keys()
    assert "专员账户" in quoted["private_account"]
    assert "pa_fawu88" in quoted["private_contact"]
    assert "公安" in quoted["arrest_threat"]
    claimed = verdict.claimed_institution
    assert claimed is not None
    assert (claimed.id, claimed.name) == ("pab", "平安银行")
    assert claimed.span is not None
    assert IMPOSTOR[claimed.span.start : claimed.span.end] == "平安银行"
    assert "95511" in [route.value for route in verdict.guidance.verify]


def test_the_reminder_of_the_readme() -> None:
    message = Message(REMINDER, "sms", "95511")
    verdict = fixed_screener().screen(message)
    assert verdict.verdict == "no_fraud_signs"
    assert [(item.code, item.detail) for item in verdict.evidence] == [
        ("official_number", "sender"),
        ("official_number", "text"),
    ]
    assert verdict.evidence[0].span is None
    assert quotes(message, verdict) == {"official_number": "95511"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (IMPOSTOR, "private_account"),
        ("您的贷款已逾期，请把验证码发给我核销", "verification_code"),
    ],
)
@pytest.mark.parametrize(("benign", "level"), [(0.0, "fraud"), (0.9, "fraud"), (0.95, "caution")])
@pytest.mark.parametrize("sender", [None, "95511", "13912345678"])
def test_evidence_decides_unless_the_text_is_harmless_talk(
    text: str, code: str, benign: float, level: str, sender: str | None
) -> None:
    verdict = fixed_screener(benign=benign).screen(Message(text, "sms", sender))
    assert code in codes(verdict)
    assert verdict.verdict == level


def test_the_classifier_reads_what_contacts_are_and_who_sent_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, str]] = []

    def predict(_: FixedClassifier, text: str, header: str = "") -> Prediction:
        asked.append((text, header))
        return prediction()

    monkeypatch.setattr(FixedClassifier, "predict", predict)
    text = "【平安銀行】致電95511，加微信pa_fawu88，尾號1234"
    fixed_screener().screen(Message(text, "sms", "13912345678"))
    assert asked == [("【平安银行】致电〔官方短号〕,加微信〔微信号〕,尾号0000", "短信 手机")]


def test_the_operating_point_is_the_one_asked_for() -> None:
    screener = fixed_screener(impersonation=0.7)
    paste = screener.screen(Message("请还款"), "paste")
    log = screener.screen(Message("请还款"), "log")
    assert (paste.verdict, log.verdict) == ("fraud", "no_fraud_signs")
    assert (paste.model.operating_point, log.model.operating_point) == ("paste", "log")
    assert (paste.model.base_rate, log.model.base_rate) == (0.3, 0.0005)
    assert paste.risk == log.risk


@pytest.mark.parametrize(
    ("text", "expected"),
    [("您的貸款已經逾期，請儘快還款", True), ("您的贷款已经逾期，请尽快还款後", False)],
)
def test_traditional_texts_get_the_channels_of_hong_kong_and_taiwan(
    text: str, expected: bool
) -> None:
    report = {route.id for route in fixed_screener().screen(Message(text)).guidance.report}
    assert ({"hk-18222", "tw-165"} <= report) == expected


@pytest.mark.parametrize(
    "disguised",
    [
        "【平安银行】将欠款转入专 员 账 户",
        "【平安银行】将欠款转\u200b入\u200b专\u200b员\u200b账\u200b户",
        "😀😀【平安銀行】將欠款轉入專員賬戶",
        "\ufeff【平安银行】\t将欠款转入\u3000专员账户",
    ],
)
def test_spans_are_of_the_text_as_received(disguised: str) -> None:
    message = Message(disguised)
    verdict = fixed_screener().screen(message)
    quoted = quotes(message, verdict)["private_account"]
    assert "专员账户" in normalize(quoted).text
    assert quoted[0] in "转轉"
    assert verdict.claimed_institution is not None
    span = verdict.claimed_institution.span
    assert span is not None
    assert normalize(disguised[span.start : span.end]).text == "平安银行"


@pytest.mark.parametrize(
    ("hour", "level", "rule"), [(23, "caution", "conduct"), (12, "no_fraud_signs", "nothing_found")]
)
def test_collecting_at_night_is_conduct_and_no_fraud(hour: int, level: str, rule: str) -> None:
    message = Message(REMINDER, "sms", "95511", datetime(2026, 3, 1, hour, 30))
    verdict = fixed_screener().screen(message)
    assert (verdict.verdict, verdict.reason.rule) == (level, rule)
    assert ("unlawful_hours" in codes(verdict)) == (hour == 23)
    assert ("cn-nifa" in {route.id for route in verdict.guidance.report}) == (hour == 23)


def test_contacts_say_whose_they_are_and_point_into_the_original() -> None:
    text = "【平安銀行】欠款１,２００元，詳詢９５５１１，勿撥 400-000-7713、139 0000 4821或95588"
    verdict = fixed_screener().screen(Message(text))
    found = {
        text[each.span.start : each.span.end]: (each.kind, each.status, each.owners)
        for each in verdict.contacts
    }
    assert found["９５５１１"] == ("service", "official", ("lufax", "pab"))
    assert found["400-000-7713"] == ("toll_free", "unknown", ())
    assert found["139 0000 4821"] == ("mobile", "never_official", ())
    assert found["95588"] == ("service", "other_institution", ("icbc",))
    assert ("amount", None, ()) in found.values()
    assert "4821" not in verdict.model_dump_json()


def test_explain_gives_the_same_verdict_with_its_steps(screener: Screener) -> None:
    message = Message(IMPOSTOR)
    verdict, decision = screener.explain(message)
    assert verdict == screener.screen(message)
    assert (verdict.verdict, verdict.risk) == (decision.level, decision.risk)
    assert verdict.reason.rule == decision.rule.id
    assert {weighed.name.split(":")[0] for weighed in decision.findings} == codes(verdict)


def test_words_and_direction_come_from_the_catalogue(screener: Screener) -> None:
    for item in screener.screen(Message(IMPOSTOR, "sms", "95511")).evidence:
        tactic = shipped_tactics()[item.code]
        assert (item.direction, item.title) == (tactic.direction, tactic.title)
        assert item.text == tactic.text


def test_the_model_is_named(screener: Screener) -> None:
    named = screener.screen(Message("请还款")).model
    assert named.version == screener.classifier.config.version
    assert named.digest == screener.classifier.digest
    assert len(named.digest) == 64


def test_probabilities_are_those_of_all_categories(screener: Screener) -> None:
    verdict = screener.screen(Message("请还款"))
    assert verdict.probabilities.keys() == set(CATEGORIES)
    assert sum(verdict.probabilities.values()) == pytest.approx(1)
    likeliest = max(verdict.probabilities.values())
    assert verdict.probabilities[verdict.category] == likeliest


def test_a_verdict_survives_json_to_the_digit(screener: Screener) -> None:
    verdict = screener.screen(Message(IMPOSTOR, "sms", "13912345678"))
    assert Verdict.model_validate_json(verdict.model_dump_json()) == verdict


def test_a_long_text_is_read_to_its_end(screener: Screener) -> None:
    text = "天气很好。" * 3990 + "请将欠款转入专员个人账户"
    message = Message(text)
    quoted = quotes(message, screener.screen(message))
    assert "账户" in quoted["private_account"]


def test_a_damaged_artifact_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "artifact"
    copytree(SHIPPED, folder, ignore=ignore_patterns("model.onnx"))
    with pytest.raises(ArtifactError, match=r"model\.onnx cannot be read.*make train"):
        Screener.load(folder)
    (folder / "model.onnx").write_bytes(b"damaged")
    with pytest.raises(ArtifactError, match=r"model\.onnx is damaged"):
        Screener.load(folder)


def test_the_same_message_always_gets_the_same_verdict(screener: Screener) -> None:
    texts = [IMPOSTOR, REMINDER, "明天一起吃饭", "天气很好。" * 100]
    alone = [screener.screen(Message(text)) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        again = list(pool.map(screener.screen, [Message(text) for text in texts * 6]))
    assert again == alone * 6


PIECES = st.sampled_from(
    ["【平安银行】", "转入专员账户", "95511", "请", "加微信pa_fawu88", "\u200b", "\n", "貸款"]
)
ANY_TEXT = st.text(st.characters(codec=None), max_size=200)
TEXTS = st.one_of(ANY_TEXT, st.lists(st.one_of(PIECES, ANY_TEXT), max_size=12).map("".join))


@settings(max_examples=150)
@given(TEXTS, st.one_of(st.none(), ANY_TEXT, PIECES))
@example("ﷺ转入专员账户ﷺe\u0301 +852-1234-5678 http://a.top/ 验证码发给我", None)
@example("\ud800", None)
@example("请还款", "\ud800")
def test_any_text_gets_a_verdict_with_spans_inside_it_or_a_known_error(
    screener: Screener, text: str, sender: str | None
) -> None:
    try:
        message = parse_message({"text": text, "sender": sender})
    except InputError:
        return
    verdict = screener.screen(message)
    assert 0 <= verdict.risk <= 1
    spans = [item.span for item in verdict.evidence]
    if verdict.claimed_institution:
        spans.append(verdict.claimed_institution.span)
    for span in spans:
        if span is not None:
            assert 0 <= span.start < span.end <= len(text)
    assert Verdict.model_validate_json(verdict.model_dump_json()) == verdict
