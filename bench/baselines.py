"""What one would use instead: a keyword list, TF-IDF with logistic regression, fastText."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

import fasttext
import numpy as np
from datasets import Dataset
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from data.gold_set import GOLD_DIR
from model.labels import CATEGORIES
from model.normalize import mask_digits, normalize
from screening.message import Message
from training.dataset import build_dataset
from training.recipe import Recipe
from training.views import view

# The words that guides on "how to spot a collection scam" name most often.
KEYWORDS: Final = (
    "验证码",
    "安全账户",
    "私人账户",
    "个人账户",
    "专员",
    "加微信",
    "加我微信",
    "保证金",
    "解冻费",
    "手续费",
    "立案",
    "拘留",
    "逮捕",
    "通缉",
    "公安",
    "刑事",
    "注销",
    "校园贷",
    "征信修复",
    "减免",
    "屏幕共享",
    "共享屏幕",
    "点击链接",
    "最后通知",
    "后果自负",
)


class KeywordList:
    """Fraud where any of the words occurs."""

    def fraud(self, texts: Sequence[str]) -> list[bool]:
        """One answer a text."""
        return [any(word in normalize(text).text for word in KEYWORDS) for text in texts]


def training_rows(corpora: Path | None) -> Dataset:
    """The rows that `make train` trains on, without the copies that only the encoder is shown."""
    rows = build_dataset(GOLD_DIR, corpora, Recipe(copied_share=0.0, diluted_share=0.0))
    return rows["train"]


class TfidfRegression:
    """Character 1- to 3-grams and logistic regression.

    Args:
        rows: as `training_rows` gives them.
        column: `plain` for the canonical text, `text` for the classifier's view with marks.

    """

    def __init__(self, rows: Dataset, column: Literal["plain", "text"] = "plain") -> None:
        self._column = column
        self._pipeline = Pipeline(
            [
                (
                    "tfidf",
                    TfidfVectorizer(
                        analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2
                    ),
                ),
                ("regression", LogisticRegression(C=30.0, max_iter=300)),
            ]
        )
        texts = [mask_digits(text) for text in rows[column]]
        weights = np.asarray(rows["weight"])
        self._pipeline.fit(texts, rows["label"], regression__sample_weight=weights)

    def probabilities(self, messages: Sequence[Message]) -> NDArray[np.float64]:
        """Shape (messages, categories)."""
        views = [_shown(message, self._column) for message in messages]
        return np.asarray(self._pipeline.predict_proba(views))


class FastText:
    """Supervised fastText over characters and their bigrams (Joulin et al., arXiv 1607.01759)."""

    def __init__(self, rows: Dataset) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "train.txt"
            lines = (
                f"__label__{label} {_spaced(text)}"
                for label, text in zip(rows["label"], rows["plain"], strict=True)
            )
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            # One thread: with more, every run gives another model.
            self._model = fasttext.train_supervised(
                str(path), epoch=25, lr=0.5, wordNgrams=3, dim=64, thread=1, seed=1, verbose=0
            )

    def probabilities(self, messages: Sequence[Message]) -> NDArray[np.float64]:
        """Shape (messages, categories)."""
        chances = np.zeros((len(messages), len(CATEGORIES)))
        for row, message in zip(chances, messages, strict=True):
            names, values = self._model.predict(
                _spaced(normalize(message.text).text), k=len(CATEGORIES)
            )
            for name, value in zip(names, values, strict=True):
                row[int(name.removeprefix("__label__"))] = value
        return np.asarray(chances / np.maximum(chances.sum(1, keepdims=True), 1e-12))


def _shown(message: Message, column: Literal["plain", "text"]) -> str:
    if column == "plain":
        return mask_digits(normalize(message.text).text)
    return view(message.text, message.channel, message.sender).text


def _spaced(text: str) -> str:
    return " ".join(mask_digits(text).replace("\n", ""))
