"""Audits of the composed messages: coverage, agreement, leaks. `python -m training.audit`."""
