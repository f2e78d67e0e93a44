from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.audit.records import made
from training.augment.dilution import diluted

SCAM = made("g-1", "请转入专员账户", "impersonation")
HARMLESS = [made("g-2", "甲" * 200), made("g-3", "乙" * 90 + "丙" * 90), made("g-4", "丁戊")]
SEEDS = [str(seed) for seed in range(200)]
FILLER = set("甲乙丙丁戊")


def around(text: str) -> tuple[str, str]:
    before, found, after = text.partition(SCAM.text)
    assert found
    return before, after


@given(st.text())
def test_the_message_stands_whole_among_harmless_words(seed: str) -> None:
    before, after = around(diluted(SCAM, HARMLESS, seed))
    assert before or after
    for piece in (before, after):
        words = piece.strip("\n ")
        assert set(words) <= FILLER
        assert len(words) <= 110
        assert len(piece) - len(words) <= 1


def test_filler_stands_before_after_and_on_both_sides() -> None:
    sides = [tuple(map(bool, around(diluted(SCAM, HARMLESS, seed)))) for seed in SEEDS]
    assert set(sides) == {(True, False), (False, True), (True, True)}
    shares = [sides.count(side) / len(sides) for side in ((True, False), (False, True))]
    assert shares == pytest.approx([0.36, 0.4], abs=0.1)


def test_pieces_are_beginnings_and_ends_of_many_lengths() -> None:
    words = [
        piece.strip("\n ") for seed in SEEDS for piece in around(diluted(SCAM, HARMLESS, seed))
    ]
    of_two = [word for word in words if set(word) == {"乙"} or set(word) == {"丙"}]
    assert {word[0] for word in of_two} == {"乙", "丙"}
    lengths = {len(word) for word in words if set(word) == {"甲"}}
    assert min(lengths) >= 20
    assert len(lengths) > 20
    assert "丁戊" in words  # short ones are taken whole


def test_pieces_join_in_several_ways() -> None:
    texts = [diluted(SCAM, HARMLESS, seed) for seed in SEEDS]
    joints = {before[-1:] if before else after[:1] for before, after in map(around, texts)}
    assert {"\n", " "} < joints


def test_the_seed_decides() -> None:
    assert diluted(SCAM, HARMLESS, "1") == diluted(SCAM, HARMLESS, "1")
    assert len({diluted(SCAM, HARMLESS, seed) for seed in SEEDS[:20]}) > 10


def test_twins_get_the_same_pieces_in_the_same_places() -> None:
    twin = made("g-9", "请还至官方账户", "genuine_collection")
    for seed in SEEDS[:20]:
        one, other = (diluted(record, HARMLESS, seed) for record in (SCAM, twin))
        assert one.replace(SCAM.text, twin.text) == other
