"""Tables of the data card, `data/gold/README.md`, from `bench/results/data.json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bench.readme import CATEGORIES, read

_CHANNELS: Final = {
    "sms": "短信",
    "wechat": "微信单条",
    "conversation": "多轮对话",
    "wechat_friend_request": "好友申请",
    "unknown": "来路不明",
}
_SPLITS: Final = ("train", "dev", "test")


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def counts_table() -> str:
    """Messages by category and channel in each split."""
    data = read("data")
    splits = {name: data["splits"][name] for name in _SPLITS} | {"all": data["all"]}
    lines = [_row("", *splits), _row("---", *["---:"] * len(splits))]
    for name, key in (
        ("消息 messages", "messages"),
        ("作者组 groups", "groups"),
        ("对 pairs", "pairs"),
    ):
        lines.append(_row(name, *(f"{part[key]:,}" for part in splits.values())))
    for names, key in ((CATEGORIES, "category"), (_CHANNELS, "channel")):
        for code, title in names.items():
            values = (f"{part[key].get(code, 0):,}" for part in splits.values())
            lines.append(_row(f"{title} `{code}`", *values))
    return "\n".join(lines)


def facets_table() -> str:
    """How often each value of each facet occurs."""
    lines = [_row("facet", "records"), _row("---", "---")]
    for name, counts in read("data")["all"]["facets"].items():
        values = " · ".join(f"{value} {n:,}" for value, n in counts.items())
        lines.append(_row(f"`{name}`", values))
    return "\n".join(lines)


def agreement_table() -> str:
    """Cohen's kappa of the two labels."""
    figures = read("data")["agreement"]
    lines = [
        f"{figures['n']:,} 条由第二人盲标，"
        f"{figures['disagreements']} 条类别或结论不一致，均已裁决。",
        "",
        _row("", "条数", "Cohen's kappa（95 % 区间）", "一致"),
        _row("---", "---:", "---:", "---:"),
        _kappa("七类 category", figures["n"], figures["category"]),
        _kappa("结论 expected", figures["n"], figures["expected"]),
    ]
    for code, title in CATEGORIES.items():
        one = figures["by_category"].get(code)
        if one:
            lines.append(_kappa(f"{title} `{code}`", one["n"], one))
    return "\n".join(lines)


def _kappa(title: str, n: int, one: Mapping[str, float]) -> str:
    interval = f"{one['kappa']:.2f}（{one['low']:.2f}–{one['high']:.2f}）"
    return _row(title, f"{n:,}", interval, f"{100 * one['equal']:.1f} %")


def audit_table() -> str:
    """What the leak audits found."""
    data = read("data")
    auc, gaps = data["twins"]["shape_auc"], sum(len(table["gaps"]) for table in data["grid"])
    category, group = data["sources"]["category_from_group"], data["sources"]["group_from_text"]
    rows: list[tuple[str, str]] = [
        (
            f"只看长度、数字、标点、掩码，分辨 {data['twins']['pairs']:,} 对真假双胞胎"
            "（AUC，0.5 是乱猜）",
            f"逻辑回归 {auc['logistic_regression']:.2f}，提升树 {auc['gradient_boosting']:.2f}",
        ),
        (
            "只知道作者组，猜类别",
            f"{_percent(category['by_source'])}"
            f"（总猜最多的一类 {_percent(category['most_common'])}）",
        ),
        (
            f"合法催收里猜 {group['sources']} 个作者组",
            f"凭形状 {_percent(group['by_shape'])}，凭用字 {_percent(group['by_wording'])}"
            f"（乱猜 {_percent(group['chance'])}）",
        ),
    ]
    corpus: Mapping[str, Any] | None = data["sources"].get("corpus_from_text")
    if corpus:
        rows.append(
            (
                f"正常消息里猜 {corpus['sources']} 个来源（自拟与公开语料）",
                f"凭形状 {_percent(corpus['by_shape'])}，凭用字 {_percent(corpus['by_wording'])}"
                f"（乱猜 {_percent(corpus['chance'])}）",
            )
        )
    for split in ("dev", "test"):
        near = data["overlap_with_train"][split]
        rows.append(
            (
                f"{split} 与训练集最近一条的相似度（只算汉字，五字组 Jaccard）",
                f"中位 {near['similarity_p50']:.2f}，95 % 分位 {near['similarity_p95']:.2f}，"
                f"最高 {near['similarity_max']:.2f}；整条照搬 {near['copies']} 条",
            )
        )
    rows += [
        ("用过三次以上的句子（数字、链接、机构名抹去后）", str(data["repeated_sentences"])),
        ("覆盖表里该有而没有的格子", str(gaps)),
    ]
    return "\n".join([_row("", ""), _row("---", "---"), *(_row(*row) for row in rows)])


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
