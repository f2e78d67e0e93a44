from __future__ import annotations

from random import Random

import pytest

from data.gold_set import GoldRecord
from tests.training.audit.records import made
from training.audit.shape import balance, shape, shape_auc, twins

Pair = tuple[GoldRecord, GoldRecord]


def pair(number: int, genuine: str, false: str) -> Pair:
    return (
        made(f"g-{2 * number}", genuine, "genuine_collection", pair=f"p{number}"),
        made(f"g-{2 * number + 1}", false, "impersonation", pair=f"p{number}"),
    )


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("", (0, 0, 0, 0, 0, 0, 0, 0)),
        ("转账", (2, 0, 0, 0, 0, 0, 0, 0)),
        ("转12元加wx3\n💰", (10, 1, 3, 2, 2, 2, 1, 1)),
        ("尾号1234，卡6222", (12, 0, 8, 2, 4, 0, 0, 0)),
    ],
)
def test_counts(text: str, counts: tuple[int, ...]) -> None:
    assert shape(text)[:8] == counts


def test_words_leave_no_trace() -> None:
    assert shape("请转入对公账户，谢谢") == shape("请转入个人账户，好的")
    assert shape("请转入，谢谢") != shape("请转入。谢谢")
    assert shape("李某") != shape("李四")


def test_twins_are_a_genuine_text_and_a_false_one() -> None:
    one = pair(1, "还到官方", "还到个人")
    other = [made("g-8", "甲", "benign", pair="p8"), made("g-9", "乙", "other_scam", pair="p8")]
    assert twins([one[1], *other, one[0], made("g-10", "单")]) == [one]


def varied(number: int, genuine: str, false: str) -> Pair:
    rng = Random(number)
    text = "请" * rng.randint(5, 90) + "1" * rng.randint(1, 9)
    return pair(number, text + genuine, text + false)


def test_what_can_be_counted_is_found() -> None:
    scores = shape_auc([varied(number, "对公账户", "个人账户！") for number in range(60)])
    assert min(scores.values()) > 0.9


def test_what_cannot_be_counted_is_chance() -> None:
    scores = shape_auc([varied(number, "对公账户", "个人账户") for number in range(60)])
    assert scores.keys() == {"logistic_regression", "gradient_boosting"}
    assert all(0.4 <= score <= 0.6 for score in scores.values())


def test_balance() -> None:
    pairs = [pair(1, "还到官方", "还到李四12"), pair(2, "还到官方12", "还到李四12")]
    figures = balance([*pairs, pair(3, "还到平台官方", "还到李四")])
    assert figures["numbers"] == {
        "false_has_more": pytest.approx(1 / 3),
        "genuine_has_more": 0,
        "mean_gap": pytest.approx(1 / 3),
    }
    assert figures["length"]["mean_gap"] == 0
