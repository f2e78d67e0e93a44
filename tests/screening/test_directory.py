from __future__ import annotations

import pytest

from data.institution import Region
from screening.contacts import find_contacts
from screening.directory import Directory, Status, shipped_directory


@pytest.fixture(scope="module")
def directory() -> Directory:
    return shipped_directory()


@pytest.mark.parametrize(
    ("text", "institution", "expected"),
    [
        ("95511", "pab", "official"),
        ("95588", "pab", "other_institution"),
        ("95588", None, "other_institution"),
        ("12378", "pab", "public"),
        ("96110", None, "public"),
        ("400-000-7713", "pab", "unknown"),
        ("13900004821", "pab", "never_official"),
        ("+852 6000 0183", "pab", "never_official"),
        ("+852 6000 0183", "cncbi", "unknown"),  # it lends in Hong Kong
        ("13900004821", None, "unknown"),
        ("021-60000418", "pab", "unknown"),
        ("95384", "webank", "official"),
        ("0551-96588", "hsb", "official"),
        ("96588", "hsb", "official"),
        ("0532-96588", "hsb", "other_institution"),  # dialled there it is another bank's
        ("0755-95511", "pab", "official"),
        ("400-889-6588", "hsb", "official"),
        ("+852 2287 6767", "cncbi", "official"),
        ("00852-22876767", "cncbi", "official"),
        ("956186", "aibank", "candidate"),
        ("m.cmbchina.com", "cmb", "official"),
        ("https://cmbchina.com/x", "cmb", "official"),
        ("cmbchina.com.cc", "cmb", "unknown"),
        ("xcmbchina.com", "cmb", "unknown"),
        ("icbc.com.cn", "cmb", "other_institution"),
        ("zxfw.court.gov.cn", "cmb", "public"),
        ("12321.cn", "cmb", "public"),
        ("www.12321.cn", "cmb", "public"),
        ("gov.cn.hk8.top", "cmb", "unknown"),
    ],
)
def test_status(directory: Directory, text: str, institution: str | None, expected: Status) -> None:
    (point,) = find_contacts(text)
    assert directory.status(point, institution) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("平安银行", [("平安银行", "pab", False)]),
        ("中国光大银行与光大银行", [("中国光大银行", "ceb", False), ("光大银行", "ceb", False)]),
        ("泰隆商业银行", [("泰隆商业银行", "tailong", False)]),
        ("中原yh", [("中原yh", "zyb", False)]),
        ("广州农商行", [("广州农商行", "grcb", False)]),
        ("信也科技的拍拍贷", [("信也科技", "ppdai", False), ("拍拍贷", "ppdai", False)]),
        ("微众银行", [("微众银行", "webank", False)]),
        ("微粒贷", [("微粒贷", "weilidai", False)]),
        ("花呗", [("花呗", "antcf", False)]),
        ("京东金融", [("京东金融", "jdfinance", False)]),
        ("京东", [("京东", "jdfinance", True)]),
        ("抖音月付", [("抖音月付", "bytedance", False)]),
        ("抖音", [("抖音", "bytedance", True)]),
        ("某某农商银行", []),
        ("广西农信社", [("广西农信社", "gxrcu", False)]),
        ("湖南农村信用社", [("湖南农村信用社", "hnrcu", False)]),
        ("江南农商", [("江南农商", "jnb", False)]),
        ("乐山商行", [("乐山商行", "lsccb", False)]),
        ("长银消费", [("长银消费", "changyin", False)]),
        ("尚诚", [("尚诚", "shangcheng", True)]),
        ("中国银行(香港)", [("中国银行(香港)", "bochk", False)]),
        ("捷·信与招.联", [("捷信", "jdcfc", False), ("招联", "mucfc", False)]),
        ("hsbc与hsbcx", [("hsbc", "hsbc-hk", False)]),
        ("京东消费", [("京东", "jdfinance", True)]),
        ("商业银行、国际银行", []),
        ("58同城", []),
    ],
)
def test_names(directory: Directory, text: str, expected: list[tuple[str, str, bool]]) -> None:
    found = [(match.name, match.ids[0], match.brand) for match in directory.find_names(text)]
    assert found == expected


def test_name_ranges_are_in_the_text(directory: Directory) -> None:
    text = "😀请联系招商银行或建行"
    assert [text[m.start : m.end] for m in directory.find_names(text)] == ["招商银行", "建行"]


def test_owners_are_all_lenders_of_a_number(directory: Directory) -> None:
    (point,) = find_contacts("95188")
    assert directory.owners(point) == ("alipay", "antcf", "mybank")
    (unknown,) = find_contacts("400-000-7713")
    assert directory.owners(unknown) == ()


def test_a_product_s_contacts_are_its_lender_s(directory: Directory) -> None:
    (point,) = find_contacts("95384")
    assert directory.owners(point) == ("webank",)


@pytest.mark.parametrize(
    ("ids", "regions", "expected"),
    [
        (("webank", "weilidai"), ("CN",), "webank"),
        (("weilidai",), ("CN",), "webank"),
        (("hsbc-cn", "hsbc-hk"), ("CN",), "hsbc-cn"),
        (("hsbc-cn", "hsbc-hk"), ("HK",), "hsbc-hk"),
        (("hsbc-cn", "hsbc-hk"), ("HK", "TW"), "hsbc-hk"),
        (("hsbc-cn", "hsbc-hk"), ("TW",), "hsbc-cn"),
        (("antcf", "alipay"), ("CN",), "antcf"),
        (("shengbei",), ("CN",), "shengbei"),
    ],
)
def test_which_lender_of_a_name_is_meant(
    directory: Directory, ids: tuple[str, ...], regions: tuple[Region, ...], expected: str
) -> None:
    assert directory.lender_of(ids, regions) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12368", "cn-12368"), ("www.12321.cn", "cn-12321"), ("95511", None), ("a.cc", None)],
)
def test_public_channels(directory: Directory, text: str, expected: str | None) -> None:
    (point,) = find_contacts(text)
    assert directory.channel_of(point) == expected


def test_every_official_phone_and_domain_is_recognised(directory: Directory) -> None:
    for institution in directory.institutions.values():
        for contact in institution.contacts_of("hotline", "credit_card_hotline", "sms", "domain"):
            (point,) = find_contacts(contact.value.lower())
            owner = institution.product_of or institution.id
            assert directory.status(point, owner) == "official", contact.value
            assert directory.matches(contact, point)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("www.1cbc.com.cn", ("icbc",)),
        ("icbc.com.cn.pay0.top", ("icbc",)),
        ("m.icbc.com.cn", ()),
        ("crnbchina.com", ("cmb",)),
        ("cmb-china.com", ("cmb",)),
        ("cmbchina.net", ()),
        ("www.icbc.com.cn.pay0.top", ("icbc",)),
        ("m.1cbc.com.cn", ("icbc",)),
        ("ccb.com.hk", ()),  # may be its own
        ("abchina.com.cn", ()),
        ("a.cc", ()),
        ("95511", ()),
    ],
)
def test_sites_that_imitate_a_lenders(
    directory: Directory, text: str, expected: tuple[str, ...]
) -> None:
    (point,) = find_contacts(text)
    assert directory.imitated(point) == expected
