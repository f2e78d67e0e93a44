"""Guidance for ten cases side by side: `bench/results/guidance.md`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from data.words import Lang, Words
from screening.message import Message
from screening.screener import Screener
from screening.verdict import Guidance
from serving.terminal import report_line

# What people meet, each in the language its reader would choose. Invented, like all numbers.
_CASES: Final[tuple[tuple[str, Lang, Message], ...]] = (
    (
        "银行，钱要转给“专员”",
        "zh",
        Message(
            "【平安银行】您尾号8821信用卡已逾期，今日17点前将欠款转入专员账户6222…，否则移交公安",
            "sms",
        ),
    ),
    (
        "真的账单提醒",
        "zh",
        Message(
            "【招商银行】您尾号3306的信用卡本期应还1,204.50元，到期还款日9月4日。", "sms", "95555"
        ),
    ),
    (
        "已经转了钱",
        "zh",
        Message(
            "对方：我是借呗风控，转到我个人卡上今天就销账\n我：已经转了两千\n对方：还要再转一笔解冻费",
            "conversation",
        ),
    ),
    (
        "注销校园贷、共享屏幕",
        "zh",
        Message(
            "我是京东金融客服，您的校园贷账户需要注销，请下载会议软件共享屏幕，我带您操作", "wechat"
        ),
    ),
    (
        "夜里催收、告诉单位",
        "zh",
        Message(
            "【马上消费】您的安逸花已逾期，再不还款我们就通知您单位同事和通讯录好友",
            "sms",
            received_at=datetime(2026, 3, 1, 23, 10),
        ),
    ),
    (
        "目录里没有电话的机构",
        "zh",
        Message("【省呗】您的借款已逾期，请今天内联系400-000-7713处理", "sms"),
    ),
    ("没说是谁", "zh", Message("您有一笔欠款已进入诉前，请速回电13900004821，过时不候", "sms")),
    (
        "法院、个人账户",
        "zh",
        Message("【某区人民法院】您的贷款纠纷已立案，请将案款转入书记员李某个人账户后撤案", "sms"),
    ),
    (
        "香港",
        "zh-Hant",
        Message(
            "閣下之滙豐信用卡結欠HK$9,420，請今晚過數至本行專員陳先生戶口，否則上門收數", "sms"
        ),
    ),
    (
        "臺灣",
        "zh-Hant",
        Message("您的信貸帳款新臺幣三萬元已逾期，請加LINE專員取得帳號匯款，可打五折結清", "sms"),
    ),
)


def guidance_page() -> str:
    """A Markdown page; the last case again in English."""
    screener = Screener.load()
    lines = ["# 十种情形的建议 · Guidance for ten cases", ""]
    lines += [
        "由 `python -m bench guidance` 写出。Written by the command, from the shipped data.",
        "",
    ]
    shown = [*_CASES, ("In English", "en", _CASES[0][2])]
    for number, (title, lang, message) in enumerate(shown, start=1):
        verdict = screener.screen(message)
        lines += [
            f"## {number}. {title}",
            "",
            f"> {message.text.replace(chr(10), chr(10) + '> ')}",
            "",
        ]
        reason = verdict.reason.text.get(lang)
        lines += [f"`{verdict.verdict}` · {verdict.category} · {reason}", ""]
        lines += _sections(verdict.guidance, lang)
    return "\n".join(lines)


def _sections(guidance: Guidance, lang: Lang) -> list[str]:
    told = [step for case in guidance.happened if case.told for step in case.do]
    routes = [
        f"{r.value} {r.label or ''}（{r.source.get(lang)}，{r.as_of}）" for r in guidance.verify
    ]
    report = [report_line(route, lang) for route in guidance.report]
    return [
        f"**{guidance.summary.get(lang)}**",
        "",
        *_list("!", (step.get(lang) for step in told)),
        *_words("✓", guidance.do, lang),
        *_words("✕", guidance.dont, lang),
        *_list("☎", routes),
        *_words("📎", guidance.keep, lang),
        *_words("§", guidance.rights, lang),
        *_list("→", report),
        f"- ✉ {guidance.share.get(lang)}",
        "",
    ]


def _words(sign: str, words: Iterable[Words], lang: Lang) -> list[str]:
    return _list(sign, (each.get(lang) for each in words))


def _list(sign: str, items: Iterable[str]) -> list[str]:
    return [f"- {sign} {item.strip()}" for item in items]
