"""What the routes share: one screener, its threads, and whether it is warm."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from screening.message import Message
from screening.screener import Screener
from screening.verdict import OperatingPointName, Verdict
from serving.errors import surface_error

T = TypeVar("T")

_WARM_UP = Message("【测试】这是一条用来预热的消息，请忽略。", "sms")


class Service:
    """Runs the screener outside the event loop.

    Args:
        load: makes the screener; called once, in a thread, when the service starts.
    """

    def __init__(self, load: Callable[[], Screener]) -> None:
        self._load = load
        self._screener: Screener | None = None
        self._pool = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="screen")

    @property
    def ready(self) -> bool:
        """Whether a verdict has been computed."""
        return self._screener is not None

    @property
    def screener(self) -> Screener:
        """The screener.

        Raises:
            InputError: `not_ready`.
        """
        if self._screener is None:
            raise surface_error("not_ready")
        return self._screener

    async def start(self) -> None:
        """Load the model and compute a first verdict; `ready` from then on."""
        screener = await self._run(self._load)
        await self._run(lambda: screener.screen(_WARM_UP))
        self._screener = screener

    def close(self) -> None:
        """Wait for the verdicts under way and end the threads."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    async def screen(
        self, messages: Sequence[Message], point: OperatingPointName = "paste"
    ) -> list[Verdict]:
        """Verdicts in the order of the messages.

        Raises:
            InputError: `not_ready`.
        """
        screener = self.screener
        jobs = [self._run(partial(screener.screen, message, point)) for message in messages]
        return list(await asyncio.gather(*jobs))

    def _run(self, job: Callable[[], T]) -> asyncio.Future[T]:
        return asyncio.get_running_loop().run_in_executor(self._pool, job)
