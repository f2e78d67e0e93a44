"""Which authority or firm a sender speaks as: a court, the police, a law firm and the like.

To name one is not to speak as one: "否则移交公安" is no policeman, "将委托律师起诉" no lawyer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.labels import Role

_Patterns = tuple[tuple[Role, re.Pattern[str]], ...]

_SIGNATURE = re.compile(r"[【\[]([^【】\[\]\n]{2,40})[】\]]")
_SIGNED_HEAD = re.compile(r"^ ?[【\[][^【】\[\]\n]{1,40}[】\]]")
_CONVERSATION = re.compile(r"(?:^|\n) ?(?:对方|我):")
_OTHER_SIDE = re.compile(r"(?:^|\n) ?对方:([^\n]{1,400})")
_CLAUSE = re.compile(r"[^,。!?;:\n—]{2,40}")
# Who writes from such a number says so by it.
_NUMBERS: _Patterns = (
    ("court", re.compile(r"12368$")),
    ("police", re.compile(r"^(?:0\d{2,3})?(?:96110|12110|12381|12309|12123)$")),
    ("regulator", re.compile(r"^12378$")),
)

# In a signature or in the sender's name even the business of an office tells who speaks.
_LABELS: _Patterns = (
    ("court", re.compile(r"法院(?:诉前|委派)?(?:调解|诉调)(?![室员委]|工作|中心|组织)")),
    ("mediation", re.compile(r"仲.?裁(?!保全)|调.?解|调处|调停|矛调|诉调")),
    (
        "court",
        re.compile(
            r"法院(?!专递)|法庭|执行[局处庭组](?!罚)|执行(?:通知|联络|指挥)|立案庭|法官|书记[员官]|送达员|电子送达"
            r"|传票|传唤|执达"
        ),
    ),
    (
        "police",
        re.compile(
            r"公安|派出所|警官|警察|警方|警务|警署|网警|民警|交警|刑警|刑侦|经侦|网侦|网安|反诈(?:中心|联动|劝阻)"
            r"|检察|检方|专案组|司警|侦查|地检|接警|劝阻短信|165防诈|反洗钱调查"
        ),
    ),
    ("law_firm", re.compile(r"律师(?!费)|律所(?!小?群)|律师楼|法律事务所|公证处")),
    (
        "regulator",
        re.compile(
            r"[银中原]保监|银监|金融监[管督]|监管局|金管[会局]|金融管理局|征信中心|征信管理|人民银行|人行|央行|消保局"
            r"|互联网金融协会|互金协会|12378|联征中心|投诉受理中心"
        ),
    ),
)
# In a letterhead or an introduction only the office itself and its staff do.
_OFFICES: _Patterns = (
    (
        "court",
        re.compile(r"法院(?:诉前|委派)?(?:调解|诉调)(?![室员委]|工作|中心|组织)|法院执行"),
    ),
    (
        "mediation",
        re.compile(
            r"仲裁(?:委|庭(?!插)|院|通知|送达|告知|立案|秘书|联络|开庭|中心|机构|材料|处|员|裁决)|调[解介](?:员|室|中心|委|工作|组织|机构|办|平台|邀请"
            r"|通知|短信|站|专线|笔录|确认)|诉前联调|诉调(?:中心|对接)|调委会|矛调|调处室|调停"
        ),
    ),
    (
        "court",
        re.compile(
            r"法院(?!专递|文书|冻结|传票)|法庭|执行[局庭](?!罚)|行政执行署|立案庭|法官|书记[员官]|送达员|审裁处|执达|省高院|陪审"
            r"|(?:传票|应诉|开庭|传唤|立案|撤诉|陪审员|执行)(?:通知|提醒|传达)|执行和解告知|拘票|支付命令|限制消费令|限消预告|^被执行人|被告"
        ),
    ),
    (
        "police",
        re.compile(
            r"公安(?!执法车)|派出所|警官|警察|警方|警务|警署|网警|民警|协警|刑警|刑侦|刑.?警.?支|经侦|网侦|网安支队|检察|检务|市检|检方"
            r"|专案组|侦查|地检|到案通知|拘传|缉私|反诈(?:中心|支队|民警)|重案组|入境处|入境事务处|督察|检.{0,2}察"
        ),
    ),
    ("law_firm", re.compile(r"律师(?!费)|律.?师.?函|律催|律所|律师?行|法律事务所|公证[处员]")),
    (
        "regulator",
        re.compile(
            r"[银中原]保监|银监|金融监[管督]|监管局|金管[会局]|金融管理局|征信(?:中心|科|处|局|管理|异议(?:受理|处理|服务|岗)|联合|.{0,3}修.?复.?中心)"
            r"|人民银行|人行|央行|互联网金融协会|互金协会|消保[局处]|12378|联征中心|金融办|金融消费|银保信|银行业监督"
        ),
    ),
)
# What an office calls itself.
_OWN: _Patterns = (
    ("mediation", re.compile(r"本(?:委(?!托)|会(?!员)|仲裁|调解)|[我本]调解室|[，,。]我委(?!托)")),
    ("court", re.compile(r"本院(?!长)|本庭|本席")),
    ("police", re.compile(r"本支队|本分局|(?:办案|侦办)专户")),
    (
        "law_firm",
        re.compile(
            r"本所(?!辖)|敝所|本律师|(?<![由自])我所(?![有在说欠])|我们所|我们?律所|律师楼文员"
        ),
    ),
)
# A date in court.
_SUMMONS = re.compile(
    r"定于[^。\n]{2,36}(?:法庭|审判庭|提讯)|^\(20\d\d\)[^,。:\n]{1,14}\d号|[(〔]20\d\d[)〕][^,。\n]{1,9}(?:民初|执)\w{0,6}号[^。\n]{0,40}(?:承办人|送达)"
)
_INTRODUCTION = re.compile(
    r"^(?:您好|你好|喂)?.{0,3}?(?:我是|我系|我们是|这里是|这边是|我这边|这是|本人|我(?!们?跟|司|要))"
)
# Somebody else is spoken of: feigned, threatened with, turned to, listed.
_ELSEWHERE = re.compile(
    r"冒充|自称|假|骗|否则|移[交送]|转交|转给|转公|委托(?!的)[^,]{0,20}律|委托个|起诉|找|报警|报案|不是|[收接]到|来电|举报|投诉(?!受理)|提交"
    r"|(?<!仲裁)申请(?!人)|聘|联合|联动|已联络|挂了?钩|将[由向移委会]|同步|陪同|旁边|认识|帮|如果|凡|[发寄][来律给你]|[转那这][^,]{0,3}律|背景|承接|代[发写接]|专接|律师(?:您|你)好"
    r"|^律师$|律协|法[务律]咨询|绿色通道|说|判|抓|敲|封|扣|冻结|闹|拦|要求|办[网重]|律师(?:亲|驻|及|楼办)|在派出所|[打转][^,]{0,8}法院|已委|材料|协查单|合作"
    r"|送法院|不怕|就是|打\d|天天|给你们?|[是们]我?行|核实,|等(?!候)"
)
_ADDRESSED = re.compile(
    r"^(?:您(?!好)|你(?!好)|贵|各位|姐|哥|妈|有人|刚|昨|今天|明天|再|把|被(?!执行|告)|看|再不|不还|我们?跟)"
)
# A lender with a signature of its own speaks as that lender, also of lawyers and courts.
_LENDER = re.compile(r"银行|消金|消费金融|借|贷|分期|金融$|花")
_SHORT = 5  # a greeting or a name, not yet a clause that says who speaks


def find_role(text: str, sender: str | None) -> Role | None:
    """The authority that speaks in a canonical text, by the canonical sender name too."""
    signature = " ".join(_SIGNATURE.findall(text))
    role = _first(_LABELS, signature) or _first(_LABELS, sender or "")
    if role in ("mediation", "law_firm") and _LENDER.search(sender or ""):
        return None
    if role or _LENDER.search(signature):
        return role
    speeches = _speeches(text)
    for number, speech in enumerate(speeches[:4]):
        for clause in _introducing(speech, first=number < 2):
            if role := _first(_OFFICES, clause):
                return role
    said = "\n".join(speeches)
    if role := _first(_OWN, said) or _first(_OFFICES, _closing(text)):
        return role
    if _SUMMONS.search(said):
        return "court"
    return _first(_NUMBERS, sender or "")


def _first(patterns: _Patterns, text: str) -> Role | None:
    return next((role for role, pattern in patterns if pattern.search(text)), None)


def _speeches(text: str) -> tuple[str, ...]:
    """What the sender says, without what the reader answers."""
    if _CONVERSATION.search(text):
        return tuple(_OTHER_SIDE.findall(text))
    return (_SIGNED_HEAD.sub("", text),)


def _introducing(speech: str, first: bool) -> Iterator[str]:
    """Clauses that may say who speaks: the first, those in the first person, the signature."""
    heads = 1 if first else 0
    for match in _CLAUSE.finditer(speech[:160]):
        clause = match[0]
        heads -= len(clause) > _SHORT
        if _ELSEWHERE.search(clause) or _ADDRESSED.search(clause):
            continue
        if heads >= 0 or _INTRODUCTION.match(clause):
            yield clause


def _closing(text: str) -> str:
    """What stands like a signature after the last sentence of a letter."""
    if len(text) < 30 or _CONVERSATION.search(text):
        return ""
    closing = re.split(r"[。!\n—]", text[-24:])[-1]
    return "" if _ELSEWHERE.search(closing) or _ADDRESSED.search(closing) else closing
