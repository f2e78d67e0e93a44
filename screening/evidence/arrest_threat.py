"""Arrest, detention or a criminal case held over a debtor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.evidence.context import Context, Finding, find_phrases

CODE = "arrest_threat"

_THREAT = re.compile(
    r"(?:移交|移送|提交|上报|转交|报|联合|通知|配合|转)[^，。！？\n]{0,8}?(?:公安|警方|派出所|经侦|网警|刑警|司法机关)[^，。！？\n]{0,8}?(?:立案|处理|抓捕|侦查|介入|追究)?"
    r"|(?:公安|警方|派出所|经侦|网警|刑警|民警|警察|司法机关)[^，。！？\n]{0,10}?(?:立案|抓|拘|传唤|上门|逮捕|追捕|追究刑)"
    r"|刑事(?:立案|拘留|责任|案件|犯罪|追责|诉讼|处罚)|刑拘|拘留|拘捕|逮捕|抓捕|抓人|批捕|通缉|网上?追?逃|坐牢|判刑|牢狱|拘传|诈骗罪|立案侦查"
)


def detect(context: Context) -> Iterator[Finding]:
    """Threats with police or prison. Detail: `threat`."""
    yield from find_phrases(CODE, _THREAT, context.text, "threat")
