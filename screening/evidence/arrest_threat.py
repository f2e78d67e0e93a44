"""Arrest, detention or a criminal case held over a debtor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.evidence.context import Context, Finding
from screening.negation import is_demanded

CODE = "arrest_threat"

_GAP = r"[^,。!?;\n]"
_POLICE = r"""(?:
    公安(?:机关|局)? | 警方 | 派出?所 | 经侦 | 网[警监安] | 刑警 | [协民]警 | 警察
    | 司法(?:机关|协警|所) | 执法(?:人员|车|组|协查组?)
)"""
_STEP = r"""(?:
    立案 | 处理 | 抓[捕人走]? | 侦[查办] | 介入 | 追[究逃责] | 传唤 | 上门 | 到场 | 逮捕
    | 拘[留捕传提] | 带[走离] | 备案
    | 查找 | 出警 | 出发 | 做笔录 | 采取
)"""
_THREAT = re.compile(
    rf"""
      (?:(?:移交 | 移送 | [送提递转]交 | 上报 | [抄报]送 | 通报 | 报警 | 会同 | 联合 | 协同 | 配合
        | 转(?:属地|辖区|至?户籍) | 已?联系 | 叫){_GAP}{{0,8}}?
        {_POLICE}(?:{_GAP}{{0,8}}?{_STEP})?)
    | {_POLICE}{_GAP}{{0,12}}?(?:{_STEP}|敲门|请你|排单|锁定|联动|受理|[去来]你|跟我们|等你|协查)
    | 刑事(?:立案|拘留|案件|犯罪|追责|诉讼|处罚|责任) | [刑邢]拘 | 司法拘留
    | 拘(?:票|提|捕|传|留) | 逮捕 | 抓[捕扑] | 抓人 | 批捕 | 通缉
    | 网上?追?逃 | 坐牢 | 判刑 | 牢狱 | 传唤证 | 今晚传唤 | 搜查令 | 手铐 | 铐走 | 羁押
    | 蹲进去 | 弄你进去 | 留案底
    | 诈骗罪 | 报警立案 | 限制出境
    | (?:涉嫌|构成|按|就是){_GAP}{{0,6}}?(?:诈骗|骗贷|拒执)(?!短信|电话|信息)(?:移[交送]|立案
      | 追[责究]|处理)?
    """,
    re.VERBOSE,
)
# What the law itself says in a court's notice.
_STATUTE = re.compile(r"情节严重|构成犯罪|拒不(?:执行|履行|配合)[^,。]{0,6}的|依照?《|刑法第?三百")


def detect(context: Context) -> Iterator[Finding]:
    """Threats with police or prison. Detail: `threat`."""
    text = context.text
    for match in _THREAT.finditer(text):
        before = text[max(0, match.start() - 30) : match.start()]
        if text.startswith("不会", match.end()) or _STATUTE.search(before):
            continue
        if is_demanded(text, *match.span()):
            yield Finding(CODE, match.start(), match.end(), "threat")
