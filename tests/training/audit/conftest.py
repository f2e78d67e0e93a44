from __future__ import annotations

from typing import Any

import pytest

from training.audit.figures import measure


@pytest.fixture(scope="session")
def figures() -> dict[str, Any]:
    """The audits over the shipped messages: a while, so once."""
    return measure()
