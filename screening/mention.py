"""How plainly a text claims a lender that it names."""

from __future__ import annotations

import re
from itertools import pairwise

from screening.names import NameMatch
from screening.negation import is_negated

# How plainly a name is claimed. The plainest wins, of equals the first.
MENTIONED, OFFICE, INTRODUCED, NAMED, SIGNED = 1, 2, 3, 4, 5

_SIGNATURE_LEFT = re.compile(r"[【\[](?P<rest>[^【】\[\]\n]{0,40})$")
_SIGNATURE_RIGHT = re.compile(r"^(?P<rest>[^【】\[\]\n]{0,40})[】\]]")
_INTRODUCTION = re.compile(
    r"(?:我是|我们是|我这边是|这边是|这里是|这是|本人系|我系|我司是|代表|授权|来自)[^,。!?;\n]{0,6}$"
    r"|受(?![害理让])[^,。!?;\n]{0,8}$"
)
_ACTING_FOR = re.compile(r"^[^,。!?;:\n]{0,12}(?:委托|委外|授权|转来|移交|指派|合作机构)")
_POSSESSED = re.compile(r"(?:您|你|贵户|名下|我行|我司)(?:在|的|名下的?|所欠)?$|欠(?:了|着|住)?$")
# Somebody who speaks for the name before: its staff and departments.
_STAFF = re.compile(
    r"^[^,。!?;\n]{0,4}(?:客服|专员|法务|风控|贷后|催收|中心|委托|委外|授权|官方|部门?|提醒|通知|助手|清收"
    r"|资产保全|信贷|案件组|专线|协商|结清|致|敬告|这边|办理|已为你|已为您)"
)
# What a lender has with a debtor.
_BUSINESS = re.compile(
    r"^[^,。!?;\n]{0,4}(?:信用卡|xyk|银行|yh|卡|贷款|账单|借款|欠款|还款|逾期|账户|合约|金融|借钱|月付|钱包|额度|用户|客户|会员|欠)"
    r"|^ ?(?:的(?:钱|款|账|债|单|欠|剩余|那?笔)"
    r"|那?[笔单事一二三四五六七八九两几](?:[笔千万百十单事块子,。]|\d)|那几|这[笔单]"
    r"|\d[\d,.]{2}|尾?号\d|尾号|转[让出]|债权|m\d|外访)"
)
_LETTERHEAD_BEFORE = re.compile(
    r"(?:^|\n)(?:对方:)?(?:[^,。\n]{0,3}(?:您好|你好)|早晨|喂)?[,!。 ]?$"
)
_LETTERHEAD_AFTER = re.compile(
    r"^(?: ?[:|]|的|这边|用户|客户|会员|欠款人| |[^,。!?\n]{0,10}(?:通知|提醒))"
)
# The name of a bank on the way of the money, not of the one who asks for it.
_ROUTE_BEFORE = re.compile(
    r"(?:开户行?|(?:账户|账号|户口)[:为是(]|张|户名[^。;\n]{0,24}|[还扣收付]款卡|[还扣收付]款银行|储蓄卡|绑定的?|转(?:[到入至]|给?我)|[汇打]到|[汇存]入|存[到入]于?"
    r"|支持)[为是:( 的]{0,3}$"
)
# Apps of lenders are opened and used, banks' names after these words only pay.
_BANK_ROUTE_BEFORE = re.compile(r"(?:使用|打开|经由|通过)[的( ]{0,2}$")
_ROUTE_AFTER = re.compile(
    r"^(?:[^,。;\n案诉同纠]{0,6}\(?\d{4}\)"
    r"|[^,。;\n]{0,8}[3-9]\d{3} ?\d{4}|卡(?:$|[,。!?\n]|就|上|里))"
)
_READER = re.compile(r"^ ?我:")
# The other side says yes to what the reader has just named.
_ASSENT = re.compile(
    r"^[^\n]{0,60}\n ?对方:(?:[您你]好|嗯)?[,!。 ]?"
    r"(?:对|是的|是[,。]|嗯|没错|正是|查到|看到了|可以[的喔,。]|好的,|有的|欠)"
)
_PAID = re.compile(r"^(?:那张|卡|的卡)")
# What a name is told of rather than by: "短信说我欠花呗".
_HEARD = re.compile(
    r"(?:短[信讯](?:说|话|里|讲|我|催)|这个?短信|[条个]短[信讯]|有(?:个)?人(?:打|说|跟|微信|在)|打电话(?:来)?(?:催|说)|我(?:有个)?朋友|说我|收到(?!识|请)(?:了|过|一?条)?"
    r"|我(?:是不是|问过|问了|根本没|查过|在|欠|那)|系咪真|在群里说|看[您你]在|家里|姐妹们|咱)[^。!?\n]{0,18}$"
)
# Somebody who asks or warns others about a message, or sells help against lenders.
_ASKING = re.compile(
    r"是真的[吗嘛么不]|系咪(?:真|伏|骗)|真不真|求问|没敢[转加点]|请问各位|真的假的|是真是假|是不是(?:真的|骗|官方|诈骗)|靠谱吗|求助|请教|请问大家|问一下大家"
    r"|有没有懂|有人知道|大家(?:注意|记得|别|千万)|差点被骗|帮我看看"
)
_SELLING_HELP = re.compile(
    r"停息挂账|挂停|能停息|停息\+|反催收(?!联合)|债务(?:优化|重组(?!组)|规划)|征信修复|强开|提额内部|做逾期协商|通讯被?接管|接管通讯"
)
_CONVERSATION = re.compile(r"(?:^|\n) ?对方:")
CREDIT = re.compile(r"[借贷欠]|还款|账单|逾期|额度|白条|金条|月付|分期|征信")
_SEPARATORS = frozenset({"、", "/", "和", "与", "或"})
# Names that are everyday words, or groups with more than a lender, or a way to pay: they count
# only where staff or business of a lender follows, or the sender introduces itself by them.
_EVERYDAY_NAMES = """
    平安 光大 民生 兴业 华夏 中信 广发 恒丰 渤海 浙商 北行 上行 长行 南银
    信也 友信 榕树 陆控 极融 快乐时代 去哪儿 时光分期 邮政银行 家庭消费贷 e分期
    快贷 点贷 分付 白条 金条 够花 嗨付 乐卡 天天贷 直接贷 极速贷 惠民贷 永续贷
    信用购 信用付 轻松付 空手到 花呗 借呗 网商 邮政储蓄 生意贷
    泰隆 盛京 徽商 信银 中银 嘉银 东亚 众邦 小橙花 乐山商业银行
"""
_PAYMENT_NAMES = (
    "支付宝 alipay alipayhk 微信支付 财付通 云闪付 翼支付 抖音支付 银联 unionpay 信用贷"
)
EVERYDAY = frozenset(_EVERYDAY_NAMES.split())
PAYMENT = frozenset(_PAYMENT_NAMES.split())
_PRODUCT_AFTER = re.compile(r"^(?:花呗|借呗|分付)")
# What belongs to the group of a lender without lending: 平安产险 is no bank.
_AFFILIATE = re.compile(
    r"^(?:产险|财险|寿险|人寿|车险|保险|保代|养老|健康|证券|基金|期货|信托|租赁|理财|好车主|外卖)"
)
# Letters around a name that make it part of another word: 以及贷款, 员工行为, 便捷信用.
_OTHER_WORD = re.compile(
    r"度快贷|[以普涉波]及贷|及贷款|(?:快|点|信用|天天|直接|消费|极速|永续)贷款|[便快敏]捷信|[员职民施手]工行|[其途当集]中行|[提移外]交行"
    r"|[新共]建行|[网线]上行|便宜信|部分付|分付[款清]|不够花|够花[吗的]|[征守]信也|朋友信|[征守]信银|板信银|[华越]南银"
)


def is_hearsay(text: str) -> bool:
    """Whether the writer talks about lenders rather than for one."""
    if _SELLING_HELP.search(text):
        return True
    return bool(_ASKING.search(text)) and not _CONVERSATION.search(text)


def listed(text: str, matches: tuple[NameMatch, ...]) -> set[int]:
    """Starts of names that stand in a list of lenders: 花呗借呗, 招行、广发."""
    starts = {
        match.start
        for match in matches
        if "、" in (text[match.start - 1 : match.start], text[match.end : match.end + 1])
    }
    for one, other in pairwise(matches):
        between = text[one.end : other.start] if other.start - one.end < 3 else None
        if between in _SEPARATORS or (between == "" and _are_two(one, other)):
            starts |= {one.start, other.start}
    return starts


def _are_two(one: NameMatch, other: NameMatch) -> bool:
    """Whether names side by side are two things: 借呗微粒贷, but not 平安银行新一贷."""
    if one.name in PAYMENT:
        return False  # 支付宝网商贷: the lender and where to find it
    return {one.name, other.name} <= EVERYDAY or not set(one.ids) & set(other.ids)


def plainness(text: str, match: NameMatch, expected: bool) -> int:
    """How plainly a name is claimed, 0 for not at all; `expected`: the sender's name agrees."""
    before, after = _around(text, match)
    if _OTHER_WORD.search(before[-2:] + match.name + after[:2]) or _AFFILIATE.match(after):
        return 0
    if _is_signed(match, before, after):
        return SIGNED
    if is_negated(text, match.start):
        return 0
    if _READER.match(_line_start(text, match.start)):
        agreed = _ASSENT.match(text[match.end : match.end + 80]) and not _PAID.match(after)
        return MENTIONED if agreed else 0
    score = _said(match, before, after, expected)
    return SIGNED if score and expected else score


def _is_signed(match: NameMatch, before: str, after: str) -> bool:
    left, right = _SIGNATURE_LEFT.search(before), _SIGNATURE_RIGHT.match(after)
    if left is None or right is None:
        return False
    rest = right["rest"]
    if _is_weak(match) and left["rest"]:
        return False
    return not (_is_weak(match) and rest) or bool(_STAFF.match(rest) or _BUSINESS.match(rest))


def _said(match: NameMatch, before: str, after: str, expected: bool) -> int:
    """How plainly the words around a name in running text claim it."""
    staff = bool(_STAFF.match(after))
    if _INTRODUCTION.search(before) or _ACTING_FOR.match(after):
        return INTRODUCED
    if _LETTERHEAD_BEFORE.search(before[-8:]) and (staff or _LETTERHEAD_AFTER.match(after)):
        return INTRODUCED
    if _is_route(match, before, after) or _HEARD.search(before):
        return 0
    if match.name in PAYMENT:
        return OFFICE if staff or _PRODUCT_AFTER.match(after) else 0
    if staff or _BUSINESS.match(after):
        return OFFICE
    if _is_weak(match):
        owned = bool(_POSSESSED.search(before)) and not match.brand
        return OFFICE if owned or expected else 0
    return MENTIONED


def _is_route(match: NameMatch, before: str, after: str) -> bool:
    """Whether the name only says on which way money goes."""
    if _ROUTE_BEFORE.search(before) or _ROUTE_AFTER.match(after):
        return True
    return match.name.endswith("行") and bool(_BANK_ROUTE_BEFORE.search(before))


def _is_weak(match: NameMatch) -> bool:
    return match.brand or match.name in EVERYDAY or match.name in PAYMENT


def _line_start(text: str, position: int) -> str:
    start = text.rfind("\n", max(0, position - 400), position) + 1
    return text[start : start + 3]


def stands_in_signature(text: str, match: NameMatch) -> bool:
    """Whether a name stands in a 【signature】."""
    return _is_signed(match, *_around(text, match))


def _around(text: str, match: NameMatch) -> tuple[str, str]:
    return text[max(0, match.start - 44) : match.start], text[match.end : match.end + 44]
