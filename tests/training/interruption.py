"""A run that is cut off, to see whether it goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class PowerCutError(Exception):
    """Stands for a machine that goes away."""


def interrupting(make_collate: Callable[..., Any], after: int) -> Callable[..., Any]:
    """A maker of collate functions whose function fails once it has made so many batches."""
    made = 0

    def factory(*given: Any) -> Callable[[Any], Any]:
        collate = make_collate(*given)

        def counting(batch: Any) -> Any:
            nonlocal made
            made += 1
            if made > after:
                raise PowerCutError
            return collate(batch)

        return counting

    return factory
