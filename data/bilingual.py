"""Words for people, in both languages."""

from __future__ import annotations

from pydantic import Field

from data.files import Entry


class Bilingual(Entry):
    """The same words in Chinese and English."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def get(self, lang: str) -> str:
        """English for `en`, Chinese for anything else."""
        return self.en if lang == "en" else self.zh
