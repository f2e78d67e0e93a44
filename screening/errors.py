"""The one exception for input that can't be screened. Its texts never quote the input."""

from __future__ import annotations

from typing import Final

from data.words import Words


class InputError(Exception):
    """Input that can't be used, with what to do about it in Chinese and English.

    Attributes:
        code: stable name from a closed set.
        text: what is wrong and what to do.

    """

    def __init__(self, code: str, text: Words) -> None:
        super().__init__(f"{code}: {text.en}")
        self.code = code
        self.text = text


MESSAGE_ERRORS: Final[dict[str, Words]] = {
    "empty_text": Words(
        zh="内容是空的。请粘贴收到的短信或微信文字。",
        en="The text is empty. Paste the SMS or chat message you received.",
    ),
    "text_too_long": Words(
        zh="内容超过 20,000 个字。请只粘贴可疑的那一段，或分几次检查。",
        en="The text is longer than 20,000 characters. Paste the suspicious part only, "
        "or check it in pieces.",
    ),
    "invalid_unicode": Words(
        zh="内容里有无法识别的字符（不完整的编码）。请重新复制原文再试。",
        en="The text holds broken characters (lone surrogates). Copy the original again.",
    ),
    "nul_character": Words(
        zh="内容里有空字符（NUL），不像一条正常的消息。请重新复制原文再试。",
        en="The text holds a NUL character. Copy the original again.",
    ),
    "unknown_channel": Words(
        zh="不认识这个渠道。可用：sms、wechat、wechat_friend_request、conversation、unknown。",
        en="Unknown channel. Use sms, wechat, wechat_friend_request, conversation or unknown.",
    ),
    "invalid_sender": Words(
        zh="发送方最多 100 个字，且不能有换行或无法识别的字符。",
        en="The sender is at most 100 characters, on one line, without broken characters.",
    ),
    "invalid_received_at": Words(
        zh="接收时间请写成 2026-03-01T22:30:00 这样的格式。",
        en="Write received_at like 2026-03-01T22:30:00 (ISO 8601).",
    ),
    "empty_query": Words(
        zh="请写上要查的号码、网址或机构名称，例如 95511。",
        en="Name the number, link or lender to look up, for example 95511.",
    ),
    "query_too_long": Words(
        zh="要查的内容超过 200 个字。请只写一个号码、网址或机构名称。",
        en="The query is longer than 200 characters. Give one number, link or name.",
    ),
    "not_a_message": Words(
        zh="消息应是一个对象，text 是文字；channel、sender、received_at 可以不写。",
        en="A message is an object with a string text; channel, sender and received_at "
        "are optional strings.",
    ),
}


def message_error(code: str) -> InputError:
    """The error of `MESSAGE_ERRORS` with this code."""
    return InputError(code, MESSAGE_ERRORS[code])
