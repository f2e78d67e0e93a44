from __future__ import annotations

import pytest
from pydantic import ValidationError

from data.words import Words, traditional

BOTH = Words(zh="转账到账户里", en="pay into")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", "转账到账户里"),
        ("zh-Hant", "轉帳到帳戶裡"),
        ("en", "pay into"),
        ("fr", "转账到账户里"),
    ],
)
def test_get(lang: str, words: str) -> None:
    assert BOTH.get(lang) == words


def test_own_traditional_words_are_kept() -> None:
    own = Words(zh="马上拨 165", zh_hant="馬上撥 165 報案", en="call 165")
    assert own.get("zh-Hant") == "馬上撥 165 報案"
    assert Words.model_validate(own.model_dump()) == own


@pytest.mark.parametrize("values", [{"zh": "", "en": "x"}, {"zh": "x"}, {"en": "x"}, {"zh": 3}])
def test_both_languages_are_needed(values: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Words.model_validate(values)


def test_traditional() -> None:
    assert traditional("不要说出验证码") == "不要說出驗證碼"
