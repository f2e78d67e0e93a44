from __future__ import annotations

from pathlib import Path

import pytest

from data.channel import Channel, shipped_channels
from data.files import DataError
from data.institution import lay_over, shipped_institutions
from data.local import VARIABLE, keyed, local_folder, overlay
from data.tactic import Tactic, shipped_tactics


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_no_folder_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in (None, ""):
        if value is None:
            monkeypatch.delenv(VARIABLE, raising=False)
        else:
            monkeypatch.setenv(VARIABLE, value)
        assert local_folder() is None


def test_the_named_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    write(tmp_path, "README.md", "ours")
    write(tmp_path, ".git/config", "")
    write(tmp_path, "policy.toml", "")
    assert local_folder() == tmp_path


def test_a_folder_that_is_none_or_holds_something_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none"))
    with pytest.raises(DataError, match="CUICHA_DATA_DIR: not a folder"):
        local_folder()
    write(tmp_path, "institution/pab.toml", "")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(DataError, match="'institution' is none of"):
        local_folder()


@pytest.mark.parametrize(
    "name",
    [
        "policy.toml.txt",
        "institutions/pab.toml.txt",
        "institutions/pab.TOML",
        "institutions/cn/pab.toml",
        "wordings/abuse.txt",
    ],
)
def test_nothing_is_passed_over_in_silence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    write(tmp_path, name, "")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(DataError, match="CUICHA_DATA_DIR"):
        local_folder()


def test_a_file_where_a_folder_belongs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write(tmp_path, "wordings", "")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(DataError, match="wordings must be a folder"):
        local_folder()


# Lenders


def test_a_new_lender(tmp_path: Path) -> None:
    write(tmp_path, "mine.toml", 'name = "某某小贷"\nkind = "internet_lender"\n')
    merged = lay_over(shipped_institutions(), tmp_path)
    assert merged["mine"].name == "某某小贷"
    assert len(merged) == len(shipped_institutions()) + 1


CONTACT = """
[[contacts]]
type = "hotline"
value = "{value}"
grade = "A"
source_count = 1
as_of = "2026-10"
"""


def test_a_shipped_lender_is_changed_field_by_field(tmp_path: Path) -> None:
    text = 'called = "平安"\naliases = ["新别名"]\nsources = ["ours"]\nwithdraw = ["pingan.com"]\n'
    write(tmp_path, "pab.toml", text + CONTACT.format(value="0755-95511"))
    shipped, merged = shipped_institutions()["pab"], lay_over(shipped_institutions(), tmp_path)
    changed = merged["pab"]
    assert changed.short_name == "平安"
    assert changed.name == shipped.name
    assert changed.aliases == (*shipped.aliases, "新别名")
    assert changed.sources == (*shipped.sources, "ours")
    values = [contact.value for contact in changed.contacts]
    assert "pingan.com" not in values
    assert values[0] == "0755-95511"  # ours is shown first
    assert shipped_institutions()["pab"] == shipped
    assert merged["cmb"] == shipped_institutions()["cmb"]


def test_a_contact_of_the_same_type_and_value_is_replaced(tmp_path: Path) -> None:
    write(tmp_path, "pab.toml", 'sources = ["ours"]' + CONTACT.format(value="95511"))
    changed = lay_over(shipped_institutions(), tmp_path)["pab"]
    hotlines = [c for c in changed.contacts if (c.type, c.value) == ("hotline", "95511")]
    assert [(c.grade, c.as_of) for c in hotlines] == [("A", "2026-10")]
    assert changed.contacts_of("credit_card_hotline")


SOURCED = 'sources = ["ours"]'
SITE = CONTACT.replace("hotline", "domain").format(value="https://www.x.com/a")


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("pab.toml", 'id = "cmb"', "id must equal the file name"),
        ("pab.toml", 'withdraw = ["95588"]', "'95588' isn't shipped"),
        ("pab.toml", 'hotline = "95511"', "hotline"),
        ("mine.toml", 'name = "某某"', "kind"),
        ("mine.toml", 'name = "某某"\nkind = "trust"' + CONTACT.format(value="95000"), "sources"),
        ("mine.toml", 'name = "某某"\nkind = "trust"\nproduct_of = "none"', "product_of"),
        ("mine.toml", 'name = "某某"\nkind = "trust"\nproduct_of = "weilidai"', "product_of"),
        ("pab.toml", SOURCED + CONTACT.format(value="打955"), "digits and hyphens"),
        ("pab.toml", CONTACT.format(value="95000"), "need sources in the same file"),
        ("pab.toml", 'aliases = "平安零售"', "aliases: must be a list"),
        ("pab.toml", "sources = 3", "sources: must be a list"),
        ("pab.toml", 'withdraw = [["a"]]', "withdraw: must be a list"),
        ("pab.toml", "contacts = [3]", "contacts: must be a list"),
        ("pab.toml", SOURCED + SITE, "bare host"),
    ],
)
def test_a_wrong_lender_says_where(tmp_path: Path, name: str, text: str, where: str) -> None:
    write(tmp_path, name, text)
    with pytest.raises(DataError, match=name.replace(".", r"\.")) as caught:
        lay_over(shipped_institutions(), tmp_path)
    assert where in str(caught.value)


# Tables of entries


def test_overlay_changes_known_entries_and_adds_new_ones() -> None:
    known = shipped_channels()["cn-110"]
    new = known.model_dump() | {"id": "cn-x", "number": "955"}
    merged = overlay(
        Channel, shipped_channels(), {"cn-110": {"hours": "全天"}, "cn-x": new}, "channels.toml"
    )
    assert merged["cn-110"] == known.model_copy(update={"hours": "全天"})
    assert merged["cn-x"].number == "955"
    with pytest.raises(DataError, match=r"channels\.toml: cn-y"):
        overlay(Channel, shipped_channels(), {"cn-y": {"hours": "全天"}}, "channels.toml")


def test_new_words_are_written_in_traditional_characters_anew() -> None:
    words = {"zh": "转账给个人", "en": "x"}
    merged = overlay(Tactic, shipped_tactics(), {"abuse": {"title": words}}, "tactics.toml")
    assert merged["abuse"].title.zh_hant == "轉帳給個人"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('[[channel]]\nid = "x"', r"\[\[channels\]\] is all"),
        ('[[channels]]\nname = "x"', "needs its own id"),
        ('[[channels]]\nid = "x"\n[[channels]]\nid = "x"', "needs its own id"),
        ('channels = "x"', r"\[\[channels\]\] is all"),
    ],
)
def test_a_wrong_table_says_where(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(DataError, match=where):
        keyed(write(tmp_path, "channels.toml", text), "channels", "id")


def test_no_file_is_no_entries(tmp_path: Path) -> None:
    assert keyed(tmp_path / "channels.toml", "channels", "id") == {}
