from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.verdict import Evidence
from serving.web.page import Direction, reasons, segments
from tests.serving.web.samples import make_evidence

Cut = list[tuple[str, tuple[str, ...], Direction | None]]


@pytest.mark.parametrize(
    ("text", "evidence", "expected"),
    [
        pytest.param("", [], [], id="empty text"),
        pytest.param("abc", [], [("abc", (), None)], id="no evidence"),
        pytest.param("abc", [make_evidence("x", 0, 0)], [("abc", (), None)], id="sender only"),
        pytest.param("abc", [make_evidence("x", 0, 3)], [("abc", ("x",), "raises")], id="whole"),
        pytest.param(
            "abcd",
            [make_evidence("x", 1, 3, "lowers")],
            [("a", (), None), ("bc", ("x",), "lowers"), ("d", (), None)],
            id="middle",
        ),
        pytest.param(
            "abcd",
            [make_evidence("x", 0, 3, "lowers"), make_evidence("y", 2, 4)],
            [("ab", ("x",), "lowers"), ("c", ("x", "y"), "raises"), ("d", ("y",), "raises")],
            id="overlap: raises wins",
        ),
        pytest.param(
            "abc",
            [make_evidence("x", 0, 3), make_evidence("y", 1, 2, "lowers")],
            [("a", ("x",), "raises"), ("b", ("x", "y"), "raises"), ("c", ("x",), "raises")],
            id="nested",
        ),
        pytest.param(
            "ab",
            [make_evidence("x", 0, 1), make_evidence("x", 0, 1), make_evidence("y", 1, 2)],
            [("a", ("x",), "raises"), ("b", ("y",), "raises")],
            id="same code twice, adjacent",
        ),
        pytest.param(
            "a💰b", [make_evidence("x", 1, 2)],
            [("a", (), None), ("💰", ("x",), "raises"), ("b", (), None)],
            id="code points",
        ),
        pytest.param("ab", [make_evidence("x", 1, 9)],
            [("a", (), None), ("b", ("x",), "raises")], id="past the end"),
        pytest.param("ab", [make_evidence("x", 5, 9)], [("ab", (), None)], id="outside"),
    ],
)  # fmt: skip
def test_segments(text: str, evidence: list[Evidence], expected: Cut) -> None:
    assert [(s.text, s.codes, s.direction) for s in segments(text, evidence)] == expected


def test_titles_go_with_codes() -> None:
    (segment,) = segments("ab", [make_evidence("x", 0, 2), make_evidence("y", 0, 2)])
    assert [title.en for title in segment.titles] == ["title x", "title y"]


def evidence_lists() -> st.SearchStrategy[list[Evidence]]:
    spans = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda s: (s[0], s[0] + s[1]))
    directions: st.SearchStrategy[Direction] = st.sampled_from(["raises", "lowers"])
    one = st.builds(
        lambda code, span, direction: make_evidence(code, span[0], span[1], direction),
        st.sampled_from("abcd"),
        spans,
        directions,
    )
    return st.lists(one, max_size=8)


@given(st.text(max_size=40), evidence_lists())
def test_joined_segments_are_the_text(text: str, evidence: list[Evidence]) -> None:
    cut = segments(text, evidence)
    assert "".join(segment.text for segment in cut) == text
    assert all(segment.text for segment in cut)


@given(st.text(max_size=40), evidence_lists())
def test_every_character_has_exactly_the_evidence_that_covers_it(
    text: str, evidence: list[Evidence]
) -> None:
    position = 0
    for segment in segments(text, evidence):
        for index in range(position, position + len(segment.text)):
            covering = [e for e in evidence if e.span and e.span.start <= index < e.span.end]
            assert set(segment.codes) == {e.code for e in covering}
            assert (segment.direction == "raises") == any(e.direction == "raises" for e in covering)
            assert (segment.direction is None) == (not covering)
        position += len(segment.text)


def test_reasons_are_numbered_in_reading_order_one_for_each_code() -> None:
    notes = reasons(
        [
            make_evidence("late", 9, 10),
            make_evidence("twice", 7, 8),
            make_evidence("twice", 2, 3),
            make_evidence("early", 5, 6),
            make_evidence("sender", 0, 0),
        ]
    )
    assert [(n.number, n.code, n.from_sender) for n in notes] == [
        (1, "sender", True),
        (2, "twice", False),
        (3, "early", False),
        (4, "late", False),
    ]
