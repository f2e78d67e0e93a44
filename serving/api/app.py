"""The ASGI application."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from screening.screener import Screener
from serving.api import page, routes
from serving.api.headers import SecurityHeaders
from serving.api.problems import CatchCrashes, add_handlers
from serving.api.state import Service
from serving.web.page import STATIC_DIR

_LOG = logging.getLogger(__name__)


def _report_failure(warming: asyncio.Task[None]) -> None:
    """Say why /readyz will never answer 200; the process stays up for its health check to end."""
    if not warming.cancelled() and (error := warming.exception()) is not None:
        _LOG.critical("the model could not be loaded: %s", type(error).__name__)


def create_app(load: Callable[[], Screener] = Screener.load) -> FastAPI:
    """Build the application.

    Args:
        load: makes the screener, once, in the background: the process answers /healthz at
            once and /readyz when the first verdict has been computed.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        service = Service(load)
        app.state.service = service
        warming = asyncio.create_task(service.start())
        warming.add_done_callback(_report_failure)
        try:
            yield
        finally:
            await asyncio.gather(warming, return_exceptions=True)
            service.close()

    app = FastAPI(
        title="Cuicha 催查",
        summary="Is the sender of this collection message likely an impostor, "
        "how do we know, and whom to call instead.",
        version=version("cuicha"),
        docs_url=None,  # both viewers load scripts from outside
        redoc_url=None,
        lifespan=lifespan,
    )
    app.add_middleware(CatchCrashes)
    app.add_middleware(SecurityHeaders)
    app.include_router(routes.router)
    app.include_router(page.router)
    app.mount("/static", StaticFiles(directory=STATIC_DIR), name="static")
    add_handlers(app)
    return app
