from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data.gold_set import EvidenceQuote
from data.labels import EvidenceCode
from model.normalize import mask_digits, normalize
from screening.errors import InputError
from screening.model_input import model_input
from tests.screening.evidence.reading import read
from training.views import Span, View, view

TEXT = "【平安銀行】請轉入專員賬戶 6222021234567890123，加微信pa_fawu88"


def quote(words: str, code: EvidenceCode = "private_account") -> EvidenceQuote:
    return EvidenceQuote(code=code, quote=words)


def test_a_message_is_seen_as_the_screener_shows_it() -> None:
    shown = view(TEXT, "sms", "13912345678")
    served = model_input(read(TEXT, "13912345678", "sms"))
    assert (shown.header, shown.text) == (served.header, served.text)
    assert shown.plain == "【平安银行】请转入专员账户 6222021234567890123,加微信pa_fawu88"
    assert shown.header == "短信 手机"
    assert shown.text == "【平安银行】请转入专员账户 〔个人卡号〕,加微信〔微信号〕"
    assert shown.spans == ()


def test_nothing_is_known_of_channel_and_sender_unless_told() -> None:
    assert view(TEXT).header == ""


def test_without_marks_contacts_stay_as_they_are_but_for_their_digits() -> None:
    shown = view(TEXT, "sms", "95511", marks=False)
    assert shown.header == "短信 官方短号"
    assert shown.text == mask_digits(shown.plain)
    assert "加微信pa_fawu88" in shown.text
    assert "0000000000000000000" in shown.text


@pytest.mark.parametrize("text", ["", " \u200b", "\n", " \n\u3000\n", "\ufeff"])
def test_blank_texts_are_seen_empty(text: str) -> None:
    assert view(text, "sms", "95511").text == ""


@pytest.mark.parametrize(
    ("words", "marked", "plain"),
    [
        ("專員賬戶", "专员账户", "专员账户"),
        ("專員賬戶 6222021234567890123", "专员账户 〔个人卡号〕", "专员账户 0000000000000000000"),
        ("67890123，加", "〔个人卡号〕,加", "00000000,加"),
        ("加微信pa_fawu88", "加微信〔微信号〕", "加微信pa_fawu88"),
        ("【平安銀行】", "【平安银行】", "【平安银行】"),
    ],
)
@pytest.mark.parametrize("marks", [True, False])
def test_evidence_is_found_again(words: str, marked: str, plain: str, marks: bool) -> None:
    shown = view(TEXT, evidence=[quote(words)], marks=marks)
    (span,) = shown.spans
    assert span.code == "private_account"
    assert shown.text[span.start : span.end] == (marked if marks else plain)


def test_several_quotes_keep_their_order_and_codes() -> None:
    shown = view("轉賬，加微信abc12345", evidence=[quote("微信", "private_contact"), quote("轉賬")])
    assert shown.spans == (Span("private_contact", 4, 6), Span("private_account", 0, 2))


def test_a_quote_of_nothing_visible_is_left_out() -> None:
    shown = view("转\u200b账", evidence=[quote("\u200b"), quote("\u200b账")])
    assert shown.spans == (Span("private_account", 1, 2),)


PIECES = st.sampled_from(["轉入", "专员 账 户", "95511", "13912345678", "\u200b", "㍿", "⑳", "〔"])


@given(st.lists(PIECES, min_size=1, max_size=8), st.data())
def test_any_quote_is_found_inside_its_view(pieces: list[str], data: st.DataObject) -> None:
    text = "请" + "".join(pieces)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip())
    for marks in (True, False):
        shown = view(text, evidence=[quote(text[start:end])], marks=marks)
        visible = normalize(text[start:end]).text.strip()
        assert len(shown.spans) == 1 or not visible
        for span in shown.spans:
            assert 0 <= span.start < span.end <= len(shown.text)


def test_what_no_message_can_be_is_refused() -> None:
    with pytest.raises(InputError):
        view("字" * 20_001)


def test_an_empty_view() -> None:
    assert view("") == View("", "", "")
