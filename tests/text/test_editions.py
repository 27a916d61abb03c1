"""Editions by the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rows import each_row
from yoyak.model.types import Cadence, Weekday
from yoyak.text.calendar import EXAMPLES, edition_key, edition_window, meant_key

CADENCES = [cadence for cadence in get_args(Cadence) if cadence != "none"]
WEEKDAYS = get_args(Weekday)
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))


@each_row(
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


@each_row(
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


# --- weeks that begin on another day ----------------------------------------------------------------


@each_row(
    ("day", "starts", "key"),
    [
        (date(2024, 6, 30), "sunday", "2024-W27"), (date(2024, 7, 6), "sunday", "2024-W27"),
        (date(2024, 7, 7), "sunday", "2024-W28"), (date(2024, 6, 30), "monday", "2024-W26"),
        (date(2024, 6, 29), "saturday", "2024-W27"), (date(2024, 6, 28), "friday", "2024-W27"),
        (date(2024, 7, 3), "thursday", "2024-W26"), (date(2024, 7, 4), "thursday", "2024-W27"),
        (date(2024, 7, 2), "wednesday", "2024-W26"), (date(2024, 7, 1), "tuesday", "2024-W26"),
        (date(2024, 12, 29), "sunday", "2025-W01"), (date(2027, 1, 2), "sunday", "2026-W53"),
        (date(2027, 1, 3), "sunday", "2027-W01"),
    ],
)  # fmt: skip
def test_a_week_is_named_after_the_iso_week_that_has_most_of_it(day: date, starts: Weekday, key: str) -> None:
    assert edition_key(day, "weekly", starts) == key


@given(st.dates(), st.sampled_from(WEEKDAYS))
@example(date.min, "tuesday")
@example(date.min, "sunday")
@example(date.max, "thursday")
@example(date.max, "friday")
def test_a_week_that_begins_on_any_day_holds_its_days_and_meets_the_next(day: date, starts: Weekday) -> None:
    window = edition_window(edition_key(day, "weekly", starts), "weekly", starts)
    assert window is not None
    assert window.start <= day <= window.end
    assert window.start == date.min or WEEKDAYS[window.start.weekday()] == starts
    if window.end < date.max:
        following = edition_key(window.end + timedelta(days=1), "weekly", starts)
        assert following > edition_key(day, "weekly", starts)
        after = edition_window(following, "weekly", starts)
        assert after is not None
        assert after.start == window.end + timedelta(days=1)


@given(st.dates(), st.dates(), st.sampled_from(WEEKDAYS))
def test_keys_of_weeks_that_begin_on_any_day_sort_as_days(first: date, second: date, starts: Weekday) -> None:
    if first <= second:
        assert edition_key(first, "weekly", starts) <= edition_key(second, "weekly", starts)


@each_row(
    ("written", "cadence", "key"),
    [
        ("2024-w27", "weekly", "2024-W27"), ("2024W7", "weekly", "2024-W07"), ("2024-27", "weekly", "2024-W27"),
        ("2024-7", "weekly", ""), ("2024-7", "monthly", "2024-07"), ("2024-W60", "weekly", ""),
        ("2024-7-3", "daily", ""), ("summer", "weekly", ""),
    ],
)  # fmt: skip
def test_a_slip_in_a_key_means_what_it_can_only_mean(written: str, cadence: Cadence, key: str) -> None:
    assert meant_key(written, cadence) == key
