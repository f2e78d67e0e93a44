"""Whether misconduct is done to the reader, rather than denied, warned of or told about.

`screening.negation` asks this of demands. A threat reads otherwise: "不还就…", "别逼我…" and
"不要脸" hold a negation and are threats and insults all the same; and denials reach less far,
since dictated messages have no commas. Texts are canonical (`model.normalize`).
"""

from __future__ import annotations

import re
from typing import Final

from screening.evidence.context import Context
from screening.negation import is_own_line

_REACH: Final = 12  # characters before a phrase in which a denial governs it
_SENTENCE_REACH: Final = 60
_AHEAD: Final = 40

_CLAUSE_END = re.compile(r"[,。!?;:\n]")
_SENTENCE_END = re.compile(r"[。!?\n]")
# What comes after these is threatened, whatever stood before.
_CONDITION = re.compile(
    r"""
    [别莫](?:让|逼|怪|等|叫|躲|装|拖)[着死]?(?:我|俺|老子|咱){0,2}
    | 不[^,。!?;\n]{0,8}就 | 否则 | 不然 | 再不
    """,
    re.VERBOSE,
)
_THEN = re.compile(r"(?:我们?|俺|咱|老子)?就")
_DENIED = re.compile(
    r"""
    (?: 不(?:会|得|能|要|可|应|许|准|再|向|去|打|找|用|必|跟|和|给|让|发
         |告|通知|联系|至于|是(?!吧|要))
      | 勿 | 毋 | 从不 | 绝不 | 并未 | 从未 | 没有?(?:人|权|打|找|去|给|跟|联系|通知|告诉)?
      | 没(?=[打找去给跟告]) | 无权 | 未(?:曾|经) | 严禁 | 禁止 | 避免 | 防止 | 停止 | 杜绝 | 拒绝
      | 谨防 | 警惕 | 暂不 | (?<![级特区个识分类])别(?![人的称墅处]) )
    [^,。!?;:\n]{0,8}$
    | 不$
    """,
    re.VERBOSE,
)
# Told about by a victim, a warner or a witness.
_REPORTED = re.compile(
    r"""
    自称 | 冒充 | 假冒 | 声称 | 谎称 | 所谓 | 如遇 | 遇到 | 遭遇 | 收到过 | 凡(?:是|有|以|称|遇)
    | 任何 | 一切 | 有[人个](?:[打发说给跟自冒拿用要威]|陌生|$) | 谁(?:让|叫|要)
    | 诈骗分子 | 不法分子
    | 骗子(?:会|说|常|往往|通常|以|用|让|冒|打|就) | 威胁(?:我|说|要|他|她|客户|其|债务人) | 扬言
    | (?:骂|吓|骚扰|曝光|恐吓|辱骂)[了过]?(?:我(?![们司行])|俺|客户|债务人)
    | (?:催收|他们|人家|对方|平台|客服)[^,。!?;:\n]{0,6}
      (?:说|骂|威胁|扬言|恐吓|天天|一天|一直|老是|还要|居然|竟)
    | 我(?:妈|爸|爹|娘|老婆|老公|儿子|女儿|领导|老板|邻居|家人|通讯录|亲戚|舅|哥|姐)
    | (?:^|[:说称是叫为])["“][^”"]{0,24}$
    """,
    re.VERBOSE,
)
_DISOWNED = re.compile(
    r"""
    [”"]?[^。!?\n]{0,24}?
    (?: (?:等|之类|这类|此类|这种)[^,。!?\n]{0,6}(?:行为|话术?|方式|手段|短信|催收)
      | (?:属于?|是|系|涉嫌)(?:违法|违规|犯罪|不合法|不合规|诈骗) | (?:都|均|就)是骗
      | 可以?(?:投诉|举报|报警|拨打) | 的话我不
      | 的,?请?[您你]?(?:可|立即|及时|马上)?(?:报警|投诉|举报|保[存留]|录音)
      | 是真的[吗嘛么] | 真的假的 | 怎么办 | 咋办 | 合法吗 | 违法吗 | 能告 )
    """,
    re.VERBOSE,
)
_TALK = re.compile(
    r"""
    是真的[吗嘛么] | 真的假的 | 怎么办 | 咋办 | 求助 | 请教 | 反催收 | 停催 | 停息挂
    | 代接(?:催|电话) | 专治 | 欠几家 | 投诉一家 | 不成不收 | 债务优化 | 投诉信
    | 法务(?:团队|替|方|部?帮) | 被(?:催收|爆|骚扰|骂|威胁)
    | 催收(?:天天|爆|打|骚扰|发|说|找|骂|威胁|员|人员|机构|公司不)
    | (?:反诈|防骗|消保|以案说法|普法|案例)[^,。!?\n]{0,6}(?:提醒|中心|宣传|提示|案例|喇叭|讲堂)
    """,
    re.VERBOSE,
)
_BANTER = re.compile(r"哈哈|嘻嘻|[欠借差]我(?![们哋行司社院处这])")
_MONEY = re.compile(r"[欠贷借卡债赖催还钱款账帐万千]|平台|分期|月付|逾期|租金|户口|app|\d{3}")


def concerns_debt(context: Context) -> bool:
    """Whether the message speaks of money owed, as a lender or collector would.

    Talk about collectors, help sold against them and banter among friends don't.
    """
    text = context.text
    if context.claim.institution is None and (_BANTER.search(text) or not _MONEY.search(text)):
        return False
    return not _TALK.search(text)


def is_done(text: str, start: int, end: int) -> bool:
    """Whether the words `start:end` are threatened or done to the reader.

    They aren't in a line "我:", after a denial in their clause, in a report, or before a verdict
    such as "…属于违法".
    """
    if is_own_line(text, start):
        return False
    clause = _CLAUSE_END.split(text[max(0, start - _REACH) : start])[-1]
    if not _THEN.match(text, start) and _DENIED.search(_CONDITION.split(clause)[-1]):
        return False
    sentence = _SENTENCE_END.split(text[max(0, start - _SENTENCE_REACH) : start])[-1]
    return not (_REPORTED.search(sentence) or _DISOWNED.match(text[end : end + _AHEAD]))
