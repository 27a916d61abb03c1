"""The error for a pattern that stands where this site needs an address."""

from __future__ import annotations

from yoyak.model.problems import Problem
from yoyak.text.address_patterns import pattern_in


def pattern_problem(key: str, written: str, path: str, place: tuple[int, int]) -> Problem | None:
    """Return an error when what is written for `slug` or `aliases` is filled in by another program for each page."""
    pattern = pattern_in(written)
    if not pattern:
        return None
    line, column = place
    return Problem(
        code="address-pattern",
        message=f'"{written[:100]}" is a pattern of another program ("{pattern[:40]}"), and no address.',
        hint="Write the address itself: slug: my-article"
        if key == "slug"
        else "Write each old address in full: /2023/old-name/",
        path=path,
        line=line,
        column=column,
    )
