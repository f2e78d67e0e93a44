"""Fill what public corpora masked, so that a mask doesn't give its source away."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Final

from data.corpora import Masks

_HAN_GAP = re.compile(r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])")
_PLACEHOLDER = re.compile(
    r"DIGIT|URL|CELLPHONE|PHONE|HOTLINE|BANK|WECHAT|QQ|NAME|PLACE|EMAIL|COMPANY"
)
_X_RUN = re.compile(r"(?<![a-wyzA-WYZ])[xX]{1,}(?![a-wyzA-WYZ])")
_STAR_RUN = re.compile(r"\*{2,}")
_ANGLE = re.compile(r"<(#|DECIMAL|TIME|URL|EMAIL|IP|DATE|EMAIL ADDRESS)>")
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_PLACES = ("上海", "广州", "成都", "武汉", "长沙", "南京", "郑州", "沈阳", "杭州", "西安")
_BANKS = ("工商银行", "建设银行", "农业银行", "招商银行", "中国银行", "交通银行", "平安银行")
_WORDS = "abcdefghijkmnpqrstuvwxyz"


def _number(rng: random.Random, length: int) -> str:
    first = rng.choice("123456789")
    return first + "".join(rng.choice("0123456789") for _ in range(length - 1))


def _word(rng: random.Random, length: int) -> str:
    return "".join(rng.choice(_WORDS) for _ in range(length))


def _mobile(rng: random.Random) -> str:
    return f"1{rng.choice('3578')}{_number(rng, 1)}0000{_number(rng, 4)}"


_FILLERS: Final[dict[str, Callable[[random.Random], str]]] = {
    "DIGIT": lambda rng: _number(rng, rng.choice((1, 1, 2, 2, 3, 4))),
    "URL": lambda rng: f"{rng.choice(('http://', 'www.', ''))}{_word(rng, 6)}.com/{_word(rng, 3)}",
    "CELLPHONE": _mobile,
    "PHONE": lambda rng: f"0{_number(rng, 2)}-{_number(rng, 8)}",
    "HOTLINE": lambda rng: f"400-{_number(rng, 3)}-{_number(rng, 4)}",
    "BANK": lambda rng: rng.choice(_BANKS),
    "WECHAT": lambda rng: _word(rng, 4) + _number(rng, 4),
    "QQ": lambda rng: _number(rng, 9),
    "NAME": lambda rng: rng.choice(_SURNAMES) + rng.choice(("先生", "女士", "经理", "某")),
    "PLACE": lambda rng: rng.choice(_PLACES),
    "EMAIL": lambda rng: f"{_word(rng, 6)}@{_word(rng, 4)}.com",
    "COMPANY": lambda rng: rng.choice(_PLACES) + "商贸公司",
}


def unmask(text: str, masks: Masks, seed: str) -> str:
    """Fill the masks of one text; the same `seed` gives the same text."""
    rng = random.Random(seed)
    if masks == "segmented_placeholders":
        joined = _HAN_GAP.sub("", text)
        return _PLACEHOLDER.sub(lambda match: _FILLERS[match.group()](rng), joined).strip()
    if masks == "x_digits":
        return _X_RUN.sub(lambda match: _number(rng, len(match.group())), text)
    if masks == "angle_tokens":
        return _ANGLE.sub(lambda _: _number(rng, rng.choice((1, 2, 4))), text)
    if masks == "star_digits":
        return _STAR_RUN.sub(lambda _: _number(rng, rng.choice((2, 3, 4))), text)
    return text
