from __future__ import annotations

import pytest

from tests.training.audit.records import made
from training.audit.sentences import repeated, skeletons


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("请还款。", []),
        ("【招商银行】您尾号1234的信用卡应还款三百元整。", ["0您尾号0的信用卡应还款三百元整"]),
        ("对方：您好请问是陈先生本人在接电话吗\n我：不是", ["您好请问是陈先生本人在接电话吗"]),
        ("登录a-b.com/c查看您的全部账单明细信息！谢谢", ["登录0查看您的全部账单明细信息"]),
        ("請於今日內將款項存入您的還款卡", ["请于今日内将款项存入您的还款卡"]),
    ],
)
def test_skeletons(text: str, found: list[str]) -> None:
    assert list(skeletons(text)) == found


def test_a_sentence_used_too_often_is_named() -> None:
    rows = [
        made(f"g-{number}", f"【{bank}】您{number}月的信用卡账单已经逾期。谢谢")
        for number, bank in enumerate(("招商银行", "平安银行", "工商银行", "建行"), start=1)
    ]
    (ids,) = repeated(rows).values()
    assert ids == ["g-1", "g-2", "g-3", "g-4"]
    assert repeated(rows[:3]) == {}


def test_twins_count_once() -> None:
    rows = [
        made(f"g-{number}", "您本月的信用卡账单已经逾期请还款", pair=f"p{number // 2}")
        for number in range(6)
    ]
    assert repeated(rows) == {}
    assert len(repeated(rows, most=2)) == 1
