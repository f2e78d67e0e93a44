from __future__ import annotations

import io
import re
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from screening.directory import shipped_directory
from screening.lookup import look_up
from screening.message import Message
from screening.verdict import Level
from serving.language import Lang
from serving.terminal import (
    level_words,
    marked,
    print_explanation,
    print_lookup,
    print_verdict,
)
from tests.screening.samples import fixed_screener
from tests.serving.web.samples import MESSAGE, evidence_at, make_evidence, make_verdict

EVIDENCE = (
    make_evidence("official_number", 0, 0, "lowers"),
    evidence_at("private_account", "转入专员账户"),
    evidence_at("private_contact", "加微信pa_fawu88"),
)


def printed(text: str, lang: Lang = "zh", level: Level = "fraud", width: int = 200) -> str:
    out = io.StringIO()
    verdict = make_verdict(level, evidence=EVIDENCE)
    print_verdict(Console(file=out, width=width, highlight=False), text, verdict, lang)
    return out.getvalue()


@pytest.mark.parametrize("level", get_args(Level))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_is_there_in_the_language_asked_for(level: Level, lang: Lang) -> None:
    verdict = make_verdict(level, evidence=EVIDENCE)
    out = printed(MESSAGE, lang, level)
    assert level_words(level, lang) in out
    assert level_words(level, "en" if lang == "zh" else "zh") not in out
    for words in (*verdict.guidance.do, *verdict.guidance.dont):
        assert words.get(lang) in out
        assert words.get("en" if lang == "zh" else "zh") not in out
    assert MESSAGE in out
    assert "> 90%" in out
    assert "平安银行" in out
    assert "95511 统一热线" in out
    assert "12321" in out
    assert "「转入专员账户」" in out
    assert ("「发送方」" if lang == "zh" else "「Sender」") in out


@pytest.mark.parametrize(
    ("risk", "words"),
    [(0.0, "< 5%"), (0.05, ": 5%"), (0.5, ": 50%"), (0.9, ": 90%"), (1.0, "> 90%")],
)
def test_risk_has_no_more_precision_than_it_deserves(risk: float, words: str) -> None:
    out = io.StringIO()
    console = Console(file=out, width=200, highlight=False)
    print_verdict(console, MESSAGE, make_verdict("caution", risk=risk), "en")
    assert words in out.getvalue()


def test_headings_are_in_the_language_asked_for() -> None:
    assert "我们怎么看出来的" in printed(MESSAGE, "zh")
    out = printed(MESSAGE, "en")
    assert "How we know" in out
    assert "我们怎么看出来的" not in out


@pytest.mark.parametrize("width", [20, 40, 80])
def test_nothing_is_lost_in_a_narrow_terminal(width: int) -> None:
    letters = re.sub(r"[\s│]", "", printed(MESSAGE, width=width))
    assert MESSAGE in letters
    assert "95511" in letters


def test_marks_are_where_the_evidence_is() -> None:
    text = marked(MESSAGE, EVIDENCE)
    assert text.plain == MESSAGE
    spans = [(MESSAGE[span.start : span.end], span.style) for span in text.spans]
    assert spans == [("转入专员账户", "bold red"), ("加微信pa_fawu88", "bold red")]


def test_markup_in_a_message_is_text() -> None:
    hostile = "[bold red]还款[/] [link=https://a.top]点[/link] :smile:"
    assert hostile in printed(hostile)


def test_wide_blanks_are_blanks() -> None:
    assert marked("平安\u3000银行\u00a0\t\r\n请", ()).plain == "平安 银行   \n请"


@given(st.text(st.characters(codec=None)))
def test_no_control_character_reaches_the_terminal(text: str) -> None:
    plain = marked(text, ()).plain
    assert len(plain) == len(text)  # spans still fit
    assert all(character.isprintable() or character == "\n" for character in plain)
    out = printed(text + "\x1b[2J\x07\u202e\x9b")
    assert not set(out) & set("\x1b\x07\u202e\x9b\r\ud800")
    out.encode("utf-8")


def lookup_printed(query: str, lang: Lang = "zh") -> str:
    out = io.StringIO()
    answer = look_up(query, shipped_directory(), date(2030, 1, 1))
    print_lookup(Console(file=out, width=200, highlight=False), answer, lang)
    return out.getvalue()


def test_a_lookup_shows_lender_route_source_date_and_age() -> None:
    out = lookup_printed("95511")
    assert "平安银行" in out
    assert "95511 中国平安统一热线 (据公开名录, 2026-08, 超过复核期限" in out
    assert "github.com/metowolf/vCards" in out
    assert "平安銀行" in lookup_printed("95511", "zh-Hant")


def test_a_lookup_shows_channels_and_how_to_use_them() -> None:
    assert "人民法院诉讼服务热线" in lookup_printed("12368")
    assert "check the case number" in lookup_printed("12368", "en")


def test_the_explanation_shows_every_step() -> None:
    out = io.StringIO()
    text = "【平安银行】请将欠款转入专员账户6222，回电13900004821，加微信pa_fawu88"
    verdict, decision = fixed_screener(impersonation=0.2).explain(Message(text))
    console = Console(file=out, width=200, highlight=False)
    print_explanation(console, text, verdict, decision, "en")
    shown = out.getvalue()
    assert "0.2000" in shown
    assert "private_account:account" in shown
    assert "group contact" in shown
    assert "decisive_demand" in shown
    assert re.search(r"mobile\s+13900004821\s+never_official", shown)
