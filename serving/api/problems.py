"""Every error as a problem document (RFC 9457), in the caller's language."""

from __future__ import annotations

import logging
import traceback
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.words import Words
from screening.errors import InputError, message_error
from serving.api.schemas import Problem
from serving.errors import surface_error
from serving.language import Lang, named_language, preferred_language

_LOG: Final = logging.getLogger(__name__)

# Anything not listed is the sender's message: 422.
_STATUS: Final = {
    "malformed_json": 400,
    "not_utf8": 400,
    "body_too_large": 413,
    "too_many_messages": 413,
    "not_found": 404,
    "method_not_allowed": 405,
    "not_ready": 503,
    "internal": 500,
}
_TITLES: Final = {
    400: Words(zh="请求无法读取", en="The request cannot be read"),
    404: Words(zh="地址不存在", en="Not found"),
    405: Words(zh="方法不支持", en="Method not allowed"),
    413: Words(zh="内容太大", en="Too large"),
    422: Words(zh="无法检查或查询", en="This cannot be checked"),
    500: Words(zh="内部错误", en="Internal error"),
    503: Words(zh="尚未就绪", en="Not ready"),
}


class IndexedError(Exception):
    """An input error of one message in a list."""

    def __init__(self, error: InputError, index: int) -> None:
        super().__init__(error.code)
        self.error = error
        self.index = index


def request_language(request: Request) -> Lang:
    """Language asked for by `?lang=`, else by Accept-Language."""
    asked = named_language(request.query_params.get("lang"))
    return asked or preferred_language(request.headers.get("accept-language"))


def status_of(error: InputError) -> int:
    """HTTP status of an input error."""
    return _STATUS.get(error.code, 422)


def problem_response(request: Request, error: InputError, index: int | None = None) -> Response:
    """The problem document of an input error."""
    lang = request_language(request)
    status = status_of(error)
    problem = Problem(
        title=_TITLES[status].get(lang),
        status=status,
        detail=error.text.get(lang),
        code=error.code,
        index=index,
    )
    return JSONResponse(
        problem.model_dump(exclude_none=True),
        status_code=status,
        media_type="application/problem+json",
        headers={"Content-Language": lang} | ({"Retry-After": "2"} if status == 503 else {}),
    )


def add_handlers(app: FastAPI) -> None:
    """Register the handlers; no error leaves as anything but a problem document."""

    @app.exception_handler(InputError)
    async def on_input_error(request: Request, error: InputError) -> Response:
        return problem_response(request, error)

    @app.exception_handler(IndexedError)
    async def on_indexed_error(request: Request, error: IndexedError) -> Response:
        return problem_response(request, error.error, error.index)

    @app.exception_handler(RequestValidationError)
    async def on_bad_parameter(request: Request, error: RequestValidationError) -> Response:
        # Bodies are read by `serving.api.body`; what is left are two parameters.
        names = {place for each in error.errors() for place in each["loc"]}
        if "q" in names:
            return problem_response(request, message_error("empty_query"))
        return problem_response(request, surface_error("unknown_operating_point"))

    @app.exception_handler(HTTPException)
    async def on_http_error(request: Request, error: HTTPException) -> Response:
        codes = {404: "not_found", 405: "method_not_allowed"}
        code = codes.get(error.status_code, "internal")
        response = problem_response(request, surface_error(code))
        response.headers.update(error.headers or {})  # Allow, with 405
        return response


class CatchCrashes:
    """Answers 500 to a crash and logs where it was, but not its words: they may quote a message.

    An exception handler would not do: starlette lets the exception go on to the server, whose
    log prints it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; no exception comes back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def noting_send(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, noting_send)
        except ClientDisconnect:
            return
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            places = " > ".join(f"{frame.filename}:{frame.lineno}" for frame in frames)
            _LOG.error("%s at %s", type(error).__name__, places)
            if not started:
                response = problem_response(Request(scope), surface_error("internal"))
                await response(scope, receive, send)
