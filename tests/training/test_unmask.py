from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.corpora import Masks
from training.unmask import unmask

ALL: tuple[Masks, ...] = (
    "none",
    "segmented_placeholders",
    "x_digits",
    "angle_tokens",
    "star_digits",
)


@pytest.mark.parametrize(
    ("masks", "text", "pattern"),
    [
        ("none", "尾号xxxx ** <#> DIGIT", r"尾号xxxx \*\* <#> DIGIT"),
        ("segmented_placeholders", "尊敬 的 客户", "尊敬的客户"),
        ("segmented_placeholders", " 请 拨打 HOTLINE ", r"请拨打400-[1-9]\d\d-[1-9]\d{3}"),
        ("segmented_placeholders", "加 WECHAT", r"加[a-z]{4}[1-9]\d{3}"),
        ("segmented_placeholders", "加 QQ 号", r"加[1-9]\d{8}号"),
        ("segmented_placeholders", "欠 DIGIT 元", r"欠[1-9]\d{0,3}元"),
        ("segmented_placeholders", "点 URL", r"点(http://|www\.)?[a-z]{6}\.com/[a-z]{3}"),
        ("segmented_placeholders", "电 CELLPHONE", r"电1[3578][1-9]0000[1-9]\d{3}"),
        ("segmented_placeholders", "电 PHONE", r"电0[1-9]\d-[1-9]\d{7}"),
        ("segmented_placeholders", "【 BANK 】", r"【\w+银行】"),
        ("segmented_placeholders", "NAME 您好", r"\w(先生|女士|经理|某)您好"),
        ("segmented_placeholders", "在 PLACE", r"在\w\w"),
        ("segmented_placeholders", "EMAIL", r"[a-z]{6}@[a-z]{4}\.com"),
        ("segmented_placeholders", "COMPANY", r"\w\w商贸公司"),
        ("segmented_placeholders", "buy now 请", "buy now请"),
        ("x_digits", "尾号xxxx", r"尾号[1-9]\d{3}"),
        ("x_digits", "欠XX元，欠x元", r"欠[1-9]\d元，欠[1-9]元"),
        ("x_digits", "iPhoneX max 微信axb", "iPhoneX max 微信axb"),
        ("angle_tokens", "见<TIME>，<#>", r"见[1-9]\d{0,3}，[1-9]\d{0,3}"),
        ("angle_tokens", "写<EMAIL ADDRESS>", r"写[1-9]\d{0,3}"),
        ("angle_tokens", "<b> <WORD>", "<b> <WORD>"),
        ("star_digits", "尾号****的卡", r"尾号[1-9]\d{1,3}的卡"),
        ("star_digits", "3*4", r"3\*4"),
    ],
)
def test_table(masks: Masks, text: str, pattern: str) -> None:
    for seed in ("a", "b", "c", "d"):
        assert re.fullmatch(pattern, unmask(text, masks, seed)), unmask(text, masks, seed)


@pytest.mark.parametrize("masks", ALL)
@given(text=st.text(st.sampled_from("催款 xX*<#>DIGITURL12")), seed=st.text(max_size=3))
def test_the_seed_alone_decides(masks: Masks, text: str, seed: str) -> None:
    assert unmask(text, masks, seed) == unmask(text, masks, seed)


def test_another_seed_gives_other_numbers() -> None:
    assert len({unmask("xxxxxxxx", "x_digits", str(seed)) for seed in range(20)}) == 20


def test_the_same_mask_twice_gives_two_numbers() -> None:
    first, second = unmask("xxxxxxxx，xxxxxxxx", "x_digits", "a").split("，")
    assert first != second
