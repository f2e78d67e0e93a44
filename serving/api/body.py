"""Request bodies: read with a limit, decoded strictly."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

from fastapi import Request

from screening.errors import InputError
from screening.message import Message, parse_message
from serving.api.limits import MAX_BODY, MAX_MESSAGES
from serving.api.problems import IndexedError
from serving.errors import surface_error


async def read_body(request: Request) -> str:
    """The body as text.

    Raises:
        InputError: `body_too_large`, `not_utf8`.
    """
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MAX_BODY:
            raise surface_error("body_too_large")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise surface_error("not_utf8") from None


def parse_messages(body: str) -> tuple[list[Message], bool]:
    """Messages of a JSON body, and whether it was a list.

    Raises:
        InputError: `malformed_json`, `no_messages`, `too_many_messages`, or a message error.
        IndexedError: a message error inside a list.
    """
    try:
        values = json.loads(body)
    except (ValueError, RecursionError):
        raise surface_error("malformed_json") from None
    if isinstance(values, dict):
        return [parse_message(values)], False
    if not isinstance(values, list):
        raise surface_error("malformed_json")
    if not values:
        raise surface_error("no_messages")
    if len(values) > MAX_MESSAGES:
        raise surface_error("too_many_messages")
    return [_indexed(value, index) for index, value in enumerate(values)], True


def _indexed(value: object, index: int) -> Message:
    try:
        return parse_message(value if isinstance(value, dict) else {})
    except InputError as error:
        raise IndexedError(error, index) from None


def parse_form(body: str) -> dict[str, str]:
    """Fields of an urlencoded form; the last of several values of a name counts."""
    try:
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=20, errors="strict"))
    except ValueError:
        raise surface_error("not_utf8") from None
