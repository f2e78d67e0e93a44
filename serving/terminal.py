"""A verdict as readable, coloured text for a terminal."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from data.tactic import Bilingual
from screening.verdict import Evidence, Guidance, Level, Verdict
from serving.language import Lang

LEVELS: Final[dict[Level, tuple[str, Bilingual]]] = {
    "fraud": ("bold white on red", Bilingual(zh="✖ 很可能是诈骗或冒充", en="✖ Likely fraud")),
    "caution": ("bold black on yellow", Bilingual(zh="▲ 无法判断，先核实", en="▲ Check first")),
    "no_fraud_signs": (
        "bold white on blue",
        Bilingual(zh="○ 没有发现诈骗迹象（不等于安全）", en="○ No sign of fraud (not proof)"),
    ),
}
_WORDS: Final = {
    "risk": Bilingual(zh="诈骗可能性（估计）", en="Estimated risk of fraud"),
    "claims": Bilingual(zh="对方自称", en="Claims to be"),
    "evidence": Bilingual(zh="依据", en="Evidence"),
    "do": Bilingual(zh="怎么做", en="What to do"),
    "dont": Bilingual(zh="不要做", en="What not to do"),
    "verify": Bilingual(zh="官方核实渠道", en="Official route"),
    "report": Bilingual(zh="咨询与举报", en="Advice and reports"),
    "sender": Bilingual(zh="发送方", en="sender"),
}
_MARKS: Final = {"raises": "bold red", "lowers": "underline blue"}


def print_verdict(console: Console, text: str, verdict: Verdict, lang: Lang) -> None:
    """Print one verdict with its evidence marked in the message."""
    style, words = LEVELS[verdict.verdict]
    guidance = verdict.guidance
    head = Text(f" {words.get(lang)} ", style=style)
    facts = Text(f"{_WORDS['risk'].get(lang)}: {_share(verdict.risk)}")
    if verdict.claimed_institution:
        facts.append(f"   {_WORDS['claims'].get(lang)}: {verdict.claimed_institution.name}")
    console.print(head, Text(guidance.summary.get(lang), style="bold"), facts, sep="\n")
    console.print(Panel(marked(text, verdict.evidence), expand=False, border_style="dim"))
    for title, lines in _sections(text, verdict.evidence, guidance, lang):
        console.print(Text(title, style="bold underline"))
        bullets = Table.grid(padding=(0, 1))
        for line in lines:
            bullets.add_row("•", Text(line, overflow="fold"))
        console.print(Padding(bullets, (0, 0, 1, 1)))


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
        "evidence": [_evidence_line(text, item, lang) for item in evidence],
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
    return [(_WORDS[key].get(lang), items) for key, items in lines.items() if items]


def _evidence_line(text: str, item: Evidence, lang: Lang) -> str:
    if item.span is None:
        quote = _WORDS["sender"].get(lang)
    else:
        quote = marked(text[item.span.start : item.span.end], ()).plain.replace("\n", " ")
    return f"{item.title.get(lang)}「{quote}」\n{item.text.get(lang)}"
