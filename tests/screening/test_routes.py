from __future__ import annotations

from datetime import date

import pytest

from data.channel import shipped_channels
from data.institution import Institution, shipped_institutions
from screening.routes import official_routes, report_route

TODAY = date(2026, 9, 1)


@pytest.mark.parametrize("institution", shipped_institutions().values(), ids=lambda each: each.id)
def test_routes_are_confirmed_contacts_of_that_lender(institution: Institution) -> None:
    routes = list(official_routes(institution, TODAY))
    confirmed = {(contact.type, contact.value): contact for contact in institution.contacts}
    for route in routes:
        contact = confirmed[route.type, route.value]
        assert route.institution == institution.id
        assert (route.label, route.as_of) == (contact.label, contact.as_of)
    only_candidates = {each.value for each in institution.candidates} - {
        contact.value for contact in institution.contacts
    }
    assert only_candidates.isdisjoint(route.value for route in routes)
    assert "sms" not in {route.type for route in routes}
    numbers = [route.value for route in routes if "hotline" in route.type]
    assert len(numbers) == len(set(numbers)) <= 4
    assert bool(numbers) == bool(institution.contacts_of("hotline", "credit_card_hotline"))
    assert [route.type for route in routes].count("app") <= 1
    assert [route.type for route in routes].count("domain") <= 1


def make_lender(values: list[tuple[str, str, str]], label: str | None = None) -> Institution:
    contacts = [
        {"type": kind, "value": value, "grade": grade, "source_count": 1, "as_of": "2026-08"}
        for kind, value, grade in values
    ]
    if label:
        contacts[0]["label"] = label
    return Institution.model_validate(
        {"id": "x", "name": "某行", "kind": "trust", "sources": ["s"], "contacts": contacts}
    )


def test_at_most_four_numbers_one_app_one_site_and_no_sms_number() -> None:
    numbers = [("hotline", f"9500{digit}", "A") for digit in range(6)]
    twin = [("credit_card_hotline", "95000", "B")]
    rest = [(kind, f"{kind}{n}.cn", "C") for kind in ("domain", "app") for n in range(2)]
    lender = make_lender([*numbers, *twin, ("sms", "10695", "A"), *rest])
    assert [route.value for route in official_routes(lender, TODAY)] == [
        "95000", "95001", "95002", "95003", "app0.cn", "domain0.cn",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("信用卡外呼电话", ["95502"]),
        ("信用卡电话营销服务专线", ["95502"]),
        ("京东商城客服（非金融）", ["95502"]),
        ("金葵花贵宾专线", ["95502", "95501"]),
        ("全国", ["95501", "95502"]),
    ],
)
def test_numbers_that_nobody_dials_are_left_out_and_special_ones_come_last(
    label: str, expected: list[str]
) -> None:
    lender = make_lender([("hotline", "95501", "A"), ("hotline", "95502", "A")], label)
    assert [route.value for route in official_routes(lender, TODAY)] == expected


@pytest.mark.parametrize(
    ("grade", "words"),
    [("A", "by the lender"), ("B", "regulator"), ("C", "public directory"), ("D", "informal")],
)
def test_the_source_is_told_by_grade(grade: str, words: str) -> None:
    (route,) = official_routes(make_lender([("hotline", "95500", grade)]), TODAY)
    assert words in route.source.en


def test_old_entries_are_marked() -> None:
    lender = make_lender([("hotline", "95500", "C")])
    assert [route.stale for route in official_routes(lender, date(2027, 8, 1))] == [False]
    assert [route.stale for route in official_routes(lender, date(2027, 9, 1))] == [True]
    channel = shipped_channels()["cn-110"]
    assert [report_route(channel, d).stale for d in (TODAY, date(2028, 1, 1))] == [False, True]


def test_a_card_hotline_is_shown_however_many_other_numbers_there_are() -> None:
    institution = shipped_institutions()["cmb"]
    phones = [route for route in official_routes(institution, TODAY) if "hotline" in route.type]
    assert len(institution.contacts_of("hotline")) > 4
    assert [route.value for route in phones][:2] == ["95555", "4008205555"]
    assert len(phones) == 4


def test_one_number_for_everything_is_shown_once_as_the_hotline() -> None:
    routes = official_routes(shipped_institutions()["pab"], TODAY)
    assert [route.type for route in routes if route.value == "95511"] == ["hotline"]


def test_every_channel_says_how_to_use_it_in_both_languages() -> None:
    for channel in shipped_channels().values():
        route = report_route(channel, TODAY)
        assert (route.name, route.number, route.url) == (channel.name, channel.number, channel.url)
        assert bool(route.how_to_use) == bool(route.how_to_use_en)
