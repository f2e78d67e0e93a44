from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.advice import shipped_advice
from data.channel import shipped_channels
from data.gold_set import read_gold
from data.institution import Institution, Region, shipped_institutions
from data.labels import EvidenceCode, Role
from data.words import Words
from model.labels import CATEGORIES, Category
from model.normalize import normalize
from screening.contacts import PHONE_KINDS, digits, find_contacts
from screening.directory import shipped_directory
from screening.guidance import Case, build_guidance, situations_told
from screening.message import Message
from screening.routes import official_routes
from screening.verdict import Guidance, Level
from tests.screening.samples import fixed_screener

LEVELS: tuple[Level, ...] = get_args(Level)
ROLES: tuple[Role, ...] = get_args(Role)
CODES: tuple[EvidenceCode, ...] = get_args(EvidenceCode)
REGIONS: tuple[Region, ...] = get_args(Region)
TODAY = date(2026, 9, 1)
BOOK = shipped_advice()


def guide(
    level: Level = "fraud",
    category: Category = "impersonation",
    institution: str | None = None,
    role: Role | None = None,
    codes: tuple[str, ...] = (),
    regions: tuple[Region, ...] = ("CN",),
    happened: tuple[str, ...] = (),
) -> Guidance:
    case = Case(level, category, institution, role, regions, frozenset(codes), frozenset(happened))
    return build_guidance(case, BOOK, shipped_directory(), TODAY)


def channels(given: Guidance) -> list[str]:
    return [route.id for route in given.report]


def english(words: tuple[Words, ...]) -> str:
    return "\n".join(each.en for each in words)


# Whom to call


def test_a_known_lender_comes_with_its_number() -> None:
    given = guide(institution="pab")
    assert "95511" in [route.value for route in given.verify]
    assert "use the official route below" in given.do[0].en
    assert given.verify == tuple(official_routes(shipped_institutions()["pab"], TODAY))


def bare_lenders() -> list[Institution]:
    institutions = shipped_institutions().values()
    return [each for each in institutions if not list(official_routes(each, TODAY))]


def test_a_lender_without_confirmed_channels_is_told_so_and_candidates_stay_hidden() -> None:
    assert any(each.candidates for each in bare_lenders())
    for each in bare_lenders():
        given = guide(institution=each.id)
        assert given.verify == ()
        assert "no confirmed phone number" in given.do[0].en
        shown = given.model_dump_json()
        assert not [c.value for c in each.candidates if c.value in shown and c.type != "company"]


def test_nobody_is_told_as_nobody() -> None:
    given = guide()
    assert given.verify == ()
    assert "does not name a lender we know" in given.do[0].en
    assert guide(institution="no-such-lender") == given


# Where to report


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("fraud", ["cn-110", "cn-96110", "cn-pbccrc", "cn-12321"]),
        ("caution", ["cn-96110", "cn-pbccrc", "cn-12321"]),
        ("no_fraud_signs", []),
    ],
)
def test_levels_have_their_channels_most_urgent_first(level: Level, expected: list[str]) -> None:
    assert channels(guide(level)) == expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("court", {"cn-12368"}),
        ("police", {"cn-110"}),
        ("law_firm", {"cn-12348", "cn-12368"}),
        ("mediation", {"cn-12348", "cn-12368"}),
        ("regulator", {"cn-12378", "cn-pbccrc"}),
    ],
)
@pytest.mark.parametrize("level", LEVELS)
def test_roles_add_their_channels(level: Level, role: Role, expected: set[str]) -> None:
    plain, with_role = guide(level), guide(level, role=role)
    assert set(channels(with_role)) == set(channels(plain)) | expected
    assert len(with_role.do) > len(plain.do)


@pytest.mark.parametrize(
    ("region", "own"), [("HK", "hk-18222"), ("TW", "tw-165"), ("MO", "mo-pj"), ("CN", "cn-110")]
)
def test_each_region_has_its_own_help_only(region: Region, own: str) -> None:
    given = guide(regions=(region,))
    assert own in channels(given)
    assert {shipped_channels()[each].region for each in channels(given)} == {region}
    steps = english(given.happened[0].do)
    assert ("110" in steps) == (region == "CN")
    assert ("165" in steps) == (region == "TW")
    assert ("18222" in steps) == (region == "HK")


def test_traditional_characters_without_a_place_get_both() -> None:
    assert {"hk-18222", "tw-165"} <= set(channels(guide(regions=("HK", "TW"))))


def test_threats_of_arrest_add_the_police_once() -> None:
    assert "cn-110" in channels(guide("caution", codes=("arrest_threat",)))
    given = guide("fraud", role="police", codes=("arrest_threat",))
    assert channels(given).count("cn-110") == 1


# What to say in which case


def test_unlawful_collection_is_told_as_such_unless_it_is_fraud() -> None:
    given = guide("caution", "abusive_collection")
    assert "unlawful collection" in given.summary.en
    assert {"cn-12378", "cn-nifa"} <= set(channels(given))
    assert "12378" in english(given.do)
    fraud = guide("fraud", "abusive_collection")
    assert fraud.summary == guide("fraud").summary
    assert "12378" not in english(fraud.do)


@pytest.mark.parametrize("code", ["third_party_pressure", "abuse", "unlawful_hours"])
def test_a_genuine_collector_who_breaks_the_rules(code: str) -> None:
    given = guide("caution", "genuine_collection", "pab", codes=(code,))
    assert "conduct may break the rules" in given.summary.en
    assert {"cn-12378", "cn-nifa"} <= set(channels(given))
    assert "call logs" in english(given.keep)


def test_for_genuine_looking_messages_how_to_talk_and_what_a_collector_may_not_do() -> None:
    plain = english(guide("no_fraud_signs", "genuine_collection", "pab").rights)
    assert "instalments" in plain
    assert "22:00" not in plain  # nobody has broken a rule
    rights = english(guide("caution", "genuine_collection", "pab").rights)
    assert "22:00" in rights
    assert "article 68" in rights
    assert guide("fraud", "other_scam").rights == ()
    abroad = english(guide("caution", "genuine_collection", regions=("HK",)).rights)
    assert "instalments" in abroad
    assert "GB/T" not in abroad


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("account_cancellation", "account closing"),
        ("private_contact", "private WeChat"),
        ("id_documents_request", "pictures of your identity card"),
    ],
)
def test_demands_have_their_own_warnings(code: str, words: str) -> None:
    assert words in english(guide("fraud", codes=(code,)).dont)
    assert words not in english(guide("fraud").dont)


def test_sellers_of_debt_relief_are_warned_of() -> None:
    assert "debt relief" in english(guide(category="debt_service_ad").dont)
    assert "debt relief" not in english(guide(category="loan_ad").dont)
    assert "no fee in advance" in guide("caution", "debt_service_ad").summary.en


# What has already happened


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对方:转好了吗\n我:已经转了两千", {"paid"}),
        ("对方:收到码报给我\n我:验证码是304718", {"code_told"}),
        ("对方:收到的码念一下\n我:304718", {"code_told"}),
        ("对方:欠多少\n我:5000", set()),
        ("对方:你好\n我:钱转了吗", set()),
        ("对方:你好\n我:还没转好了再说", set()),
        ("对方:你好\n我:我已经打给银行客服问了", set()),
        ("对方:你好\n我:我没有把验证码告诉你", set()),
        ("对方:拍照\n我:身份证照片还没发过去", set()),
        ("對方:匯款\n我:已經匯款了", {"paid"}),
        ("对方:转过去\n我:转给你了", {"paid"}),
        ("对方:下载这个\n我:装好了\n对方:点共享\n我:共享开了", {"app_or_screen"}),
        ("对方:拍照\n我:身份证照片发过去了", {"details_given"}),
        ("对方:已经转了吗\n我:还没有", set()),
        ("对方:转账成功后截图", set()),
        ("已经转了两千怎么办", set()),
        ("", set()),
    ],
)
def test_situations_are_read_from_the_reader_s_own_lines(text: str, expected: set[str]) -> None:
    assert situations_told(normalize(text).text, BOOK) == expected


def test_every_situation_is_told_and_what_happened_comes_first() -> None:
    assert [case.id for case in guide().happened] == [case.id for case in BOOK.situations]
    given = guide(happened=("app_or_screen",))
    assert given.happened[0].id == "app_or_screen"
    assert [case.told for case in given.happened] == [True, False, False, False, False]
    for region in REGIONS:
        assert all(len(case.do) >= 2 for case in guide(regions=(region,)).happened)


# A text for a parent


def test_share_names_lender_and_official_number() -> None:
    share = guide("fraud", institution="alipay").share
    assert "支付宝" in share.zh
    assert "95188" in share.zh
    assert "95188" in share.en
    assert "{" not in share.zh + share.en + share.zh_hant


def test_share_for_an_unknown_lender_names_none() -> None:
    for level in LEVELS:
        assert not re.search(r"\d", guide(level).share.zh)
    assert len({guide(level).share.zh for level in LEVELS}) == 2


# Whatever the case


def cases() -> st.SearchStrategy[Guidance]:
    return st.builds(
        guide,
        level=st.sampled_from(LEVELS),
        category=st.sampled_from(CATEGORIES),
        institution=st.none() | st.sampled_from([*shipped_institutions(), "no-such-lender"]),
        role=st.none() | st.sampled_from(ROLES),
        codes=st.lists(st.sampled_from(CODES), max_size=5).map(tuple),
        regions=st.sampled_from([("CN",), ("HK",), ("TW",), ("MO",), ("HK", "TW")]),
        happened=st.lists(st.sampled_from([s.id for s in BOOK.situations])).map(tuple),
    )


@given(cases())
def test_guidance_is_complete_and_never_calls_anything_safe(given: Guidance) -> None:
    assert given.do
    assert len(given.dont) >= 3
    assert len(given.happened) == 5
    assert len(set(channels(given))) == len(channels(given))
    for words in every_sentence(given):
        assert re.search("[\u4e00-\u9fff]", words.zh)
        assert re.search("[\u4e00-\u9fff]", words.zh_hant)
        assert not re.search(r"\bsafe\b", words.en)
        assert "安全" not in words.zh


def every_sentence(given: Guidance) -> Iterator[Words]:
    yield given.summary
    yield given.share
    yield from (*given.do, *given.dont, *given.keep, *given.rights)
    for case in given.happened:
        yield from (case.title, *case.do)
    yield from (route.source for route in given.verify)


# Nothing of the message


GOLD = [record for records in read_gold().values() for record in records]


@pytest.mark.parametrize("shard", range(8))
def test_no_number_link_or_account_of_any_gold_message_gets_into_its_guidance(shard: int) -> None:
    """Over the whole gold set: whatever is shown comes from the directory, not from the text."""
    screener = fixed_screener(impersonation=0.9)
    for record in GOLD[shard::8]:
        verdict = screener.screen(Message(record.text, record.channel, record.sender or None))
        guidance = verdict.guidance
        official = {route.value for route in guidance.verify}
        official |= PUBLIC
        shown = "\n".join(words_shown(guidance))
        shown_digits = set(re.findall(r"\d{5,}", digits_joined(shown)))
        for point in find_contacts(normalize(record.text).text):
            if point.kind in PHONE_KINDS | {"card", "account", "wechat", "qq", "meeting"}:
                if len(digits(point.value)) >= 5:
                    found = digits(point.value) in shown_digits
                    assert not found or is_listed(point.value, official), record.id
            elif point.kind == "link" and not is_listed(point.value, official):
                assert point.value not in shown, record.id


def words_shown(guidance: Guidance) -> Iterator[str]:
    for words in every_sentence(guidance):
        yield from (words.zh, words.zh_hant, words.en)
    for route in guidance.verify:
        yield route.value
    for channel in guidance.report:
        yield from (channel.number or "", channel.url or "", channel.how_to_use)


def digits_joined(text: str) -> str:
    return re.sub(r"(?<=\d)[- ](?=\d)", "", text)


def is_listed(value: str, official: set[str]) -> bool:
    """Whether a value of the message is also one that the directory gave."""
    if digits(value) and digits(value) in {digits(each) for each in official}:
        return True
    return any(value == each or value.endswith(f".{each}") or value in each for each in official)


PUBLIC = {
    text
    for channel in shipped_channels().values()
    for text in (channel.number, channel.url)
    if text
}
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
