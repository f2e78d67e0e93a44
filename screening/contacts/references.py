"""Case numbers and meeting codes in a canonical text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.contacts.point import ContactPoint, digits

_HAN = "\u4e00-\u9fff"
_YEAR = r"[(\[〔【](?:19|20)\d\d年?[)\]〕】]"
_LINE = r"(?:之[一二三四五六七八九十\d]{1,2})?"
# Court: (2025)京0105民初1234号; others: 京公(朝)立字〔2025〕0418号; the form is set by the
# Supreme People's Court's 关于人民法院案件案号的若干规定 (2016) and GB/T 9704-2012.
_COURT = re.compile(
    rf"{_YEAR}[ ]?(?!第)(?:[{_HAN}]{{1,3}}\d{{0,4}}[{_HAN}]{{0,6}}|\d{{2,4}}[{_HAN}]{{1,6}})"
    rf"(?:字)?第?[ ]?\d{{1,7}}(?:号|(?!\d)){_LINE}"
    rf"|{_YEAR}第\d{{1,7}}号"
)
_OFFICE = re.compile(
    rf"(?P<body>[{_HAN}]{{1,12}}(?:\([{_HAN}]{{1,4}}\)[{_HAN}]{{0,4}})?)"
    rf"{_YEAR}[ ]?第?\d{{1,7}}(?:-\d{{1,3}})?号?"
)
_OFFICE_ENDS = re.compile(
    r"[字办发函通罚令决告规委审执破仲调诉法清收律公检刑侦经报](?:[字办发函通决告知书])?$"
)
_LEAD = re.compile(
    r"^.*(?:根据|依据|依照|按照|文号|案号|函号|文书|文件|编号|号码|参照|关于|收到|公告|通知|以及"
    r"|[:为和与及见是即])"
)
# Taiwan: 114年度司执字第00077号; in haste: 2025鲁0000民初4417号.
_UNBRACKETED = re.compile(
    rf"(?<!\d)(?:1\d\d年度?[{_HAN}]{{1,6}}字第\d{{1,7}}号"
    rf"|[{_HAN}]{{1,8}}字第?20\d\d-\d{{1,6}}号?"
    rf"|(?:20\d\d年?)?[{_HAN}]{{2,10}}(?<![借贷房证抵保合押])字第?\d{{1,7}}号"
    rf"|20\d\d[{_HAN}]{{1,2}}\d{{2,4}}[民执刑行诉仲][{_HAN}]{{0,4}}\d{{1,7}}号?)"
)
_NAMED = re.compile(
    r"(?:案件?编?号|文号|[立执调备]案编?号|调解编?号|卷宗号|传票号|函号|律师函(?:编号|第)"
    r"|档案编号|委托案件\(编号|案件?代号|(?:委托|授权|通知|决定|告知|裁决|起诉)书?(?:草稿)?\(?编号)"
    r"[是为系: (]{0,3}(?P<number>"
    r"[a-z\d](?=[a-z\-_/]{0,12}\d|[\-_/\d])[a-z\d\-_/]{3,27}(?![a-z\d年元])"
    rf"|[{_HAN}]{{1,8}}字?第?\d{{3,7}}号?(?:\d{{1,6}})?|\d{{4}}[{_HAN}]{{1,4}}\d{{3,7}}号?)"
)
_VERB = re.compile(r"[可请打拨到去与是为]")
# 编号调0338: of whatever it is, but no number of a contract or a person.
_NUMBERED = re.compile(
    r"(?<!合同)(?<!借据)(?<!贷款)(?<!保单)(?<!订单)(?<!工单)(?<!员工)(?<!工作证)编号[是为: ]{0,2}"
    rf"(?P<number>(?![尾末后前最您你])[{_HAN}]{{1,8}}"
    rf"(?:20\d\d[{_HAN}]{{0,3}})?(?:字?第?\d{{3,7}}号|(?:20\d\d)-\d{{2,6}}|\d{{3,7}})(?![\d年]))"
)

_MEETING_CUE = (
    r"(?:会议(?:号码?|id|室号?|编号|码|房间号?|口令)?|会室|房间号?|房号|入会[码号]|zoom|瞩目"
    r"|meeting ?(?:id|no\.?))"
)
_MEETING = re.compile(
    rf"{_MEETING_CUE}(?:号|id|码)?[是为: 输入填“\"(]{{0,4}}"
    r"(?P<code>\d{3,4}(?:[ \-]?\d{2,4}){1,3})(?![\d元])"
)


def find_case_numbers(text: str) -> Iterator[ContactPoint]:
    """Numbers of court cases, official letters and what is passed off as such, as written."""
    if not any(mark in text for mark in "([〔【号字编"):
        return
    for match in _OFFICE.finditer(text):
        body = match["body"]
        start = match.start() + _lead(body)
        certain = match.group()[-1] == "号" and "(" not in match.group()
        if start < match.end("body") and (certain or _OFFICE_ENDS.search(body)):
            yield ContactPoint("case_number", text[start : match.end()], start, match.end())
    for match in _COURT.finditer(text):
        yield ContactPoint("case_number", match.group(), *match.span())
    for match in _UNBRACKETED.finditer(text):
        start = match.start() + _lead(match.group())
        yield ContactPoint("case_number", text[start : match.end()], start, match.end())
    for pattern in (_NAMED, _NUMBERED):
        for match in pattern.finditer(text):
            if not _VERB.search(match["number"]):
                yield ContactPoint("case_number", match["number"], *match.span("number"))


def _lead(words: str) -> int:
    """How many of the words lead to the number instead of being part of it."""
    lead = _LEAD.match(words)
    return lead.end() if lead else 0


def find_meetings(text: str) -> Iterator[ContactPoint]:
    """Codes of video meetings, 6 to 12 digits (most services give 9 to 11)."""
    if "会" in text or "房" in text or "zoom" in text or "瞩目" in text or "meeting" in text:
        for match in _MEETING.finditer(text):
            value = digits(match["code"])
            is_mobile = len(value) == 11 and value[0] == "1" and value[1] > "2"
            if 6 <= len(value) <= 12 and not is_mobile:
                yield ContactPoint("meeting", value, *match.span("code"))
