from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.normalize import normalize
from screening.negation import is_demanded, is_negated, is_own_line, is_reported

PHRASE = "转入专员账户"


def span(text: str) -> tuple[str, int, int]:
    canonical = normalize(text).text
    start = canonical.index(PHRASE)
    return canonical, start, start + len(PHRASE)


@pytest.mark.parametrize(
    "text",
    [
        "请勿转入专员账户",
        "不要把还款转入专员账户",
        "我行不会要求您转入专员账户",
        "严禁将款项转入专员账户",
        "无需转入专员账户",
        "谨防有人诱导您转入专员账户",
        "凡要求转入专员账户的",
        "任何人都无权要求您转入专员账户",
        "哪个喊你转入专员账户都莫理",
        "不另转入专员账户",
        "别转入专员账户",
        "转入专员账户的都是诈骗",
        "转入专员账户均属骗局",
        "转入专员账户的，请立即挂断",
        "要求转入专员账户者，立即挂断",
        "“转入专员账户”系冒充",
        "金额超过10,000元的不得转入专员账户",
        "我们发不了转入专员账户的通知",
        "转入专员账户不发生清偿效力",
        "被“转入专员账户”骗了两万",
        "转入专员账户。这都是骗子的话",
        "请勿不核实就转入专员账户",
        "他们说不交就转入专员账户",
    ],
)
def test_negated(text: str) -> None:
    assert is_negated(*span(text))


@pytest.mark.parametrize(
    "text",
    [
        "转入专员账户",
        "请勿轻信他人，转入专员账户",
        "请勿拖延！今日转入专员账户",
        "App暂不可用：请转入专员账户",
        "特别通知请转入专员账户",
        "非常抱歉请转入专员账户",
        "除非转入专员账户",
        "如遇困难可转入专员账户",
        "非恶意逾期转入专员账户",
        "为您个别办理，转入专员账户",
        "请转入专员账户，否则我们立即报警",
        "转入专员账户。谎报的均属诈骗",
        "不交现金就转入专员账户",
    ],
)
def test_not_negated(text: str) -> None:
    assert not is_negated(*span(text))


def test_looks_ahead_only_where_the_end_is_given() -> None:
    text, start, end = span("转入专员账户的都是诈骗")
    assert is_negated(text, start, end)
    assert not is_negated(text, start)


@pytest.mark.parametrize(
    "text",
    [
        "骗子说我逾期了，让转入专员账户",
        "受害人把存款转入专员账户",
        "以销账为由，诱使多人转入专员账户",
        "有人冒充客服，叫我把钱转入专员账户",
        "对方让我转入专员账户",
        "她要求我妈转入专员账户",
        "他说结案要转入专员账户",
        "昨天有个自称法官的，说转入专员账户",
        "我：要转入专员账户吗",
        "对方：您好\n我：昨天转入专员账户了",
        "对方说他是客服，转入专员账户",
        "防骗口诀：转入专员账户莫当真",
        "短信里的“先转入专员账户再分期”一听就不对",
    ],
)
def test_reported(text: str) -> None:
    canonical, start, _ = span(text)
    assert is_reported(canonical, start)


@pytest.mark.parametrize(
    "text",
    [
        "请将欠款转入专员账户",
        "我：怎么还\n对方：转入专员账户",
        "有人举报您骗贷。请转入专员账户",
        "您需要我帮忙的话，转入专员账户",
        "让我们帮您结清，先转入专员账户",
        "市局反诈支队通报：转入专员账户",
        "无需付任何费用，转入专员账户",
        "逾期多少无所谓，转入专员账户",
    ],
)
def test_not_reported(text: str) -> None:
    canonical, start, _ = span(text)
    assert not is_reported(canonical, start)


def test_own_line() -> None:
    text = normalize("我：你好\n对方：在").text
    assert is_own_line(text, 3)
    assert not is_own_line(text, len(text) - 1)


def test_a_demand_holds_no_negation() -> None:
    text = "存到本人卡里不要转给个人账户"
    assert not is_demanded(text, 0, len(text))
    assert is_demanded("转给个人账户", 0, 6)


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_any_range_is_answered(text: str, first: int, second: int) -> None:
    start, end = sorted((min(first, len(text)), min(second, len(text))))
    assert is_demanded(text, start, end) in (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "凡称须转入专员账户者均非我方",
        "如有人来电。为核对资金，请转入专员账户（保密）。此即为诈骗",
        "转给你看看，邻居发的：请于今日转入专员账户",
        "我妈收到的，“王老师，请转入专员账户，逾期作废”",
        "本周案例学习：函件要求转入专员账户，破绽有三",
        "把欠款转入专员账户就免罚息。凡是这么说的都是骗子",
    ],
)
def test_what_is_passed_on_or_exposed_is_no_demand(text: str) -> None:
    assert not is_demanded(*span(text))


@pytest.mark.parametrize(
    "text",
    [
        "请今日转入专员账户，逾期视为拒绝",
        "这不是诈骗，请转入专员账户",
        "凡逾期者，请转入专员账户",
        "看到请转发。请转入专员账户",
    ],
)
def test_a_demand_stays_one(text: str) -> None:
    assert is_demanded(*span(text))
