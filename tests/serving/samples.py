"""Messages for the tests of all surfaces."""

from __future__ import annotations

from typing import Final

IMPOSTOR: Final = (
    "【平安银行】您尾号8821信用卡已逾期，今日17点前将欠款转入专员账户6222…"
    "并加微信pa_fawu88，否则移交公安立案"
)
REMINDER: Final = "【平安银行】您尾号8821信用卡本期最低还款116.00元，到期还款日07月15日，详询95511"
CODE_WANTED: Final = "您的贷款已逾期，请把验证码发给我核销"

# What must never get into a log. Its parts are odd, so that no other text holds them.
CANARY: Final = "金丝雀Kx7q"

VARIED: Final[list[dict[str, str]]] = [
    {"text": IMPOSTOR},
    {"text": IMPOSTOR, "channel": "sms", "sender": "13912345678"},
    {"text": REMINDER, "channel": "sms", "sender": "95511"},
    {"text": REMINDER, "channel": "sms", "sender": "+852 5123 4567"},
    {"text": CODE_WANTED, "channel": "wechat"},
    {"text": "【招商银行】您的账单已出，详见 https://www.cmbchina.com/card", "channel": "sms"},
    {"text": "【招商银行】逾期请点 http://cmb-card.top/h5 处理", "channel": "sms"},
    {"text": "您的貸款已經逾期，請儘快還款，否則報警處理", "channel": "sms"},
    {"text": "对方：你招行的钱什么时候还\n我：明天", "channel": "conversation"},
    {
        "text": "我是法院调解员小王，请通过",
        "channel": "wechat_friend_request",
        "sender": "\U0001f469\u200d\U0001f4bb小王",
    },
    {"text": "明天一起吃饭吗？😀"},
    {"text": "谨防诈骗：凡是让您转入安全账户的都是骗子。", "channel": "sms", "sender": "96110"},
    {"text": "专业停息挂账、征信修复，先付服务费500元", "received_at": "2026-03-01T22:30:00"},
    {"text": "\ufeff还\u200b款！\t尽快"},
    {"text": "您的借款已逾期，请尽快还款。" * 120, "channel": "unknown"},
]
