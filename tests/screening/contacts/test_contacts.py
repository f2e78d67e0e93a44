from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.normalize import normalize
from screening.contacts import PHONE_KINDS, Kind, Trait, find_contacts

WORDS = (
    "13900004821 +86 00852 - . a.cn / @ : 95511 0 元 ( ) 6222 0000 http:// 尾号 1 。 , 021 400"
    " 点 com 微信 同号 vx a_0042 qq whatsapp line 户名 王小明 有限公司 下载 “ ” app 扫"
    " 二维码 会议号 (2025) 京0105民初 号 案号"
    " hk$ 万 三千 前 24小时 内 今天 截止 一三九 零零 ★ ❸ ** xn--80a а.top"
    " weixin:// 拨打 110 对公账户 账号 3301 财务 蒋 小蒋 转给 汇至 转让予 代收 今天 不 还 失效 给你"
    " 个人码 我发的码 编号 调 字第 号 两 千 蚊"
)
PIECES = st.lists(st.sampled_from([*WORDS.split(), " ", "\n"])).map("".join)


@given(st.one_of(st.text(), PIECES))
def test_any_text_gives_contacts_inside_it_sorted_and_apart(text: str) -> None:
    canonical = normalize(text).text
    end = 0
    for point in find_contacts(canonical):
        assert end <= point.start < point.end <= len(canonical)
        assert point.value
        assert point.kind in get_args(Kind)
        assert point.trait in get_args(Trait)
        end = point.end


@given(PIECES)
def test_numbers_consist_of_digits(text: str) -> None:
    for point in find_contacts(normalize(text).text):
        if point.kind in PHONE_KINDS:
            assert point.value.isascii()
            assert point.value.isdigit()


@given(PIECES)
def test_hosts_are_ascii(text: str) -> None:
    for point in find_contacts(normalize(text).text):
        assert point.kind != "link" or point.value.isascii()


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "一",
        "1 ",
        "微信",
        "13900004821微信同号",
        "户名",
        "(2025)京",
        "a.",
        "下载“",
        "转给财务蒋",
        "付“云桥",
        "6222 0000 0000 4821 ",
        "转让予云",
        "今天不",
        "对公账户3301 ",
        "两千",
        "编号调",
        "扫我",
    ],
)
def test_long_repetition_is_read(unit: str) -> None:
    text = (unit * 20_000)[:20_000]
    assert all(point.end <= len(text) for point in find_contacts(text))


def test_one_message_is_read_whole() -> None:
    text = normalize(
        "案号（2025）京0199民初1234号：欠款6,418.27元，请于今天17点前联系微信yq_0042或139-0000-4821，"
        "付至户名：蒋立新，6222 0000 0000 4821，或扫二维码，详见pa-hk8.top"
    ).text
    assert [point.kind for point in find_contacts(text)] == [
        "case_number",
        "amount",
        "deadline",
        "wechat",
        "mobile",
        "payee",
        "card",
        "qr",
        "link",
    ]
