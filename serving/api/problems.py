"""Every error as a problem document (RFC 9457), in the caller's language."""

from __future__ import annotations

from typing import Final

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from screening.errors import InputError
from serving.api.schemas import Problem
from serving.errors import surface_error
from serving.language import Lang, preferred_language

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
    400: ("请求无法读取", "The request cannot be read"),
    404: ("地址不存在", "Not found"),
    405: ("方法不支持", "Method not allowed"),
    413: ("内容太大", "Too large"),
    422: ("消息无法检查", "The message cannot be checked"),
    500: ("内部错误", "Internal error"),
    503: ("尚未就绪", "Not ready"),
}


class IndexedError(Exception):
    """An input error of one message in a list."""

    def __init__(self, error: InputError, index: int) -> None:
        super().__init__(error.code)
        self.error = error
        self.index = index


def request_language(request: Request) -> Lang:
    """Language asked for by `?lang=`, else by Accept-Language."""
    asked = request.query_params.get("lang")
    if asked in ("zh", "en"):
        return "en" if asked == "en" else "zh"
    return preferred_language(request.headers.get("accept-language"))


def status_of(error: InputError) -> int:
    """HTTP status of an input error."""
    return _STATUS.get(error.code, 422)


def problem_response(request: Request, error: InputError, index: int | None = None) -> Response:
    """The problem document of an input error."""
    lang = request_language(request)
    status = status_of(error)
    problem = Problem(
        title=_TITLES[status][lang == "en"],
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

    @app.exception_handler(HTTPException)
    async def on_http_error(request: Request, error: HTTPException) -> Response:
        codes = {404: "not_found", 405: "method_not_allowed"}
        return problem_response(request, surface_error(codes.get(error.status_code, "internal")))

    @app.exception_handler(Exception)
    async def on_crash(request: Request, error: Exception) -> Response:
        return problem_response(request, surface_error("internal"))
