"""Which tests start processes: found in the code of a test, of its fixtures and of the helpers that they call.

Those that ask yoyak for `jobs`, or its workers for something, do; that of others needs no worker (`conftest.py`).
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from functools import cache
from inspect import unwrap
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

TESTS = str(Path(__file__).parent)
WORKERS = "yoyak.parallel"
STARTS = {subprocess.run, subprocess.Popen, subprocess.check_output, subprocess.check_call}


def starts_processes(item: pytest.Function) -> bool:
    """Tell whether a test starts a process. What yoyak starts by itself (git) does not count."""
    fixtures = item._fixtureinfo.name2fixturedefs
    used = [definition.func for name in item.fixturenames for definition in fixtures.get(name, ())]
    functions = (unwrap(item.function), *used)  # that of a table (rows.py) is wrapped
    return any(_starts(function) for function in functions if isinstance(function, FunctionType))


@cache
def _starts(function: FunctionType) -> bool:
    """Tell whether a function of the tests starts a process, or a function that it names does."""
    seen: set[Any] = set()
    waiting: list[Any] = [function]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if "jobs" in _keywords(one.__code__):
            return True
        for value in _values(one):
            if value is os.fork or value in STARTS or value.__module__.startswith(WORKERS):
                return True
            if value.__code__.co_filename.startswith(TESTS):
                waiting.append(value)
    return False


def _values(function: FunctionType) -> Iterator[Any]:
    """Give the functions that a function names: those of classes and modules of the tests too."""
    names = set(_names(function.__code__))
    known = {name: function.__globals__[name] for name in names if name in function.__globals__}
    for value in known.values():
        if isinstance(value, ModuleType):
            yield from _functions(getattr(value, name, None) for name in names)
        else:
            yield from _functions([value, *(vars(value).values() if isinstance(value, type) else ())])


def _functions(values: Any) -> Iterator[Any]:
    for value in values:
        plain = getattr(value, "func", value)
        plain = getattr(plain, "__wrapped__", plain)
        if plain in STARTS if isinstance(plain, type) else isinstance(plain, FunctionType) or plain is os.fork:
            yield plain


def _keywords(code: CodeType) -> Iterator[str]:
    for part in code.co_consts:
        if isinstance(part, tuple):
            yield from part
        elif isinstance(part, CodeType):
            yield from _keywords(part)


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from _names(part)
