from __future__ import annotations

from pathlib import Path

import pytest

from data.files import DataError
from data.institution import (
    PHONE_TYPES,
    Institution,
    read_institutions,
    shipped_institutions,
)

VALID = """\
id = "abc"
name = "中国农业银行"
kind = "state_bank"
aliases = ["农行"]
sources = ["https://example.org/list"]

[[contacts]]
type = "hotline"
value = "95599"
grade = "C"
source_count = 2
as_of = "2026-08"

[[contacts]]
type = "domain"
value = "abchina.com"
label = "官网"
grade = "A"
source_count = 1
as_of = "2026-08"

[[candidates]]
type = "sms"
value = "106995599"
seen_in = "一个帖子"
"""


def write(folder: Path, content: str, name: str = "abc.toml") -> Path:
    (folder / name).write_text(content, encoding="utf-8")
    return folder


def test_reads_an_entry(tmp_path: Path) -> None:
    (entry,) = read_institutions(write(tmp_path, VALID)).values()
    assert (entry.id, entry.name, entry.kind, entry.aliases) == (
        "abc",
        "中国农业银行",
        "state_bank",
        ("农行",),
    )
    assert [contact.value for contact in entry.contacts] == ["95599", "abchina.com"]
    assert entry.contacts[1].label == "官网"
    assert entry.candidates[0].value == "106995599"


def test_contacts_of_keeps_file_order(tmp_path: Path) -> None:
    entry = read_institutions(write(tmp_path, VALID))["abc"]
    assert [c.value for c in entry.contacts_of("domain", "hotline")] == ["95599", "abchina.com"]
    assert [c.value for c in entry.contacts_of("domain")] == ["abchina.com"]
    assert entry.contacts_of("app") == ()


def test_entries_come_in_alphabetical_order_and_other_files_are_left_out(tmp_path: Path) -> None:
    for name in ("zz", "abc", "mm"):
        write(tmp_path, VALID.replace('"abc"', f'"{name}"'), f"{name}.toml")
    write(tmp_path, "not read", "README.md")
    assert list(read_institutions(tmp_path)) == ["abc", "mm", "zz"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('name = "中国农业银行"', "name = ", r"^abc\.toml: not valid TOML"),
        ("aliases =", "alias =", r"^abc\.toml: alias: Extra inputs"),
        ('value = "95599"', 'value = "95599x"', r"^abc\.toml: contacts\.0: .*'95599x'"),
        ('value = "95599"', 'value = "--"', r"^abc\.toml: contacts\.0: .*digits and hyphens"),
        (
            'sources = ["https://example.org/list"]',
            "",
            r"^abc\.toml: entry: .*contacts without sources",
        ),
        ('id = "abc"', 'id = "abd"', r"^abc\.toml: id 'abd' must equal the file name"),
        ('id = "abc"', 'id = "A b"', r"^abc\.toml: id: String should match"),
        ('"state_bank"', '"bank"', r"^abc\.toml: kind: Input should be"),
        ('grade = "C"', 'grade = "E"', r"^abc\.toml: contacts\.0\.grade: Input should be"),
        ('grade = "C"\n', "", r"^abc\.toml: contacts\.0\.grade: Field required"),
        ('type = "domain"', 'type = "web"', r"^abc\.toml: contacts\.1\.type: Input should be"),
        ("source_count = 2", "source_count = 0", r"^abc\.toml: contacts\.0\.source_count: "),
        ('as_of = "2026-08"', 'as_of = "2026-13"', r"^abc\.toml: contacts\.0\.as_of: "),
        ('seen_in = "一个帖子"', 'seen_in = ""', r"^abc\.toml: candidates\.0\.seen_in: "),
    ],
)
def test_errors_name_file_and_field(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in VALID
    with pytest.raises(DataError, match=problem):
        read_institutions(write(tmp_path, VALID.replace(old, new)))


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "abc.toml").write_bytes(VALID.encode("gb18030"))
    with pytest.raises(DataError, match=r"^abc\.toml: not valid TOML: 'utf-8'"):
        read_institutions(tmp_path)


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=f"{tmp_path.name}: no institution entries found"):
        read_institutions(tmp_path)


class TestShipped:
    def test_count(self) -> None:
        assert len(shipped_institutions()) == 199
        assert shipped_institutions() is shipped_institutions()

    def test_a_known_hotline(self) -> None:
        assert "95599" in [c.value for c in shipped_institutions()["abc"].contacts_of("hotline")]

    @pytest.mark.parametrize("entry", shipped_institutions().values(), ids=lambda entry: entry.id)
    def test_contacts_have_grade_date_and_sources(self, entry: Institution) -> None:
        for contact in entry.contacts:
            assert contact.grade in "ABCD"
            assert "2020" <= contact.as_of[:4] <= "2099"
            assert contact.source_count >= 1
        assert all(entry.sources)
        assert entry.sources or not entry.contacts

    def test_phone_numbers_are_of_a_length_that_exists(self) -> None:
        numbers = [
            contact.value.replace("-", "")
            for entry in shipped_institutions().values()
            for contact in entry.contacts
            if contact.type in PHONE_TYPES
        ]
        assert len(numbers) > 199
        assert [n for n in numbers if not 5 <= len(n) <= 21] == []

    def test_no_candidate_is_a_contact_of_its_own_lender(self) -> None:
        doubles = [
            (entry.id, candidate.type, candidate.value)
            for entry in shipped_institutions().values()
            for candidate in entry.candidates
            for contact in entry.contacts
            if (candidate.type, candidate.value) == (contact.type, contact.value)
        ]
        assert doubles == []

    def test_no_contact_is_listed_twice(self) -> None:
        for entry in shipped_institutions().values():
            values = [(contact.type, contact.value) for contact in entry.contacts]
            assert len(values) == len(set(values)), entry.id
