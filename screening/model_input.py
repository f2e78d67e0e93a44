"""What the classifier reads: the canonical text with every contact named by what it is.

A number says nothing to a classifier that has never seen it; whose number it is says much. So
each contact point is replaced by a word for its kind and its standing in the directory, seen from
the lender that the sender claims to be, and a header tells channel and sender.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from model.normalize import mask_digits
from screening.contacts import ContactPoint
from screening.directory import SHARED_HOSTS
from screening.evidence.context import Context

# Brackets of their own, which a text can't hold (see `_plain`): nobody can write a mark by hand.
_LEFT, _RIGHT = "〔", "〕"
_PLAIN: Final = str.maketrans({_LEFT: "(", _RIGHT: ")"})

_CHANNELS: Final = {
    "sms": "短信",
    "wechat": "微信",
    "wechat_friend_request": "好友申请",
    "conversation": "对话",
    "unknown": "",
}
_PHONES: Final = {
    "mobile": "手机",
    "landline": "座机",
    "toll_free": "热线",
    "service": "短号",
    "sms_port": "端口",
    "foreign": "境外号码",
}
_OTHERS: Final = {
    "card": "个人卡号",
    "account": "账号",
    "wechat": "微信号",
    "qq": "微信号",
    "telegram": "境外聊天",
    "whatsapp": "境外聊天",
    "line": "境外聊天",
    "douyin": "微信号",
}
_ODD_LINKS: Final = frozenset({"ip_address", "look_alike", "disguised"})
_STANDING: Final = {"official": "官方", "public": "公共", "other_institution": "别家"}


@dataclass(frozen=True, slots=True)
class ModelInput:
    """A text as the classifier reads it.

    Attributes:
        header: channel and sender; empty where neither is known.
        text: the canonical text with marks for contacts and masked digits.
        marks: ranges of the canonical text and of `text` that stand for each other, in order:
            (start, end, start in `text`, end in `text`).

    """

    header: str
    text: str
    marks: tuple[tuple[int, int, int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the non-empty range `start:end` of the canonical text stands in `text`.

        A mark that it touches is in it wholly.
        """
        return self._place(start)[0], self._place(end - 1)[1]

    def _place(self, index: int) -> tuple[int, int]:
        """The range in `text` that one canonical character became."""
        shift = 0
        for start, end, new_start, new_end in self.marks:
            if index < start:
                break
            if index < end:
                return new_start, new_end
            shift = new_end - end
        return index + shift, index + shift + 1


def model_input(context: Context) -> ModelInput:
    """Name the contacts of a message that has been read."""
    parts: list[str] = []
    marks: list[tuple[int, int, int, int]] = []
    done = length = 0
    for point in context.contacts:
        word = _word(context, point)
        if word is None:
            continue
        before = _plain(context.text[done : point.start])
        mark = f"{_LEFT}{word}{_RIGHT}"
        length += len(before)
        marks.append((point.start, point.end, length, length + len(mark)))
        parts += [before, mark]
        length += len(mark)
        done = point.end
    parts.append(_plain(context.text[done:]))
    return ModelInput(_header(context), "".join(parts), tuple(marks))


def _plain(text: str) -> str:
    return mask_digits(text.translate(_PLAIN))


def _word(context: Context, point: ContactPoint) -> str | None:
    """What a contact is called; None leaves it as it is written."""
    if point.kind in _PHONES:
        return _standing(context, point) + _PHONES[point.kind]
    if point.kind == "link":
        return _link(context, point)
    return _OTHERS.get(point.kind)


def _standing(context: Context, point: ContactPoint) -> str:
    return _STANDING.get(context.directory.status(point, context.claim.institution), "")


def _link(context: Context, point: ContactPoint) -> str:
    if point.value in SHARED_HOSTS:
        return "平台网页"
    if point.trait in _ODD_LINKS or context.directory.imitated(point):
        return "仿冒网址"
    if point.trait == "short_link":
        return "短网址"
    return _standing(context, point) + "网址"


def _header(context: Context) -> str:
    message = context.message
    channel = _CHANNELS[message.channel]
    sender = ""
    if context.sender is not None and context.sender.kind in _PHONES:
        sender = _standing(context, context.sender) + _PHONES[context.sender.kind]
    elif message.sender:
        sender = "昵称"
    return " ".join(word for word in (channel, sender) if word)
