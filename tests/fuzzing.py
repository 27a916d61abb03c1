"""Fuzz tests of the short ways through a build: each run sees examples that no run has seen, in CI too."""

from __future__ import annotations

from hypothesis import settings


def new_examples(number: int) -> settings:
    """Return the settings of a test of a short way against the long one.

    Other laws are derandomized in CI (conftest.py). A short way knows a library by its insides, and what guards it is
    that its tests go on looking; one that fails prints the line that repeats it (``@reproduce_failure``).
    """
    return settings(max_examples=number, derandomize=False, print_blob=True, deadline=None)
