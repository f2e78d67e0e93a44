from __future__ import annotations

import pytest

from tests.training.base_model.sample import CONTROL, SPECIAL
from training.base_model.container import SpecialIds
from training.base_model.vocabulary import choose_pieces


@pytest.mark.parametrize(
    ("piece", "kept"),
    [
        ("你好", True),
        ("\u2581银行", True),
        ("\U00020000", True),
        ("你,", False),
        ("你！", True),
        ("〇", True),
        ("😀", True),
        ("❤\ufe0f", True),
        ("\u2581", True),
        ("①", True),
        (".。", True),
        ("ab", True),
        ("12345", True),
        ("...", True),
        ("3.5%", True),
        ("word", False),
        ("5G网络", False),
        ("я", True),
        ("か", True),
        ("é", True),
        ("ㄅ", True),
        ("ди", False),
        ("かな", False),
        ("ا", False),
        ("한", False),
        ("Ꭰ", False),
    ],
)
def test_choice_by_kind_of_piece(piece: str, kept: bool) -> None:
    pieces = [*CONTROL, piece, "<mask>"]
    chosen = choose_pieces(pieces, [0.0] * len(pieces), SPECIAL, ascii_words=0)
    assert chosen == ([0, 1, 2, 3, 4, 5] if kept else [0, 1, 2, 3, 5])


def test_the_best_scored_ascii_words_stay_in_the_order_of_old_ids() -> None:
    pieces = [*CONTROL, "<mask>", "low", "best", "tie", "same", "我"]
    scores = [0.0, 0.0, 0.0, 0.0, 0.0, -9.0, -1.0, -2.0, -2.0, -20.0]
    chosen = choose_pieces(pieces, scores, SPECIAL, ascii_words=2)
    assert chosen == [0, 1, 2, 3, 6, 7, 9, 4]


def test_control_pieces_come_where_bert_expects_them() -> None:
    pieces = ["</s>", "<unk>", "我", "<pad>", "<mask>", "<s>"]
    special = SpecialIds(bos=5, eos=0, pad=3, unk=1)
    assert choose_pieces(pieces, [0.0] * len(pieces), special) == [5, 3, 0, 1, 2, 4]
