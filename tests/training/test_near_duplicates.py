from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.near_duplicates import Index, jaccard, near_distinct, shingles

TEXTS = st.lists(st.text(st.sampled_from("请尽快还款"), max_size=12), max_size=12)


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("", {""}),
        ("还款", {"还款"}),
        ("请尽快还款", {"请尽快还款"}),
        ("请尽快还款吧", {"请尽快还款", "尽快还款吧"}),
        ("请，尽 快_还款！吧", {"请尽快还款", "尽快还款吧"}),
        ("請儘快還款", {"请尽快还款"}),
        ("拨95588", {"拨0000", "00000"}),
        ("aaaaaaa", {"aaaaa"}),
    ],
)
def test_shingles(text: str, grams: set[str]) -> None:
    assert shingles(text) == grams


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [("abc", "abc", 1.0), ("abc", "bcd", 0.5), ("ab", "cd", 0.0), ("", "", 0.0), ("", "a", 0.0)],
)
def test_jaccard(one: str, other: str, share: float) -> None:
    assert jaccard(frozenset(one), frozenset(other)) == share
    assert jaccard(frozenset(other), frozenset(one)) == share


def test_find_gives_the_first_text_that_is_near_enough() -> None:
    index = Index()
    numbers = [index.add(frozenset(text)) for text in ("abcd", "wxyz", "abce")]
    assert numbers == [0, 1, 2]
    assert index.find(frozenset("abcd")) == 0
    assert index.find(frozenset("bce")) == 2  # 2 of 5 shared with the first: not enough
    assert index.find(frozenset("xyz")) == 1
    assert index.find(frozenset("abmnop")) is None
    assert index.find(frozenset()) is None


@pytest.mark.parametrize(("threshold", "found"), [(0.5, 0), (0.51, None), (1.0, None)])
def test_the_threshold_is_included(threshold: float, found: int | None) -> None:
    index = Index(threshold)
    index.add(frozenset("abc"))
    assert index.find(frozenset("bcd")) == found


def test_boilerplate_alone_finds_nothing_but_rare_grams_do() -> None:
    index = Index()
    for number in range(301):
        index.add(frozenset({"common", f"rare {number}", f"other {number}"}))
    assert index.find(frozenset({"common"})) is None
    assert index.find(frozenset({"common", "rare 7", "other 7"})) == 7


def test_numbers_do_not_make_texts_distinct() -> None:
    texts = ["您尾号1234的卡欠款5000元", "您尾号9876的卡欠款8000元", "今晚一起吃饭吗我请客"]
    assert list(near_distinct(texts, Index())) == [texts[0], texts[2]]


def test_texts_already_in_the_index_are_left_out() -> None:
    index = Index()
    index.add(shingles("今晚一起吃饭吗我请客"))
    assert list(near_distinct(["今晚一起吃饭吗我请客！", "快递到了驿站"], index)) == [
        "快递到了驿站"
    ]


@given(TEXTS)
def test_what_remains_is_distinct_and_what_is_dropped_is_not(texts: list[str]) -> None:
    kept = list(near_distinct(texts, Index()))
    grams = [shingles(text) for text in kept]
    for number, one in enumerate(grams):
        assert all(jaccard(one, other) < 0.5 for other in grams[:number])
    for text in texts:
        assert any(jaccard(shingles(text), other) >= 0.5 for other in grams)
