from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.channel import Channel, shipped_channels
from data.institution import Institution, shipped_institutions
from model.normalize import normalize
from screening.directory import shipped_directory
from screening.errors import InputError
from screening.lookup import MAX_QUERY, Lookup, look_up

TODAY = date(2026, 9, 1)


def ask(query: str) -> Lookup:
    return look_up(query, shipped_directory(), TODAY)


@pytest.mark.parametrize(
    ("query", "kind", "lenders", "note"),
    [
        ("95511", "number", ["lufax", "pab"], "can be faked"),
        ("９５５１１", "number", ["lufax", "pab"], "can be faked"),
        ("95511转2", "number", ["lufax", "pab"], "can be faked"),
        ("400-669-5526", "number", ["bobcfc"], "can be faked"),
        ("0551-96588", "number", ["hsb"], "can be faked"),
        ("95384", "number", ["webank"], "can be faked"),
        ("+852 2287 6767", "number", ["cncbi"], "can be faked"),
        ("956186", "number", [], "tells neither way"),  # a candidate is not shown
        ("955111", "number", [], "tells neither way"),
        ("021-60000418", "number", [], "tells neither way"),
        ("1234", "number", [], "tells neither way"),
        ("13900004821", "number", [], "A mobile number"),
        ("+44 20 7946 0018", "number", [], "outside the mainland"),
        ("icbc.com.cn", "link", ["icbc"], "Type it in"),
        ("https://m.cmbchina.com/pay?x=1", "link", ["cmb"], "Type it in"),
        ("cmbchina.com.hk8.top", "link", [], "Do not open"),
        ("平安普惠", "name", ["lufax"], "official channels"),
        ("借呗", "name", ["antcf", "alipay"], "official channels"),
        ("微粒贷", "name", ["webank"], "official channels"),
        ("安逸花", "name", ["msxf"], "official channels"),
        ("招行信用卡中心", "name", ["cmb"], "official channels"),
        ("zxfw.court.gov.cn", "link", [], "government"),
        ("mp.weixin.qq.com/s/x", "link", [], "Anybody can have a page"),
        ("www.1cbc.com.cn", "link", [], "looks much like"),
        ("6222020000004821", "account", [], "Do not pay"),
        ("加微信abc12345", "account", [], "Do not pay"),
        ("省呗", "name", ["shengbei"], "without a confirmed channel"),
        ("某某不存在的公司", "name", [], "does not list this lender"),
    ],
)
def test_lenders(query: str, kind: str, lenders: list[str], note: str) -> None:
    answer = ask(query)
    assert answer.kind == kind
    assert [lender.id for lender in answer.lenders] == lenders
    assert answer.found == bool(lenders)
    assert note in answer.notes[0].en


@pytest.mark.parametrize(
    ("query", "channel"),
    [
        ("110", "cn-110"),
        ("１１０", "cn-110"),
        ("165", "tw-165"),
        ("18222", "hk-18222"),
        ("8800 7777", "mo-pj"),
        ("020-12368", "cn-12368"),
        ("96110", "cn-96110"),
        ("www.12321.cn", "cn-12321"),
        ("12321.cn", "cn-12321"),
        ("1101", None),
    ],
)
def test_public_channels(query: str, channel: str | None) -> None:
    assert [each.id for each in ask(query).channels] == ([channel] if channel else [])


def test_a_number_shows_only_the_contact_that_matched_with_its_source() -> None:
    (lender,) = ask("95555").lenders
    assert [route.value for route in lender.routes] == ["95555"]
    assert lender.sources


def test_numbers_of_a_province_say_so() -> None:
    answer = ask("96588")
    assert [lender.id for lender in answer.lenders] == ["hsb", "qdccb"]
    assert "area code" in answer.notes[1].en


@pytest.mark.parametrize("institution", shipped_institutions().values(), ids=lambda each: each.id)
def test_every_lender_is_found_by_its_name_and_no_candidate_by_its_value(
    institution: Institution,
) -> None:
    owner = institution.product_of or institution.id
    assert owner in {lender.id for lender in ask(institution.short_name).lenders}
    confirmed = {contact.value for contact in institution.contacts}
    for candidate in institution.candidates:
        if candidate.type in ("hotline", "domain") and candidate.value not in confirmed:
            for lender in ask(candidate.value).lenders:
                assert lender.id != owner


@pytest.mark.parametrize(
    ("query", "code"),
    [("", "empty_query"), ("  \u200b ", "empty_query"), ("9" * (MAX_QUERY + 1), "query_too_long")],
)
def test_bad_queries(query: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        ask(query)
    assert caught.value.code == code


@given(st.text(min_size=1, max_size=MAX_QUERY))
def test_any_query_has_an_answer_or_a_typed_error(query: str) -> None:
    if normalize(query).text.strip():
        assert ask(query).notes
    else:
        with pytest.raises(InputError, match="empty_query"):
            ask(query)


@pytest.mark.parametrize("channel", shipped_channels().values(), ids=lambda each: each.id)
def test_every_public_number_and_site_is_found(channel: Channel) -> None:
    for query in filter(None, (channel.number, channel.url)):
        assert channel.id in {found.id for found in ask(query).channels}
