"""A verdict as readable, coloured text for a terminal."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from screening.verdict import Evidence, Guidance, Level, Verdict
from serving.language import Lang
from serving.texts import TEXTS

_STYLES: Final[dict[Level, tuple[str, str]]] = {
    "fraud": ("✖", "bold white on red"),
    "caution": ("▲", "bold black on yellow"),
    "no_fraud_signs": ("○", "bold white on blue"),
}
_MARKS: Final = {"raises": "bold red", "lowers": "underline blue"}


def print_verdict(console: Console, text: str, verdict: Verdict, lang: Lang) -> None:
    """Print one verdict with its evidence marked in the message."""
    symbol, style = _STYLES[verdict.verdict]
    guidance = verdict.guidance
    head = Text(f" {symbol} {level_words(verdict.verdict, lang)} ", style=style)
    facts = Text(f"{TEXTS['risk_label'].get(lang)}: {_share(verdict.risk)}")
    if verdict.claimed_institution:
        facts.append(f"   {TEXTS['claimed_label'].get(lang)}: {verdict.claimed_institution.name}")
    console.print(head, Text(guidance.summary.get(lang), style="bold"), facts, sep="\n")
    console.print(Panel(marked(text, verdict.evidence), expand=False, border_style="dim"))
    for title, lines in _sections(text, verdict.evidence, guidance, lang):
        console.print(Text(title, style="bold underline"))
        bullets = Table.grid(padding=(0, 1))
        for line in lines:
            bullets.add_row("•", Text(line, overflow="fold"))
        console.print(Padding(bullets, (0, 0, 1, 1)))


def level_words(level: Level, lang: Lang) -> str:
    """The verdict in words, with its remark where it has one."""
    note = TEXTS.get(f"level_{level}_note")
    return TEXTS[f"level_{level}"].get(lang) + (note.get(lang) if note else "")


def _share(risk: float) -> str:
    """The estimate without a precision it doesn't have."""
    if risk < 0.05:
        return "< 5%"
    return "> 95%" if risk > 0.95 else f"{risk:.0%}"


def marked(text: str, evidence: tuple[Evidence, ...]) -> Text:
    """The message with its evidence in colour; control characters made harmless."""
    shown = Text("".join(map(_harmless, text)))
    for item in evidence:
        if item.span is not None:
            shown.stylize(_MARKS[item.direction], item.span.start, item.span.end)
    return shown


def _harmless(character: str) -> str:
    if character.isprintable() or character == "\n":
        return character
    return " " if character.isspace() else "\ufffd"


def _sections(
    text: str, evidence: tuple[Evidence, ...], guidance: Guidance, lang: Lang
) -> list[tuple[str, list[str]]]:
    lines = {
        "how": [_evidence_line(text, item, lang) for item in evidence],
        "do": [item.get(lang) for item in guidance.do],
        "dont": [item.get(lang) for item in guidance.dont],
        "verify": [
            " ".join((route.value, route.label or "", f"({route.source.get(lang)}, {route.as_of})"))
            for route in guidance.verify
        ],
        "report": [
            f"{route.number or route.url or ''} {route.name_en if lang == 'en' else route.name}"
            for route in guidance.report
        ],
    }
    return [(TEXTS[f"{key}_heading"].get(lang), items) for key, items in lines.items() if items]


def _evidence_line(text: str, item: Evidence, lang: Lang) -> str:
    if item.span is None:
        quote = TEXTS["sender_label"].get(lang)
    else:
        quote = marked(text[item.span.start : item.span.end], ()).plain.replace("\n", " ")
    return f"{item.title.get(lang)}「{quote}」\n{item.text.get(lang)}"
