"""Whether a phrase is demanded of the reader, or rather denied, warned against, or reported.

Texts are canonical (`model.normalize`), so commas, colons and the like are ASCII.
"""

from __future__ import annotations

import re

_CLAUSE_END = re.compile(r"[。!?;:\n]|(?<!\d),|,(?!\d)|\.(?![a-z\d])")
_SENTENCE_END = re.compile(r"[。!?\n]")
_CLAUSE_REACH = 28  # characters before the phrase in which a word of its clause still governs it
_SENTENCE_REACH = 90  # the same for its sentence
_AHEAD = 48

_NO = r"""
    勿 | 莫要 | 切莫 | 毋 | 不(?:要|得|交|缴|付|转|会|能|可|应|必|用|需|收|索|向|以|许|准|是
      | 存在|设|接受|通过|代收|予|加|另)
    | [发收给推](?:送|取)?不[了到] | 无需 | 无须 | 唔(?:好|会|使)
    | (?<![级特区个识分类])别(?![人的称墅处])
    | 严禁 | 禁止 | 拒绝 | 从不 | 从未 | 绝不 | 决不 | 绝对不 | 没有 | 未曾 | 并非
    | (?<!除)非(?![常诉法恶])
"""
_WATCH_OUT = r"谨防 | 警惕 | 防范 | 防止 | 小心 | 当心 | 提防 | 避免 | 认清"
_SOMEONE = r"""
    凡(?:是|有|以|在|要|让|叫|说|提|短信|群里|附|先|自) | 任何(?!费|手续|押金|问题|疑问)
    | 一切 | 一律 | (?:如遇|遇到)(?![您你]?(?:还款)?(?:困难|问题|疑问))
    | (?:谁|哪个|边个)(?:让|叫|要|跟|喊|管) | 自称 | 冒充 | 声称 | 假冒 | (?<!无)所谓 | 谎称
    | [如若]?(?:是)?有[人个](?:让|叫|要|说|教|加|打|给|发|以|跟|和|向|$)
    | (?:昨[天晚] | 刚才? | 今[天早] | 最近 | 近[日期])有[人个]
"""
_RELAYED = r"""
    说(?:你|我|您|他|她)?[^,。!?\n]{0,8}(?<!需)要 | (?<!需)(?:让|叫|要|要求|喊|问|教|诱导)
    (?:我(?![们行司]) | [您你]?(?:老人|家人|爸|妈) | 他 | 她 | 大家 | 客户 | 群众 | 同学 | 消费者)
"""
_NEGATION = re.compile(rf"{_NO} | {_WATCH_OUT} | {_SOMEONE} | (?:让|叫|要求)[你您]", re.VERBOSE)
# "不交就…": the condition of a threat or demand, no negation of it.
_CONDITION = re.compile(r"(?<!说)不(?![会得是应可能要])[^,。!?;\n]{1,8}?[就则便]")
_NEGATED_INSIDE = re.compile(rf"{_NO}", re.VERBOSE)
_REPORT_IN_CLAUSE = re.compile(_RELAYED, re.VERBOSE)
_REPORT_IN_SENTENCE = re.compile(
    rf"""
    {_SOMEONE} | 骗子 | 骗局 | 骗术 | 诈骗(?:分子|电话|短信|套路|手法|团伙)
    | 反诈(?!(?:中心)?(?:支队|大队|联络|联动|协查)) | 不法分子
    | 对方[说称] | (?:^|[:说称])["“] | “[^”]{{0,24}}$ | 被骗 | 涉诈
    | 案例(?:学习|分享|警示|通报|教学) | 客户(?:收到|接到|来问)
    | 假(?:客服|法院|律师|短信|传票) | 诱[导使骗] | 受害人 | 防骗 | 防诈
    | (?:不会|不得|绝不|从不|决不|勿|不要|严禁)[^,。!?\n]{{0,16}}(?:要求|让|叫|索要|以|通过|向)
    """,
    re.VERBOSE,
)
# A text that somebody passes on, and one that ends in "this is fraud": nothing in it is asked.
_PASSED_ON = re.compile(
    r"【转发】|转给你看看|[我俺咱](?:妈|爸|婆婆|奶奶|爷爷|姐|哥)?(?:刚刚?|昨天|今天)?收到的|说得跟真的一样"
)
_PASSED_ON_WITHIN = 40  # characters from the beginning
_EXPOSED_WITHIN = 160
_EXPOSED = re.compile(
    r"(?:此即|这就|以上(?:均|都)?|上述(?:均|都)?)[为是]{1,2}(?:典型的?)?(?:诈骗|骗[子术局])"
    r"|凡是?(?:这么|这样|如此)(?:说|要求)?的?[^,。\n]{0,4}是(?:诈骗|骗)"
)
_DENIAL = re.compile(
    r"""
    [”"]?[^,。!?\n]{0,8}(?:不(?:发生|产生|具备?|构成)|无效|不作数)
    | [^。!?\n]{0,28}
    (?: [”"]?(?:之类|等(?:话术|理由|名义|借口|方式))
      | (?:都是|均为|均属|均系|一律|全是|全部是|都属|属于|即为|即是|是典型)
        [^。\n]{0,8}(?:诈骗|骗|假|套路)
      | 就是(?:骗[子人局钱]|假的|诈骗分子)
      | [”"][^。!?\n]{0,4}(?:[骗诈]|冒充|假冒) | 那?不是我[们司行] | (?<!不)是(?:骗|诈骗|假的)
      | [的者],?(?:请|应)?(?:立即|马上|立刻|一律)?(?:挂断|挂掉|停止|报警|拒绝|举报|别理|不要理|删除
        | 别信|勿信)
      | 的,?[^,。!?\n]{0,8}(?:都|均)?与我[行司院]无关
      | (?:者|的)?[^,。!?\n]{0,6}(?:均|都|皆|一律)?非(?:我[方司行们]|本[行司方]|官方)
      | [。!?](?:这|那|以上|上述)[些都全]{0,2}(?:就?是|属于?)[^,。\n]{0,4}[骗诈假]
      | [^。\n]{0,6}(?:是真的吗|真的假的|是不是诈?骗|是骗子吗|靠谱吗|可信吗|能信吗|真假)
    )
    """,
    re.VERBOSE,
)


def is_negated(text: str, start: int, end: int | None = None) -> bool:
    """Whether the phrase at `start` of a canonical text is negated or warned against.

    Looks back to the beginning of the clause, at most 28 characters, and, where `end` is
    given, ahead in the sentence for "…都是诈骗". A negation in an earlier clause doesn't count:
    "请勿轻信他人，转入专员账户" is a demand.
    """
    clause = _CONDITION.sub("", _before(text, start, _CLAUSE_END, _CLAUSE_REACH))
    if _NEGATION.search(clause):
        return True
    return end is not None and bool(_DENIAL.match(text[end : end + _AHEAD]))


def is_reported(text: str, start: int) -> bool:
    """Whether the phrase at `start` tells what somebody else asked: "叫我把钱打到…", "骗子让…".

    So it is, too, where the person asked speaks, in a line "我:" of a conversation, in a text
    that is passed on ("转给你看看…"), and in one that ends in "此即为诈骗".
    """
    if is_own_line(text, start) or _EXPOSED.search(text, start, start + _EXPOSED_WITHIN):
        return True
    if _PASSED_ON.search(text, 0, min(start, _PASSED_ON_WITHIN)):
        return True
    clause = _before(text, start, _CLAUSE_END, _CLAUSE_REACH)
    sentence = _before(text, start, _SENTENCE_END, _SENTENCE_REACH)
    return bool(_REPORT_IN_CLAUSE.search(clause) or _REPORT_IN_SENTENCE.search(sentence))


def is_own_line(text: str, start: int) -> bool:
    """Whether `start` stands in a line "我:" of a pasted conversation."""
    return text.startswith("我:", text.rfind("\n", 0, start) + 1)


def is_demanded(text: str, start: int, end: int) -> bool:
    """Whether the phrase `start:end` is put to the reader as something to do or to fear.

    It isn't where it is negated, reported, or holds a negation itself ("存卡里不要转给个人").
    """
    return not (
        is_negated(text, start, end)
        or is_reported(text, start)
        or _NEGATED_INSIDE.search(text, max(0, start - 1), end)
    )


def _before(text: str, start: int, boundary: re.Pattern[str], reach: int) -> str:
    """The words before `start`, back to the last boundary, at most `reach` characters."""
    return boundary.split(text[max(0, start - reach) : start])[-1]
