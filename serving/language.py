"""Which language and script a caller reads."""

from __future__ import annotations

from typing import Final

from data.words import LANGS
from data.words import Lang as Lang

_TRADITIONAL: Final = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


def preferred_language(accept_language: str | None) -> Lang:
    """Read an Accept-Language header (RFC 9110, section 12.5.4); else simplified Chinese."""
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
    if tag.startswith(_TRADITIONAL):
        return "zh-Hant"
    return "zh" if tag.startswith("zh") or tag == "*" else None


def _weight(parameter: str) -> float:
    if not parameter:
        return 1.0
    try:
        return float(parameter.removeprefix("q="))
    except ValueError:
        return 0.0


def named_language(name: str | None) -> Lang | None:
    """The language of this name, in any case: `zh`, `zh-Hant`, `en`."""
    return next((lang for lang in LANGS if lang.lower() == (name or "").lower()), None)
