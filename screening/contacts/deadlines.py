"""Time limits put to the reader of a canonical text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.contacts.point import ContactPoint

_COUNT = r"(?:\d{1,3}|[一二两三四五六七八九十半]{1,3})"
_UNIT = r"(?:个?(?:小时|钟头|工作[日天]|自然日|星期|月|日历日)|分钟?|天|日|周|h(?![a-z]))"
_PART = r"(?:凌晨|早上?|上午|中午|下午|傍晚|晚上?|今?夜|午夜)"
_HOUR = (
    r"(?:(?:[01]?\d|2[0-4])(?::[0-5]\d(?::[0-5]\d)?|[点时](?:[0-5]?\d分|半|整|[0-5]\d)?)"
    r"|[一二两三四五六七八九十]{1,3}[点时](?:半|整)?)"
)
_CLOCK = rf"(?:{_PART})?[ ]?{_HOUR}"
_WEEK = r"(?:(?:本|这|下)?个?(?:周|星期|礼拜)[一二三四五六日天末])"
_DAY = r"(?:[今明当本后即][天日晚夜早]|今儿个?|听[日晚]|[翌次]日)"
_DATE = (
    r"(?:(?:20\d\d年|今年|明年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]?"
    r"|20\d\d[\-./]\d{1,2}[\-./]\d{1,2}"
    # 三日前 is three days ago, unless something says that it is the third.
    r"|(?:(?:[本下次当]月|这个?月|(?<=[于在请至到:限迟]))(?:\d{1,2}|[一二三四五六七八九十]{1,3})日"
    r"|(?:[本下次当]月|这个?月)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:号|日(?=\d)))"
    r"|(?<![\d.])\d{1,2}[\-/]\d{1,2}(?![\d期个天])|(?:本|这个?|当)月[底末]|月[底末]|年[底末])"
)
_TIME = rf"(?:(?:{_DATE}|{_WEEK}|{_DAY})(?:\([^()]{{1,6}}\))?的?[ ]?(?:{_CLOCK})?|{_CLOCK})"
_EVENT = r"(?:下班|收工|天[黑亮]|日落|落昼|收市|结束|关门|午夜|中午|傍晚|开庭|放学|上班|开门|出账)"
# What is done to the reader or wanted of them, so that no mere mention of a day counts.
_WANTED = (
    r"(?:还|交|办|领|付|缴|处|回[复电款]?|转|存|补|来|清|结|理|打|见|给|认|配合|汇|入|接|签|预存)"
)
_DONE_FOR = (
    r"(?:(?:即|将|会|便|就|立即|自动|全部|逾期|到期|即时|过期){0,2}"
    r"(?:失效|作废|清零|关闭|(?:名额|指标|窗口|报名|通道)?截止|封卷))"
)
_DEADLINE = re.compile(
    rf"{_COUNT}{_UNIT}(?:之内|以内|内(?![部外容]))(?:有效)?"
    rf"|{_TIME}(?:之前|以前|或之?以?前|前(?![天后几期台往述面款任段儿一两三])|止)"
    rf"|(?:{_DAY})?{_EVENT}(?:之前|以前|前)"
    rf"|(?:{_DAY}|本周|这周|本月|当月|周内)(?:之内|以内|内(?![容部]))|当[天日]有效"
    rf"|仅限[今当][天日]|限今[天日晚]"
    rf"|(?:最[迟晚后](?:期限|时间|日期)?|截止(?:时间|日期)?|有效期[至到]?|期限|限|至迟)"
    rf"[到至在于为是]?[: ]?{_TIME}(?!内|之内|以内)(?:之前|以前|前)?"
    # 截至 with nothing after it is a limit; else it mostly is the day that a balance is of.
    rf"|截[至到][: ]?{_TIME}(?=[。;!|/\n]|$|未还|有效)"
)
_NOT_TRAILING = r"(?![天后几期台往述面款任段儿一两三\d])"
# What follows unless something is done by then: 今天不还, 三天不领作废.
_UNLESS = re.compile(
    rf"(?:{_DAY}|{_WEEK})(?:{_PART})?(?:{_HOUR})?"
    r"(?=[再还仍若]?[不未](?:在[^,。;!\n]{0,14}?|[能肯]|[用走从][^,。;!\n]{0,6}?)?(?:app)?"
    rf"{_WANTED})"
    rf"|(?<!第)(?:\d{{1,3}}|[二两三五七十]{{1,2}}){_UNIT}"
    r"(?=不(?:还|交|办|领|付|缴|理|处理|预存|回[复电]|来))"
)
_EXPIRY = re.compile(
    rf"(?:{_TIME}|(?:\d{{1,3}}|[一二两三五七十]{{1,3}}){_UNIT}[之以]?后|{_DAY})(?={_DONE_FOR})"
)
_EXPIRES = re.compile("失效|作废|清零|关闭|截止|封卷")
_ADDRESSED = re.compile(
    rf"(?<=[给限])[你您](?:们|最后)?(?P<grace>{_COUNT}{_UNIT})(?!免|无息|的?[额体])"
    rf"|(?<=[请烦])[你您]?(?:务必|尽快)?(?:于|在)?(?P<asked>今[天日晚](?:{_PART})?(?:{_CLOCK})?)"
    r"(?!休|早|[还是账])"
    r"|(?P<bound>今[天日晚]|今儿)(?=必须|务必|一定|回(?=电|\d)|得[还交把付缴处]|就?要[还交把付缴])"
    r"|(?:[请须应]|务必|必须)[您你]?(?:[于在]|赶在)"
    rf"(?P<event>[\u4e00-\u9fff\d]{{3,12}}?(?:之前|以前|前)){_NOT_TRAILING}"
    rf"|(?P<due>(?:还款|到期|账单|扣款|结息)日(?:之前|以前|前)){_NOT_TRAILING}"
)
_CODE_BEFORE = re.compile(r"(?:验证码|动态[码密口]|校验码|授权码|口令)[^\n]{0,50}$")
_PAST = re.compile(
    r"(?:近|过去|最近|前|已经?|逾期|超过?|满|自|曾|连续|每|距|账龄|历时|分|上个?月|从)[ ]?$"
)
# What the sender or another will do, or what the terms of a product say.
_PROMISED_BEFORE = re.compile(
    r"(?:预计|(?<!务必)[将拟会][于在]?|审批(?:下来|结果)|(?:^|[:\n,。])我|[交账收]后)[ ]?$"
)
_PROMISED_AFTER = re.compile(
    r"[ ]?(?:我[们行司]?会?|会|将|能|自动|短信)?"
    r"(?:免息|免费|无理由|到账|出[^,。具]|协助|(?:回[电复访]|答复)您|书面答复|告知|审[核批]"
    r"|退[回还款]"
    r"|返|刷退|转回|生效|消除|发放|反馈|出结果|核销|恢复|送达|联系您|与您|您随时|顾问|到访|到您"
    r"|原路|的(?:账单|交易|利息|记录))"
)


def find_deadlines(text: str) -> Iterator[ContactPoint]:
    """Time limits: 24小时内, 今天17点前, 7月15日前, 截止今晚22:00; the value is as written.

    What lies in the past (近30天内) or is promised by the sender (3天内到账) is left out.
    """
    if not any(word in text for word in "前内止限截迟晚效不未请烦给后失作今"):
        return
    for match in _matches(text):
        before = text[max(0, match.start() - 6) : match.start()]
        promised = match.re is not _EXPIRY and (
            _PROMISED_BEFORE.search(before) or _PROMISED_AFTER.match(text, match.end())
        )
        if not promised and not _PAST.search(before) and not _is_of_code(text, match):
            group = match.lastgroup or 0
            yield ContactPoint("deadline", match[group], *match.span(group))


def _matches(text: str) -> Iterator[re.Match[str]]:
    """What may be a time limit, dates and spans first; they may overlap."""
    yield from _DEADLINE.finditer(text)
    if "不" in text or "未" in text:
        yield from _UNLESS.finditer(text)
    if _EXPIRES.search(text):
        yield from _EXPIRY.finditer(text)
    yield from _ADDRESSED.finditer(text)


def _is_of_code(text: str, match: re.Match[str]) -> bool:
    """Whether a one-time code is said to be valid that long."""
    before = text[max(0, match.start() - 60) : match.start()]
    return match.group().endswith("有效") and bool(_CODE_BEFORE.search(before))
