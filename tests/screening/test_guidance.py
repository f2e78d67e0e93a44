from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import get_args

import pytest

from data.bilingual import Bilingual
from data.channel import shipped_channels
from data.institution import Institution, shipped_institutions
from model.labels import CATEGORIES, Category
from screening import guidance
from screening.directory import shipped_directory
from screening.guidance import build_guidance, official_routes
from screening.identity import Claim, Role
from screening.message import Message
from screening.verdict import Guidance, Level
from tests.screening.samples import fixed_screener

LEVELS: tuple[Level, ...] = get_args(Level)
ROLES: tuple[Role, ...] = get_args(Role)
NOBODY = Claim(None, -1, -1, None)


def guide(
    level: Level = "fraud",
    category: Category = "impersonation",
    institution: str | None = None,
    role: Role | None = None,
    codes: tuple[str, ...] = (),
    traditional: bool = False,
) -> Guidance:
    claim = Claim(institution, -1, -1, role)
    return build_guidance(level, category, claim, codes, traditional, shipped_directory())


def channels(given: Guidance) -> list[str]:
    return [route.id for route in given.report]


def first_do(given: Guidance) -> str:
    return given.do[0].en


@pytest.mark.parametrize("institution", shipped_institutions().values(), ids=lambda each: each.id)
def test_routes_are_confirmed_contacts_of_that_lender(institution: Institution) -> None:
    routes = list(official_routes(institution))
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
    assert guide(institution=institution.id).verify == tuple(routes)


def test_some_lenders_have_candidates_only() -> None:
    """Otherwise the test above shows nothing."""
    bare = [each for each in shipped_institutions().values() if not list(official_routes(each))]
    assert any(each.candidates for each in bare)
    for each in bare:
        given = guide(institution=each.id)
        assert given.verify == ()
        assert "no confirmed phone number" in first_do(given)
        shown = given.model_dump_json()
        assert not [c.value for c in each.candidates if c.value in shown and c.type != "company"]


def make_lender(values: list[tuple[str, str, str]]) -> Institution:
    contacts = [
        {"type": kind, "value": value, "grade": grade, "source_count": 1, "as_of": "2026-08"}
        for kind, value, grade in values
    ]
    return Institution.model_validate(
        {"id": "x", "name": "某行", "kind": "trust", "sources": ["s"], "contacts": contacts}
    )


def test_at_most_four_numbers_one_app_one_site_and_no_sms_number() -> None:
    numbers = [("hotline", f"9500{digit}", "A") for digit in range(6)]
    twin = [("credit_card_hotline", "95000", "B")]
    rest = [(kind, f"{kind}{n}.cn", "C") for kind in ("domain", "app") for n in range(2)]
    routes = list(official_routes(make_lender([*numbers, *twin, ("sms", "10695", "A"), *rest])))
    assert [route.value for route in routes] == [
        "95000", "95001", "95002", "95003", "app0.cn", "domain0.cn",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("grade", "words"),
    [("A", "by the lender"), ("B", "regulator"), ("C", "public directory"), ("D", "informal")],
)
def test_the_source_is_told_by_grade(grade: str, words: str) -> None:
    (route,) = official_routes(make_lender([("hotline", "95000", grade)]))
    assert words in route.source.en


def test_a_known_lender_comes_with_its_number() -> None:
    given = guide(institution="pab")
    assert "95511" in [route.value for route in given.verify]
    assert "dial the official number" in first_do(given)


def test_nobody_is_told_as_nobody() -> None:
    given = guide()
    assert given.verify == ()
    assert "does not name a lender we know" in first_do(given)


def test_a_lender_outside_the_directory_is_nobody() -> None:
    assert guide(institution="no-such-lender") == guide()


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("court", {"cn-12368"}),
        ("police", {"cn-110"}),
        ("law_firm", {"cn-12348"}),
        ("mediation", {"cn-12348", "cn-12368"}),
        ("regulator", {"cn-12378"}),
    ],
)
@pytest.mark.parametrize("level", LEVELS)
def test_roles_add_their_channels(level: Level, role: Role, expected: set[str]) -> None:
    plain, with_role = channels(guide(level)), channels(guide(level, role=role))
    assert set(with_role) == set(plain) | expected


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("fraud", ["cn-110", "cn-96110", "cn-12321"]),
        ("caution", ["cn-96110", "cn-12321"]),
        ("no_fraud_signs", []),
    ],
)
def test_levels_have_their_channels_most_urgent_first(level: Level, expected: list[str]) -> None:
    given = guide(level)
    assert channels(given) == expected
    for route in given.report:
        channel = shipped_channels()[route.id]
        assert (route.name, route.number, route.url) == (channel.name, channel.number, channel.url)
        assert (route.name_en, route.as_of) == (channel.name_en, channel.as_of)


@pytest.mark.parametrize("level", LEVELS)
def test_traditional_characters_add_hong_kong_and_taiwan(level: Level) -> None:
    assert channels(guide(level, traditional=True)) == [
        *channels(guide(level)), "hk-18222", "tw-165",
    ]  # fmt: skip


def test_threats_of_arrest_add_the_police_once() -> None:
    assert "cn-110" in channels(guide("caution", codes=("arrest_threat",)))
    given = guide("fraud", role="police", codes=("arrest_threat",))
    assert channels(given).count("cn-110") == 1


def test_unlawful_collection_is_told_as_such_unless_it_is_fraud() -> None:
    given = guide("caution", "abusive_collection")
    assert "unlawful collection" in given.summary.en
    assert {"cn-12378", "cn-nifa"} <= set(channels(given))
    assert any("12378" in item.en for item in given.do)
    fraud = guide("fraud", "abusive_collection")
    assert fraud.summary == guide("fraud").summary
    assert not any("12378" in item.en for item in fraud.do)


def test_sellers_of_debt_relief_are_warned_of() -> None:
    assert any("debt relief" in item.en for item in guide(category="debt_service_ad").dont)
    assert not any("debt relief" in item.en for item in guide(category="loan_ad").dont)


def test_who_has_paid_is_told_to_call_110_unless_nothing_is_wrong() -> None:
    for level in LEVELS:
        told = any("call 110 at once" in item.en for item in guide(level).do)
        assert told == (level != "no_fraud_signs")


def every_guidance() -> Iterator[Guidance]:
    for level in LEVELS:
        for category in CATEGORIES:
            for institution in ("pab", "no-such-lender", None):
                for role in (None, *ROLES):
                    yield guide(level, category, institution, role, ("arrest_threat",), True)


def test_every_sentence_is_in_both_languages_and_none_says_safe() -> None:
    texts: set[Bilingual] = set()
    for given in every_guidance():
        texts |= {given.summary, *given.do, *given.dont, *(route.source for route in given.verify)}
    assert len(texts) >= 14
    for text in texts:
        assert re.search("[\u4e00-\u9fff]", text.zh)
        assert text.en.isascii()
        assert not re.search(r"\b(?:safe|genuine)\b", text.en)
        assert "安全" not in text.zh


def test_every_channel_named_in_the_code_is_in_the_directory() -> None:
    named = set(re.findall(r'"((?:cn|hk|tw|mo)-\w+)"', inspect.getsource(guidance)))
    assert len(named) > 8
    assert named <= shipped_channels().keys()


NUMBERS = ("400-820-1234", "13912345678", "02188889999", "95599", "pa-95511.top", "pa_fawu88")


@pytest.mark.parametrize("lender", ["平安银行", "某某金服", "招商银行"])
@pytest.mark.parametrize("fraud", [0.0, 0.4, 0.9])
def test_nothing_of_the_message_gets_into_the_guidance(lender: str, fraud: float) -> None:
    text = (
        f"【{lender}】您已逾期，请拨官方客服400-820-1234或13912345678、02188889999、95599，"
        "登录https://pa-95511.top/pay，加微信pa_fawu88"
    )
    verdict = fixed_screener(impersonation=fraud).screen(Message(text, "sms", "13912345678"))
    shown = verdict.guidance.model_dump_json()
    assert not [number for number in NUMBERS if number in shown]
    assert bool(verdict.guidance.verify) == (lender != "某某金服")


def test_a_card_hotline_is_shown_however_many_other_numbers_there_are() -> None:
    institution = shipped_institutions()["cmb"]
    phones = [route for route in official_routes(institution) if "hotline" in route.type]
    assert len(institution.contacts_of("hotline")) > 4
    assert [route.value for route in phones][:2] == ["95555", "4008205555"]
    assert len(phones) == 4


def test_one_number_for_everything_is_shown_once_as_the_hotline() -> None:
    phones = [r for r in official_routes(shipped_institutions()["pab"]) if r.value == "95511"]
    assert [route.type for route in phones] == ["hotline"]
