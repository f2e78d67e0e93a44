from __future__ import annotations

import dataclasses
from collections import Counter
from typing import Any, ClassVar

import pytest
import torch
from datasets import Dataset
from hypothesis import given
from hypothesis import strategies as st

from tests.tiny import tiny_tokenizer
from tests.training.rows import row
from training.batches import CODES, Batch, UnitSampler, make_collate, tokenize
from training.recipe import Recipe

TOKENIZER = tiny_tokenizer()
KEEP = Recipe(header_dropout=0.0)
FIRST, PAD, LAST = 0, 1, 2


def ids(text: str) -> list[int]:
    found: list[int] = TOKENIZER.encode(text, add_special_tokens=False).ids
    return found


def tokenized(*rows: dict[str, Any], most: int = 32) -> Dataset:
    return tokenize(Dataset.from_list(list(rows)), tiny_tokenizer(), most)


class TestTokenize:
    def test_columns(self) -> None:
        one = tokenized(row("快递", header="短信"))
        assert set(one.column_names) == {
            *("header_ids", "input_ids", "length", "tags"),
            *("label", "weight", "copy", "name", "unit", "expected"),
        }
        assert one[0]["input_ids"] == ids("快递")
        assert one[0]["header_ids"] == ids("短信|")
        assert one[0]["length"] == 2 + 3 + 2
        assert tokenized(row("快递"))[0]["header_ids"] == []

    @pytest.mark.parametrize(("header", "kept"), [("", 14), ("短信", 11)])
    def test_long_texts_are_cut_and_headers_are_not(self, header: str, kept: int) -> None:
        tokenizer = tiny_tokenizer()
        long = Dataset.from_list([row("快" * 100, header=header)])
        one = tokenize(long, tokenizer, 16)[0]
        assert one["length"] == 16
        assert len(one["input_ids"]) == kept
        assert len(tokenizer.encode("快" * 100).ids) == 102  # left as it was

    @pytest.mark.parametrize(
        ("span", "tokens"),
        [((0, 1), [0]), ((1, 3), [1, 2]), ((3, 4), [3]), ((3, 9), [3]), ((4, 9), [])],
    )
    def test_tokens_that_a_span_touches_are_tagged(
        self, span: tuple[int, int], tokens: list[int]
    ) -> None:
        marked = {"code": "abuse", "start": span[0], "end": span[1]}
        one = tokenized(row("老赖滚出来", spans=[marked], header="短信"), most=2 + 3 + 4)[0]
        assert one["tags"][::2] == tokens
        assert set(one["tags"][1::2]) <= {CODES.index("abuse")}

    def test_words_may_show_two_codes(self) -> None:
        spans = [{"code": code, "start": 0, "end": 2} for code in ("abuse", "arrest_threat")]
        one = tokenized(row("老赖滚", spans=spans))[0]
        one_code, other = CODES.index("abuse"), CODES.index("arrest_threat")
        assert one["tags"] == [0, one_code, 1, one_code, 0, other, 1, other]

    def test_no_evidence_is_not_evidence_that_nobody_marked(self) -> None:
        data = tokenized(row("快递"), row("老赖", spans=None))
        assert [one["tags"] for one in data] == [[], None]


class TestUnitSampler:
    LENGTHS: ClassVar = [5, 3, 9, 1, 7, 2, 8, 4, 6, 10]
    UNITS: ClassVar = ["a", "b", "c", "a", "d", "b", "e", "f", "g", "a"]

    def sampler(self, seed: int = 1, step: int = 4, alone: bool = False) -> UnitSampler:
        units = list(range(10)) if alone else self.UNITS
        return UnitSampler(units, self.LENGTHS, step, seed)

    def order(self, epoch: int = 0, seed: int = 1, alone: bool = False) -> list[int]:
        sampler = self.sampler(seed, alone=alone)
        sampler.set_epoch(epoch)
        return list(sampler)

    @given(
        st.lists(st.tuples(st.integers(0, 5), st.integers(1, 99)), max_size=40),
        st.integers(1, 12),
        st.integers(0, 9),
    )
    def test_every_row_comes_once(self, rows: list[tuple[int, int]], step: int, epoch: int) -> None:
        sampler = UnitSampler([unit for unit, _ in rows], [size for _, size in rows], step, 3)
        sampler.set_epoch(epoch)
        assert sorted(sampler) == list(range(len(rows)))
        assert len(sampler) == len(rows)

    def test_rows_are_sorted_by_length_inside_a_step_alone(self) -> None:
        lengths = [self.LENGTHS[row] for row in self.order(alone=True)]
        for start in (0, 4, 8):
            assert lengths[start : start + 4] == sorted(lengths[start : start + 4])
        assert lengths != sorted(lengths)

    @given(
        st.lists(st.integers(0, 12), min_size=1, max_size=40), st.integers(1, 12), st.integers(0, 9)
    )
    def test_a_unit_stays_together_but_where_a_step_ends(
        self, units: list[int], step: int, epoch: int
    ) -> None:
        sampler = UnitSampler(units, [7 * unit % 5 for unit in units], step, 3)
        sampler.set_epoch(epoch)
        order = [units[row] for row in sampler]
        steps = [order[start : start + step] for start in range(0, len(order), step)]
        for one in steps:
            runs = [unit for place, unit in enumerate(one) if one[place - 1 : place] != [unit]]
            assert len(set(runs)) == len(runs)  # each unit in one piece
        parts = Counter(unit for one in steps for unit in set(one))
        sizes = Counter(units)
        # Each end of a step cuts one unit at most.
        assert sum(count - 1 for count in parts.values()) <= len(steps) - 1
        assert all(parts[unit] <= 1 + -(-(sizes[unit] - 1) // step) for unit in sizes)

    def test_a_unit_is_as_long_as_its_longest_row(self) -> None:
        for seed in range(4):
            assert list(UnitSampler(["a", "b", "a"], [1, 5, 9], 3, seed)) == [1, 0, 2]

    def test_epoch_and_seed_choose_the_order(self) -> None:
        assert self.order() == self.order()
        assert self.order(epoch=1) != self.order(epoch=0)
        assert self.order(seed=5) != self.order(seed=1)
        unset = self.sampler()
        assert list(unset) == list(unset) == self.order(epoch=0)


def collated(*rows: dict[str, Any], recipe: Recipe = KEEP) -> Batch:
    return make_collate(TOKENIZER, recipe)(list(tokenized(*rows)))


class TestCollate:
    def test_pads_to_the_longest_row_and_adds_the_special_tokens(self) -> None:
        batch = collated(
            row("快递", "benign", weight=0.5), row("老赖滚出来", "abusive_collection", weight=2.0)
        )
        assert batch["input_ids"].tolist() == [
            [FIRST, *ids("快递"), LAST, PAD, PAD, PAD],
            [FIRST, *ids("老赖滚出来"), LAST],
        ]
        assert batch["attention_mask"].tolist() == [[1, 1, 1, 1, 0, 0, 0], [1] * 7]
        assert batch["attention_mask"].dtype == torch.int64
        assert batch["labels"].tolist() == [6, 2]
        assert batch["weight"].tolist() == [0.5, 2.0]

    def test_a_token_that_looks_like_padding_is_still_attended_to(self) -> None:
        one = tokenized(row("快递"))[0] | {"input_ids": [PAD, PAD]}
        batch = make_collate(TOKENIZER, KEEP)([one])
        assert batch["attention_mask"].tolist() == [[1, 1, 1, 1]]

    def test_a_header_stands_before_its_text(self) -> None:
        batch = collated(row("快递", header="短信"), row("快递"))
        assert batch["input_ids"].tolist() == [
            [FIRST, *ids("短信|快递"), LAST],
            [FIRST, *ids("快递"), LAST, PAD, PAD, PAD],
        ]

    def test_headers_are_left_out_at_the_rate_of_the_recipe(self) -> None:
        torch.manual_seed(1)
        rows = [row(str(place), header="短信") for place in range(400)]
        for dropout, least, most in ((0.0, 400, 400), (0.3, 240, 320), (1.0, 0, 0)):
            batch = collated(*rows, recipe=dataclasses.replace(KEEP, header_dropout=dropout))
            shown = (batch["input_ids"][:, 1] == ids("短")[0]).sum().item()
            assert least <= shown <= most

    @pytest.mark.parametrize("dropout", [0.0, 1.0])
    def test_tags_stay_with_their_words(self, dropout: float) -> None:
        spans = [{"code": "abuse", "start": 0, "end": 2}]
        batch = collated(
            row("老赖滚", header="短信", spans=spans),
            row("老赖滚出来了吗", spans=None),
            row("快递"),
            recipe=dataclasses.replace(KEEP, header_dropout=dropout),
        )
        start = 1 if dropout else 4
        assert batch["tags"].shape == (*batch["input_ids"].shape, len(CODES))
        tagged = [(0, start, CODES.index("abuse")), (0, start + 1, CODES.index("abuse"))]
        assert [tuple(place) for place in batch["tags"].nonzero().tolist()] == tagged
        # Words alone, no special tokens; and no row that nobody looked at.
        words = [(0, start), (0, start + 1), (0, start + 2), (2, 1), (2, 2)]
        assert [tuple(place) for place in batch["tagged"].nonzero().tolist()] == words

    def test_twins_and_copies_are_found(self) -> None:
        batch = collated(
            row("a", unit="g/p", name="1"),
            row("b", unit="g/q", name="3"),
            row("c", unit="g/p", name="2", copy=True),
            row("d", unit="g/p", name="2"),
            row("e", unit="g/p", name="1", copy=True),
            row("f", unit="g/r", name="4", copy=True),  # its original is in another batch
        )
        assert batch["twins"].tolist() == [[0, 3]]
        assert batch["copies"].tolist() == [[3, 2], [0, 4]]

    def test_two_copies_of_twins_are_no_twins(self) -> None:
        rows = [row(name, unit="g/p", name=name, copy=True) for name in "ab"]
        batch = collated(*rows)
        assert batch["twins"].shape == batch["copies"].shape == (0, 2)
        assert batch["twins"].dtype == torch.int64
