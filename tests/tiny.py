"""A whole project in small: gold messages, a random base encoder, the artifact made of both."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any, Final

import torch
from tokenizers import Regex, Tokenizer, models, pre_tokenizers, processors
from transformers import BertConfig, BertModel

from model.labels import CATEGORIES
from tests.tiny_gold import record, write_gold
from training.pipeline import train_artifact
from training.pretrain import PretrainingRecipe
from training.recipe import Recipe

RECIPE: Final = Recipe(
    epochs=6,
    batch_size=4,
    accumulate=2,
    max_tokens=32,
    encoder_rate=3e-3,
    head_rate=3e-2,
    freeze_embeddings=False,  # those of the base are random
    copied_share=0.2,
    diluted_share=0.1,
    pretraining=PretrainingRecipe(epochs=1, batch_size=16, max_tokens=32, rate=1e-3),
)

# Words of each category that no other category has, so that few steps suffice to learn them.
_OPENINGS: Final = {
    "impersonation": ("专员加微信", "私下转账销案", "汇入经办人账户"),
    "genuine_collection": ("本期账单逾期", "请通过官方应用还款", "最低还款额未足"),
    "abusive_collection": ("老赖滚出来", "通知你全村", "不还就上门闹"),
    "debt_service_ad": ("债务优化停息", "协商分期挂账", "法务帮你延期"),
    "loan_ad": ("额度二十万秒批", "利率低至三厘", "无抵押放款快"),
    "other_scam": ("中奖领取大礼", "刷单返佣日结", "包裹丢失理赔"),
    "benign": ("今晚一起吃饭", "快递已到驿站", "明天下午开会"),
}
_ENDINGS: Final = {
    "train": ("甲子", "乙丑", "丙寅"),
    "dev": ("丁卯", "戊辰"),
    "test": ("己巳",),
}


# Two texts that stand for twins, and words that show an evidence code.
_TWINS: Final = ("私下转账销案，甲子。", "本期账单逾期，甲子。")
_EVIDENCE: Final = {"code": "private_account", "quote": "经办人账户"}

# They contradict what training says, so that calibration has something to do.
_ODD: Final = [("专员加微信，庚午。", "genuine_collection"), ("今晚一起吃饭，庚午。", "other_scam")]


def gold_texts() -> dict[str, list[tuple[str, str]]]:
    """Texts and categories by split: 63 to train, 44 to tune, 21 to test."""
    texts: dict[str, list[tuple[str, str]]] = {
        split: [
            (f"{opening}，{ending}。", category)
            for category in CATEGORIES
            for opening, ending in product(_OPENINGS[category], endings)
        ]
        for split, endings in _ENDINGS.items()
    }
    texts["dev"] += _ODD
    return texts


def tiny_gold(folder: Path) -> Path:
    """A gold folder with one group a split, with twins and marked evidence."""
    groups = {
        f"tiny-{split}": [
            record(
                text,
                category,
                pair="twins" if text in _TWINS else None,
                evidence=[_EVIDENCE] if _EVIDENCE["quote"] in text else [],
            )
            for text, category in texts
        ]
        for split, texts in gold_texts().items()
    }
    splits = "".join(f'{split} = ["tiny-{split}"]\n' for split in _ENDINGS)
    return write_gold(folder, groups, splits)


def tiny_tokenizer() -> Tokenizer:
    """One token a character, with the special tokens of the real one at its ids."""
    texts = (text for rows in gold_texts().values() for text, _ in rows)
    headers = "短信微信|"
    plain = set("0123456789abcdefghijklmnopqrstuvwxyz")
    characters = sorted(set("".join(texts)) | plain | set(headers))
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", *characters]
    words = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return tokenizer


def tiny_base(folder: Path) -> Path:
    """A base model folder: a random BERT of 2 layers x 32 with a tokenizer of characters."""
    tokenizer = tiny_tokenizer()
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=512,
        pad_token_id=1,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(str(folder))
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


@contextmanager
def quiet() -> Iterator[None]:
    """Let through what torch and its exporter warn about themselves, on one thread.

    On so small a network, threads cost far more than they give.
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with warnings.catch_warnings():
            # torch.export compares its own tree specs in a way that it calls deprecated.
            warnings.filterwarnings("ignore", r"`isinstance\(treespec, LeafSpec", FutureWarning)
            # Both inputs share their axes, as they must; the exporter names each axis once.
            warnings.filterwarnings("ignore", "# The axis name: ", UserWarning)
            yield
    finally:
        torch.set_num_threads(threads)


def train_tiny(folder: Path, recipe: Recipe = RECIPE) -> dict[str, Any]:
    """Train in `folder`, artifact in `folder/artifact`, and return the metrics."""
    base, gold = tiny_base(folder / "base"), tiny_gold(folder / "gold")
    with quiet():
        return train_artifact(
            str(base), None, gold, folder / "artifact", folder / "runs", None, recipe
        )
