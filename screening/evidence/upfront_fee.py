"""A fee to pay before anything else happens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.evidence.context import Context, Finding

CODE = "upfront_fee"

_FEE = r"(?:保证金|履约金|诚意金|解冻费|解冻金|认证金|认证费|验证金|验资款?|手续费|服务费|工本费|押金|定金|订金|会员费|资料费|材料费|撤案费|撤销费|调解费|协调费|风险金|担保金|担保费|激活费|激活金|开通费|审核费|代办费|咨询费|包装费|流水|销户费|注销费|公证费|疏通费|管理费|保险费|备案费|查档费|加急费)"
_PAY = r"(?:先交|先缴|先付|先转|先支付|先打|预交|预缴|预付|预存|需交|需缴|需付|需支付|须交|须缴|须支付|缴纳|交纳|交付|支付|缴|交|付|转|汇|存入|打|刷)"
_DEMAND = re.compile(
    rf"(?P<pay>{_PAY})[^，。！？\n]{{0,14}}?{_FEE}"
    rf"|{_FEE}[^，。！？\n]{{0,12}}?(?:到账后|交了|交完|缴纳后|支付后|付清后|到位后|先交|先付|先转|方可|才能|才可以)"
)
# Lawful charges are named too; they are owed with the debt, not paid first to get something.
_LAWFUL = re.compile(r"分期手续费|手续费率|年费|违约金|利息|承担|产生")
_DENIED = re.compile(r"不|勿|无需|无须|免|别|未|没|谨防|警惕|凡|任何|0元|零")


def detect(context: Context) -> Iterator[Finding]:
    """Demands to pay a fee first. Detail: `fee`."""
    for match in _DEMAND.finditer(context.text):
        clause = _clause(context.text, match.start(), match.end())
        if not _DENIED.search(clause) and not _LAWFUL.search(clause):
            yield Finding(CODE, match.start(), match.end(), "fee")


def _clause(text: str, start: int, end: int) -> str:
    """The matched words with what precedes them in their clause, at most 12 characters."""
    before = re.split(r"[，。！？!?；;\n]", text[max(0, start - 12) : start])[-1]
    return before + text[start:end]
