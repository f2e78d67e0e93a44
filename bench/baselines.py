"""What one would use instead: a keyword list, and TF-IDF with logistic regression."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from data.gold_set import GOLD_DIR
from model.labels import CATEGORIES, FRAUD_CATEGORIES
from model.normalize import mask_digits, normalize
from training.dataset import build_dataset
from training.fine_tune import Recipe

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


class TfidfRegression:
    """Character 1- to 3-grams and logistic regression, on the rows that `make train` trains on.

    Args:
        corpora: folder of public corpora, as given to the training; None for gold alone.
    """

    def __init__(self, corpora: Path | None) -> None:
        rows = build_dataset(GOLD_DIR, corpora, Recipe().seed)["train"]
        self._pipeline = Pipeline(
            [
                ("tfidf", TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)),
                ("regression", LogisticRegression(C=10.0, max_iter=2000)),
            ]
        )
        weights = np.asarray(rows["weight"])
        self._pipeline.fit(rows["text"], rows["label"], regression__sample_weight=weights)

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Shape (texts, categories)."""
        views = [mask_digits(normalize(text).text) for text in texts]
        return np.asarray(self._pipeline.predict_proba(views))

    def fraud(self, texts: Sequence[str]) -> list[bool]:
        """Whether the fraud categories have half of the probability."""
        columns = [i for i, label in enumerate(CATEGORIES) if label in FRAUD_CATEGORIES]
        found: list[bool] = (self.probabilities(texts)[:, columns].sum(1) >= 0.5).tolist()
        return found
