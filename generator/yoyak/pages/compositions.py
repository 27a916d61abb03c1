"""What the functions that compose pages have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yoyak.model.recipes import DayPart
from yoyak.model.types import Record, Show
from yoyak.model.views import DayGroup, Head

Shown = Mapping[Show, Any]
"""The views that a recipe asks for, and no others."""

Composed = tuple[Head, Record]
"""A head, and a value of `yoyak.contexts.CONTEXTS`."""


def cards(shown: Shown, paths: tuple[str, ...]) -> tuple[Any, ...]:
    """Return the cards of some articles."""
    return tuple(shown["card", path] for path in paths)


def days_of(shown: Shown, days: tuple[DayPart, ...]) -> tuple[DayGroup, ...]:
    """Return the days of a list with their cards."""
    return tuple(DayGroup(day=day.day, url=day.url, cards=cards(shown, day.cards)) for day in days)
