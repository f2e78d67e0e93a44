from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

from data.corpora import Corpus
from tests.training.corpus_files import lines, write_corpus
from training.corpora import CorpusError, CorpusRow, read_rows, read_test_rows, read_texts
from training.near_duplicates import Index, shingles

ROWS = lines(
    ("刷单返佣，日结三百", "scam"),
    ("今晚一起吃饭吗", "ham"),
    ("点这里领奖品", "scam"),
    ("不用的标签", "other"),
)


def read(
    corpus: Corpus, folder: Path, seed: int = 1, index: Index | None = None
) -> list[CorpusRow]:
    return list(read_rows(corpus, folder, index or Index(), seed))


@pytest.mark.parametrize("packed", [False, True])
def test_reads_plain_and_packed_files(tmp_path: Path, packed: bool) -> None:
    rows = read(write_corpus(tmp_path, "sms", ROWS, packed), tmp_path)
    assert {(row.text, row.category, row.source) for row in rows} == {
        ("刷单返佣，日结三百", "other_scam", "sms"),
        ("今晚一起吃饭吗", "benign", "sms"),
        ("点这里领奖品", "other_scam", "sms"),
    }


def test_a_large_packed_file_is_read_to_its_end(tmp_path: Path) -> None:
    content = lines(*((f"{chr(0x4E00 + i) * 40}", "ham") for i in range(20_000)))
    assert len(content) > 2**21
    corpus = write_corpus(tmp_path, "sms", content, packed=True, most_per_label=3)
    assert len(read(corpus, tmp_path)) == 3


@pytest.mark.parametrize("packed", [False, True])
def test_another_version_is_refused(tmp_path: Path, packed: bool) -> None:
    corpus = write_corpus(tmp_path, "sms", ROWS, packed)
    write_corpus(tmp_path, "sms", ROWS + b"\n", packed)
    with pytest.raises(CorpusError, match=r"^sms: not the listed version .SHA-256 differs.; see"):
        read(corpus, tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "elsewhere", "sms", ROWS)
    with pytest.raises(CorpusError, match=r"^sms: no sms\.jsonl in the corpora folder; see data/c"):
        read(corpus, tmp_path)


@pytest.mark.parametrize(
    "bad",
    [b"{broken", b'{"text": "a"}', b'{"label": "ham"}', b'["a", "ham"]', b"3", b""],
)
def test_a_bad_row_is_named(tmp_path: Path, bad: bytes) -> None:
    corpus = write_corpus(tmp_path, "sms", ROWS + bad + b"\n")
    with pytest.raises(CorpusError, match=r"^sms: row 5 lacks text or label"):
        read(corpus, tmp_path)


@pytest.mark.parametrize(
    "separator", ["\u2028", "\u0085", "\x0b".encode("unicode_escape").decode()]
)
def test_only_a_newline_ends_a_row(tmp_path: Path, separator: str) -> None:
    content = '{"text": "上SEP下", "label": "ham"}\n'.replace(
        "SEP", separator.replace("\\x", "\\u00")
    )
    (row,) = read(write_corpus(tmp_path, "sms", content.encode()), tmp_path)
    assert len(row.text) == 3


MANY = lines(*((chr(0x4E00 + 7 * i) * 3 + chr(0x5E00 + 5 * i) * 3, "ham") for i in range(60)))


@pytest.mark.parametrize(("most", "count"), [(1, 1), (10, 10), (60, 60), (1000, 60)])
def test_at_most_so_many_rows_of_a_label(tmp_path: Path, most: int, count: int) -> None:
    corpus = write_corpus(tmp_path, "sms", MANY, most_per_label=most)
    assert len(read(corpus, tmp_path)) == count


@pytest.mark.parametrize(("most", "count"), [(None, 10), (3, 3), (30, 30), (1000, 60)])
def test_who_reads_may_want_more_or_fewer(tmp_path: Path, most: int | None, count: int) -> None:
    corpus = write_corpus(tmp_path, "sms", MANY, most_per_label=10)
    rows = list(read_rows(corpus, tmp_path, Index(), 1, most))
    assert len(rows) == count
    usual = read(corpus, tmp_path)
    shorter = min(len(rows), len(usual))
    assert rows[:shorter] == usual[:shorter]


def test_the_sample_depends_on_the_seed_alone(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path, "sms", MANY, most_per_label=10)
    turned = b"\n".join(reversed(MANY.splitlines())) + b"\n"
    same = write_corpus(tmp_path / "turned", "sms", turned, most_per_label=10)
    one = read(corpus, tmp_path, seed=1)
    assert one == read(corpus, tmp_path, seed=1)
    assert one == read(same, tmp_path / "turned", seed=1)
    assert one != read(corpus, tmp_path, seed=2)


def test_near_duplicates_are_taken_once_and_never_if_known(tmp_path: Path) -> None:
    content = lines(
        ("您尾号1234的卡有一笔消费", "ham"),
        ("您尾号9876的卡有一笔消费！", "ham"),
        ("您尾号5555的卡有一笔消费", "scam"),
        ("今晚一起吃饭吗我请客", "ham"),
    )
    corpus = write_corpus(tmp_path, "sms", content)
    index = Index()
    index.add(shingles("今晚一起吃饭吗，我请客。"))
    (row,) = read(corpus, tmp_path, index=index)
    assert row.text.endswith(("有一笔消费", "有一笔消费！"))
    assert index.find(shingles("您尾号0000的卡有一笔消费")) is not None


@pytest.mark.parametrize(
    ("fields", "categories"),
    [
        ({"labels": {"*": "benign"}}, ["benign", "benign", "benign", "benign"]),
        ({"labels": {"scam": "loan_ad"}}, ["loan_ad", "loan_ad"]),
        ({"labels": {}}, []),
    ],
)
def test_labels_are_mapped(tmp_path: Path, fields: dict[str, Any], categories: list[str]) -> None:
    rows = read(write_corpus(tmp_path, "sms", ROWS, **fields), tmp_path)
    assert [row.category for row in rows] == categories


def test_masks_are_filled(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path, "sms", lines(("尾号xxxx欠款", "ham")), masks="x_digits")
    (row,) = read(corpus, tmp_path)
    assert row.text[2:6].isdigit()
    assert read(corpus, tmp_path) == [row]


class TestForMeasuringOnly:
    RULE: Final = {"label": "scam", "pattern": "领奖", "category": "impersonation"}

    def test_such_rows_are_read_apart(self, tmp_path: Path) -> None:
        corpus = write_corpus(tmp_path, "sms", ROWS, test_only=[self.RULE], labels={})
        rows = list(read_test_rows(corpus, tmp_path, Index(), 1))
        assert rows == [CorpusRow("点这里领奖品", "impersonation", "sms")]
        assert read(corpus, tmp_path) == []

    def test_and_never_with_the_others(self, tmp_path: Path) -> None:
        corpus = write_corpus(tmp_path, "sms", ROWS, test_only=[self.RULE])
        assert {row.text for row in read(corpus, tmp_path)} == {
            "刷单返佣，日结三百",
            "今晚一起吃饭吗",
        }

    def test_a_corpus_without_such_rows_is_not_opened(self, tmp_path: Path) -> None:
        corpus = write_corpus(tmp_path / "elsewhere", "sms", ROWS)
        assert list(read_test_rows(corpus, tmp_path, Index(), 1)) == []


def test_all_texts_as_they_are(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path, "sms", lines(("尾号xx", "other")), masks="x_digits")
    assert list(read_texts(corpus, tmp_path)) == ["尾号xx"]
