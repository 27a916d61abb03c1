"""Headings: the levels that those of a body have below the headline of its page."""

from __future__ import annotations

from collections.abc import Iterable


def levels(written: Iterable[int]) -> tuple[int, ...]:
    """Return the levels of some headings on a page whose headline is the h1.

    The first is an h2, and the others keep their distance to it; none is above h2, and none jumps a level (WCAG
    technique G141).

    >>> levels([3, 6, 3, 2])
    (2, 3, 2, 2)
    """
    shift, last = None, 1
    found: list[int] = []
    for level in written:
        shift = 2 - level if shift is None else max(shift, 2 - level)
        last = min(level + shift, last + 1, 6)
        found.append(last)
    return tuple(found)
