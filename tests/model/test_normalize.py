from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from model.normalize import mask_digits, normalize

# Any string, lone surrogates included, with disguises more often than chance would have it.
TEXTS = st.text(
    st.one_of(
        st.sampled_from("银行銀還 ａ①⑳\u200b\u00ad\u0301\ufe0f\n\r\t\u3000，1a´㍿\ufdfa\ud800\x00"),
        st.characters(exclude_categories=()),
    )
)

# OpenCC's t2s turns 薴 into 苧 and 苧 into 苎: the one character that settles at the second pass.
UNSETTLED = "薴"


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("", ""),
        ("请尽快还款", "请尽快还款"),
        ("１３８ＡＢｃ", "138abc"),
        ("①②⑩", "1210"),
        ("ⓦⓔⓧⓘⓝ", "wexin"),
        ("㈠", "(一)"),
        ("Wei Xin", "wei xin"),
        ("微\u200b信\u200d\ufeff", "微信"),
        ("转\u00ad账", "转账"),
        ("微\ufe0f信", "微信"),
        ("ㅤ微ﾠ信", "微信"),
        ("w\u0301e\u0336i", "wei"),
        ("a\u00b4b\u00a8", "a b"),
        ("\u0130", "i"),
        ("\x00a\x07b", "ab"),
        ("請儘快還款", "请尽快还款"),
        ("銀⾏", "银行"),
        ("司 法 机 关", "司法机关"),
        ("司\u3000法\t机\u00a0关", "司法机关"),
        ("【工 行】 还款 。 谢谢", "【工行】还款。谢谢"),
        ("加 微信 abc  123", "加微信 abc 123"),
        ("请还 500 元", "请还 500 元"),
        ("  前后  ", "前后"),
        ("一行 \n 二行", "一行\n二行"),
        ("一行\r\n二行\n\n", "一行\n二行\n\n"),
        ("a \u2028 b", "a b"),
        ("微\ud800信\udfff", "微信"),
        ("\ud83d\ude00", ""),
        ("\ufdfa", "\ufdfa"),
        ("㍿", "株式会社"),
        ("😀", "😀"),
    ],
)
def test_canonical_text(text: str, canonical: str) -> None:
    assert normalize(text).text == canonical


@pytest.mark.parametrize(
    ("text", "part", "span"),
    [
        ("请转 １ ３ ８", "1 3 8", (3, 8)),
        ("司 法 机 关来函", "司法机关", (0, 7)),
        ("加微\u200b信号", "微信", (1, 4)),
        ("⑳元", "20", (0, 1)),
        ("⑳元", "0元", (0, 2)),
        ("㍿甲", "会", (0, 1)),
        ("\u200b\u200b中", "中", (2, 3)),
        ("a   b", " ", (1, 2)),
        ("一 \n二", "一\n", (0, 3)),
    ],
)
def test_offsets_lead_back_to_the_original(text: str, part: str, span: tuple[int, int]) -> None:
    normalized = normalize(text)
    start = normalized.text.index(part)
    assert normalized.original_span(start, start + len(part)) == span


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 2), (3, 2), (-1, 1), (0, 4), (3, 4)])
def test_a_span_is_neither_empty_nor_outside(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=rf"range {start}:{end} is empty or outside 0:3"):
        normalize("ＡＢＣ").original_span(start, end)


@pytest.mark.parametrize(
    ("text", "span", "part"),
    [
        ("请转 １ ３ ８", (3, 8), "1 3 8"),
        ("司 法 机 关来函", (0, 7), "司法机关"),
        ("司 法 机 关来函", (1, 4), "法"),
        ("加微\u200b信号", (1, 4), "微信"),
        ("⑳元", (0, 1), "20"),
        ("㍿甲", (0, 1), "株式会社"),
        ("\u200b\u200b中", (0, 3), "中"),
        ("請還款", (1, 3), "还款"),
        ("微\u200b信", (1, 2), None),
        ("司 法", (1, 2), None),
        ("中文", (1, 1), None),
        ("中文", (2, 9), None),
        ("", (0, 1), None),
    ],
)
def test_ranges_of_the_original_are_found_again(
    text: str, span: tuple[int, int], part: str | None
) -> None:
    normalized = normalize(text)
    found = normalized.canonical_span(*span)
    assert (None if found is None else normalized.text[slice(*found)]) == part


@given(TEXTS, st.data())
def test_there_and_back_covers_the_range(text: str, data: st.DataObject) -> None:
    normalized = normalize(text)
    size = len(normalized.text)
    if size:
        start = data.draw(st.integers(0, size - 1))
        end = data.draw(st.integers(start + 1, size))
        original = normalized.original_span(start, end)
        found = normalized.canonical_span(*original)
        assert found is not None
        assert found[0] <= start < end <= found[1]
        # What else is in it comes from the same characters.
        assert normalized.original_span(*found) == original


@pytest.mark.parametrize(
    ("text", "share"), [("", 0.0), ("请还款", 0.0), ("請還款", 2 / 3), ("國 ab", 1 / 4)]
)
def test_share_of_traditional_characters(text: str, share: float) -> None:
    assert normalize(text).traditional == pytest.approx(share)


@given(TEXTS)
def test_offsets_cover_the_canonical_text_in_order(text: str) -> None:
    normalized = normalize(text)
    assert len(normalized.starts) == len(normalized.ends) == len(normalized.text)
    assert list(normalized.starts) == sorted(normalized.starts)
    for start, end in zip(normalized.starts, normalized.ends, strict=True):
        assert 0 <= start < end == start + 1 <= len(text)
    assert 0 <= normalized.traditional <= 1
    assert len(normalized.text) <= 4 * len(text)


@given(TEXTS)
def test_every_character_comes_from_the_place_it_names(text: str) -> None:
    normalized = normalize(text)
    for character, start in zip(normalized.text, normalized.starts, strict=True):
        # Alone, a blank stands at the edge of a line and is dropped.
        assert character == " " or character in normalize(text[start]).text


@given(TEXTS)
def test_a_span_of_any_range_lies_in_the_original(text: str) -> None:
    normalized = normalize(text)
    for start in range(len(normalized.text)):
        first, last = normalized.original_span(start, len(normalized.text))
        assert 0 <= first < last <= len(text)


@given(TEXTS)
@example("´ \u0301")
@example("中 ´ 文")
def test_nothing_invisible_and_no_idle_blank_remains(text: str) -> None:
    canonical = normalize(text).text
    hidden = {c for c in canonical if unicodedata.category(c) in ("Cf", "Cc", "Cs")}
    assert hidden <= {"\n"}
    assert not re.search("[\u0300-\u036f\ufe00-\ufe0f]", canonical)
    assert not re.search(r"  |^ | $|\t|\r", canonical, re.MULTILINE)
    assert not re.search("[\u4e00-\u9fff，。] [\u4e00-\u9fff，。]", canonical)
    assert canonical.count("\n") == text.count("\n")


@given(TEXTS.map(lambda text: text.replace(UNSETTLED, "")))
@example("a ´b")
@example("\u0130")
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize(text).text
    assert normalize(once).text == once


def test_every_common_character_settles_at_once() -> None:
    points = (*range(0xD800), *range(0xE000, 0x10000), *range(0x1D400, 0x20000))
    once = {point: normalize(chr(point)).text for point in points}
    assert "".join(chr(p) for p, text in once.items() if normalize(text).text != text) == UNSETTLED


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("", ""),
        ("尾号123", "尾号123"),
        ("尾号1234", "尾号0000"),
        ("13800001111转9", "00000000000转9"),
        ("400-123-4567", "400-123-0000"),
        ("8,216.40元", "8,216.40元"),
        ("1234 5678", "0000 0000"),
        ("2026年3月", "0000年3月"),
    ],
)
def test_mask_digits(text: str, masked: str) -> None:
    assert mask_digits(text) == masked


@given(st.text(st.sampled_from("0123456789a中 -\n٣")))
def test_mask_keeps_length_and_everything_but_long_numbers(text: str) -> None:
    masked = mask_digits(text)
    assert len(masked) == len(text)
    assert mask_digits(masked) == masked
    assert not re.search(r"[1-9]\d{3}|\d{3}[1-9]", masked)
    for before, after in zip(text, masked, strict=True):
        assert after == before or (before.isdigit() and after == "0")
