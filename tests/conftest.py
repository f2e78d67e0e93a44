"""Fixtures shared by all folders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from screening.screener import Screener

# No test may fail because a machine is slow.
settings.register_profile("cuicha", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("cuicha")


@dataclass(frozen=True, slots=True)
class Tiny:
    """A real artifact of a tiny network, trained once a session.

    Attributes:
        folder: holds `base`, `gold` and `runs` of the training run.
        artifact: the artifact folder; copy it before changing anything.
        metrics: what `train_artifact` returned.

    """

    folder: Path
    artifact: Path
    metrics: dict[str, Any]


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    from tests.tiny import train_tiny  # imports torch, which most tests do without

    folder = tmp_path_factory.mktemp("tiny")
    metrics = train_tiny(folder)
    return Tiny(folder, folder / "artifact", metrics)


@pytest.fixture(scope="session")
def screener() -> Screener:
    """A screener over the shipped artifact, loaded once a session."""
    return Screener.load()
