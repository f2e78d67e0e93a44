"""Audits of the composed messages: coverage, agreement, leaks. `python -m training.audit`."""

from typing import Final

# Of every draw, fold and resampling, so that the figures can be had again.
SEED: Final = 20261
