from __future__ import annotations

from pathlib import Path

import pytest

from data.corpora import read_manifest
from data.files import DataError
from model.labels import CATEGORIES

ONE = f"""\
[[corpora]]
name = "sms-1"
upstream = "https://example.org/sms"
revision = "{"0a" * 20}"
licence = "none stated"
sha256 = "{"0b" * 32}"
use = "train"
ground = "its licence"
cautions = ["old"]
most_per_label = 10
masks = "none"
labels = {{ "spam" = "other_scam", "x" = "benign" }}
"""


def write(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "corpora.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_reads_a_corpus(tmp_path: Path) -> None:
    (corpus,) = read_manifest(write(tmp_path, ONE))
    assert corpus.name == "sms-1"
    assert corpus.held_out_share == 0.2
    assert [corpus.category(label) for label in ("spam", "x", "other")] == [
        "other_scam",
        "benign",
        None,
    ]


def test_a_star_stands_for_labels_not_named(tmp_path: Path) -> None:
    (corpus,) = read_manifest(write(tmp_path, ONE.replace('"x" =', '"*" =')))
    assert corpus.category("spam") == "other_scam"
    assert corpus.category("anything") == "benign"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"0b0b', '"0B0B', "sha256: String should match"),
        ('"0a0a', '"0a', "revision: String should match"),
        ('"https://', '"http://', "upstream: String should match"),
        ('use = "train"', 'use = "test"', "use: Input should be"),
        ("most_per_label = 10", "most_per_label = 0", "most_per_label: Input should be"),
        ("most_per_label", "most_a_label", "most_per_label: Field required"),
        ('masks = "none"', 'masks = "blanks"', "masks: Input should be"),
        ('masks = "none"', 'masks = "none"\nheld_out_share = 1.0', "held_out_share: Input"),
        ('masks = "none"', 'masks = "none"\nsize = 3', "size: Extra inputs"),
        ('ground = "its licence"', 'ground = ""', "ground: String should have at least 3"),
        ('"other_scam", "x"', '"spam", "x"', "labels.spam: Input should be"),
    ],
)
def test_errors_name_file_and_field(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in ONE
    with pytest.raises(DataError, match=rf"^corpora\.toml: corpora\.0\.{problem}"):
        read_manifest(write(tmp_path, ONE.replace(old, new)))


RULE = """
[[corpora.test_only]]
label = "spam"
pattern = "信用卡.*冻结"
category = "impersonation"
"""


@pytest.mark.parametrize(
    ("label", "text", "category"),
    [
        ("spam", "您的信用卡已被冻结", "impersonation"),
        ("spam", "您的储蓄卡已被冻结", None),
        ("x", "您的信用卡已被冻结", None),
    ],
)
def test_rows_for_measuring_only(
    tmp_path: Path, label: str, text: str, category: str | None
) -> None:
    (corpus,) = read_manifest(write(tmp_path, ONE + RULE))
    assert corpus.test_category(label, text) == category


def test_a_broken_pattern_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"test_only\.0\.pattern: .*not a regular expression"):
        read_manifest(write(tmp_path, ONE + RULE.replace("冻结", "(")))


def test_shipped() -> None:
    manifest = read_manifest()
    assert len({corpus.name for corpus in manifest}) == len(manifest) == 8
    assert len({corpus.sha256 for corpus in manifest}) == 8
    # The grounds are in the file: no licence that allows it, no training.
    assert {corpus.name for corpus in manifest if corpus.use == "evaluate"} == {
        "bank-sms-autorule",
        "fin-user-questions",
        "sms80w-subsets",
        "telecom-fraud-texts-8",
    }
    for corpus in manifest:
        assert set(corpus.labels.values()) <= set(CATEGORIES), corpus.name
