"""Which of the two languages a caller reads."""

from __future__ import annotations

from typing import Literal

Lang = Literal["zh", "en"]


def preferred_language(accept_language: str | None) -> Lang:
    """Read an Accept-Language header (RFC 9110, section 12.5.4); Chinese unless English leads."""
    best: tuple[float, Lang] = (0.0, "zh")
    for part in (accept_language or "").split(",")[:20]:
        tag, _, parameter = part.strip().partition(";")
        weight = _weight(parameter.strip())
        lang: Lang | None = _lang(tag.strip().lower())
        if lang is not None and weight > best[0]:
            best = weight, lang
    return best[1]


def _lang(tag: str) -> Lang | None:
    if tag.startswith("en"):
        return "en"
    return "zh" if tag.startswith("zh") or tag == "*" else None


def _weight(parameter: str) -> float:
    if not parameter:
        return 1.0
    try:
        return float(parameter.removeprefix("q="))
    except ValueError:
        return 0.0
