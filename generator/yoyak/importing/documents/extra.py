"""The libraries that ``yoyak[documents]`` brings."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from yoyak.importing.found import NoTextError
from yoyak.model.message import say

COMMAND = 'pip install "yoyak[documents]"'


def needed(name: str, ending: str) -> ModuleType:
    """Return a library that only some desks need.

    Raises:
        NoTextError: it is not installed.
    """
    try:
        return import_module(name)
    except ImportError:
        raise NoTextError(
            say("needs-library", ending=ending, name=name), say("needs-library.hint", command=COMMAND)
        ) from None
