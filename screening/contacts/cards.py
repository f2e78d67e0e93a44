"""Numbers of cards and of bank accounts in a canonical text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

from stdnum import luhn
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from screening.contacts.names import FORM_OF_FIRM, FUNCTION, SURNAME
from screening.contacts.numerals import HIDDEN_DIGITS, fold_digits
from screening.contacts.point import ContactPoint, Kind, Trait, digits

# UnionPay 62 and its older 9558, Visa 4, Mastercard 5, JCB 35, American Express 34 and 37, Diners
# 36 and 38; what starts with 30 to 33 is an account of a company.
_START = r"(?:[456]\d{3}|3[4-8]\d\d|9558)"
_CARD = re.compile(rf"(?<![\da-z]){_START}(?:[ \-]?\d){{11,15}}(?![\dx])")
# 16 or 19 digits in groups of four, the middle covered: 6222 **** **** 4821, 622200******4821.
_MASKED = re.compile(
    rf"(?<![\da-z*]){_START}(?:[ \-]?\d{{2}})?[ \-]?(?:[*x•●]{{1,8}}[ \-]?){{1,3}}"
    r"\d{3,4}(?![\d*x])"
)
_MASK = re.compile(r"[x•●]")
_SIGN = r"(?:[^\w\n,.:;%¥$(){}\[\]/<>=\"'“”《》【】、。!?…*]|_){0,3}"
_HIDDEN = re.compile(rf"[{HIDDEN_DIGITS}]|\d[^\d\w \-*]")
_DISGUISED = re.compile(
    rf"(?<![\da-z])(?:[456](?:{_SIGN}\d){{3}}|3{_SIGN}[4-8](?:{_SIGN}\d){{2}}"
    rf"|9{_SIGN}5{_SIGN}5{_SIGN}8)(?:{_SIGN}\d){{11,15}}(?![\dx])"
)
_LONG_RUN = re.compile(rf"[\d{HIDDEN_DIGITS}](?:{_SIGN}[\d{HIDDEN_DIGITS}]){{14}}")
_SERIAL_BEFORE = re.compile(
    r"(?:[单编案函]号|订单|流水号?|合同号?|借据号?|凭证号?|身份证号?码?|取件码"
    r")[为是:( ]{0,2}$"
)
_IDENTITY_LENGTH = 18
_LOOK_BACK = 24
_SHORTEST = 12  # of an account without blanks and without 对公
# Says that the number is of a firm's account, and so is one with a card's length.
_CORPORATE = re.compile(
    r"(?:对公|公户|公司户口?|公司(?:的|之)?(?:[账帐][户号]|专户))[^,。;!?\d\n]{0,6}[,为是:( ]{0,3}$"
)
_ACCOUNT = re.compile(r"(?<![\da-z.+*\-/])\d(?:[ \-]?\d){8,21}(?![\da-z%*]|[ \-.]\d|[年月元万期])")
_ACCOUNT_BEFORE = re.compile(
    r"(?:(?<!客户|会员|用户|登录|注册|微信|抖音)(?:[账帐][户号]|户口)号?码?|专户|保证户|公户"
    r"|对公(?:\(?[\u4e00-\u9fff]{1,4}行\)?)?"
    r"|(?:还款|结算|收款|过渡|周转|代收|归集|监管|新|验资|对公|放款|款)户|名下卡"
    rf"|{FORM_OF_FIRM}[)”」\"]?"
    r"|(?:[付转汇打存缴还]|转账|汇款)(?:款|账|钱)?(?:到|至|入|进))[为是:,( “「]{0,3}$"
)
_HOLDER_AFTER = re.compile(r"[ ,;(/]{0,3}(?:户[名明主]|开户|收款人)")
_PRIVATE_BEFORE = re.compile(
    r"(?:个人|私人|本人|[您你]的?|名下|经[办理]人?|专员|同事|职员|助理|人员|财务|会计|先生|女士"
    r"|小姐|某"
    rf"|户[名明主][为是:]?[{SURNAME}][\u4e00-\u9fff○*]{{1,2}}"
    rf"|{FUNCTION}[{SURNAME}][\u4e00-\u9fff○*]{{1,2}}|[,: (][{SURNAME}][\u4e00-\u9fff○*]{{1,2}})"
    r"(?:指定|专用|[之的]|名下|恒生|[\u4e00-\u9fff]{1,2}行){0,2}(?:个人|私人)?"
    r"(?:结算|储蓄|还款|收款)?(?:[账帐][户号]|户口|卡)(?:上|号码?)?[为是:,( ]{0,3}$"
)
_PRIVATE_AFTER = re.compile(
    rf"[ ,;(/]{{0,3}}(?:户[名明主](?:就?[为是]|:)?[“「]?(?:[^,。;\n]{{0,6}}(?:专员|财务|经理"
    rf"|员))?[{SURNAME}](?:先生|女士|小姐|[\u4e00-\u9fff○*]{{0,2}}(?:(?![\u4e00-\u9fff])|,?是))"
    rf"|[ ,(]{{1,2}}[{SURNAME}][\u4e00-\u9fff○*]{{1,2}}(?![\u4e00-\u9fff])"
    rf"|[ ,;(/]{{0,3}}[您你]本?人?)"
)


def find_cards(text: str) -> Iterator[ContactPoint]:
    """Numbers of 15 to 19 digits as cards have them, whole, disguised or masked.

    Identity cards, order and contract numbers are none. One that fails Luhn's check is a card
    none the less: senders garble numbers, and examples are invented. After 对公 and the like it
    is an account.
    """
    for match in _CARD.finditer(text):
        if not _is_other(text, match):
            number = digits(match.group())
            if _is_corporate(text, match):
                yield ContactPoint("account", number, *match.span())
            else:
                trait: Trait = "" if luhn.is_valid(number) else "luhn_failed"
                yield ContactPoint("card", number, *match.span(), trait)
    if _has_mask(text):
        yield from _masked(text)
    if any(map(_HIDDEN.search, _LONG_RUN.findall(text))):
        for match in _DISGUISED.finditer(fold_digits(text)):
            if _HIDDEN.search(text[slice(*match.span())]) and not _is_other(text, match):
                yield ContactPoint("card", digits(match.group()), *match.span(), "disguised")


def find_accounts(text: str, phones: Collection[ContactPoint]) -> Iterator[ContactPoint]:
    """Bank accounts by the words around them, 9 to 22 digits that don't look like a card's.

    `account` is a firm's or one that nothing is said of; a person's is `card`. Where a number is
    one of `phones`, it stays that.
    """
    for match in _ACCOUNT.finditer(text):
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        cued = _ACCOUNT_BEFORE.search(before) or _HOLDER_AFTER.match(text, match.end())
        number = digits(match.group())
        if not cued or _SERIAL_BEFORE.search(before) or _is_identity_card(number):
            continue
        if any(point.start < match.end() and match.start() < point.end for point in phones):
            continue
        if len(number) < _SHORTEST and not _CORPORATE.search(before) and " " not in match.group():
            continue
        private = _PRIVATE_BEFORE.search(before) or _PRIVATE_AFTER.match(text, match.end())
        kind: Kind = "card" if private and not _CORPORATE.search(before) else "account"
        yield ContactPoint(kind, number, *match.span())


def _is_corporate(text: str, match: re.Match[str]) -> bool:
    return bool(_CORPORATE.search(text[max(0, match.start() - _LOOK_BACK) : match.start()]))


def _has_mask(text: str) -> bool:
    return "**" in text or "xx" in text or "••" in text or "●●" in text


def _masked(text: str) -> Iterator[ContactPoint]:
    for match in _MASKED.finditer(text):
        value = _MASK.sub("*", match.group().replace(" ", "").replace("-", ""))
        # 620102********4821 is an identity card.
        if "**" in value and len(value) != _IDENTITY_LENGTH and not _is_serial(text, match):
            yield ContactPoint("card", value, *match.span(), "masked")


def _is_other(text: str, match: re.Match[str]) -> bool:
    return _is_identity_card(digits(match.group())) or _is_serial(text, match)


def _is_serial(text: str, match: re.Match[str]) -> bool:
    return bool(_SERIAL_BEFORE.search(text[max(0, match.start() - 8) : match.start()]))


def _is_identity_card(number: str) -> bool:
    """Whether a date of birth of a living person stands in it; invented ones fail the checksum."""
    if len(number) != _IDENTITY_LENGTH:
        return False
    try:
        birth = ric.get_birth_date(number)
    except ValidationError:
        return False
    return 1900 <= birth.year <= date.today().year
