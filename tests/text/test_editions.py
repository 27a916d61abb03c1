"""Editions by the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from yoyak.model.types import Cadence
from yoyak.text.editions import EXAMPLES, edition_key, edition_window

CADENCES = [cadence for cadence in get_args(Cadence) if cadence != "none"]
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))


@pytest.mark.parametrize(
    ("day", "cadence", "key"),
    [
        (date(2024, 7, 3), "weekly", "2024-W27"),
        (date(2024, 7, 7), "weekly", "2024-W27"),
        (date(2024, 7, 8), "weekly", "2024-W28"),
        (date(2027, 1, 1), "weekly", "2026-W53"),
        (date(2024, 12, 30), "weekly", "2025-W01"),
        (date(2024, 7, 3), "monthly", "2024-07"),
        (date(2024, 7, 3), "daily", "2024-07-03"),
        (date(2024, 7, 3), "none", ""),
    ],
)
def test_a_day_falls_in_an_edition(day: date, cadence: Cadence, key: str) -> None:
    assert edition_key(day, cadence) == key


@given(DAYS, st.sampled_from(CADENCES))
@example(date(2020, 12, 31), "weekly")
@example(date(2024, 2, 29), "monthly")
def test_a_day_is_inside_the_window_of_its_edition_and_windows_meet(day: date, cadence: Cadence) -> None:
    window = edition_window(edition_key(day, cadence), cadence)
    assert window is not None
    assert window.start <= day <= window.end
    assert edition_key(window.end, cadence) == edition_key(day, cadence)
    assert edition_key(window.end + timedelta(days=1), cadence) > edition_key(day, cadence)


@given(DAYS, DAYS, st.sampled_from(CADENCES))
def test_keys_sort_as_days(first: date, second: date, cadence: Cadence) -> None:
    if first <= second:
        assert edition_key(first, cadence) <= edition_key(second, cadence)


def test_the_last_week_of_the_calendar_ends_with_it() -> None:
    window = edition_window(edition_key(date.max, "weekly"), "weekly")
    assert window is not None
    assert (window.start, window.end) == (date(9999, 12, 27), date.max)


@pytest.mark.parametrize("cadence", CADENCES)
def test_the_example_of_a_key_is_one(cadence: Cadence) -> None:
    assert edition_window(EXAMPLES[cadence], cadence) is not None


@pytest.mark.parametrize(
    ("key", "cadence"),
    [
        ("2024-W54", "weekly"), ("2024-W53", "weekly"), ("2024-W00", "weekly"), ("2024-w27", "weekly"),
        ("2024-27", "weekly"), ("２０２４-W２７", "weekly"), ("2024-13", "monthly"),
        ("0000-01", "monthly"), ("2024-7", "monthly"), ("2024-02-30", "daily"), ("2024-07", "daily"),
        ("2024-W27", "none"), ("", "weekly"), ("2024-W27 ", "weekly"), ("2024-W27\n", "weekly"),
    ],
)  # fmt: skip
def test_what_is_no_key_has_no_window(key: str, cadence: Cadence) -> None:
    assert edition_window(key, cadence) is None
