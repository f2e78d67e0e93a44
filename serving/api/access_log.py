"""What the server may log of a request."""

from __future__ import annotations

import logging
from typing import Final

_PATH: Final = 2  # client, method, path with query, HTTP version, status


def without_query(record: logging.LogRecord) -> bool:
    """Filter of `uvicorn.access`: drops the query, which holds the number somebody looks up."""
    if isinstance(record.args, tuple) and len(record.args) > _PATH:
        args = list(record.args)
        args[_PATH] = str(args[_PATH]).partition("?")[0]
        record.args = tuple(args)
    return True
