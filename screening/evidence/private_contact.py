"""An invitation to a private chat: WeChat, QQ and others, however they are spelt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.evidence.context import IN_CLAUSE as _GAP
from screening.evidence.context import Context, Finding
from screening.negation import is_demanded

CODE = "private_contact"

_APP = r"""(?:
    微信 | [薇威维徽葳][\-❤♥]?信 | [薇葳微]❤ | 微信?号 | 威芯 | wechat | (?<![a-z])(?:vx|wx|v信)
    | 微x | 微[ ]x | (?<![a-z])q[ ]?q | 扣扣 | 抠抠 | 企鹅号? | whats[ ]?app | telegram
    | (?<![a-z])line(?:[ ]id)?
    | 飞书 | 企业号 | 私人号 | 小号 | 好友
)"""
_ID = r"(?:(?<![a-z0-9])[a-z0-9][a-z0-9_\-]{4,24})"
_TO = r"[: 为是(号]{0,4}"
_INVITATION = re.compile(
    rf"""
      (?:[加搜洽] | 添加? | 下(?=q) | 联[系络] | 扫码加){_GAP}{{0,16}}?{_APP}{_TO}{_ID}?
    | {_APP}(?:联[系络]|收取|沟通|私聊)?{_GAP}{{0,4}}?{_TO}(?=[a-z_\-]{{0,25}}\d){_ID}
    | {_APP}(?:联系|收取|沟通|私聊|同步) | {_APP}联[系络]{_GAP}{{0,20}}
    | (?:1[3-9]\d{{9}}[,( ]{{0,2}})?(?:微信|(?<![a-z])vx?|[薇威]信)(?:同[号步]|号同){_TO}{_ID}?
    | 1[3-9]\d{{9}}[,( ]{{0,2}}加微信
    | (?:[加+]v|加\+|v[我❤]?|微我?)[: ]{{1,2}}{_ID} | 加[v+](?![a-z0-9])
    | 加(?:一下|下)?[我咗](?=[,。!?\n后领退拿办核续发走先帮给]|配合|上岸|好友|聊|解|处理|$)
    | (?<![\u4e00-\u9fff])(?:请|先|方便的话)?通过(?:一下|好友|验证(?!码)|聊|(?=[,。]|$))
    | 请(?:添加后|添加本号) | 私信(?:我|[“"])
    | 推名片给[你您] | 进群 | 加(?:群|赖)(?!主) | 加下(?=[,。!])
    """,
    re.VERBOSE,
)
# Channels of the lender itself, and other things that merely carry the app's name.
_OFFICIAL_USE = re.compile(
    r"""
    公众号 | 小程序 | 服务号 | 视频号 | 官方 | 企业微信(?!以外)
    | 微信(?:支付|钱包|零钱|还款|银行|通知|绑定|分付|转账?|收款|红包|群)
    | 关注 | 手机qq | 微信[-—>·] | 微信我 | 微信内 | line ?pay | online
    """,
    re.VERBOSE,
)


def detect(context: Context) -> Iterator[Finding]:
    """Invitations to add a private account. Detail: `account` with an id, else `invitation`."""
    text = context.text
    for match in _INVITATION.finditer(text):
        around = text[max(0, match.start() - 4) : match.end() + 4]
        if not _OFFICIAL_USE.search(around) and is_demanded(text, *match.span()):
            detail = "account" if re.search(_ID + r"$", match.group()) else "invitation"
            yield Finding(CODE, match.start(), match.end(), detail)
