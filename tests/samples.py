"""What a run looks at of a table that is too long for every run: another part each time, or all of it."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

ALL = bool(os.environ.get("YOYAK_ALL"))
"""Whether products of tables are gone through whole."""


def every(step: int, of: int) -> range:
    """Return every `step`-th number from 1 on, from another one at each run; all of them with ``YOYAK_ALL=1``."""
    return range(1, of) if ALL else range(random.randint(1, step), of, step)


def some(items: Sequence[T], number: int) -> list[T]:
    """Return so many of the items, in order, others on each run; all of them with ``YOYAK_ALL=1``."""
    if ALL or number >= len(items):
        return list(items)
    return [items[place] for place in sorted(random.sample(range(len(items)), number))]
