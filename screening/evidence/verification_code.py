"""A request to hand over a code or password."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.evidence.context import Context, Finding, find_phrases

CODE = "verification_code"

_SECRET = r"(?:验证码|校验码|动态码|动态口令|动态密码|短信码|短信密码|交易密码|支付密码|登录密码|银行卡密码|取款密码|六位数?密码|6位数?密码|cvv2?|安全码|(?:卡)?背面?(?:后)?(?:末)?三位|后三码|认证码|确认码|授权码)"
_GIVE = r"(?:报给|报一下|报过来|报来|报下|发给|发我|发来|发过来|发一下|发到|告诉|告知|提供|转发|回复|回传|念给|念一下|念出|截图|给我|给到|传给|说一下|说给|说出)"
_REQUEST = re.compile(
    rf"(?:把|将)[^，。！？\n]{{0,16}}?{_SECRET}[^。！？\n]{{0,10}}?{_GIVE}"
    rf"|{_GIVE}[^，。！？\n]{{0,8}}?{_SECRET}"
    rf"|{_SECRET}[^。！？\n]{{0,10}}?{_GIVE}"
)


def detect(context: Context) -> Iterator[Finding]:
    """Requests to tell a code. Entering one oneself is no request. Detail: `request`."""
    for finding in find_phrases(CODE, _REQUEST, context.text, "request"):
        if not _NOT_TO_OTHERS.search(context.text[finding.start : finding.end]):
            yield finding


# "验证码123456，请勿告知他人": the warning stands inside the match.
_NOT_TO_OTHERS = re.compile(r"勿|不要|不得|别|切莫|严禁|不会|不能|不可")
