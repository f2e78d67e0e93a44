from __future__ import annotations

from tests.training.base_model.sample import KEPT, make_container
from training.base_model.tokenizer import build_tokenizer


def test_texts_are_normalised_as_xlm_r_does() -> None:
    tokenizer = build_tokenizer(make_container(), KEPT)
    assert tokenizer.encode("你好  银行！").tokens == [
        "<s>", "\u2581", "你好", "\u2581", "银行", "!", "</s>",
    ]  # fmt: skip
    assert tokenizer.encode("ａ\u200dｂ").tokens == ["<s>", "\u2581", "a", "\u2581", "b", "</s>"]
    assert tokenizer.encode("a", "b").tokens == [
        "<s>", "\u2581", "a", "</s>", "</s>", "\u2581", "b", "</s>",
    ]  # fmt: skip
    assert tokenizer.encode("<mask>", add_special_tokens=False).ids == [len(KEPT) - 1]
    assert tokenizer.encode("龘", add_special_tokens=False).ids[-1] == 3


def test_loading_and_saving_again_changes_nothing() -> None:
    tokenizer = build_tokenizer(make_container(), KEPT)
    assert tokenizer.from_str(tokenizer.to_str()).to_str() == tokenizer.to_str()
