"""Tables of the README, from the result files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from model.artifact import SHIPPED

_RESULTS: Final = Path(__file__).resolve().parent / "results"
_SETS: Final = {
    "real_messages": "真实消息（公开页面引用）",
    "real_frauds": "真实诈骗短信（伪基站、假法院，从不用于训练）",
    "composed_test": "自拟测试集（作者组未见过）",
    "composed_test_disguised": "自拟测试集，拆字、拼音、数字变形、识图噪声",
    "bank-sms-autorule": "真实银行通知（记账软件样本）",
    "fin-user-questions": "真实借款人提问（从不用于训练）",
    "telecom-fraud-texts-8": "改写的诈骗话术（从不用于训练）",
}
_BASELINES: Final = {
    "tfidf_regression": "TF-IDF + 逻辑回归",
    "fasttext": "fastText",
    "keyword_list": "关键词表",
}
_SYSTEMS: Final = {
    "classifier": "催查的分类器（int8）",
    "classifier_without_sender": "同上，不告诉它渠道和发送方",
    "tfidf_regression": "TF-IDF + 逻辑回归",
    "tfidf_regression_marks": "同上，联系方式换成标记",
    "fasttext": "fastText",
}
CATEGORIES: Final = {
    "impersonation": "冒充催收",
    "genuine_collection": "合法催收",
    "abusive_collection": "违规催收",
    "debt_service_ad": "债务服务广告",
    "loan_ad": "贷款广告",
    "other_scam": "其他诈骗",
    "benign": "其他正常消息",
}


def read(name: str) -> dict[str, Any]:
    """One result file."""
    report: dict[str, Any] = json.loads((_RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    return report


def table_row(*cells: object) -> str:
    """A line of a Markdown table."""
    return f"| {' | '.join(map(str, cells))} |"


def _percent(share: dict[str, float]) -> str:
    low, high = 100 * share["low"], 100 * share["high"]
    return f"{100 * share['value']:.0f} %（{low:.0f}–{high:.0f}）"


def _unseen() -> str:
    """Says so where the baseline is fitted to messages that the artifact was not."""
    metrics = json.loads((SHIPPED / "metrics.json").read_text(encoding="utf-8"))
    trained, there = metrics["rows"]["gold_train"], read("data")["splits"]["train"]["messages"]
    if trained == there:
        return ""
    return f"TF-IDF 用了全部 {there:,} 条自拟训练消息，随附的模型只用了其中 {trained:,} 条。"


def quality_table() -> str:
    """Share of each category that is called fraud, by system, with 95 % intervals."""
    lines = [
        "各类消息被判为 `fraud` 的比例，括号内为 95 % 区间。"
        "冒充催收和其他诈骗越高越好，其余越低越好。"
        + _promised()
        + "拿不准的判 `caution`，请人核实；"
        "TF-IDF 和 fastText 只有一个 0.5 的门槛。" + _unseen(),
        "",
        table_row("来源", "类别", "条数", "催查", "催查判 `no_fraud_signs`", *_BASELINES.values()),
        table_row("---", "---", *["---:"] * (3 + len(_BASELINES))),
    ]
    for name, title in _SETS.items():
        for category, row in (
            read("quality")["sets"].get(name, {"categories": {}})["categories"].items()
        ):
            called = row["called_fraud"]
            cells = [
                title,
                CATEGORIES[category],
                str(row["n"]),
                _percent(called["cuicha"]),
                _percent(row["cuicha"]["no_fraud_signs"]),
                *(_percent(called[name]) for name in _BASELINES),
            ]
            lines.append(table_row(*cells))
    return "\n".join(lines)


def _promised() -> str:
    """What the threshold for pasted messages promises."""
    promise = read("quality")["points"]["paste"]["false_alarms"]
    return (
        f"催查的门槛在调参组的 {promise['n']:,} 条上定：合法消息被判为 `fraud` 的比例，"
        f"以 {promise['confidence']:.0%} 的把握低于 {promise['bound']:.1%}（对那样的消息而言）；"
        f"在自拟测试集上是 {_percent(read('robustness')['senders']['as_sent']['lawful'])}。"
    )


def classifier_table() -> str:
    """The classifier beside what one would use instead, by category."""
    systems = read("quality")["sets"]["composed_test"]["systems"]
    lines = [
        table_row("", "macro-F1", "七类判对", "诈骗 AUC", "真假双胞胎排对", "两条都判对"),
        table_row("---", *["---:"] * 5),
    ]
    for name, title in _SYSTEMS.items():
        one = systems[name]
        keys = ("macro_f1", "accuracy", "fraud_auc", "twins_in_order", "both_twins_right")
        lines.append(table_row(title, *(_decimal(one[key]) for key in keys)))
    return "\n".join(lines)


def _decimal(value: dict[str, float]) -> str:
    return f"{value['value']:.3f}（{value['low']:.3f}–{value['high']:.3f}）"


def evidence_table() -> str:
    """Detectors and claimed institution on the test split, whose authors nobody tuned on."""
    test = read("evidence")["test"]
    identity, pairs = test["claimed_institution"], test["pairs"]
    lines = [
        f"自拟测试集 {test['n']:,} 条上，“对方自称哪家机构”判对 "
        f"{_percent(test['claimed_institution_right'])}：自称了机构的 "
        f"{_percent(identity['somebody_right'])}，没有自称的 {_percent(identity['nobody_right'])}。"
        f"一真一骗、只差关键一处的 {pairs['n']} 对里，单凭联系方式和收款去向就能分开 "
        f"{_percent(pairs['contacts'])}，骗的判 `fraud`、另一条不判的 "
        f"{_percent(pairs['fraud_apart'])}，两条结论都与标注一致的 {_percent(pairs['verdict'])}。"
        "标注只记最明显的证据，精确率是下限：",
        "",
        "| 证据 | 标注条数 | 找到（召回） | 找到的里面有标注（精确） "
        "| 合法催收里出现 | 正常消息里出现 |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for code, row in test["codes"].items():
        marked = row["right"] + row["missed"]
        rates = test["hit_rates"][code]
        cells = [
            f"`{code}`",
            str(marked) if marked else "—",
            _percent(row["recall"]) if marked else "—",
            _percent(row["precision"]) if marked else "—",
            _rate(rates["genuine_collection"]),
            _rate(rates["benign"]),
        ]
        lines.append(table_row(*cells))
    return "\n".join(lines)


def _rate(share: dict[str, float]) -> str:
    return f"{100 * share['value']:.1f} %"


_CONTACT_NAMES: Final = {
    "phone": "电话（手机、座机、400、95、106、境外）",
    "link": "网址",
    "account": "卡号、账号",
    "chat": "微信、QQ 等账号",
    "payee": "收款人姓名",
    "company": "收款单位",
    "amount": "金额",
    "deadline": "期限",
    "case_number": "案号、文号",
    "qr": "二维码",
    "app": "要装的 App",
}


def contacts_table() -> str:
    """Contact points on the marked messages of the test split."""
    test = read("evidence")["contacts"]["test"]
    lines = [
        f"测试集里随机 {test['n']} 条由人标出全部联系方式，程序找到的：",
        "",
        "| 种类 | 标出 | 找到（召回） | 找到的里面有标注（精确） |",
        "| --- | ---: | ---: | ---: |",
    ]
    for kind, name in _CONTACT_NAMES.items():
        row = test["kinds"][kind]
        marked = row["right"] + row["missed"]
        lines.append(table_row(name, marked, _percent(row["recall"]), _percent(row["precision"])))
    return "\n".join(lines)


def speed_table() -> str:
    """Start-up, memory, latency and throughput."""
    report = read("speed")
    machine, serve = report["machine"], report["serve"]
    latency, screen = report["verdict_latency_ms"], report["screen"]
    features = "、".join(machine["processor_features"]) or "无 VNNI/AMX"
    rows = {
        "`cuicha serve` 启动到就绪": f"{serve['seconds_until_ready']:.1f} 秒",
        "常驻内存（1,000 次请求后）": f"{serve['memory_mib_after_1000']:.0f} MiB",
        "一次判断 p50 / p99（1,000 条）": f"{latency['p50']:.1f} / {latency['p99']:.1f} 毫秒",
        "一次 HTTP 请求 p50 / p99": f"{serve['request_latency_ms']['p50']:.1f} / "
        f"{serve['request_latency_ms']['p99']:.1f} 毫秒",
        f"`cuicha screen` {screen['messages']:,} 条混合消息": f"每秒 "
        f"{screen['messages_per_second']:.0f} 条（TF-IDF "
        f"{screen['tfidf_regression_messages_per_second']:.0f}，关键词表 "
        f"{screen['keyword_list_messages_per_second']:.0f}）",
    }
    head = f"{machine['processors']} 核 {machine['architecture']}（{features}），"
    head += f"Python {machine['python']}，消息平均 {screen['mean_characters']:.0f} 字："
    lines = [head, "", "| 项目 | 数值 |", "| --- | ---: |"]
    return "\n".join(lines + [table_row(*cells) for cells in rows.items()])
