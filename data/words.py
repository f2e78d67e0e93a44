"""Words for people, in simplified and traditional Chinese and in English."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal, get_args

from opencc import OpenCC
from pydantic import Field, model_validator

from data.files import Entry

Lang = Literal["zh", "zh-Hant", "en"]

# Words of Taiwan, most of which Hong Kong reads as its own; OpenCC's table makes 登出 of 注销.
_LOCAL: Final = (
    ("賬", "帳"), ("鏈接", "連結"), ("屏幕", "螢幕"), ("消息", "訊息"), ("聯繫", "聯絡"),
    ("粘貼", "貼上"), ("共享", "分享"), ("應用商店", "App 商店"), ("域名", "網域"),
    ("卸載", "移除"), ("拉黑", "封鎖"), ("網銀", "網路銀行"), ("刷臉", "人臉辨識"),
    ("“", "「"), ("”", "」"),
)  # fmt: skip
LANGS: Final[tuple[Lang, ...]] = get_args(Lang)


class Words(Entry):
    """The same words in three scripts.

    Attributes:
        zh: Chinese in simplified characters.
        zh_hant: in traditional characters; converted from `zh` (OpenCC s2tw) where not given.
        en: English.

    """

    zh: str = Field(min_length=1)
    zh_hant: str = ""
    en: str = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _write_traditional(cls, values: object) -> object:
        if (
            isinstance(values, dict)
            and "zh_hant" not in values
            and isinstance(values.get("zh"), str)
        ):
            return values | {"zh_hant": _localized(values["zh"])}
        return values

    def plain(self) -> Words:
        """The words alone, of an entry that holds more than them."""
        return Words(zh=self.zh, zh_hant=self.zh_hant, en=self.en)

    def get(self, lang: str) -> str:
        """English for `en`, traditional for `zh-Hant`, simplified for anything else."""
        if lang == "en":
            return self.en
        return self.zh_hant if lang == "zh-Hant" else self.zh


def traditional(text: str) -> str:
    """Simplified characters to traditional ones as written in Taiwan; words stay as they are."""
    converted: str = _converter().convert(text)
    return converted.replace("賬", "帳")


def _localized(text: str) -> str:
    """The same, with everyday words that readers there use. Not for names of institutions."""
    converted = traditional(text)
    for word, local in _LOCAL:
        converted = converted.replace(word, local)
    return converted


@cache
def _converter() -> OpenCC:
    return OpenCC("s2tw")
