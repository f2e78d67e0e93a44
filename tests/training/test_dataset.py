from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Final

import pytest
from datasets import DatasetDict

from data.corpora import Corpus
from data.files import DataError
from data.gold_set import GoldRecord
from model.labels import CATEGORIES
from model.normalize import normalize
from tests.tiny_gold import record, write_gold
from tests.training.corpus_files import lines, write_corpus
from training import dataset
from training.augment.copies import Copy
from training.corpora import CorpusError
from training.dataset import (
    COPY_WEIGHT,
    CORPUS_WEIGHT,
    GOLD_WEIGHT,
    LEVELS,
    NOT_KNOWN,
    build_dataset,
    pretraining_texts,
)
from training.near_duplicates import Index, jaccard, shingles
from training.pretrain import PretrainingRecipe
from training.recipe import Recipe

COLUMNS = {
    *("header", "text", "plain", "label", "weight", "copy", "source", "group"),
    *("name", "unit", "expected", "spans"),
}
ALONE = Recipe(copied_share=0, diluted_share=0, seed=1)
KNOWN = "您尾号9999的信用卡账单已逾期"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    groups = {
        "g1": [
            record("請儘快還款，尾号１２３４", "genuine_collection"),
            record("今晚一起吃饭吗", "benign"),
            record("快递已到驿站", "benign"),
            record("转账到专员私人账户", "impersonation"),
        ],
        "g2": [record(KNOWN, "genuine_collection")],
        "g3": [record("中奖了，点链接领奖", "other_scam")],
    }
    return write_gold(tmp_path / "gold", groups, 'train=["g1"]\ndev=["g2"]\ntest=["g3"]\n')


@pytest.fixture
def corpora(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "corpora"
    rows = [(chr(0x4E00 + 9 * i) * 4 + chr(0x5E00 + 7 * i) * 4, "ham") for i in range(200)]
    manifest: tuple[Corpus, ...] = (
        write_corpus(
            folder,
            "one",
            lines(*rows, ("您尾号1111的信用卡账单已逾期！", "ham")),
            most_per_label=1000,
        ),
        write_corpus(
            folder, "two", lines((rows[0][0], "ham"), ("刷单返佣日结", "scam")), held_out_share=0.0
        ),
        write_corpus(folder, "checked", lines(("评测专用文本", "ham")), use="evaluate"),
    )
    monkeypatch.setattr(dataset, "read_manifest", lambda: manifest)
    return folder


def texts(data: DatasetDict, split: str) -> list[str]:
    return list(data[split]["text"])


class TestGoldAlone:
    def test_splits_and_columns(self, gold: Path) -> None:
        data = build_dataset(gold, None, ALONE)
        assert {name: len(data[name]) for name in data} == {"train": 4, "dev": 1, "test": 1}
        for name in data:
            assert set(data[name].column_names) == COLUMNS
        assert set(data["train"]["source"]) == {"gold"}
        assert set(data["train"]["group"]) == {"g1"}

    def test_texts_are_canonical_and_masked(self, gold: Path) -> None:
        data = build_dataset(gold, None, ALONE)
        assert texts(data, "train")[0] == "请尽快还款,尾号0000"
        assert texts(data, "dev") == ["您尾号0000的信用卡账单已逾期"]

    def test_labels_are_places_in_the_categories(self, gold: Path) -> None:
        data = build_dataset(gold, None, ALONE)
        assert [CATEGORIES[label] for label in data["train"]["label"]] == [
            "genuine_collection",
            "benign",
            "benign",
            "impersonation",
        ]

    def test_rarer_categories_weigh_more_and_the_mean_is_one(self, gold: Path) -> None:
        weights = list(build_dataset(gold, None, ALONE)["train"]["weight"])
        assert sum(weights) / len(weights) == pytest.approx(1)
        assert weights[1] == weights[2]
        assert weights[0] == weights[3] == pytest.approx(weights[1] * 2**0.5)

    def test_an_empty_split_is_left_out(self, tmp_path: Path) -> None:
        folder = write_gold(tmp_path, {"g": [record("一")]}, 'train=["g"]\ndev=[]\ntest=[]\n')
        assert list(build_dataset(folder, None, ALONE)) == ["train"]

    def test_a_bad_gold_set_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(DataError, match=r"splits\.toml"):
            build_dataset(tmp_path, None, ALONE)

    def test_channel_sender_and_evidence_are_shown(self, tmp_path: Path) -> None:
        evidence = [{"code": "private_account", "quote": "專員賬戶"}]
        rows = [
            record(
                "轉入專員賬戶，致電95511", "impersonation", sender="13912345678", evidence=evidence
            ),
            record("今晚一起吃饭", channel="unknown"),
        ]
        folder = write_gold(tmp_path, {"g": rows}, 'train=["g"]\ndev=[]\ntest=[]\n')
        one, other = build_dataset(folder, None, ALONE)["train"]
        assert (one["header"], other["header"]) == ("短信 手机", "")
        assert one["text"] == "转入专员账户,致电〔别家短号〕"
        assert one["plain"] == "转入专员账户,致电95511"
        assert one["spans"] == [{"code": "private_account", "start": 2, "end": 6}]
        assert other["spans"] == []

    def test_without_marks_contacts_are_only_masked(self, tmp_path: Path) -> None:
        folder = write_gold(
            tmp_path, {"g": [record("致电95511")]}, 'train=["g"]\ndev=[]\ntest=[]\n'
        )
        recipe = dataclasses.replace(ALONE, marks=False)
        assert texts(build_dataset(folder, None, recipe), "train") == ["致电00000"]

    def test_twins_share_a_unit_that_no_other_group_has(self, tmp_path: Path) -> None:
        rows = [record("一", pair="p1"), record("二", pair="p1"), record("三")]
        groups = {"g1": rows, "g2": [record("四", pair="p1"), record("五", pair="p1")]}
        folder = write_gold(tmp_path, groups, 'train=["g1", "g2"]\ndev=[]\ntest=[]\n')
        train = build_dataset(folder, None, ALONE)["train"]
        assert train["unit"] == ["g1/p1", "g1/p1", "g1-003", "g2/p1", "g2/p1"]
        assert train["name"] == ["g1-001", "g1-002", "g1-003", "g2-001", "g2-002"]

    def test_the_expected_verdict_is_a_place_in_the_levels(self, gold: Path) -> None:
        expected = build_dataset(gold, None, ALONE)["train"]["expected"]
        levels = [LEVELS[place] for place in expected]
        assert levels == ["no_fraud_signs", "no_fraud_signs", "no_fraud_signs", "fraud"]


def copying(share: float) -> Recipe:
    """A recipe that disguises this share of the rows and dilutes none."""
    return dataclasses.replace(ALONE, copied_share=share)


def original(text: str) -> str:
    return text.partition("|")[0]


class TestCopies:
    @pytest.fixture(autouse=True)
    def _marked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def mark(text: str, filler: str, seed: str) -> Copy:
            return Copy(f"{text}|{filler}|{seed}", "none")

        def mark_record(record: GoldRecord, filler: str, seed: str) -> Copy:
            return mark(record.text, filler, f"{seed}:{record.pair or record.id}")

        monkeypatch.setattr(dataset, "augmented", mark)
        monkeypatch.setattr(dataset, "augmented_record", mark_record)

    def test_only_training_rows_are_copied_each_once(self, gold: Path, corpora: Path) -> None:
        plain, copied = (build_dataset(gold, corpora, copying(share)) for share in (0.0, 1.0))
        assert len(copied["train"]) == 2 * len(plain["train"])
        for name in ("dev", "test", "held_out"):
            assert texts(copied, name) == texts(plain, name)
        copies = [text for text in texts(copied, "train") if "|" in text]
        assert {original(text) for text in copies} == set(texts(plain, "train"))
        assert all("|train|" in text for text in copies)

    def test_a_copy_keeps_its_label_and_counts_half(self, gold: Path) -> None:
        train = build_dataset(gold, None, copying(1.0))["train"]
        rows = {row["text"]: row for row in train.to_list()}
        for text, row in rows.items():
            if "|" in text:
                assert row["copy"]
                assert not rows[original(text)]["copy"]
                assert row["label"] == rows[original(text)]["label"]
                assert row["weight"] == pytest.approx(COPY_WEIGHT * rows[original(text)]["weight"])

    def test_every_category_is_copied_alike(self, tmp_path: Path) -> None:
        rows = [record(f"{name}{place}", name) for name in CATEGORIES for place in range(100)]
        folder = write_gold(tmp_path, {"g": rows}, 'train=["g"]\ndev=[]\ntest=[]\n')
        train = build_dataset(folder, None, copying(0.35))["train"].to_list()
        for label in range(len(CATEGORIES)):
            copies = sum(row["copy"] for row in train if row["label"] == label)
            assert 20 <= copies <= 50

    def test_twins_are_copied_together(self, tmp_path: Path) -> None:
        rows = [
            record(f"{text}{place}", pair=f"p{place}")
            for place in range(20)
            for text in ("请还到官方账户", "请还到个人账户")
        ]
        folder = write_gold(tmp_path, {"g": rows}, 'train=["g"]\ndev=[]\ntest=[]\n')
        copies = [t for t in texts(build_dataset(folder, None, copying(0.5)), "train") if "|" in t]
        pairs = [copy.rpartition(":")[2] for copy in copies]
        assert 0 < len(pairs) < 40
        assert all(pairs.count(pair) == 2 for pair in pairs)

    def test_a_copy_that_reads_like_its_row_is_left_out(
        self, gold: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        same = lambda record, filler, seed: Copy(record.text + "\u200b", "zero_width")  # noqa: E731
        monkeypatch.setattr(dataset, "augmented_record", same)
        assert len(build_dataset(gold, None, copying(1.0))["train"]) == 4

    def test_a_copy_is_known_by_its_original(self, gold: Path, corpora: Path) -> None:
        train = build_dataset(gold, corpora, copying(1.0))["train"].to_list()
        originals = {row["name"]: row for row in train if not row["copy"]}
        copies = [row for row in train if row["copy"]]
        assert len(originals) == len(copies)
        for copy in copies:
            row = originals[copy["name"]]
            assert original(copy["text"]) == row["text"]
            for same in ("unit", "label", "expected", "source", "group"):
                assert copy[same] == row[same]
            assert copy["spans"] is None

    def test_a_copy_keeps_its_channel_and_loses_its_sender(self, tmp_path: Path) -> None:
        rows = [record("请还款", channel="wechat", sender="95511")]
        folder = write_gold(tmp_path, {"g": rows}, 'train=["g"]\ndev=[]\ntest=[]\n')
        train = build_dataset(folder, None, copying(1.0))["train"]
        assert train["header"] == ["微信 别家短号", "微信"]


class TestDilution:
    RECIPE: Final = dataclasses.replace(ALONE, diluted_share=1.0)

    def test_training_texts_stand_whole_among_harmless_ones(self, gold: Path) -> None:
        data = build_dataset(gold, None, self.RECIPE)
        train = data["train"].to_list()
        originals = {row["name"]: row for row in train if not row["copy"]}
        copies = [row for row in train if row["copy"]]
        assert len(copies) == 4
        for copy in copies:
            row = originals[copy["name"]]
            assert row["text"] in copy["text"] != row["text"]
            rest = copy["text"].replace(row["text"], "", 1).strip()
            assert any(rest[:2] in text for text in ("今晚一起吃饭吗", "快递已到驿站"))
            assert copy["label"] == row["label"]
            assert copy["spans"] is None
        assert {len(data[name]) for name in ("dev", "test")} == {1}

    def test_so_many_as_the_recipe_says(self, tmp_path: Path) -> None:
        rows = [record(f"{name}{place}", name) for name in CATEGORIES for place in range(100)]
        folder = write_gold(tmp_path, {"g": rows}, 'train=["g"]\ndev=[]\ntest=[]\n')
        recipe = dataclasses.replace(ALONE, diluted_share=0.2)
        train = build_dataset(folder, None, recipe)["train"]
        assert 100 <= sum(train["copy"]) <= 180

    def test_twins_are_diluted_together_by_the_same_words(self, tmp_path: Path) -> None:
        rows = [record("今晚一起吃饭吗"), record("快递已到驿站")] + [
            record(text, category, pair=f"p{place}")
            for place in range(20)
            for text, category in (
                ("请还到官方账户", "genuine_collection"),
                ("请还到个人账户", "impersonation"),
            )
        ]
        folder = write_gold(tmp_path, {"g": rows}, 'train=["g"]\ndev=[]\ntest=[]\n')
        train = build_dataset(folder, None, dataclasses.replace(ALONE, diluted_share=0.5))["train"]
        pairs: dict[str, list[str]] = {}
        for row in train:
            if row["copy"] and "/" in row["unit"]:
                text = row["text"].replace("官方账户", "").replace("个人账户", "")
                pairs.setdefault(row["unit"], []).append(text)
        assert 0 < len(pairs) < 20
        assert all(len(both) == 2 and len(set(both)) == 1 for both in pairs.values())


class TestPretrainingTexts:
    def test_of_gold_only_the_training_half_with_its_headers(self, tmp_path: Path) -> None:
        groups = {
            "g1": [record("致电95511", sender="13912345678"), record("请还款", channel="unknown")],
            "g2": [record(KNOWN)],
            "g3": [record("今晚一起吃饭吗")],
        }
        folder = write_gold(tmp_path, groups, 'train=["g1"]\ndev=["g2"]\ntest=["g3"]\n')
        assert pretraining_texts(folder, None, ALONE) == ["短信 手机|致电〔别家短号〕", "请还款"]

    def test_corpora_give_what_training_may_see(self, gold: Path, corpora: Path) -> None:
        data = build_dataset(gold, corpora, ALONE)
        found = pretraining_texts(gold, corpora, ALONE)
        of_corpora = [row["text"] for row in data["train"] if row["source"] != "gold"]
        assert found[:4] == ["短信|" + text for text in texts(data, "train")[:4]]
        assert sorted(found[4:]) == sorted(of_corpora)
        for name in ("dev", "test", "held_out"):
            assert set(found).isdisjoint(texts(data, name))

    @pytest.mark.parametrize("most", [3, 50])
    def test_at_most_so_many_of_each_label(self, gold: Path, corpora: Path, most: int) -> None:
        recipe = dataclasses.replace(ALONE, pretraining=PretrainingRecipe(most_per_label=most))
        found = pretraining_texts(gold, corpora, recipe)[4:]
        # Some are held out; the one scam is of the second corpus.
        assert most / 2 < len(found) <= most + 1
        assert "刷单返佣日结" in found


class TestWithCorpora:
    def test_little_is_known_of_a_corpus_row(self, gold: Path, corpora: Path) -> None:
        for row in build_dataset(gold, corpora, ALONE)["held_out"]:
            assert (row["header"], row["spans"], row["expected"]) == ("", None, NOT_KNOWN)
            assert row["unit"] == row["name"]
            assert normalize(row["name"]).text == f"one:{row['plain']}"

    def test_rows_for_measuring_and_their_like_are_not_trained_on(
        self, gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rows = lines(
            ("您的信用卡逾期已被冻结，请致电客服办理", "scam"),
            ("您的信用卡逾期已被冻结，请致电客服办理。", "ham"),
            ("今天天气真好呀出去走走", "ham"),
        )
        rule = {"label": "scam", "pattern": "信用卡.*冻结", "category": "impersonation"}
        corpus = write_corpus(tmp_path, "near", rows, test_only=[rule], held_out_share=0.0)
        monkeypatch.setattr(dataset, "read_manifest", lambda: (corpus,))
        train = build_dataset(gold, tmp_path, ALONE)["train"]
        assert [t for t, s in zip(train["text"], train["source"], strict=True) if s == "near"] == [
            "今天天气真好呀出去走走"
        ]

    def test_corpus_rows_train_or_are_held_out_never_both(self, gold: Path, corpora: Path) -> None:
        data = build_dataset(gold, corpora, ALONE)
        train, held_out = set(texts(data, "train")), set(texts(data, "held_out"))
        assert train.isdisjoint(held_out)
        assert len(train | held_out) == 4 + 200 + 1  # gold, corpus one, what two adds
        assert 20 <= len(held_out) <= 65  # a fifth of 200, by the digest of each text
        assert set(data["held_out"]["source"]) == {"one"}
        assert len(data["dev"]) == len(data["test"]) == 1

    def test_corpora_for_evaluation_only_stay_out(self, gold: Path, corpora: Path) -> None:
        data = build_dataset(gold, corpora, ALONE)
        for name in data:
            assert "checked" not in data[name]["source"]
            assert "评测专用文本" not in texts(data, name)

    def test_no_corpus_row_is_like_a_gold_row_or_another(self, gold: Path, corpora: Path) -> None:
        data = build_dataset(gold, corpora, ALONE)
        index = Index()
        for name in ("train", "dev", "test", "held_out"):
            for text, source in zip(data[name]["text"], data[name]["source"], strict=True):
                grams = shingles(text)
                near = index.find(grams)
                assert near is None or source == "gold", text
                index.add(grams)
        everything = [text for name in data for text in texts(data, name)]
        alike = [t for t in everything if jaccard(shingles(t), shingles(KNOWN)) >= 0.5]
        assert alike == texts(data, "dev")

    def test_weights(self, gold: Path, corpora: Path) -> None:
        train = build_dataset(gold, corpora, ALONE)["train"]
        weights = list(train["weight"])
        assert sum(weights) / len(weights) == pytest.approx(1)
        by_source = {
            (source, label): weight
            for source, label, weight in zip(train["source"], train["label"], weights, strict=True)
        }
        benign = CATEGORIES.index("benign")
        ratio = by_source["one", benign] / by_source["gold", benign]
        assert ratio == pytest.approx(CORPUS_WEIGHT / GOLD_WEIGHT)

    def test_the_seed_decides(self, gold: Path, corpora: Path) -> None:
        one, same = (build_dataset(gold, corpora, Recipe(seed=3)) for _ in range(2))
        other = build_dataset(gold, corpora, Recipe(seed=4))
        for name in one:
            assert one[name].to_list() == same[name].to_list()
        assert one["train"].to_list() != other["train"].to_list()

    def test_what_is_held_out_does_not_depend_on_the_seed(self, gold: Path, corpora: Path) -> None:
        one, other = (build_dataset(gold, corpora, Recipe(seed=seed)) for seed in (1, 2))
        assert set(texts(one, "held_out")) == set(texts(other, "held_out"))

    def test_a_missing_corpus_is_named(self, gold: Path, corpora: Path) -> None:
        (corpora / "two" / "two.jsonl").unlink()
        with pytest.raises(CorpusError, match=r"^two: no two\.jsonl"):
            build_dataset(gold, corpora, ALONE)
