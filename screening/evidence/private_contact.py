"""An invitation to a private chat: WeChat, QQ and others, however they are spelt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.evidence.context import Context, Finding
from screening.negation import is_negated

CODE = "private_contact"

_APP = (
    r"(?:微信|薇信|威信|维信|徽信|微 ?x|v ?信|v ?x|w ?x|微号|威芯|卫星|q ?q|扣扣|企鹅号?|抠抠|whats ?app|telegram|tg|飞机|line|"
    r"钉钉|抖音私信|好友)"
)
_ID = r"[a-z0-9][a-z0-9_\-]{4,24}"
_INVITATION = re.compile(
    rf"(?:加|添加|加我|搜|搜索|联系|联络|咨询|扫码加|私聊|加入)[^，。！？\n]{{0,12}}?{_APP}"
    rf"(?:号|群)?[：: 为是(（]{{0,3}}(?:{_ID})?"
    rf"|{_APP}(?:号|同号|联系)?[：: 为是(（]{{0,3}}{_ID}"
    rf"|加[vV➕+❤♥][：: ]?(?:{_ID})?"
    r"|手机号?(?:就是|同|即)微信|(?:微信|v信|vx)同号"
)
# Channels of the lender itself that merely carry the app's name.
_OFFICIAL_USE = re.compile(
    r"公众号|小程序|服务号|视频号|微信支付|微信钱包|微信零钱|微信还款|官方微信|企业微信|微信银行|微信通知|微信绑定|关注"
)


def detect(context: Context) -> Iterator[Finding]:
    """Invitations to add a private account. Detail: `account` with an id, else `invitation`."""
    for match in _INVITATION.finditer(context.text):
        around = context.text[max(0, match.start() - 4) : match.end() + 5]
        if _OFFICIAL_USE.search(around):
            continue
        if is_negated(context.text, match.start(), match.end()):
            continue
        detail = "account" if re.search(_ID + "$", match.group()) else "invitation"
        yield Finding(CODE, match.start(), match.end(), detail)
