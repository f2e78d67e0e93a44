"""Who is to be paid: names after 户名, by an account or after 汇给 in a canonical text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from screening.contacts.names import FUNCTION, NAME, ROLE, SURNAME
from screening.contacts.point import ContactPoint, Kind

_CUE = (
    r"(?:(?:开户|账户|帐户|收款)?户名称?|[账帐]户名称?|收款(?:人|方|户(?!口))(?:姓名|名称|全称)?"
    r"|户主|卡主"
    r"|开户(?:名|人)|(?:专户|账户)持有人|公司名称)"
)
_LINK = r"(?:会?显示|改|写|填|必?须|仍)?(?:的?[是为系叫]|就是|即|显示)?[: ]{0,2}[\"“「『【《(]?"
_PERSON = re.compile(rf"{_CUE}{_LINK}{ROLE}{{0,5}}(?P<name>{NAME})")
_FORM = (
    r"(?:有限(?:责任)?公司|股份公司|公司|合伙企业|商行|经营部|工作室|服务[部中]心?|[商贸营]部"
    r"|事务所|合作社|批发部"
    r"|中心|顾问行|基金会|委员会|银行|[分支]行|信用社|代收处|管理处|法院|财政局|公安局|商店|工厂"
    r"|集团)"
)
# The words of a clause that runs on are no part of a name.
_LETTER = (
    r"(?:(?![我你您们就再把请该欠别让]|更改|依照|分钟|以客)[a-z0-9\u4e00-\u9fff·]"
    r"|\([\u4e00-\u9fff]{2,6}\))"
)
_COMPANY = re.compile(
    rf"{_CUE}{_LINK}(?P<name>{_LETTER}{{2,24}}?{_FORM}(?:{_LETTER}{{0,16}}?{_FORM})?"
    rf"(?:\(有限合伙\))?)(?!有限|公司)(?:{ROLE}{{1,5}}(?P<person>{NAME}))?"
)
_VAGUE = re.compile(
    r"(?:[我本贵该此]|非|不|必须|须|应|对方|显示|以|与|只|一定|认准|[您你]|其[他它]|任何|个人"
    r"|某公司|的|和|及|受让)"
)
_MENTIONED = re.compile("户名|收款|户主|卡主|开户|持有人|公司名称")
_PAY = (
    r"(?:(?:[付转汇打存缴交划充还]|支付|归集|垫)(?:款项?|账|帐|钱|现|数)?(?:到|至|给|入|进|往|予)"
    r"|(?:[付汇打]|转(?!接)|转账|汇款|打款|付款)(?=[\u4e00-\u9fff]{0,6}(?:财务|会计|出纳|专员|经理|组"
    r"|负责人)))"
)
_MINE = (
    r"(?:我们?(?:这边)?的?|[我本][司行院所组部]|该行|公司|律所|平台|值班|指定的?|一个|那个"
    r"|内部|外聘)"
)
_ACCOUNT_WORD = (
    r"(?:[之的]?(?:名下的?)?(?:个人|私人|那张|这张|对私|微信|收款)?"
    r"(?:\(?[\u4e00-\u9fff]{0,3}(?:银行|[工农建中交招邮浦]行|邮局"
    r"|农信|邮储)\)?)?(?:的|储蓄|专用|收款)?"
    r"(?:[账帐][户号]|户[口头]|卡|支付宝|微信|[个私]人?户|私户|[收个]款?人?码))"
)
_BANK = (
    r"(?:\(?(?:(?:工商|农业|建设|中国|交通|招商|邮政储?蓄?|[\u4e00-\u9fff]{2,4})银行"
    r"|[工农建中交招浦]行|农商行?|农信|邮储)"
    r"(?:卡|储蓄卡)?\)?)"
)
_NUMBER = r"[: ]?(?!1[3-9]\d{9}(?!\d))\d{4}[ \-]?\d{4}"
# What begins like a name, but is the word for some other thing by an account.
_NO_NAME = (
    r"(?:(?=.(?:先生|女士|小姐|经理|某|[姐哥总]))(?!司[^徒马])"
    r"|(?!.信用|司[^徒马]|单[独位笔方]|方[便式案法]|成[本功]|金[额融卡]|钱[款包]|余[额款]|常用"
    r"|安[全心徽排]|管[理户控家]|马上|任[何意务]|包[括含]|车[贷主款]|连[同带]|路[径费]|向|和|时|于|高[额级]"
    r"|白[条领]|万[元事]|程序|应|通[过知]|许可|项|严[重格]|石家|封[卷存]|房[贷租产东]|季[度末]|平[台安]"
    r"|文[件书]|明[天日细]|易[贷借付]|古|游|全|解[冻约除]|代|支|付|年|冻|原|温[馨州]|符合|施行|查[询封核]"
    r"|盛京|洪水|华[夏为]|江[苏南西]|苏[州宁农]|广|齐[鲁全]|康复|沈阳|常[熟州]|徐州|郑州|贵|蒙[商牛]"
    r"|龙[江卡]|顾客|汤原|党|陈述))"
)
_STAFF = re.compile(
    rf"(?:{_PAY}{_MINE}{{0,3}}[\u4e00-\u9fff]{{0,6}}?{FUNCTION}{{1,3}}[:\"“「]?"
    rf"{_NO_NAME}(?P<paid>{NAME})"
    rf"|{FUNCTION}{{1,3}}[:\"“「]?{_NO_NAME}(?P<held>{NAME})[”\"」]?"
    rf"(?={_ACCOUNT_WORD}|{_BANK}?{_NUMBER})"
    rf"|{_PAY}{_MINE}{{0,2}}[\"“「]?{_NO_NAME}(?P<named>{NAME})[”\"」]?"
    rf"(?={_ACCOUNT_WORD}|{_BANK}?{_NUMBER}|\())"
)
_FOREIGN = re.compile(
    rf"{_PAY}[\u4e00-\u9fff]{{0,4}}[“「\"](?P<name>[a-z]{{2,10}}(?: [a-z]{{1,10}}){{1,2}})[”」\"]"
)
_PAID_WORDS = re.compile("[付转汇打存缴交划充还垫支归让代]|[账帐户卡码]")
# Next to the number of a card: 6222 0000 0000 4821,蒋立新 and 蒋立新 农行 6222 0000 0000 4821.
_AFTER_CARD = re.compile(
    rf"[ ,;:。(\n/]{{0,3}}(?:{_BANK}[ ,:]?)?(?:(?:姓?名[是叫]?|叫|持卡人|{ROLE})[: ]{{0,2}})?"
    rf"{_NO_NAME}"
    rf"(?P<name>[{SURNAME}][\u4e00-\u9fff*○某]{{1,2}}?(?:先生|女士|小姐)?"
    rf"(?=[^\u4e00-\u9fff*]|$|收$|\n)"
    rf"|[{SURNAME}](?=\())"
)
_BEFORE_CARD = re.compile(
    rf"(?:[,:;。( \n/]|^|{FUNCTION}|姓名|名字|名叫)"
    rf"(?P<name>{_NO_NAME}[{SURNAME}][\u4e00-\u9fff*○某]{{1,2}})"
    rf"(?:先生|女士|小姐)?[ ,:(]{{0,2}}(?:{_BANK}|个人|私人)?(?:的?(?:[账帐][户号]"
    rf"|卡号?))?[ ,:)]{{0,2}}$"
)
_REACH = 20
_FIRM = r"(?:有限(?:责任)?公司|股份公司|商行|经营部|工作室|事务所|服务[部中]心?|咨询部)"
_LENDER = re.compile(
    r"银行|农商行|信用社|消费金融|小额贷款"
    r"|(?:^|.*[付转汇打存缴交划到至给入进往予由与之的])(?:本|我|贵|该|某)"
)


def _firm(group: str) -> str:
    """Pattern of a firm's name that runs on from what leads to it, as a named group."""
    return rf"(?P<{group}>{_LETTER}{{2,20}}?{_FIRM}(?:{_LETTER}{{0,8}}?(?:分公司|中心))?)"


_PAID_FIRM = re.compile(
    rf"(?:{_PAY}[\u4e00-\u9fff]{{0,10}}[“「\"]{_firm('paid')}[”」\"]"
    rf"|{_PAY}(?:受托方|受让[方人]|受让公司|合作(?:方|机构|律所)|第三方|委托方|承接方)?"
    rf"{_firm('plain')}(?=[的之]?(?:对公|公司|公户|收款|结算|指定|专)?(?:[账帐]|专?户|[,( ]))"
    rf"|[“「\"]{_firm('quoted')}[”」\"]"
    r"[的之]?(?:对公|公司|收款|结算)?(?:[账帐][户号]|专?户|公户)"
    # Whoever has bought the debt is the one to be paid.
    rf"|转?让(?:给|予|至|与|于)(?:新?债权人)?[“「\"]?{_firm('assignee')}"
    rf"|受让[人方](?:[为是:]|即){{0,2}}[“「\"]?{_firm('buyer')}"
    rf"|[与由][“「\"]?{_firm('agent')}[”」\"]?(?=[^,。;\n]{{0,4}}代(?:收|为收)))"
)


def find_payees(text: str, cards: Sequence[ContactPoint] = ()) -> Iterator[ContactPoint]:
    """Names of payees: `company` for corporate ones, else `payee`, also masked ones (张*, *静).

    Args:
        text: a canonical text.
        cards: its cards and accounts; a name by the number of one is the holder's.

    """
    if _MENTIONED.search(text):
        yield from _titled(text)
    yield from _by_cards(text, cards)
    if _PAID_WORDS.search(text):
        for match in _STAFF.finditer(text):
            yield _named("payee", match)
        if "公司" in text or "行" in text or "部" in text or "所" in text or "中心" in text:
            for match in _PAID_FIRM.finditer(text):
                if not _LENDER.search(match[match.lastgroup or ""]):
                    yield _named("company", match)
        for match in _FOREIGN.finditer(text):
            yield _named("payee", match)


def _titled(text: str) -> Iterator[ContactPoint]:
    for match in _COMPANY.finditer(text):
        if match["person"]:
            yield ContactPoint("payee", match["person"], *match.span("person"))
        elif not _VAGUE.match(match["name"]):
            yield ContactPoint("company", match["name"], *match.span("name"))
    for match in _PERSON.finditer(text):
        yield ContactPoint("payee", match["name"], *match.span("name"))


def _named(kind: Kind, match: re.Match[str]) -> ContactPoint:
    name = match.lastgroup or ""
    return ContactPoint(kind, match[name], *match.span(name))


def _by_cards(text: str, cards: Sequence[ContactPoint]) -> Iterator[ContactPoint]:
    for card in cards:
        if card.trait == "masked":
            continue
        after = _AFTER_CARD.match(text, card.end)
        if after:
            yield _named("payee", after)
        start = max(0, card.start - _REACH)
        before = _BEFORE_CARD.search(text[start : card.start])
        if before:
            begin, end = before.span("name")
            yield ContactPoint("payee", before["name"], start + begin, start + end)
