from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.normalize import normalize
from training.augment.operators import _TABLES, HELD_OUT, TRAINING, UNDONE

EVERY = TRAINING | HELD_OUT | UNDONE
TEXTS = st.text(st.sampled_from("您的信用卡逾期请转账加微信ab129，。\n💰"), max_size=40)
NAMES = st.sampled_from(sorted(EVERY))


@pytest.mark.parametrize(
    ("name", "text", "disguised"),
    [
        ("look_alike", "已还款", "己坏歀"),
        ("split_characters", "转账给李", "车专贝长纟合木子"),
        ("traditional", "转账", "轉賬"),
        ("pinyin_initials", "微信wx", "wxwx"),
        ("full_pinyin", "转账", "zhuanzhang"),
        ("emoji", "加微信转钱", "➕💚转💰"),
        ("full_width", "a1，转", "ａ１，转"),
    ],
)
def test_in_full_strength(name: str, text: str, disguised: str) -> None:
    assert EVERY[name](text, Random(1), 1.0) == disguised


def test_shuffling_swaps_neighbours() -> None:
    texts = {EVERY["shuffle"]("转账a还款", Random(seed), 1.0) for seed in range(40)}
    assert texts == {"转账a还款", "账转a还款", "转账a款还", "账转a款还"}


def test_a_homophone_sounds_the_same_and_is_another_character() -> None:
    found = {EVERY["homophone"]("账", Random(seed), 1.0) for seed in range(40)}
    assert len(found) > 5
    assert found <= set("张章彰漳掌涨杖丈帐账仗胀瘴障樟长")


def test_numbers_take_every_form() -> None:
    found = {EVERY["number_forms"]("尾号12", Random(seed), 1.0) for seed in range(60)}
    assert found == {"尾号一二", "尾号壹贰", "尾号1\ufe0f\u20e32\ufe0f\u20e3"}


def test_reading_a_screenshot_loses_and_breaks() -> None:
    texts = [EVERY["ocr_noise"]("您的账单已出，共100元\n谢谢", Random(s), 1.0) for s in range(40)]
    assert any("\n" in text.partition("谢")[0].rstrip("\n") for text in texts)
    assert min(len(text.replace("\n", "")) for text in texts) < 12
    assert all("lOO" in text for text in texts)


@pytest.mark.parametrize("name", UNDONE)
@given(text=TEXTS, seed=st.integers(0, 99))
def test_normalising_undoes(name: str, text: str, seed: int) -> None:
    assert normalize(EVERY[name](text, Random(seed), 1.0)).text == normalize(text).text


@pytest.mark.parametrize("name", TRAINING | HELD_OUT)
def test_the_others_reach_the_classifier(name: str) -> None:
    text = "您的信用卡账单已逾期，请尽快转账还款，欠款12元，微信联系"
    disguised = {normalize(EVERY[name](text, Random(seed), 0.6)).text for seed in range(5)}
    assert disguised - {normalize(text).text}


@given(name=NAMES, text=TEXTS, seed=st.integers(0, 99))
def test_no_strength_no_change(name: str, text: str, seed: int) -> None:
    assert EVERY[name](text, Random(seed), 0.0) == text


@given(name=NAMES, text=TEXTS, seed=st.integers(0, 99), strength=st.floats(0, 1))
def test_the_generator_decides(name: str, text: str, seed: int, strength: float) -> None:
    one, same = (EVERY[name](text, Random(seed), strength) for _ in range(2))
    assert one == same


def test_what_is_measured_is_not_trained() -> None:
    assert not TRAINING.keys() & HELD_OUT.keys()
    assert not set(_TABLES["ocr"].items()) & set(_TABLES["look_alike"].items())
    assert len(EVERY) == 13
    assert len(set(EVERY.values())) == 13
