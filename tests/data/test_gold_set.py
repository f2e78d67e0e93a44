from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from data.files import DataError
from data.gold_set import GoldRecord, read_gold, read_group
from data.institution import shipped_institutions
from data.labels import EvidenceCode
from model.labels import CATEGORIES
from tests.tiny_gold import facets, jsonl, record, write_gold
from training.near_duplicates import THRESHOLD, shingles

SPLITS = 'train = ["g1"]\ndev = ["g2"]\ntest = ["g3"]\n'
GROUPS = {
    "g1": [record("一", pair="p1"), record("二", "impersonation", pair="p1"), record("三")],
    "g2": [record("四", evidence=[{"code": "abuse", "quote": "四"}])],
    "g3": [record("五", claimed="abc", sender="95599")],
}


def test_reads_a_folder_by_split(tmp_path: Path) -> None:
    gold = read_gold(write_gold(tmp_path, GROUPS, SPLITS))
    assert {split: [r.text for r in records] for split, records in gold.items()} == {
        "train": ["一", "二", "三"],
        "dev": ["四"],
        "test": ["五"],
    }
    assert [r.id for r in gold["train"]] == ["g1-001", "g1-002", "g1-003"]
    assert {r.group for r in gold["train"]} == {"g1"}
    assert gold["train"][1].category == "impersonation"
    assert gold["dev"][0].evidence[0].code == "abuse"
    assert (gold["test"][0].claimed, gold["test"][0].sender) == ("abc", "95599")


def test_several_groups_of_a_split_come_in_the_order_of_the_splits_file(tmp_path: Path) -> None:
    splits = 'train = ["g3", "g1"]\ndev = ["g2"]\ntest = []\n'
    gold = read_gold(write_gold(tmp_path, GROUPS, splits))
    assert [r.group for r in gold["train"]] == ["g3", "g1", "g1", "g1"]
    assert gold["test"] == []


@pytest.mark.parametrize(
    "splits",
    [
        'train = ["g1", "g2"]\ndev = ["g2"]\ntest = ["g3"]\n',
        'train = ["g1", "g1"]\ndev = ["g2"]\ntest = ["g3"]\n',
        'train = ["g1"]\ndev = ["g2"]\ntest = []\n',
        'train = ["g1"]\ndev = ["g2"]\ntest = ["g3", "g4"]\n',
    ],
    ids=["in two splits", "twice in one", "in none", "without a file"],
)
def test_each_group_is_in_one_split(tmp_path: Path, splits: str) -> None:
    with pytest.raises(DataError, match=r"splits\.toml must name each group once.*g1.*g2.*g3"):
        read_gold(write_gold(tmp_path, GROUPS, splits))


def test_splits_file_missing_or_wrong(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"^splits\.toml: cannot be read"):
        read_gold(tmp_path)
    with pytest.raises(DataError, match=r"^splits\.toml: test: Field required"):
        read_gold(write_gold(tmp_path, GROUPS, 'train = ["g1"]\ndev = ["g2"]\n'))


@pytest.mark.parametrize("members", [1, 3])
def test_a_pair_has_two_members(tmp_path: Path, members: int) -> None:
    rows = [record(text, pair="p9") for text in "甲乙丙"[:members]]
    groups = GROUPS | {"g2": [*rows, record("丁")]}
    with pytest.raises(DataError, match=r"^g2\.jsonl: pairs without exactly two members: \['p9'\]"):
        read_gold(write_gold(tmp_path, groups, SPLITS))


def test_a_pair_does_not_reach_into_another_group(tmp_path: Path) -> None:
    groups = GROUPS | {"g2": [record("甲", pair="p1")]}
    with pytest.raises(DataError, match=r"^g2\.jsonl: .*'p1'"):
        read_gold(write_gold(tmp_path, groups, SPLITS))


GOOD = jsonl([record("好")])


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (GOOD + "{broken\n", "g.jsonl:2: not valid JSON"),
        (GOOD + "\n" + GOOD, "g.jsonl:2: not valid JSON"),
        (GOOD + "[1, 2]\n", "g.jsonl:2: not a JSON object"),
        (
            jsonl([record("好", evidence=[{"code": "abuse", "quote": "坏"}])]),
            "g.jsonl:1: entry: Value error, evidence abuse: the quote is not in the text",
        ),
        (
            jsonl([record("好", evidence=[{"code": "Abuse", "quote": "好"}])]),
            "g.jsonl:1: evidence.0.code: Input should be",
        ),
        (GOOD + jsonl([record("")]), "g.jsonl:2: text: String should have at least 1"),
        (jsonl([record("好", "scam")]), "g.jsonl:1: category: Input should be"),
        (
            jsonl([record("好", "genuine_collection", expected="fraud")]),
            "g.jsonl:1: entry: Value error, genuine_collection is never fraud: see GUIDE.md",
        ),
        (
            jsonl([record("好", facets=facets(stage="m9"))]),
            "g.jsonl:1: facets.stage: Input should be",
        ),
        (jsonl([record("好", expected="safe")]), "g.jsonl:1: expected: Input should be"),
        (jsonl([record("好", channel="mail")]), "g.jsonl:1: channel: Input should be"),
        (jsonl([record("好", lable=1)]), "g.jsonl:1: lable: Extra inputs"),
        (jsonl([{"text": "好"}]), "g.jsonl:1: channel: Field required"),
    ],
)
def test_errors_name_file_line_and_field(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "g.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_group(path)
    assert str(caught.value).startswith(problem)


def test_a_group_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    with pytest.raises(DataError, match=r"^g\.jsonl: cannot be read"):
        read_group(path)
    path.write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(DataError, match=r"^g\.jsonl: cannot be read"):
        read_group(path)


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085"])
def test_only_a_newline_ends_a_record(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "g.jsonl"
    path.write_text(jsonl([record(f"上{separator}下"), record("后")]), encoding="utf-8")
    assert [r.text for r in read_group(path)] == [f"上{separator}下", "后"]


@cache
def shipped() -> tuple[tuple[str, GoldRecord], ...]:
    """All shipped records with their split."""
    return tuple((split, record) for split, records in read_gold().items() for record in records)


@cache
def near_pairs() -> tuple[tuple[int, int], ...]:
    """Numbers of every two shipped records that are near-duplicates; exact, no shortcut."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    sizes: list[int] = []

    def earlier() -> Iterator[tuple[int, int]]:
        for number, (_, one) in enumerate(shipped()):
            grams = shingles(one.text)
            common = Counter(other for gram in grams for other in places[gram])
            for other, count in common.items():
                if count / (len(grams) + sizes[other] - count) >= THRESHOLD:
                    yield other, number
            sizes.append(len(grams))
            for gram in grams:
                places[gram].append(number)

    return tuple(earlier())


def described(one: int, other: int) -> str:
    (split, first), (other_split, second) = shipped()[one], shipped()[other]
    return f"{split} {first.id} ~ {other_split} {second.id}"


def unit(record: GoldRecord) -> str:
    """What may be alike: a pair, or a record of its own."""
    return f"{record.group}/{record.pair}" if record.pair else record.id


class TestShipped:
    def test_ids_are_unique(self) -> None:
        ids = [record.id for _, record in shipped()]
        assert len(ids) >= 8000
        assert [name for name, count in Counter(ids).items() if count > 1] == []

    def test_claimed_lenders_are_in_the_directory(self) -> None:
        claimed = {r.claimed for _, r in shipped() if r.claimed is not None}
        assert len(claimed) > 10
        assert claimed - set(shipped_institutions()) == set()

    def test_all_evidence_that_texts_can_raise_occurs(self) -> None:
        codes = {item.code for _, r in shipped() for item in r.evidence}
        lawful = {"official_number", "official_link", "unlawful_hours"}
        assert codes == set(get_args(EvidenceCode)) - lawful

    @pytest.mark.parametrize("split", ["train", "dev", "test"])
    def test_every_category_is_in_every_split(self, split: str) -> None:
        assert {r.category for name, r in shipped() if name == split} == set(CATEGORIES)

    def test_twins_are_two_different_texts(self) -> None:
        pairs: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for _, r in shipped():
            if r.pair is not None:
                pairs[r.group, r.pair].add(r.text)
        assert len(pairs) >= 1200
        assert [pair for pair, texts in pairs.items() if len(texts) != 2] == []

    def test_the_search_for_near_duplicates_finds_twins(self) -> None:
        pairs = [(shipped()[a][1], shipped()[b][1]) for a, b in near_pairs()]
        assert sum(a.pair is not None and a.pair == b.pair for a, b in pairs) > 50

    def test_only_twins_are_alike(self) -> None:
        alike = [
            described(a, b)
            for a, b in near_pairs()
            if unit(shipped()[a][1]) != unit(shipped()[b][1])
        ]
        assert alike == []
