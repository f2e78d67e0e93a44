"""Whether a phrase is warned against or denied rather than demanded."""

from __future__ import annotations

import re

_CLAUSE_END = re.compile(r"[，。！？!?；;\n]")
_NEGATION = re.compile(
    r"勿|不要|不得|不会|不能|不可|不应|不必|不用|不需|不收|不索|不向|不以|不存在|无需|无须|毋须|毋需|唔好|唔会"
    r"|别|严禁|禁止|谨防|警惕|防范|防止|小心|当心|提防|避免|拒绝|从不|从未|绝不|决不|没有|未曾|不是|并非|非"
    r"|凡是?|任何|一律|如遇|遇到|要是有人|如有人|若有人|谁让|自称|冒充|声称|假冒|所谓|让你|叫你|要求你"
)
_DENIAL = re.compile(
    r"[^。！？!?\n]{0,24}(?:都是|均为|均属|一律|全是|就是|属于|肯定是|即为|多半是)[^。\n]{0,6}(?:诈骗|骗|假)"
)
_REACH = 14  # characters before the phrase in which a negation still governs it


def is_negated(text: str, start: int, end: int | None = None) -> bool:
    """Whether the phrase at `start` of a canonical text is negated or warned against.

    Looks back to the beginning of the clause, at most 14 characters, and, where `end` is
    given, ahead in the sentence for "…都是诈骗". A negation in an earlier clause doesn't count:
    "请勿轻信他人，转入专员账户" is a demand.
    """
    before = _CLAUSE_END.split(text[max(0, start - _REACH) : start])[-1]
    if _NEGATION.search(before):
        return True
    return end is not None and bool(_DENIAL.match(text[end : end + 48]))
