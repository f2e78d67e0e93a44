"""Rows to batches: twins and copies side by side, so that their losses can be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, get_args

import torch
from datasets import Dataset
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.utils.data import Sampler

from data.labels import EvidenceCode
from model.classifier import header_text
from training.recipe import Recipe

CODES: Final[tuple[EvidenceCode, ...]] = get_args(EvidenceCode)

Batch = dict[str, Tensor]


class UnitSampler(Sampler[int]):
    """Random units for each optimiser step, sorted by length inside it.

    A unit is a message, its twin and their copies; its rows stay together but where a step ends.
    Units of similar length share a forward pass, which saves padding. Sorting more rows than one
    step takes would fill steps with one source and one category, as length tells them apart;
    at these learning rates that made the encoder collapse.
    """

    def __init__(self, units: Sequence[Any], lengths: Sequence[int], step: int, seed: int) -> None:
        members: defaultdict[Any, list[int]] = defaultdict(list)
        for row, unit in enumerate(units):
            members[unit].append(row)
        self._units = list(members.values())
        self._lengths = lengths
        self._step = step
        self._seed = seed
        self._epoch = 0

    def set_epoch(self, epoch: int) -> None:
        """Choose the epoch's order; called by the trainer, also when it resumes."""
        self._epoch = epoch

    def __len__(self) -> int:
        return len(self._lengths)

    def __iter__(self) -> Iterator[int]:
        generator = torch.Generator().manual_seed(self._seed + self._epoch)
        order = torch.randperm(len(self._units), generator=generator).tolist()
        left: list[list[int]] = []
        size = 0
        for unit in order:
            left.append(self._units[unit])
            size += len(self._units[unit])
            while size >= self._step:
                step, left = self._split(left)
                size -= self._step
                yield from self._sorted(step)
        yield from self._sorted(left)

    def _split(self, units: list[list[int]]) -> tuple[list[list[int]], list[list[int]]]:
        """The units of one step and what is left of the last of them."""
        extra = sum(map(len, units)) - self._step
        if extra == 0:
            return units, []
        last = units[-1]
        return [*units[:-1], last[:-extra]], [last[-extra:]]

    def _sorted(self, units: list[list[int]]) -> Iterator[int]:
        for unit in sorted(units, key=lambda rows: max(self._lengths[row] for row in rows)):
            yield from unit


def tokenize(dataset: Dataset, tokenizer: Tokenizer, max_tokens: int) -> Dataset:
    """Replace texts by ids: `header_ids`, `input_ids` without special tokens, `length`, `tags`.

    `tags` holds pairs (token, code) flattened, None where nobody marked the evidence. Header and
    text are cut so that both, with two special tokens, are at most `max_tokens`.
    """

    def encode(rows: dict[str, list[Any]]) -> dict[str, list[Any]]:
        headers = [
            one.ids
            for one in tokenizer.encode_batch(
                [header_text(header) for header in rows["header"]], add_special_tokens=False
            )
        ]
        columns: dict[str, list[Any]] = {
            "header_ids": headers,
            "input_ids": [],
            "length": [],
            "tags": [],
        }
        encodings = tokenizer.encode_batch(rows["text"], add_special_tokens=False)
        for header, encoding, spans in zip(headers, encodings, rows["spans"], strict=True):
            room = max_tokens - 2 - len(header)
            columns["input_ids"].append(encoding.ids[:room])
            columns["length"].append(2 + len(header) + len(encoding.ids[:room]))
            columns["tags"].append(None if spans is None else _tags(encoding.offsets[:room], spans))
        return columns

    dropped = ["text", "plain", "header", "source", "group", "spans"]
    return dataset.map(encode, batched=True, remove_columns=dropped)


def _tags(offsets: Sequence[tuple[int, int]], spans: Sequence[dict[str, Any]]) -> list[int]:
    """Token and code of every token that a span touches, one after the other."""
    return [
        number
        for span in spans
        for token, (start, end) in enumerate(offsets)
        if start < span["end"] and end > span["start"]
        for number in (token, CODES.index(span["code"]))
    ]


def make_collate(tokenizer: Tokenizer, recipe: Recipe) -> Callable[[list[dict[str, Any]]], Batch]:
    """A collate function that pads a batch to its longest row and finds twins and copies in it.

    The batch holds input_ids and attention_mask (rows, length); labels, expected and weight
    (rows); tags (rows, length, codes) with tagged (rows, length); twins and copies, pairs of
    rows: false and lawful twin, original and copy.
    """
    pad = tokenizer.token_to_id("<pad>") or 0
    first, last = tokenizer.encode("").ids

    def collate(rows: list[dict[str, Any]]) -> Batch:
        kept = torch.rand(len(rows)) >= recipe.header_dropout
        headers = [row["header_ids"] if keep else [] for row, keep in zip(rows, kept, strict=True)]
        ids = [
            torch.tensor([first, *header, *row["input_ids"], last], dtype=torch.int64)
            for header, row in zip(headers, rows, strict=True)
        ]
        padded = nn.utils.rnn.pad_sequence(ids, batch_first=True, padding_value=pad)
        lengths = torch.tensor([len(one) for one in ids])
        mask = torch.arange(padded.shape[1])[None, :] < lengths[:, None]
        tags, tagged = _tag_tensors(rows, [1 + len(header) for header in headers], padded.shape)
        return {
            "input_ids": padded,
            "attention_mask": mask.to(torch.int64),
            "labels": torch.tensor([row["label"] for row in rows]),
            "expected": torch.tensor([row["expected"] for row in rows]),
            "weight": torch.tensor([row["weight"] for row in rows], dtype=torch.float32),
            "tags": tags,
            "tagged": tagged,
            "twins": _pairs(_twins(rows)),
            "copies": _pairs(_copies(rows)),
        }

    return collate


def _tag_tensors(
    rows: list[dict[str, Any]], starts: list[int], shape: torch.Size
) -> tuple[Tensor, Tensor]:
    tags, tagged = torch.zeros(*shape, len(CODES)), torch.zeros(shape)
    for place, (row, start) in enumerate(zip(rows, starts, strict=True)):
        if row["tags"] is not None:
            tagged[place, start : start + len(row["input_ids"])] = 1
            tokens, codes = row["tags"][::2], row["tags"][1::2]
            tags[place, [start + token for token in tokens], codes] = 1
    return tags, tagged


def _pairs(found: Iterator[tuple[int, int]]) -> Tensor:
    return torch.tensor(list(found), dtype=torch.int64).reshape(-1, 2)


def _twins(rows: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    """Places of every two originals of a unit, neither a copy."""
    places: dict[str, int] = {}
    for place, row in enumerate(rows):
        if not row["copy"]:
            if row["unit"] in places:
                yield places[row["unit"]], place
            places[row["unit"]] = place


def _copies(rows: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    """Places of originals with their copies."""
    originals = {row["name"]: place for place, row in enumerate(rows) if not row["copy"]}
    for place, row in enumerate(rows):
        if row["copy"] and row["name"] in originals:
            yield originals[row["name"]], place
