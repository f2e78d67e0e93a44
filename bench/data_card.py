"""Tables of the data card, `data/gold/README.md`, from `bench/results/data.json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bench.readme import CATEGORIES, read, table_row
from data.gold_set import SPLITS
from training.audit.leaks import leak_rows

_CHANNELS: Final = {
    "sms": "短信",
    "wechat": "微信单条",
    "conversation": "多轮对话",
    "wechat_friend_request": "好友申请",
    "unknown": "来路不明",
}


def public_rows() -> str:
    """How little of collection the public corpora hold."""
    rows = read("data").get("public_rows")
    if rows is None:  # measured without the corpora
        return "公开语料里没有冒充催收，也没有合法催收。"
    return (
        "公开语料里没有冒充催收，也没有合法催收：`data/corpora.toml` 列出的 "
        f"{rows['n']:,} 条公开消息里，只有 {rows['with_collection']} 条出现“催收”二字。"
    )


def counts_table() -> str:
    """Messages by category and channel in each split."""
    data = read("data")
    splits = {name: data["splits"][name] for name in SPLITS} | {"all": data["all"]}
    lines = [table_row("", *splits), table_row("---", *["---:"] * len(splits))]
    for name, key in (
        ("消息 messages", "messages"),
        ("作者组 groups", "groups"),
        ("对 pairs", "pairs"),
    ):
        lines.append(table_row(name, *(f"{part[key]:,}" for part in splits.values())))
    for names, key in ((CATEGORIES, "category"), (_CHANNELS, "channel")):
        for code, title in names.items():
            values = (f"{part[key].get(code, 0):,}" for part in splits.values())
            lines.append(table_row(f"{title} `{code}`", *values))
    return "\n".join(lines)


def facets_table() -> str:
    """How often each value of each facet occurs."""
    lines = [table_row("facet", "records"), table_row("---", "---")]
    for name, counts in read("data")["all"]["facets"].items():
        values = " · ".join(f"{value} {n:,}" for value, n in counts.items())
        lines.append(table_row(f"`{name}`", values))
    return "\n".join(lines)


def agreement_table() -> str:
    """Cohen's kappa of the two labels."""
    figures = read("data")["agreement"]
    lines = [
        f"{figures['n']:,} 条由第二人盲标，"
        f"{figures['disagreements']} 条类别或结论不一致，均已裁决。",
        "",
        table_row("", "条数", "Cohen's kappa（95 % 区间）", "一致"),
        table_row("---", "---:", "---:", "---:"),
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
    return table_row(title, f"{n:,}", interval, f"{100 * one['equal']:.1f} %")


def claims_line() -> str:
    """How far two people agree on the claimed lender."""
    figures = read("evidence")["claims_labelled_twice"]
    agreed = figures["agreed"]
    low, high = 100 * agreed["low"], 100 * agreed["high"]
    return (
        f"自称的机构在 dev 和 test 的 {figures['n']:,} 条上标注了两次，一致 "
        f"{100 * agreed['value']:.1f} %（{low:.1f}–{high:.1f}）；"
        "不一致的由第三位裁决，见 `claims.jsonl`。"
    )


def audit_table() -> str:
    """What the leak audits found."""
    rows = (table_row(*answered) for answered in leak_rows(read("data")))
    return "\n".join([table_row("", ""), table_row("---", "---"), *rows])
