from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data.labels import Channel
from screening.errors import InputError
from screening.evidence.context import Context
from screening.model_input import ModelInput, model_input
from tests.screening.evidence.reading import read


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        # Phones: whose they are, seen from the lender that is claimed.
        ("【平安银行】请致电95511还款", "【平安银行】请致电〔官方短号〕还款"),
        ("【平安银行】请致电95588还款", "【平安银行】请致电〔别家短号〕还款"),
        ("【工商银行】请致电95588还款", "【工商银行】请致电〔官方短号〕还款"),
        ("请致电95588还款", "请致电〔官方短号〕还款"),  # a hotline of one lender claims it
        ("请致电95511还款", "请致电〔别家短号〕还款"),  # one of two lenders doesn't
        ("【微粒贷】请拨打95384", "【微粒贷】请拨打〔官方短号〕"),
        ("【平安银行】请致电0755-95511", "【平安银行】请致电〔官方短号〕"),
        ("【平安银行】请致电95511转1", "【平安银行】请致电〔官方短号〕转1"),
        ("【平安银行】请致电010-88886666还款", "【平安银行】请致电〔座机〕还款"),
        ("【平安银行】请致电０１０-８８８８６６６６", "【平安银行】请致电〔座机〕"),
        ("【平安银行】请致电13912345678还款", "【平安银行】请致电〔手机〕还款"),
        ("请致电139 0000 4821还款", "请致电〔手机〕还款"),
        ("電話１３９ ００００ ４８２１", "电话〔手机〕"),
        ("【平安银行】致电400-000-7713", "【平安银行】致电〔热线〕"),
        ("【拍拍贷】致电400-184-8888", "【拍拍贷】致电〔热线〕"),  # seen somewhere, confirmed never
        ("短信发自10690123456789", "短信发自〔端口〕"),
        ("致电+852-2345-6789", "致电〔境外号码〕"),
        ("请拨打110报警", "请拨打〔公共短号〕报警"),
        ("可向12378投诉", "可向〔公共短号〕投诉"),
        (
            "【平安银行】详询95511或95588,勿拨400-000-7713",
            "【平安银行】详询〔官方短号〕或〔别家短号〕,勿拨〔热线〕",
        ),
        # Links.
        ("【平安银行】登录bank.pingan.com还款", "【平安银行】登录〔官方网址〕还款"),
        ("【平安银行】登录https://www.pingan.com/a?b=1。", "【平安银行】登录〔官方网址〕。"),
        ("【平安银行】登录icbc.com.cn还款", "【平安银行】登录〔别家网址〕还款"),
        ("【平安银行】登录http://pay0.top/a还款", "【平安银行】登录〔网址〕还款"),
        ("到court.gov.cn查询", "到〔公共网址〕查询"),
        ("【工商银行】登录1cbc.com.cn还款", "【工商银行】登录〔仿冒网址〕还款"),
        ("登录p1ngan.com还款", "登录〔仿冒网址〕还款"),
        ("登录icbc.com.cn.pay0.top还款", "登录〔仿冒网址〕还款"),
        ("点击http://gоogle.com/a", "点击〔仿冒网址〕"),
        ("看xn--80ak6aa92e.com", "看〔仿冒网址〕"),
        ("点击http://1.2.3.4/a", "点击〔仿冒网址〕"),
        ("点击pay0点top还款", "点击〔仿冒网址〕还款"),
        ("点t.cn/abc看", "点〔短网址〕看"),
        ("关注mp.weixin.qq.com/s/abc", "关注〔平台网页〕"),
        ("打开weixin://dl/abc", "打开〔网址〕"),
        # Accounts.
        ("转到6222021234567890123", "转到〔个人卡号〕"),
        ("转到6222 0212 3456 7890 123", "转到〔个人卡号〕"),
        ("转账到6222****4821", "转账到〔个人卡号〕"),
        ("对公账户44250100001234567", "对公账户〔账号〕"),
        ("加微信pa_fawu88", "加微信〔微信号〕"),
        ("加QQ12345678", "加qq〔微信号〕"),
        ("抖音号abc123", "抖音号〔微信号〕"),
        ("加telegram:abcde_f", "加telegram:〔境外聊天〕"),
        ("whatsapp: 6123 4567", "whatsapp: 〔境外聊天〕"),
        ("line:abcd1", "line:〔境外聊天〕"),
        # What is no contact stays, long numbers masked.
        ("今晚一起吃饭", "今晚一起吃饭"),
        ("請儘快還款", "请尽快还款"),
        ("尾号1234欠款500元", "尾号0000欠款500元"),
        ("编号20261234", "编号00000000"),
        ("会议号 123 456 789，扫码付款", "会议号 123 456 789,扫码付款"),
        # Nobody can write a mark.
        ("〔官方热线〕请还款", "(官方热线)请还款"),
        ("︹官方热线︺请还款", "(官方热线)请还款"),
        ("致电〔95588〕", "致电(〔别家短号〕)"),
        ("〔官方〕13912345678〔官方〕", "(官方)〔手机〕(官方)"),
    ],
)
def test_contacts_are_named_by_what_they_are(text: str, marked: str) -> None:
    assert model_input(read(text)).text == marked


CHANNELS: list[tuple[Channel, str]] = [
    ("sms", "短信"),
    ("wechat", "微信"),
    ("wechat_friend_request", "好友申请"),
    ("conversation", "对话"),
    ("unknown", ""),
]
SENDERS = [
    (None, ""),
    ("95511", "官方短号"),
    ("９５５１１", "官方短号"),
    ("95588", "别家短号"),
    ("12378", "公共短号"),
    ("13912345678", "手机"),
    ("+86 139 1234 5678", "手机"),
    ("010-88886666", "座机"),
    ("400-000-7713", "热线"),
    ("10690123456789", "端口"),
    ("+852 2345 6789", "境外号码"),
    ("张专员", "昵称"),
    ("平安银行", "昵称"),
    ("6222021234567890123", "昵称"),
]


@pytest.mark.parametrize(("channel", "by"), CHANNELS)
@pytest.mark.parametrize(("sender", "who"), SENDERS)
def test_the_header_tells_channel_and_sender(
    channel: Channel, by: str, sender: str | None, who: str
) -> None:
    shown = model_input(read("【平安银行】请还款", sender, channel))
    assert shown.header.split() == [word for word in (by, who) if word]
    assert shown.text == "【平安银行】请还款"


@pytest.mark.parametrize(
    ("text", "header"), [("【工商银行】请还款", "官方短号"), ("【平安银行】请还款", "别家短号")]
)
def test_whose_the_sender_is_depends_on_the_claim(text: str, header: str) -> None:
    assert model_input(read(text, "95588")).header == header


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("【平安银行】请致电95511还款", "95511", "〔官方短号〕"),
        ("【平安银行】请致电95511还款", "551", "〔官方短号〕"),
        ("【平安银行】请致电95511还款", "致电9", "致电〔官方短号〕"),
        ("【平安银行】请致电95511还款", "1还款", "〔官方短号〕还款"),
        ("【平安银行】请致电95511还款", "还款", "还款"),
        ("【平安银行】请致电95511还款", "平安银行", "平安银行"),
        ("点t.cn/abc,加微信pa_fawu88还款", ",加微信", ",加微信"),
        ("点t.cn/abc,加微信pa_fawu88还款", "cn/abc,加微信pa", "〔短网址〕,加微信〔微信号〕"),
        ("点t.cn/abc,加微信pa_fawu88还款", "还款", "还款"),
        ("今晚一起吃饭", "一起", "一起"),
    ],
)
def test_words_are_found_again(text: str, words: str, shown: str) -> None:
    context = read(text)
    found = model_input(context)
    start = context.text.index(words)
    first, last = found.span(start, start + len(words))
    assert found.text[first:last] == shown


PIECES = st.one_of(
    st.sampled_from(["【平安银行】", "95511", "95588", "13912345678", " 6222021234567890123 "]),
    st.sampled_from(["加微信pa_fawu88", "pingan.com/a", "http://1.2.3.4", "转1234"]),
    st.sampled_from(["〔", "〕", "︹", "\u200b", "\n", "貸款", "，"]),
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=6)), min_size=1, max_size=10).map("".join)


def read_or_none(text: str) -> Context | None:
    try:
        return read(text)
    except InputError:
        return None


def same_or_masked(before: str, after: str) -> bool:
    brackets = {"〔": "(", "〕": ")"}
    return after == brackets.get(before, before) or (before.isdigit() and after == "0")


def outside(context: Context, shown: ModelInput) -> list[tuple[str, str]]:
    """Pieces between the marks, in the canonical text and as they are shown."""
    edges = [(0, 0), *((end, new_end) for _, end, _, new_end in shown.marks)]
    starts = [*((mark[0], mark[2]) for mark in shown.marks), (len(context.text), len(shown.text))]
    return [
        (context.text[edge[0] : start[0]], shown.text[edge[1] : start[1]])
        for edge, start in zip(edges, starts, strict=True)
    ]


@given(TEXTS)
@example("〔95511〕，13912345678加微信pa_fawu88")
def test_characters_outside_marks_are_the_same_and_marks_are_the_only_brackets(text: str) -> None:
    context = read_or_none(text)
    if context is None:
        return
    shown = model_input(context)
    for before, after in outside(context, shown):
        assert len(before) == len(after)
        assert all(map(same_or_masked, before, after))
    words = [shown.text[start:end] for _, _, start, end in shown.marks]
    assert all(word[0] == "〔" and word[-1] == "〕" and word[1:-1].isalpha() for word in words)
    assert shown.text.count("〔") == shown.text.count("〕") == len(words)


@given(TEXTS, st.data())
@example("【平安银行】95511，13912345678", None)
def test_spans_cover_the_marks_they_touch_and_nothing_else(
    text: str, data: st.DataObject | None
) -> None:
    context = read_or_none(text)
    if context is None or not context.text:
        return
    shown = model_input(context)
    size = len(context.text)
    start = data.draw(st.integers(0, size - 1)) if data else 7
    end = data.draw(st.integers(start + 1, size)) if data else 14
    first, last = shown.span(start, end)
    assert 0 <= first < last <= len(shown.text)
    touched = [mark for mark in shown.marks if mark[0] < end and start < mark[1]]
    for _, _, new_start, new_end in touched:
        assert first <= new_start < new_end <= last
    # All that is neither in a mark nor in the range is left out: the lengths agree.
    marked = sum(min(mark[1], end) - max(mark[0], start) for mark in touched)
    marks = sum(mark[3] - mark[2] for mark in touched)
    assert last - first == end - start - marked + marks


def test_a_whole_text_spans_all_that_is_shown() -> None:
    context = read("95511请还款13912345678")
    shown = model_input(context)
    assert shown.span(0, len(context.text)) == (0, len(shown.text))
