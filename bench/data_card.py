"""Tables of the data card, `data/gold/README.md`, from `bench/results/data.json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bench.readme import CATEGORIES, read
from training.audit.leaks import leak_rows

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
    rows = (_row(*answered) for answered in leak_rows(read("data")))
    return "\n".join([_row("", ""), _row("---", "---"), *rows])
