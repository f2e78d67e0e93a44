"""Which side of the border a message is from: it decides whose police and regulator help."""

from __future__ import annotations

import re
from typing import Final

from data.institution import Institution, Region

# Shares above this are texts written in traditional characters, not texts with a few of them.
_TRADITIONAL: Final = 0.1

# Words of one place that the others don't write, in canonical (simplified) form.
_MACAU: Final = re.compile(r"澳门|(?<![a-z])mop(?![a-z])|司法警察|(?:\+|00)853")
_WORDS: Final[tuple[tuple[Region, re.Pattern[str]], ...]] = (
    (
        "HK",
        re.compile(
            r"hk\$|hkd|阁下|whatsapp|回乡证|港[币元纸]|香港|[嘅咗唔佢冇哋啲嚟喺噉咁俾畀睇]|转数快|过数|入数|收数|大耳窿|财仔"
            r"|清数|找数|卡数|汇丰|恒生|中银香港|众安银行|金融管理局|廉政|警务处|区域法院|小额钱债|屋苑|八达通"
            r"|payme|(?:\+|00)852"
        ),
    ),
    (
        "TW",
        re.compile(
            r"nt\$|ntd|新台币|台湾|超商|简讯|台端|转帐|帐[号户]|联征|机车|加赖|\bline\b|公所|当铺|劳保|支付命令|地方法院|书记官"
            r"|存折|存簿|统一编号|健保|监理|刷退|卖场|拨款|催缴|玉山|台新|国泰世华|中国信托|富邦"
            r"|第一银行|彰化银行|远通|协商专线|拘票|管区|地检署|(?<!\d)165(?!\d)|循环利息|卡债|信贷"
        ),
    ),
)


def regions_of(
    text: str, traditional: float, institution: Institution | None
) -> tuple[Region, ...]:
    """Where the reader most likely is.

    Args:
        text: canonical text.
        traditional: share of characters in 0..1 that were written in traditional form.
        institution: the lender the sender claims to be.

    Returns:
        One region, or Hong Kong and Taiwan where traditional characters say no more than that.

    """
    if institution is not None and institution.region != "CN":
        return (institution.region,)
    if traditional <= _TRADITIONAL:
        return ("CN",)
    if _MACAU.search(text):
        return ("MO",)  # first, because people there write as in Hong Kong
    counts = {region: len(set(pattern.findall(text))) for region, pattern in _WORDS}
    best = max(counts.values())
    if best == 0:
        return ("CN",) if institution is not None else ("HK", "TW")
    return tuple(region for region, count in counts.items() if count == best)[:2]
