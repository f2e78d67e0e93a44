"""The audits hold on the messages that come with the repository."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data.gold_set import read_gold
from model.labels import CATEGORIES
from tests.training.audit.records import made
from tests.training.corpus_files import lines, write_corpus
from training.audit import figures as module
from training.audit.figures import public_rows, with_corpora
from training.audit.sentences import repeated

Figures = dict[str, Any]


class TestSize:
    def test_messages_and_pairs(self, figures: Figures) -> None:
        assert figures["all"]["messages"] >= 8000
        assert figures["all"]["pairs"] >= 1200
        assert figures["splits"]["test"]["messages"] >= 1200
        assert figures["splits"]["dev"]["messages"] >= 700

    @pytest.mark.parametrize(
        ("category", "least"),
        [
            ("impersonation", 2600),
            ("genuine_collection", 2400),
            ("abusive_collection", 600),
            ("debt_service_ad", 500),
            ("loan_ad", 400),
            ("other_scam", 700),
            ("benign", 800),
        ],
    )
    def test_categories(self, figures: Figures, category: str, least: int) -> None:
        assert figures["all"]["category"][category] >= least
        assert figures["splits"]["test"]["category"][category] >= 50

    def test_every_category_comes_by_every_channel(self) -> None:
        channels = {(r.category, r.channel) for rows in read_gold().values() for r in rows}
        assert len(channels) == len(CATEGORIES) * 5


class TestCoverage:
    def test_no_cell_that_matters_is_empty(self, figures: Figures) -> None:
        gaps = [(table["rows"], table["columns"], table["gaps"]) for table in figures["grid"]]
        assert [gap for gap in gaps if gap[2]] == []

    def test_no_sentence_more_than_three_times(self) -> None:
        assert repeated([r for rows in read_gold().values() for r in rows]) == {}


class TestAgreement:
    def test_enough_was_labelled_twice(self, figures: Figures) -> None:
        assert figures["agreement"]["n"] >= 1000

    def test_two_people_agree(self, figures: Figures) -> None:
        assert figures["agreement"]["category"]["low"] > 0.75
        assert figures["agreement"]["by_category"].keys() == set(CATEGORIES)


class TestLeaks:
    def test_twins_cannot_be_told_apart_by_counting(self, figures: Figures) -> None:
        assert max(figures["twins"]["shape_auc"].values()) < 0.65

    def test_neither_twin_has_more_of_anything(self, figures: Figures) -> None:
        for name, row in figures["twins"]["balance"].items():
            assert abs(row["false_has_more"] - row["genuine_has_more"]) < 0.1, name

    def test_the_author_does_not_give_the_category_away(self, figures: Figures) -> None:
        guess = figures["sources"]["category_from_group"]
        assert guess["by_source"] - guess["most_common"] < 0.05

    def test_authors_cannot_be_told_by_shape(self, figures: Figures) -> None:
        assert figures["sources"]["group_from_text"]["by_shape"] < 0.3

    @pytest.mark.parametrize("split", ["dev", "test"])
    def test_nothing_is_copied_from_training(self, figures: Figures, split: str) -> None:
        near = figures["overlap_with_train"][split]
        assert near["copies"] == 0
        assert near["similarity_max"] < 0.5


def test_rows_that_speak_of_collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = lines(("催收来了", "ham"), ("今晚吃饭", "ham"))
    corpora = [write_corpus(tmp_path, name, rows, use="evaluate") for name in ("one", "two")]
    monkeypatch.setattr(module, "read_manifest", lambda: tuple(corpora))
    assert public_rows(tmp_path) == {"n": 4, "with_collection": 2}


def test_corpora_stand_beside_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = write_corpus(tmp_path, "sms", lines(("今晚一起吃饭吗", "ham")))
    unused = write_corpus(tmp_path, "unused", lines(("别用", "ham")), use="evaluate")
    monkeypatch.setattr(module, "read_manifest", lambda: (corpus, unused))
    rows = list(with_corpora([made("g-1", "我们的")], tmp_path))
    assert [(row.text, row.source) for row in rows] == [
        ("我们的", "gold"),
        ("今晚一起吃饭吗", "sms"),
    ]
