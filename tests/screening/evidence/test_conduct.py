from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.normalize import normalize
from screening.evidence.conduct import concerns_debt, is_done
from tests.screening.evidence.reading import read

PHRASE = "群发通讯录"


def is_threat(text: str) -> bool:
    canonical = normalize(text).text
    start = canonical.index(PHRASE)
    return is_done(canonical, start, start + len(PHRASE))


@pytest.mark.parametrize(
    "text",
    [
        "今晚群发通讯录",
        "不还就群发通讯录",
        "别逼我群发通讯录",
        "不接电话是吧，今晚群发通讯录",
        "再不还群发通讯录",
        "我不管你有没有钱你再装死今晚八点准时群发通讯录",
        "我：缓两天\n对方：那就群发通讯录",
    ],
)
def test_done(text: str) -> None:
    assert is_threat(text)


@pytest.mark.parametrize(
    "text",
    [
        "我们不会群发通讯录",
        "严禁群发通讯录",
        "请停止群发通讯录",
        "从不群发通讯录",
        "我：你敢群发通讯录",
        "骗子会威胁群发通讯录",
        "他们扬言要群发通讯录",
        "遇到群发通讯录的别怕",
        "催收还说要群发通讯录",
        "群发通讯录属于违法",
        "群发通讯录等行为请举报",
        "群发通讯录的，请立即报警",
        "说要群发通讯录，是真的吗",
    ],
)
def test_not_done(text: str) -> None:
    assert not is_threat(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("网贷逾期三个月了", True),
        ("招商银行信用卡账单已到期", True),
        ("今晚一起打球吗", False),
        ("哈哈，欠我的饭还没请", False),
        ("网贷被催收骚扰？法务团队代接电话", False),
        ("收到网贷催款短信，是真的吗", False),
    ],
)
def test_concerns_debt(text: str, expected: bool) -> None:
    assert concerns_debt(read(text)) is expected


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_any_range_is_answered(text: str, first: int, second: int) -> None:
    start, end = sorted((min(first, len(text)), min(second, len(text))))
    assert is_done(text, start, end) in (True, False)
