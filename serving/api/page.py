"""The page: a form that posts to itself; no JavaScript, nothing stored."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from screening.errors import InputError
from screening.message import parse_message
from serving.api.body import parse_form, read_body
from serving.api.problems import request_language, status_of
from serving.api.routes import ServiceDependency
from serving.web.page import Form, render_page

router = APIRouter(include_in_schema=False)


@router.get("/")
def show(request: Request) -> HTMLResponse:
    """The empty form."""
    return HTMLResponse(render_page(request_language(request), Form(), None, None))


@router.post("/")
async def check(request: Request, service: ServiceDependency) -> HTMLResponse:
    """The form again with the verdict, or with what is wrong with the input."""
    lang = request_language(request)
    form = Form()
    try:
        fields = parse_form(await read_body(request))
        form = Form(
            text=fields.get("text", "").replace("\r\n", "\n"),
            channel=fields.get("channel", "unknown"),
            sender=fields.get("sender", ""),
        )
        message = parse_message({"text": form.text, "channel": form.channel, "sender": form.sender})
        (verdict,) = await service.screen([message])
    except InputError as error:
        page = render_page(lang, form, None, error)
        return HTMLResponse(page, status_code=status_of(error))
    return HTMLResponse(render_page(lang, form, verdict, None))
