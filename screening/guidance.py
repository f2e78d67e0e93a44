"""What to do, whom to call, where to report. Built from the directory, never from the message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from data.advice import Advice, AdviceBook, LenderState, Part, Situation, When
from data.institution import Institution, Region
from data.labels import Category, Level, Role
from data.words import Words, traditional
from screening.directory import Directory
from screening.negation import is_own_line
from screening.routes import official_routes, report_route
from screening.verdict import Guidance, HappenedGuidance, OfficialRoute, ReportRoute

_OWN_LINE = re.compile(r"^我:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Case:
    """All that guidance depends on. None of it is a number, link or account of the message.

    Attributes:
        codes: evidence codes found.
        happened: ids of situations that the reader's own words tell.

    """

    level: Level
    category: Category
    institution: str | None
    role: Role | None
    regions: tuple[Region, ...]
    codes: frozenset[str]
    happened: frozenset[str] = frozenset()


def situations_told(text: str, book: AdviceBook) -> frozenset[str]:
    """Ids of the situations that the lines "我:" of a pasted conversation (canonical) tell."""
    if not _OWN_LINE.search(text):
        return frozenset()
    return frozenset(
        each.id
        for each in book.situations
        for sign in re.finditer(each.signs, text)
        if is_own_line(text, sign.end() - 1)
    )


def build_guidance(case: Case, book: AdviceBook, directory: Directory, today: date) -> Guidance:
    """Guidance for one case.

    Args:
        today: entries of the directory that are due to be checked are marked.

    """
    institution = directory.institutions.get(case.institution or "")
    verify = tuple(official_routes(institution, today)) if institution else ()
    lender = _lender_state(institution, verify)

    def told(part: Part) -> tuple[Words, ...]:
        return tuple(
            _filled(each, institution, verify)
            for each in book.advice
            if each.part == part and _applies(each.when, case, lender)
        )

    return Guidance(
        summary=told("summary")[0],
        do=told("do"),
        dont=told("dont"),
        verify=verify,
        happened=tuple(_happened(book.situations, case)),
        keep=told("keep"),
        rights=told("rights"),
        report=tuple(_report(case, lender, book, directory, today)),
        share=told("share")[0],
    )


def _lender_state(
    institution: Institution | None, verify: tuple[OfficialRoute, ...]
) -> frozenset[LenderState]:
    if institution is None:
        return frozenset({"nobody"})
    if not verify:
        return frozenset({"unlisted"})
    return frozenset({"known", "phone"} if _phone(verify) else {"known"})


def _phone(verify: tuple[OfficialRoute, ...]) -> str | None:
    return next((route.value for route in verify if "hotline" in route.type), None)


def _applies(when: When, case: Case, lender: frozenset[LenderState]) -> bool:
    return (
        (not when.levels or case.level in when.levels)
        and (not when.categories or case.category in when.categories)
        and (not when.codes or not case.codes.isdisjoint(when.codes))
        and (not when.roles or case.role in when.roles)
        and (not when.regions or not set(when.regions).isdisjoint(case.regions))
        and (not when.lender or not lender.isdisjoint(when.lender))
    )


def _filled(
    advice: Advice, institution: Institution | None, verify: tuple[OfficialRoute, ...]
) -> Words:
    if institution is None or advice.when.lender != ("phone",):
        return advice.plain()
    phone = _phone(verify) or ""
    name = institution.short_name
    return Words(
        zh=advice.zh.format(lender=name, phone=phone),
        zh_hant=advice.zh_hant.format(lender=traditional(name), phone=phone),
        en=advice.en.format(lender=name, phone=phone),
    )


def _happened(situations: Iterable[Situation], case: Case) -> Iterator[HappenedGuidance]:
    """Every situation, those that the reader told first."""
    for each in sorted(situations, key=lambda situation: situation.id not in case.happened):
        yield HappenedGuidance(
            id=each.id,
            told=each.id in case.happened,
            title=each.title,
            do=tuple(
                step.plain()
                for step in each.do
                if not step.regions or not set(step.regions).isdisjoint(case.regions)
            ),
        )


def _report(
    case: Case,
    lender: frozenset[LenderState],
    book: AdviceBook,
    directory: Directory,
    today: date,
) -> Iterator[ReportRoute]:
    """Channels to name, most urgent first, each once."""
    ids = [each.channel for each in book.report if _applies(each.when, case, lender)]
    for channel in dict.fromkeys(ids):
        if channel in directory.channels:
            yield report_route(directory.channels[channel], today)
