"""Who the sender claims to be, or to act for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from screening.contacts import classify_number
from screening.directory import Directory, NameMatch
from screening.negation import is_negated

Role = Literal["court", "police", "law_firm", "mediation", "regulator"]

# How plainly a name is claimed. The plainest wins, of equals the first.
_MENTIONED, _OFFICE, _INTRODUCED, _NAMED, _SIGNED = 1, 2, 3, 4, 5

_SIGNATURE_LEFT = re.compile(r"[【\[](?P<rest>[^【】\[\]\n]{0,40})$")
_SIGNATURE_RIGHT = re.compile(r"^(?P<rest>[^【】\[\]\n]{0,40})[】\]]")
_SIGNATURE = re.compile(r"[【\[]([^【】\[\]\n]{1,40})[】\]]")

_INTRODUCTION = re.compile(
    r"(?:我是|我们是|我这边是|这边是|这里是|这是|本人系|我系|我司是|代表|授权|来自)[^,。!?;\n]{0,6}$"
    r"|受[^,。!?;\n]{0,8}$"
)
_ACTING_FOR = re.compile(r"^[^,。!?;:\n]{0,12}(?:委托|委外|授权|转来|移交|指派|合作机构)")
_POSSESSED = re.compile(r"(?:您|你|贵户|名下|我行|我司)(?:在|的|名下的?|所欠|欠)?$")
# Somebody who speaks for the name before: its staff and departments.
_STAFF = re.compile(
    r"^[^,。!?;\n]{0,4}(?:客服|专员|法务|风控|贷后|催收|中心|委托|委外|授权|官方|部门?|提醒|通知|助手|清收"
    r"|资产保全|信贷|案件组|专线|协商|结清|致|敬告)"
)
# What a lender has with a debtor.
_BUSINESS = re.compile(
    r"^[^,。!?;\n]{0,4}(?:信用卡|xyk|银行|yh|卡|贷款|账单|借款|欠款|还款|逾期|账户|合约|金融|借钱|月付|钱包|额度|用户|客户|会员)"
)
_LETTERHEAD_BEFORE = re.compile(r"(?:^|\n)(?:对方:)?(?:您好|你好|早晨|喂)?[,!。 ]?$")
_LETTERHEAD_AFTER = re.compile(
    r"^(?: ?[:|]|的|这边|用户|客户|会员|欠款人| |[^,。!?\n]{0,10}(?:通知|提醒))"
)
# The name of a bank on the way of the money, not of the one who asks for it.
_ROUTE_BEFORE = re.compile(
    r"(?:开户行?|(?:账户|账号|户口)[:为是(]|张|户名[^,。;\n]{0,16}|[还扣收付]款卡|[还扣收付]款银行|储蓄卡|绑定的?|转[到入至]|[汇打]到|[汇存]入|存[到入]于?|通过"
    r"|使用|打开|经由|支持)[为是:( 的]{0,3}$"
)
_ROUTE_AFTER = re.compile(
    r"^(?:[^,。;\n]{0,6}\(?\d{4}\)|[^,。;\n]{0,8}[3-9]\d{3} ?\d{4}|卡(?:$|[,。!?\n]|就|上|里))"
)
_READER = re.compile(r"^ ?我:(?![^\n]{0,40}你们)")
# Somebody who asks or warns others about a message, or sells help against lenders.
_ASKING = re.compile(
    r"是真的[吗嘛么]|真的假的|是真是假|是不是(?:真的|骗|官方|诈骗)|靠谱吗|求助|请教|请问大家|问一下大家"
    r"|有没有懂|有人知道|大家(?:注意|记得|别|千万)|差点被骗|帮我看看"
)
_SELLING_HELP = re.compile(
    r"停息挂账|挂停|能停息|停息\+|反催收|债务(?:优化|重组|规划)|征信修复|强开|提额内部|做逾期协商|通讯被?接管|接管通讯"
)
_CONVERSATION = re.compile(r"(?:^|\n) ?对方:")
_CREDIT = re.compile(r"[借贷欠]|还款|账单|逾期|额度|白条|金条|月付|分期|征信")
_SEPARATORS = frozenset({"、", "/", "和", "与", "或"})
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("court", re.compile(r"法院|法庭|执行[局处]|传票|拘票|开庭|立案庭|本院|被执行人|书记[员官]")),
    ("police", re.compile(r"公安|派出所|警官|警方|网警|经侦|刑警|民警|反诈中心|检察")),
    ("mediation", re.compile(r"调解|仲裁")),
    ("law_firm", re.compile(r"律师|律所|法律事务")),
    ("regulator", re.compile(r"银保监|金融监管|征信中心|人民银行|银监会|互联网金融协会")),
)
# Names that are everyday words, or groups with more than a lender, or a way to pay: they count
# only where staff or business of a lender follows, or the sender introduces itself by them.
_EVERYDAY_NAMES = """
    平安 光大 民生 兴业 华夏 中信 广发 恒丰 渤海 浙商 北行 上行 长行 南银
    信也 友信 榕树 陆控 极融 快乐时代 去哪儿 时光分期 邮政银行 家庭消费贷 e分期
    快贷 点贷 分付 白条 金条 够花 嗨付 乐卡 天天贷 直接贷 极速贷 惠民贷 永续贷
    信用购 信用付 轻松付 空手到 花呗 借呗 网商
"""
_PAYMENT_NAMES = "支付宝 微信支付 财付通 云闪付 翼支付 抖音支付 银联 unionpay 信用贷"
_EVERYDAY = frozenset(_EVERYDAY_NAMES.split())
_PAYMENT = frozenset(_PAYMENT_NAMES.split())
_PRODUCT_AFTER = re.compile(r"^(?:花呗|借呗|分付)")
# What belongs to the group of a lender without lending: 平安产险 is no bank.
_AFFILIATE = re.compile(
    r"^(?:产险|财险|寿险|人寿|车险|保险|保代|养老|健康|证券|基金|期货|信托|租赁|理财|好车主|外卖)"
)
# Letters around a name that make it part of another word: 以及贷款, 员工行为, 便捷信用.
_OTHER_WORD = re.compile(
    r"[以普涉波]及贷|及贷款|(?:快|点|信用|天天|直接|消费|极速|永续)贷款|[便快敏]捷信|[员职民施手]工行|[其途当集]中行|[提移外]交行"
    r"|[新共]建行|[网线]上行|便宜信|部分付|分付[款清]|不够花|够花[吗的]|[征守]信也|朋友信"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """The identity a sender claims.

    Attributes:
        institution: directory id of the lender, or None.
        start, end: range of its name in the canonical text, both -1 for a name in the sender.
        role: the kind of authority or firm that speaks, whether for itself or for the lender.

    """

    institution: str | None
    start: int
    end: int
    role: Role | None


def find_claim(text: str, sender: str | None, directory: Directory) -> Claim:
    """Read the claimed identity from a canonical text and the canonical sender name.

    A name in the 【signature】 or one that the sender field agrees with counts most, then a name
    in the sender field, a self-introduction, staff or business after a name, a name anywhere,
    and last the owner of the sender's number. A name that is negated, listed among others, only
    a way to pay or said by the reader isn't a claim.
    """
    role = _role(text)
    named, owners = _read_sender(sender, directory)
    best = max(
        _candidates(text, directory, frozenset(named or owners)),
        default=None,
        key=lambda scored: scored[0],
    )
    if best is not None and (best[0][0] > _NAMED or not named):
        match = best[1]
        return Claim(_preferred(match.ids, directory), match.start, match.end, role)
    if named or len(owners) == 1:
        return Claim(_preferred(named or owners, directory), -1, -1, role)
    return Claim(None, -1, -1, role)


def _read_sender(
    sender: str | None, directory: Directory
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lenders by the name in the sender field, and by its number."""
    if not sender:
        return (), ()
    number = classify_number(sender)
    if number is not None:
        return (), directory.owners(number)
    names = [match for match in directory.find_names(sender) if match.name not in _PAYMENT]
    best = max(names, default=None, key=lambda match: match.name not in _EVERYDAY)
    return (best.ids if best else ()), ()


def _role(text: str) -> Role | None:
    """The authority in a signature, else the first that the text names."""
    signed = " ".join(_SIGNATURE.findall(text))
    return _role_of(signed) or _role_of(text)


def _role_of(text: str) -> Role | None:
    return next((role for role, pattern in _ROLES if pattern.search(text)), None)


def _candidates(
    text: str, directory: Directory, expected: frozenset[str]
) -> Iterator[tuple[tuple[int, int], NameMatch]]:
    """Claimed names with their rank; those of a lender that the sender field tells rank highest."""
    matches = tuple(directory.find_names(text))
    listed = _listed(text, matches)
    hearsay = _is_hearsay(text)
    credit = bool(_CREDIT.search(text))
    for match in matches:
        if match.brand and not credit:
            continue
        score = _score(text, match, bool(expected.intersection(match.ids)))
        least = _INTRODUCED if hearsay or match.start in listed else _MENTIONED
        if score >= least:
            yield (score, -match.start), match


def _is_hearsay(text: str) -> bool:
    """Whether the writer talks about lenders rather than for one."""
    if _SELLING_HELP.search(text):
        return True
    return bool(_ASKING.search(text)) and not _CONVERSATION.search(text)


def _listed(text: str, matches: tuple[NameMatch, ...]) -> set[int]:
    """Starts of names that stand in a list of lenders: 花呗借呗, 招行、广发."""
    starts: set[int] = set()
    for one, other in pairwise(matches):
        between = text[one.end : other.start] if other.start - one.end < 3 else None
        if between in _SEPARATORS or (between == "" and _are_two(one, other)):
            starts |= {one.start, other.start}
    return starts


def _are_two(one: NameMatch, other: NameMatch) -> bool:
    """Whether names side by side are two things: 借呗微粒贷, but not 平安银行新一贷."""
    return {one.name, other.name} <= _EVERYDAY or not set(one.ids) & set(other.ids)


def _score(text: str, match: NameMatch, expected: bool) -> int:
    before, after = text[max(0, match.start - 44) : match.start], text[match.end : match.end + 44]
    if _OTHER_WORD.search(before[-2:] + match.name + after[:2]) or _AFFILIATE.match(after):
        return 0
    if _is_signed(match, before, after):
        return _SIGNED
    if is_negated(text, match.start) or _READER.match(_line_start(text, match.start)):
        return 0
    score = _said(match, before, after, expected)
    return _SIGNED if score and expected else score


def _is_signed(match: NameMatch, before: str, after: str) -> bool:
    left, right = _SIGNATURE_LEFT.search(before), _SIGNATURE_RIGHT.match(after)
    if left is None or right is None:
        return False
    rest = right["rest"]
    return not (_is_weak(match) and rest) or bool(_STAFF.match(rest) or _BUSINESS.match(rest))


def _said(match: NameMatch, before: str, after: str, expected: bool) -> int:
    """How plainly the words around a name in running text claim it."""
    staff = bool(_STAFF.match(after))
    if _INTRODUCTION.search(before) or _ACTING_FOR.match(after):
        return _INTRODUCED
    if _LETTERHEAD_BEFORE.search(before[-8:]) and (staff or _LETTERHEAD_AFTER.match(after)):
        return _INTRODUCED
    if _ROUTE_BEFORE.search(before) or _ROUTE_AFTER.match(after):
        return 0
    if match.name in _PAYMENT:
        return _OFFICE if staff or _PRODUCT_AFTER.match(after) else 0
    if staff or _BUSINESS.match(after):
        return _OFFICE
    if _is_weak(match):
        owned = bool(_POSSESSED.search(before)) and not match.brand
        return _OFFICE if owned or expected else 0
    return _MENTIONED


def _is_weak(match: NameMatch) -> bool:
    return match.brand or match.name in _EVERYDAY or match.name in _PAYMENT


def _line_start(text: str, position: int) -> str:
    start = text.rfind("\n", max(0, position - 400), position) + 1
    return text[start : start + 3]


def _preferred(ids: tuple[str, ...], directory: Directory) -> str:
    """Of several lenders with this name, the first whose number people can be given."""
    return next((entry for entry in ids if directory.knows(entry, "phone")), ids[0])
