"""A tiny encoder as an E5S1 file, as a wheel and as a packed folder."""

from __future__ import annotations

import json
import struct
import zipfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file

from training.base_model.container import (
    TYPE_FLOAT32,
    TYPE_Q4_0,
    Container,
    Dimensions,
    SpecialIds,
    parse_container,
)
from training.base_model.encoder import tensor_specs
from training.base_model.folder import PACKED_FILE, SIDE_FILES
from training.base_model.wheel import MEMBER

CONTROL = ["<s>", "<pad>", "</s>", "<unk>"]
PIECES = [*CONTROL, "\u2581", "привет", "你好", "银行", "a", "b", "\u2581loan", "!", "<mask>"]
KEPT = [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12]
PADDED_ROWS = 2
DIMENSIONS = Dimensions(
    hidden=32,
    layers=1,
    heads=2,
    feed_forward=64,
    vocabulary=len(PIECES) + PADDED_ROWS,
    positions=8,
    token_types=2,
)
SPECIAL = SpecialIds(bos=0, eos=2, pad=1, unk=3)
MATRICES = {
    "emb.word": (DIMENSIONS.vocabulary, 32),
    "l0.q.w": (32, 32),
    "l0.k.w": (32, 32),
    "l0.v.w": (32, 32),
    "l0.ao.w": (32, 32),
    "l0.fi.w": (64, 32),
    "l0.fo.w": (32, 64),
}
PLAIN = {
    "emb.pos": (8, 32),
    "emb.type": (2, 32),
    "emb.ln.w": (32,),
    "emb.ln.b": (32,),
    "l0.fi.b": (64,),
    **{f"l0.{name}.b": (32,) for name in ("q", "k", "v", "ao", "fo", "aln", "oln")},
    **{f"l0.{name}.w": (32,) for name in ("aln", "oln")},
}


def make_payloads() -> dict[str, tuple[int, int, bytes]]:
    """Return type, number of weights and bytes of every tensor, from a fixed seed."""
    random = np.random.default_rng(7)
    payloads: dict[str, tuple[int, int, bytes]] = {}
    for name, shape in MATRICES.items():
        blocks = b"".join(
            struct.pack("<e", random.uniform(0.01, 0.1)) + random.bytes(16)
            for _ in range(shape[0] * shape[1] // 32)
        )
        payloads[name] = (TYPE_Q4_0, shape[0] * shape[1], blocks)
    for name, plain_shape in PLAIN.items():
        values = random.normal(size=plain_shape).astype("<f4")
        payloads[name] = (TYPE_FLOAT32, values.size, values.tobytes())
    return payloads


def word_embedding(row: int) -> list[float]:
    """Expand one row of the word embeddings, a single 18-byte block, without numpy."""
    block = make_payloads()["emb.word"][2][18 * row : 18 * row + 18]
    scale: float = struct.unpack("<e", block[:2])[0]
    low = [(byte % 16 - 8) * scale for byte in block[2:]]
    return low + [(byte // 16 - 8) * scale for byte in block[2:]]


def make_file() -> bytes:
    """Write an E5S1 file."""
    payloads = make_payloads()
    texts = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, texts)]).astype("<u4")
    scores = -np.arange(len(PIECES)).astype("<f4")
    table = struct.pack("<IBI", 0xFF01, 1, 0x21)
    head = b"E5S1" + struct.pack("<I7ifi", 1, *DIMENSIONS, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), *SPECIAL, int(offsets[-1]))
    head += offsets.tobytes() + scores.tobytes() + b"".join(texts)
    head += struct.pack("<iI", 1, len(table)) + table + struct.pack("<i", len(payloads))
    entry_size = struct.calcsize("<HBIQQ")
    position = len(head) + sum(entry_size + len(name.encode()) for name in payloads)
    directory = body = b""
    for name, (kind, count, content) in payloads.items():
        directory += struct.pack("<H", len(name.encode())) + name.encode()
        directory += struct.pack("<BIQQ", kind, count, position + len(body), len(content))
        body += content
    return head + directory + body


def make_container() -> Container:
    return parse_container(make_file())


def make_wheel(path: Path, data: bytes, member: str = MEMBER) -> Path:
    """Write a wheel that carries `data`."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, data)
    return path


def make_packed(folder: Path) -> Path:
    """Write a packed folder of the same tensors, vocabulary pruned."""
    folder.mkdir()
    payloads = make_payloads()
    tensors: dict[str, npt.NDArray[np.generic]] = {}
    for target, source, shape in tensor_specs(DIMENSIONS):
        kind, _, content = payloads[source]
        if kind == TYPE_FLOAT32:
            tensors[target] = np.frombuffer(content, "<f4").reshape(shape)
            continue
        raw = np.frombuffer(content, "u1").reshape(shape[0], -1, 18)
        raw = raw[KEPT] if source == "emb.word" else raw
        scales = np.ascontiguousarray(raw[..., :2]).view("<f2")[..., 0]
        tensors[f"{target}.q4_scale"] = np.ascontiguousarray(scales)
        tensors[f"{target}.q4"] = np.ascontiguousarray(raw[..., 2:])
    save_file(tensors, folder / PACKED_FILE)
    for name in SIDE_FILES:
        (folder / name).write_text(json.dumps({"file": name}), encoding="utf-8")
    return folder
