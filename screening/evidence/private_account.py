"""Money wanted on an account that can't be the lender's: a person's, an "agent's", a QR code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.evidence.context import Context, Finding, find_phrases
from screening.negation import is_negated

CODE = "private_account"

_PAY = r"(?:转账|转入|转到|转至|转给|转去|转进|汇入|汇到|汇款|汇至|打到|打入|打进|打给|打款|存入|存到|还到|还入|还至|付到|付给|支付到|支付至|划到|划入|缴到|入到|过数)"
_PRIVATE = (
    r"(?:(?:个人|私人|私户|专员|经理|主任|律师|法官|办案人员|工作人员|财务(?:人员)?|会计|安全|清查|对接|监管|专用|专项|临时|"
    r"指定|托管|保全|结清|核销|代收|备用)[^，。！？\n]{0,6}?(?:账户|账号|银行卡|卡号|卡上|卡里|卡中|收款码|二维码|户头|卡)"
    r"|(?:本人|我本人|我)的?(?:微信|支付宝|银行卡|卡上|卡里|卡|账户|收款码|个人)"
    r"|我(?:微信|支付宝|卡|账户))"
)
_DEMAND = re.compile(
    rf"{_PAY}[^，。！？\n]{{0,16}}?{_PRIVATE}(?:[：: ]?[\d*x…. \-]{{4,30}})?"
    rf"|(?:扫|识别)[^，。！？\n]{{0,10}}(?:个人|私人|专员|我的?|经理)[^，。！？\n]{{0,6}}(?:码|二维码)"
    r"|(?:个人|私人)(?:微信|支付宝|账户|银行卡|收款码)[^，。！？\n]{0,6}(?:还款|收款|转账|付款)"
    r"|安全账户"
)
_PERSONS_CARD = re.compile(
    rf"{_PAY}[^。！？\n]{{0,20}}?(?P<card>(?:62|60|58|43|55)\d{{2}}[\d *x…\-]{{4,24}})"
)
_PAYEE = re.compile(
    r"(?:户名|收款人|收款方|开户名)[：: 是为]{0,2}(?P<name>[\u4e00-\u9fff·*某x]{2,4})(?![\u4e00-\u9fff])"
)
_CORPORATE = re.compile(r"对公|公司账户|公账|有限公司|本人名下|绑定的?|您的?(?:还款|信用)卡|尾号")


def detect(context: Context) -> Iterator[Finding]:
    """Payment to a private account, card or code. Details: `account`, `card`, `payee`."""
    found = list(find_phrases(CODE, _DEMAND, context.text, "account"))
    found += _cards(context.text)
    found += _payees(context.text)
    yield from _without_overlaps(found)


def _cards(text: str) -> Iterator[Finding]:
    for match in _PERSONS_CARD.finditer(text):
        around = text[max(0, match.start() - 24) : match.end() + 24]
        if not _CORPORATE.search(around) and not is_negated(text, match.start(), match.end()):
            yield Finding(CODE, match.start(), match.end(), "card")


def _payees(text: str) -> Iterator[Finding]:
    """A payee named like a person, where a card number stands beside it."""
    for match in _PAYEE.finditer(text):
        around = text[max(0, match.start() - 40) : match.end() + 40]
        if re.search(r"(?<!\d)\d{4}[\d *x\-]{8,}", around) and not is_negated(text, match.start()):
            yield Finding(CODE, match.start(), match.end(), "payee")


def _without_overlaps(found: list[Finding]) -> Iterator[Finding]:
    end = -1
    for finding in sorted(found, key=lambda item: (item.start, -item.end)):
        if finding.start >= end:
            yield finding
            end = finding.end
