"""How much one request may bring."""

from __future__ import annotations

from typing import Final

MAX_BODY: Final = 4 * 2**20  # bytes
MAX_MESSAGES: Final = 1000
