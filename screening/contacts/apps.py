"""Apps to install and QR codes to scan in a canonical text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.contacts.point import ContactPoint

_INSTALL = (
    r"(?:下载(?:并?安装|登录|注册)?|安装|重装|加装|[需要先得请]装(?:一?个)?|装一下|装一?个|下一?个)"
)
_OPEN, _CLOSE = r"[“\"「『《【]", r"[”\"」』》】]"
_NAME = r"[a-z0-9\u4e00-\u9fff\-·+]"
_OURS = (
    r"(?:我们的?|本公?司|我[行司]|官方|新版|最新版?的?|手机|一个|个|使用|此|该|这个|那个|指定的?"
    r"|专属|本|的|下方|以下|上述){0,3}"
)
_QUOTED = re.compile(
    rf"(?:{_INSTALL}[^,。!?;\n“\"「『《【]{{0,8}}?|装){_OPEN}"
    rf"(?P<name>{_NAME}(?:{_NAME}|[ .]){{1,15}}){_CLOSE}"
)
_SUFFIXED = re.compile(
    rf"{_INSTALL}{_OURS}(?P<name>(?:(?!下载|安装|点击|打开){_NAME}){{2,14}}?) ?"
    r"(?:app|客户端|应用程序)(?![a-z])"
)
_BEFORE_VERB = re.compile(
    rf"{_OPEN}(?P<name>{_NAME}{{2,16}}){_CLOSE}(?:app|客户端|软件|应用|手机)?,?(?:下载|安装)"
    r"(?:地址|链接|包|后)"
)
# Programs for meetings and remote control, whose names need no further word.
_KNOWN = re.compile(
    rf"(?:{_INSTALL}|打开|进入?|登录|用)(?:一?个|“|\"|「)?"
    r"(?P<name>腾讯会议|网易会议|飞书会议|银联会议|全时云?会议|华为云会议|会畅|瞩目会议|瞩目"
    r"|云视讯|钉钉|飞书"
    r"|向日葵|zoom|teams|skype|anydesk|teamviewer|todesk|rustdesk|airdroid|webex)(?![a-z])"
)
_GENERIC = re.compile(
    r".{0,6}(?:这个|那个|任何|其他|陌生|不明|第三方|相关|相应|会议|手机银行|手机|对应|指定)"
    r"|银行|网贷|软件|正规|官方|.*[让叫要][您你].*"
)
_REFUSED = re.compile(
    r"(?:勿|不要|别|莫|不得|不会|不用|不必|无需|不需要?|谨防|拒绝|从未|没有|绝不|不通过"
    r"|不$)[^,。!?;\n]{0,10}$"
)
_FRAUD_AFTER = re.compile(r"[”\"」]?(?:app|软件)?的?(?:[,都均一律全]{0,2}(?:是|为|属)?)(?:诈骗|骗)")

_CODE = r"(?:二维码|[收付缴还交]款码|付费码|个人码|群码|小程序码|qr ?code|qr码)"
_SCAN = re.compile(
    rf"(?:扫描?|识别|长按)[^,。!?;\n]{{0,16}}?(?P<after>{_CODE})"
    rf"|(?P<before>{_CODE})[^。!?;\n]{{0,8}}?(?:扫[码描一]|扫(?=[,。]|$)|识别|付款|缴[付费款])"
    r"|(?P<verb>扫码)(?=[付支转缴还进入加添下登领填完关收联认验w])"
)
# A code that somebody sends, or that is paid to, with no word of scanning.
_SENT = re.compile(
    r"扫[^,。!?;\n扫]{0,6}?(?P<sent>(?:[我她他俺]|这个|那个|下[面方]|上面"
    r"|群里)[^,。!?;\n扫]{0,8}?(?:[的个张款人]码|[这那发]码))"
    r"|(?P<mine>[我俺]的?[^,。!?;:\n扫号不没别]{0,4}(?:收[款钱]码|个人码|付款码))"
    r"|(?:[付转打交走收用]|发给?|给|找|往|到|见)[^,。!?;\n扫不没别]{0,10}?(?P<paid>收[款钱]码"
    r"|个人码|付款码)"
)
_TOLD_OF = re.compile(r"有人|冒充|混进|骗")
_LEFT_ALONE = re.compile(r"[^。!?;\n]{0,8}(?:别|勿|不要|甭)(?:去?扫|信|理)|收款,缴费只")


def find_apps(text: str) -> Iterator[ContactPoint]:
    """Names of apps that the reader shall install or open, without "app"; generic ones are none."""
    if any(verb in text for verb in ("装", "下", "打开", "进", "登录", "用")):
        for pattern in (_QUOTED, _BEFORE_VERB, _KNOWN, _SUFFIXED):
            for match in pattern.finditer(text):
                name = match["name"].removesuffix("app").removesuffix(".apk")
                before = text[max(0, match.start() - 14) : match.start()]
                refused = _REFUSED.search(before) or _FRAUD_AFTER.match(text, match.end())
                generic = pattern is _SUFFIXED and _GENERIC.fullmatch(name)
                if len(name) > 1 and not generic and not refused:
                    start = match.start("name")
                    yield ContactPoint("app", name, start, start + len(name))


def find_qr_codes(text: str) -> Iterator[ContactPoint]:
    """QR codes to scan or pay to: their word (收款码, 我发的码), or 扫码 where none stands."""
    if "码" not in text and "qr" not in text:
        return
    for pattern in (_SCAN, _SENT):
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 14) : match.start()]
            told_of = pattern is _SENT and _TOLD_OF.search(before)
            left_alone = _REFUSED.search(before) or _LEFT_ALONE.match(text, match.start())
            if not told_of and not left_alone:
                name = match.lastgroup or ""
                yield ContactPoint("qr", match[name], *match.span(name))
