"""A request to hand over a code or password."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.evidence.context import IN_CLAUSE as _GAP
from screening.evidence.context import Context, Finding
from screening.negation import is_demanded

CODE = "verification_code"

# Any "…码" that is sent to a phone or printed on a card, whatever its name.
_SECRET = r"""(?:
    (?:验证|校验|动态|认证|确认|授权|短信|登[录陆]|复核|安全|核销|激活|取款|履约|鉴权|回执)码(?!头)
    | 付款码数字 | 动态口令 | u盾 | 短信(?:里|中)?的?(?:数字|内容)
    | (?:动态|短信|交易|支付|登[录陆]|银行卡|取款|查询|一次性|网银)密码
    | (?<![\d后末前尾])[六6]位(?:数字?|[\u4e00-\u9fff]{0,3}码)
    | cvv2? | (?:背面|卡背|签名栏)(?:的)?[后末]?[三3][位个](?:数字?)? | 后三码
)"""
_ME = r"""(?:
    给?(?:我|本号|这边|专员|客服|坐席|审[批核]员|工作人员|[48]00)|到我|至本|到本|本条|本短信|来
)"""
_TELL = r"(?:报送?|发送?|念|读|讲|传|说|截图?|转发|回[复传]?|提供|告[诉知]|复制|交)"
_GIVE = rf"""(?:
    {_TELL}{_GAP}{{0,4}}?{_ME} | [畀给报发]我 | [报念读说发]一下 | 念出来 | [报发]过?来
    | 配合提供 | 回复本
)"""
# After the code has arrived: "…，收到后报给我".
_THEN = r"(?:[,。]?(?:请|[你您]|收到后?|直接|都|再){0,3})"
_REQUEST = re.compile(
    rf"""
      (?:(?:[把将请需]|麻烦){_GAP}{{0,16}}?)?{_SECRET}(?:{_GAP}{{0,12}}?|,{_THEN}){_GIVE}
    | (?:收到|来了|发(?:给)?[你您]的|短信[里内中]?|手机){_GAP}{{0,12}}?
      (?:数字?|码|短信){_THEN}{_GIVE}
    | 短信来了{_THEN}{_GIVE}
    | (?:提供|[报念]|回复|发送|转发|告[诉知]|(?:[给发]|私信)我){_GAP}{{0,12}}?{_SECRET}
      (?!{_GAP}{{0,3}}(?:错误|有误|失败))
    """,
    re.VERBOSE,
)
# Card data and a code asked for together: a page that robs the card, whoever runs it.
_FORM = re.compile(
    rf"""
    (?:填写?|填报|输入?|录入|补录|凭|提交|验证){_GAP}{{0,20}}?
    (?:卡号|银行卡|信用卡号|借记卡|有效期|预留手机){_GAP}{{0,14}}?(?:{_SECRET}|密码)
    """,
    re.VERBOSE,
)
_OTHERS = re.compile(r"他人|别人|任何人|陌生人|取件|取餐|提货|核酸|门禁|订单|单号|[收付]款码(?!数)")


def detect(context: Context) -> Iterator[Finding]:
    """Requests to tell a code, or to type it beside card data.

    Entering a code oneself in the lender's app is no request. Details: `request`, `form`.
    """
    text = context.text
    for detail, pattern in (("request", _REQUEST), ("form", _FORM)):
        for match in pattern.finditer(text):
            around = text[match.start() : match.end() + 3]
            if is_demanded(text, *match.span()) and not _OTHERS.search(around):
                yield Finding(CODE, match.start(), match.end(), detail)
