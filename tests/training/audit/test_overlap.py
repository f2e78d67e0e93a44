from __future__ import annotations

import pytest

from tests.training.audit.records import made
from training.audit.overlap import copies, han, nearest, overlap

TRAIN = [
    made("a-1", "您的信用卡已逾期三十天请尽快还款"),
    made("a-2", "今天晚上一起去老地方吃饭怎么样"),
]


@pytest.mark.parametrize(
    ("text", "characters"),
    [("", ""), ("a1，。", ""), ("請１2還款。ok", "请还款"), ("转*账\n到", "转账到")],
)
def test_han(text: str, characters: str) -> None:
    assert han(text) == characters


@pytest.mark.parametrize(
    "text",
    [
        "您的信用卡已逾期三十天，请尽快还款！95555",
        "您的信用卡，已逾期三十天，请尽快",
        "【银行】您的信用卡已逾期三十天请尽快还款，谢谢",
    ],
)
def test_copies_with_other_numbers_and_marks(text: str) -> None:
    assert copies(TRAIN, [made("b-1", text)]) == [("b-1", "a-1")]


def test_stock_phrases_are_no_copies() -> None:
    assert (
        copies(TRAIN, [made("b-1", "请尽快还款"), made("b-2", "今天晚上一起去看电影好不好")]) == []
    )


def test_the_nearest() -> None:
    (one, other) = nearest(
        TRAIN, [made("b-1", "今天晚上一起去老地方喝酒"), made("b-2", "毫不相干的内容在这里")]
    )
    assert (one.record, one.nearest) == ("b-1", "a-2")
    assert 0.3 < one.similarity < 1
    assert (other.nearest, other.similarity) == ("", 0.0)


def test_figures() -> None:
    figures = overlap(TRAIN, [made("b-1", TRAIN[0].text), made("b-2", "毫不相干的内容在这里")])
    assert figures["n"] == 2
    assert figures["copies"] == 1
    assert figures["similarity_max"] == 1
    assert figures["similarity_p50"] == 0.5
