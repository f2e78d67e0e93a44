"""What the leak audits found, in words: for the report and the data card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def leak_rows(figures: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Question and answer of each audit; `figures` as `training.audit.figures.measure` gives."""
    auc, sources = figures["twins"]["shape_auc"], figures["sources"]
    yield (
        f"只看长度、数字、标点、掩码，分辨 {figures['twins']['pairs']:,} 对真假双胞胎"
        "（AUC，0.5 是乱猜）",
        f"逻辑回归 {auc['logistic_regression']:.2f}，提升树 {auc['gradient_boosting']:.2f}",
    )
    category = sources["category_from_group"]
    yield (
        "只知道作者组，猜类别",
        f"{_percent(category['by_source'])}（总猜最多的一类 {_percent(category['most_common'])}）",
    )
    group = sources["group_from_text"]
    yield f"合法催收里猜 {group['sources']} 个作者组", _guesses(group)
    corpus = sources.get("corpus_from_text", {})
    if "chance" in corpus:
        yield f"正常消息里猜 {corpus['sources']} 个来源（自拟与公开语料）", _guesses(corpus)
    for split, near in figures["overlap_with_train"].items():
        yield (
            f"{split} 与训练集最近一条的相似度（只算汉字，五字组 Jaccard）",
            f"中位 {near['similarity_p50']:.2f}，95 % 分位 {near['similarity_p95']:.2f}，"
            f"最高 {near['similarity_max']:.2f}；整条照搬 {near['copies']} 条",
        )
    yield "用过三次以上的句子（数字、链接、机构名抹去后）", str(figures["repeated_sentences"])
    yield "覆盖表里该有而没有的格子", str(sum(len(table["gaps"]) for table in figures["grid"]))


def _guesses(figures: Mapping[str, Any]) -> str:
    return (
        f"凭形状 {_percent(figures['by_shape'])}，凭用字 {_percent(figures['by_wording'])}"
        f"（乱猜 {_percent(figures['chance'])}）"
    )


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
