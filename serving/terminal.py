"""A verdict as readable, coloured text for a terminal."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from data.words import traditional
from screening.decision import Decision
from screening.lookup import Lookup
from screening.verdict import Evidence, Level, OfficialRoute, ReportRoute, Verdict
from serving.language import Lang
from serving.texts import HIGH_RISK, LOW_RISK, TEXTS

_STYLES: Final[dict[Level, tuple[str, str]]] = {
    "fraud": ("✖", "bold white on red"),
    "caution": ("▲", "bold black on yellow"),
    "no_fraud_signs": ("○", "bold white on blue"),
}
_STEPS: Final = (
    "title",
    "probability",
    "talk",
    "yes",
    "no",
    "not_counted",
    "group",
    "added",
    "band",
)
_MARKS: Final = {"raises": "bold red", "lowers": "underline blue"}


def print_verdict(console: Console, text: str, verdict: Verdict, lang: Lang) -> None:
    """Print one verdict with its evidence marked in the message."""
    symbol, style = _STYLES[verdict.verdict]
    guidance = verdict.guidance
    head = Text(f" {symbol} {level_words(verdict.verdict, lang)} ", style=style)
    reason = Text(verdict.reason.text.get(lang))
    facts = Text(f"{TEXTS['risk_label'].get(lang)}: {_share(verdict.risk)}")
    if verdict.claimed_institution:
        called = in_script(verdict.claimed_institution.called, lang)
        facts.append(f"   {TEXTS['claimed_label'].get(lang)}: {called}")
    if verdict.claimed_role:
        role = TEXTS[f"role_{verdict.claimed_role}"].get(lang)
        facts.append(f"   {TEXTS['role_label'].get(lang)}: {role}")
    console.print(head, Text(guidance.summary.get(lang), style="bold"), reason, facts, sep="\n")
    console.print(Panel(marked(text, verdict.evidence), expand=False, border_style="dim"))
    for title, lines in _sections(text, verdict, lang):
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
    if risk < LOW_RISK:
        return f"< {LOW_RISK:.0%}"
    return f"> {HIGH_RISK:.0%}" if risk > HIGH_RISK else f"{risk:.0%}"


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


def _sections(text: str, verdict: Verdict, lang: Lang) -> list[tuple[str, list[str]]]:
    guidance = verdict.guidance
    verdict_is_wary = verdict.verdict != "no_fraud_signs"
    lines = {
        "told": [step.get(lang) for case in guidance.happened if case.told for step in case.do],
        "how": [_evidence_line(text, item, lang) for item in verdict.evidence],
        "do": [item.get(lang) for item in guidance.do],
        "dont": [item.get(lang) for item in guidance.dont],
        "verify": [route_line(route, lang) for route in guidance.verify],
        "happened": [
            f"{case.title.get(lang)} → {' '.join(step.get(lang) for step in case.do)}"
            for case in guidance.happened
            if verdict_is_wary and not case.told
        ],
        "keep": [item.get(lang) for item in guidance.keep],
        "rights": [item.get(lang) for item in guidance.rights],
        "report": [report_line(route, lang) for route in guidance.report],
        "share": [guidance.share.get(lang)] if verdict_is_wary else [],
    }
    return [(TEXTS[f"{key}_heading"].get(lang), items) for key, items in lines.items() if items]


def _evidence_line(text: str, item: Evidence, lang: Lang) -> str:
    if item.span is None:
        quote = TEXTS["sender_label"].get(lang)
    else:
        quote = marked(text[item.span.start : item.span.end], ()).plain.replace("\n", " ")
    return f"{item.title.get(lang)}「{quote}」\n{item.text.get(lang)}"


def route_line(route: OfficialRoute, lang: Lang) -> str:
    """One official channel with its source and date."""
    source = f"{route.source.get(lang)}, {route.as_of}"
    if route.stale:
        source += f", {TEXTS['stale'].get(lang)}"
    label = in_script(route.label or "", lang)
    return " ".join(part for part in (route.value, label, f"({source})") if part)


def report_line(route: ReportRoute, lang: Lang) -> str:
    """One public channel."""
    name = route.name_en if lang == "en" else in_script(route.name, lang)
    age = f"({TEXTS['stale'].get(lang)})" if route.stale else ""
    return " ".join(part for part in (route.number or route.url, name, age) if part)


def in_script(text: str, lang: Lang) -> str:
    """Chinese words of the directory in the reader's script."""
    return traditional(text) if lang == "zh-Hant" else text


def print_lookup(console: Console, answer: Lookup, lang: Lang) -> None:
    """Print what the directory says to a query."""
    for note in answer.notes:
        console.print(Text(note.get(lang), style="bold"))
    for lender in answer.lenders:
        console.print(Text(f"\n{in_script(lender.name, lang)}  [{lender.id}]", style="underline"))
        for route in lender.routes:
            kind = TEXTS[f"contact_{route.type}"].get(lang)
            console.print(Text(f"  {kind}  {route_line(route, lang)}"))
        for source in lender.sources if lender.routes else ():
            console.print(Text(f"  · {source}", style="dim"))
    for channel in answer.channels:
        use = channel.how_to_use_en if lang == "en" else in_script(channel.how_to_use, lang)
        console.print(Text(f"\n{report_line(channel, lang)} ({channel.as_of})\n  {use}"))


def print_explanation(
    console: Console, text: str, verdict: Verdict, decision: Decision, lang: Lang
) -> None:
    """Print the steps from classifier and evidence to the verdict, and the contacts found."""
    label = {key: TEXTS[f"explain_{key}"].get(lang) for key in _STEPS}
    table = Table(title=label["title"], show_header=False, title_justify="left")
    table.add_row(label["probability"], f"{decision.probability:.4f}")
    table.add_row(label["talk"], label["yes"] if decision.harmless_talk else label["no"])
    for each in decision.findings:
        note = "" if each.counted else f"  ({label['not_counted']})"
        table.add_row(f"  {each.name}", f"{each.weight:+.1f}{note}")
    for group in decision.groups:
        table.add_row(f"{label['group']} {group.name}", f"{group.weight:+.1f}")
    table.add_row(label["added"], f"{decision.added:+.1f}")
    table.add_row(label["band"], f"{decision.band} → {decision.rule.id} → {decision.level}")
    table.add_row(TEXTS["risk_label"].get(lang), f"{decision.risk:.4f}")
    console.print(table)
    for contact in verdict.contacts:
        words = marked(text[contact.span.start : contact.span.end], ()).plain
        owners = f" ({', '.join(contact.owners)})" if contact.owners else ""
        kind = f"{contact.kind}{':' + contact.trait if contact.trait else ''}"
        console.print(Text(f"  {kind}  {words}  {contact.status or ''}{owners}"))
