from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.institution import shipped_institutions
from training.augment.slots import Side, fillers, refill, side
from training.lenders import mentions

SIDES: tuple[Side, ...] = ("train", "test")
BILL = "【招商银行】尊敬的王先生，应还8,562.30元，请于11月25日17点前还入，可拨400-820-5555或95555。"
SCAM = (
    "招商银行：转入6222 0000 0000 4821 337，加微信zhaohang_8821，电话13900004821，cmb-hk8.top/pay"
)


def lenders(text: str) -> set[str | None]:
    return {mention.lender for mention in mentions(text)}


@pytest.mark.parametrize("filler", SIDES)
def test_another_lender_of_the_kind_with_its_own_numbers(filler: Side) -> None:
    everybody = shipped_institutions()
    for seed in range(20):
        text = refill(BILL, filler, str(seed), "cmb")
        (new,) = lenders(text)
        assert new is not None
        assert new != "cmb"
        assert everybody[new].kind == everybody["cmb"].kind
        assert side(new) == filler
        official = {contact.value.replace("-", "") for contact in everybody[new].contacts}
        called = re.search(r"可拨([\d-]+)或([\d-]+)。", text)
        assert called is not None
        assert {number.replace("-", "") for number in called.groups()} <= official


@pytest.mark.parametrize("filler", SIDES)
def test_false_contacts_stay_false(filler: Side) -> None:
    text = refill(SCAM, filler, "1", "cmb", ["cmb-hk8.top/pay"])
    lists = fillers(filler)
    host = re.search(r"，([a-z0-9.-]+)/pay$", text)
    assert host is not None
    assert host.group(1) in lists.domains
    account = re.search(r"加微信([a-z]+)\d+，", text)
    assert account is not None
    assert account.group(1) in lists.words
    assert re.search(r"电话1390000[1-9]{4}，", text)
    assert re.search(r"转入622\d 0000 0000 [1-9]{4} [1-9]{3}，", text)
    assert "4821" not in text


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("请于11月25日还款", r"请于\d{1,2}月\d{1,2}日还款"),
        ("今日17点前", r"今日(9|1\d|20)点前"),
        ("23点打来的", "23点打来的"),
        ("请点击链接", "请点击链接"),
        ("欠3000元", r"欠3000元"),
        ("欠1234.56元", r"欠1[1-9]{3}\.[1-9]{2}元"),
        ("欠8562元，共8562", r"欠(8[1-9]{3})元，共\1"),
        ("2026年立案", "2026年立案"),
        ("至2026-01-15止", "至2026-01-15止"),
        ("打12368或110核实", "打12368或110核实"),
        ("别打95588", "别打95588"),
        ("电0755-12368转1", "电0755-12368转1"),
        ("拨95511-3或+86 95580", r"拨95511-3或\+86 95580"),
        ("电话0755-86001234", r"电话0755-[1-9]{2}00[1-9]{4}"),
        ("查zxgk.court.gov.cn和m.12306.cn", r"查zxgk.court.gov.cn和m.12306.cn"),
        ("见m.haodai-app.com", "见m.haodai-app.com"),
        ("工号wb117的李律师", "工号wb117的李律师"),
        ("请付RMB5000或加qq882319", "请付RMB5000或加qq882319"),
        ("王先生和尊敬的李女士", r"[^王]先生和尊敬的[^李]女士"),
        ("李律师：请联系李律师", r"([^李])律师：请联系\1律师"),
        ("国王先生日", "国王先生日"),
    ],
)
def test_single_slots(text: str, pattern: str) -> None:
    assert re.fullmatch(pattern, refill(text, "train", "5"))


@pytest.mark.parametrize(
    ("text", "lender"),
    [
        ("招商银行转到平安银行的款，拨95555或95511", "cmb"),
        ("招商银行提醒您登录掌上生活", "cmb"),
        ("带平安回家，点贷不到款", "pingan"),
        ("书记员的支付宝，公积金信用贷", "alipay"),
        ("招商银行提醒", None),
        ("招商银行提醒", "icbc"),
    ],
)
def test_a_lender_is_exchanged_only_where_that_is_safe(text: str, lender: str | None) -> None:
    assert refill(text, "train", "1", lender) == text


def test_a_false_number_never_becomes_an_official_one() -> None:
    official = {c.value for entry in shipped_institutions().values() for c in entry.contacts}
    drawn = {refill("打95589", "train", str(seed)).removeprefix("打") for seed in range(300)}
    assert len(drawn) > 100
    assert not drawn & official


def test_twins_get_equal_replacements() -> None:
    genuine = refill(BILL + "户名：本行", "train", "p1", "cmb")
    false = refill(BILL + "户名：张某，另付8,562.30元", "train", "p1", "cmb")
    assert genuine.split("。")[0] == false.split("。")[0]
    amount = re.search(r"应还([\d,.]+)元", false)
    assert amount is not None
    assert false.endswith(f"另付{amount.group(1)}元")


def test_the_lists_share_nothing() -> None:
    train, test = fillers("train"), fillers("test")
    assert not set(train.surnames) & set(test.surnames)
    assert not set(train.domains) & set(test.domains)
    assert not set(train.words) & set(test.words)
    sides = [side(lender) for lender in shipped_institutions()]
    assert 40 <= sides.count("test") <= 90


@given(st.text(max_size=60), st.sampled_from(SIDES), st.text(max_size=3))
def test_any_text_is_accepted_and_the_seed_decides(text: str, filler: Side, seed: str) -> None:
    assert refill(text, filler, seed) == refill(text, filler, seed)
