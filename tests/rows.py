"""A table that one test goes through: for rows that are plain values and cost next to nothing.

A test costs pytest two milliseconds in two processes, a plain call a tenth of one. What needs a folder or a fixture
for each row, or half as long as pytest, stays a test for each row (`pytest.mark.parametrize`).
"""

from __future__ import annotations

import inspect
import os
import reprlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from textwrap import indent
from traceback import extract_tb
from typing import Any

import pytest

_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 240
_SHORT.maxlist = _SHORT.maxtuple = _SHORT.maxdict = 12
_OURS = (__file__, str(Path("_pytest", "outcomes.py")))
"""Files of which no line says where a row failed."""

_Row = type(pytest.param())
_Test = Callable[..., None]
_Ids = Callable[[Any], object] | Iterable[object] | None


def each_row(names: str | Sequence[str], table: Iterable[Any], ids: _Ids = None) -> Callable[[_Test], _Test]:
    """Call a test with each row of a table; at the end, name every row that fails, and what was expected and came.

    The arguments are those of `pytest.mark.parametrize`. A row that is skipped skips no other.
    """
    keys = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    alone = isinstance(names, str) and len(keys) == 1
    rows = _rows(keys, [(row,) if alone and not isinstance(row, _Row) else row for row in table], ids)

    def through(test: _Test) -> _Test:
        @wraps(test)
        def all_rows(**given: Any) -> None:
            wrong: list[str] = []
            skipped: list[str] = []
            for name, row in rows:
                try:
                    test(**row, **given)
                except pytest.skip.Exception as reason:
                    skipped.append(str(reason))
                except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - each other row is tried
                    wrong.append(_failure(name, row, error))
            if wrong:
                pytest.fail(f"{len(wrong)} of {len(rows)} rows fail:\n\n" + "\n\n".join(wrong), pytrace=False)
            if skipped:
                pytest.skip(f"{len(skipped)} of {len(rows)} rows: {', '.join(dict.fromkeys(skipped))}")

        signature = inspect.signature(test)
        others = [one for name, one in signature.parameters.items() if name not in keys]
        all_rows.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
        return all_rows

    return through


def _rows(keys: list[str], table: list[Any], ids: _Ids) -> list[tuple[str, dict[str, Any]]]:
    """Return the name of each row, its number for one that has none, and its values by their names."""
    assert table, "a table without rows tests nothing"
    rows = []
    named = [None] * len(table) if ids is None or callable(ids) else list(ids)
    for number, (row, given) in enumerate(zip(table, named, strict=True), 1):
        values, name = row, given
        if isinstance(row, _Row):
            assert not row.marks, "a row that is marked needs pytest.mark.parametrize"
            values, name = row.values, row.id or given
        if name is None and callable(ids):
            name = "-".join(str(found) for found in map(ids, values) if found is not None)
        rows.append((str(name or number), dict(zip(keys, values, strict=True))))
    return rows


def _failure(name: str, row: Mapping[str, Any], error: BaseException) -> str:
    """Return the name of a row, its values, the lines where it failed, and what was expected and came."""
    places = [at for at in extract_tb(error.__traceback__) if not at.filename.endswith(_OURS)]
    where = dict.fromkeys(f"{os.path.relpath(at.filename)}:{at.lineno}: " for at in (*places[:1], *places[-1:]))
    values = ", ".join(f"{key}={_SHORT.repr(value)}" for key, value in row.items())
    kind = "" if isinstance(error, (AssertionError, pytest.fail.Exception)) else f"{type(error).__name__}: "
    return f"[{name}] {values}\n" + indent(f"{''.join(where)}{kind}{error}", "    ")
