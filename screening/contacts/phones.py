"""Phone numbers of a canonical text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

import phonenumbers
from phonenumbers import ValidationResult

from screening.contacts.numerals import HIDDEN_DIGITS, fold_digits
from screening.contacts.point import ContactPoint, Kind, Trait, digits

_AREA = r"0(?:10|2\d|[3-9]\d\d)"
_SERVICE = r"1010\d{4}|95\d{3,7}|96\d{3,4}|12[13]\d\d|1003\d|100(?:10|86|99)|118\d\d"
_START = r"(?:(?<![\da-z])|(?<=tel)|(?<=[vw]x))(?<!\d\.)"
_END = r"(?![\d%]|\.\d)"


def _domestic_forms(gap: str, zero: str = "") -> str:
    """Patterns of the mainland and Taiwan.

    Args:
        gap: what may stand between two digits.
        zero: what may stand around the zeros of 400: 4.00 is an amount unless other signs say so.

    """
    return (
        rf"(?P<sms_port>10[56]\d(?:{gap}\d){{4,16}})"
        rf"|(?P<mobile>(?:86{gap})?1{gap}[3-9](?:{gap}\d){{9}}|09\d\d{gap}\d{{3}}{gap}\d{{3}})"
        rf"|(?P<toll_free>[48]{zero}0{zero}0(?:{gap}\d){{7}}"
        rf"|[48](?:[ \-.·]0){{2}}(?:[ \-.·]\d){{7}}|0800{gap}\d{{3}}{gap}\d{{3}})"
        rf"|(?P<service>(?:{_AREA}{gap})?(?:{_SERVICE})|9{zero}[56](?:{zero}\d){{3,4}})"
        rf"|(?P<landline>\(?{_AREA}\)?{gap}\d{{3,4}}{gap}\d{{4}}"
        rf"|\(0[2-8]\){gap}\d{{3,4}}{gap}\d{{4}}|0[2-8]-\d{{4}}-\d{{4}})"
    )


_GAP = r"(?: ?[\-.·‐–—] ?| )?"
_PHONE = re.compile(
    rf"{_START}(?:"
    rf"(?P<foreign>(?<!\d:)(?:\+00|\+|00){_GAP}[1-9](?:(?:{_GAP}|\(0\))\d){{4,13}}"
    # Hong Kong, Macau and Taiwan are also written without a sign.
    rf"|\(\+?85[23]\) ?\d{{4}}[ \-]?\d{{4}}|85[23][ \-]\d{{4}}[ \-]?\d{{4}}"
    rf"|\(\+?886\) ?9\d\d[ \-]?\d{{3}}[ \-]?\d{{3}}|886[ \-]9\d\d[ \-]?\d{{3}}[ \-]?\d{{3}})"
    rf"|{_domestic_forms(_GAP)}"
    rf"){_END}"
)
# Between disguised digits also signs and emoji, but none that lists, sums or dates are made of.
_SIGN = r"(?:[^\w\n,.:;%¥$(){}\[\]/<>=\"'“”《》【】、。!?…]|_){0,3}"
_DISGUISED = re.compile(rf"(?<![\da-z])(?:{_domestic_forms(_SIGN, _SIGN)})(?!\d)")
_CANDIDATE = re.compile(rf"[\d{HIDDEN_DIGITS}](?:{_SIGN}[\d{HIDDEN_DIGITS}]){{4,24}}")
_HIDDEN = re.compile(rf"[{HIDDEN_DIGITS}]")
_SEPARATED = re.compile(r"(?<![\d,、.])1(?:[,、]\d){10}(?![\d,、.])")
_ODD_SIGN = re.compile(r"\d[^\d\w \-.·‐–—()+]|\d_")
_SINGLES = re.compile(r"(?<!\d)(?<!\d[ \-·])\d([ \-·])\d(?:\1\d){3,4}(?![ \-·]?\d)")
_RUN = re.compile(r"\d+")

# Shorter than any other number: only where the reader is told to dial them.
_DIALLED = re.compile(
    r"(?:拨打?|致电|报警|[请去]打|热线|专线|电话|谘询|咨询)[:“\" ]{0,2}"
    r"(?P<number>11[0-9]|12[02]|165|18222|10000|10001)(?![\d.,%*\-/]|[转分] ?\d)"
)
# Eight digits are a number of Hong Kong where the text is from there and says to call.
_HONG_KONG = re.compile(
    r"(?:致电|电话|热线|专线|查询|查证|谘询|(?<![小钟])打(?:返|去)?|call|tel|联[络系]|回电|熟线)[^\d\n]{0,8}?"
    r"(?P<number>[235-9]\d{3}[ \-]?\d{4})(?![\d%元]|[ \-.,:/]\d)"
)
_FROM_HONG_KONG = re.compile(r"hk|港|852|[嘅哋唔咗啲冇]|阁下|转数快|财务(?:有限)?公司|九龙|新界")
# Five or six digits are a number to call only where nothing says that they count something.
_COUNTED_BEFORE = re.compile(
    r"(?:[¥￥$第]|rmb|hkd|人民币|金额|[欠借贷还]款|本金|本息|[应待需]还|[共总合]计|共|余额|额度|积分|尾号"
    r"|末[四六]位|[单编案户卡工函批]号|订单号?|合同号?|凭证号?|[验校]证?码|动态[码口]令?|授权码|取件码|口令|字)"
    r"[为是了:(# ]{0,3}$"
)
_COUNTED_AFTER = re.compile(
    r"^ ?(?:[元块万亿期天岁人笔件户次名股吨米]|号(?![码线])|分(?!机)|积分|公里)"
)
_DATE = re.compile(r"20\d\d[\-.][01]?\d[\-.]\d")  # 159 2026-01-01 is a price and a day


def classify_number(number: str) -> ContactPoint | None:
    """Read a sender field as a phone number; None where it is a name."""
    stripped = number.strip()
    found = next(find_phones(stripped), None)
    if found is None or digits(stripped) != digits(stripped[found.start : found.end]):
        return None
    return found


def find_phones(text: str) -> Iterator[ContactPoint]:
    """Phone numbers, plainly written ones first; none overlap.

    Chinese numerals, circled digits and digits with signs between them count where they make up
    a whole number.
    """
    taken: set[int] = set()
    for finder in (_plain, _dialled, _of_hong_kong, _disguised):
        for point in finder(text):
            places = range(point.start, point.end)
            if taken.isdisjoint(places):
                taken.update(places)
                yield point


def _plain(text: str) -> Iterator[ContactPoint]:
    for match in _PHONE.finditer(text):
        if not _DATE.search(match.group()):
            point = _phone(text, match)
            if point is not None:
                yield point


def _phone(text: str, match: re.Match[str]) -> ContactPoint | None:
    kind = cast(Kind, match.lastgroup)  # the groups of `_PHONE` are named by kind
    start, end = match.span()
    value = digits(match.group())
    if kind == "foreign":
        return _international(match.group(), start, end)
    if kind == "service" and _is_count(text, start, end):
        return None
    if kind == "mobile":
        value = value.removeprefix("86")
    # Nobody writes more than four groups but to hide the number.
    trait: Trait = "disguised" if len(_RUN.findall(match.group())) > 5 else ""
    return ContactPoint(kind, value, start, end, trait)


def _is_count(text: str, start: int, end: int) -> bool:
    """Whether a short number counts money, periods and the like rather than being dialled."""
    before, after = text[max(0, start - 12) : start], text[end : end + 3]
    return bool(_COUNTED_BEFORE.search(before) or _COUNTED_AFTER.match(after))


def _international(written: str, start: int, end: int) -> ContactPoint | None:
    """A number with country code: domestic where the code is 86, else foreign if possible."""
    value = digits(written)
    value = value.removeprefix("00")
    if value.startswith("86"):
        return _domestic(value.removeprefix("86"), start, end)
    try:
        number = phonenumbers.parse(f"+{value}", None)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return None
    return ContactPoint("foreign", value, start, end)


def _domestic(value: str, start: int, end: int) -> ContactPoint | None:
    """A mainland number without its country code; an area code has lost its 0 there."""
    for candidate in (value, f"0{value}"):
        match = _PHONE.fullmatch(candidate)
        if match is not None and match.lastgroup != "foreign":
            return ContactPoint(cast(Kind, match.lastgroup), candidate, start, end)
    return None


def _dialled(text: str) -> Iterator[ContactPoint]:
    for match in _DIALLED.finditer(text):
        start, end = match.span("number")
        if not _COUNTED_AFTER.match(text[end : end + 3]):
            yield ContactPoint("service", match["number"], start, end)


def _of_hong_kong(text: str) -> Iterator[ContactPoint]:
    if _FROM_HONG_KONG.search(text):
        for match in _HONG_KONG.finditer(text):
            yield ContactPoint("foreign", f"852{digits(match['number'])}", *match.span("number"))


def _disguised(text: str) -> Iterator[ContactPoint]:
    if any(map(_is_odd, _CANDIDATE.findall(text))):
        for match in _DISGUISED.finditer(fold_digits(text)):
            if _is_hidden_number(text, match):
                yield _hidden(match)
    for match in _SEPARATED.finditer(text):
        if "3" <= match.group()[2] <= "9":
            yield ContactPoint("mobile", digits(match.group()), *match.span(), "disguised")


def _is_odd(written: str) -> bool:
    return bool(_HIDDEN.search(written) or _ODD_SIGN.search(written) or _SINGLES.search(written))


def _is_hidden_number(text: str, match: re.Match[str]) -> bool:
    """Whether so much of the number is disguised that its parts can't be words around it."""
    written = text[match.start() : match.end()]
    hidden, signs = len(_HIDDEN.findall(written)), len(_ODD_SIGN.findall(written))
    if match.lastgroup == "service" and _SINGLES.match(text, match.start()):
        return not _is_count(text, *match.span())
    if match.lastgroup == "sms_port":
        return False
    if match.lastgroup == "service":
        # 一二三四五 counts up; 9555一次 is a sum and a word.
        return match.group()[0] in "019" and hidden + signs > 2 and match.group() != "12345"
    return hidden + signs > 1


def _hidden(match: re.Match[str]) -> ContactPoint:
    value = digits(match.group())
    kind = cast(Kind, match.lastgroup)
    value = value.removeprefix("86") if kind == "mobile" else value
    return ContactPoint(kind, value, *match.span(), "disguised")
