"""Days of three numbers, in the order in which their page writes them."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from rows import each_row
from yoyak.text.date_orders import First, first_of
from yoyak.text.dates import find_moments

SEOUL = ZoneInfo("Asia/Seoul")
READ_ON = date(2026, 7, 5)


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("Posted 12/25/2024. Updated 03/07/2024", "en", "month"),
        ("25.12.2024 and 03.07.2024", "en", "day"),
        ("03/07/2024", "en", ""),
        ("03/07/2024", "fr", "day"),
        ("12/25/2024", "es", "month"),
        ("25/12/2024", "ko", "year"),
        ("Version 1.2.25, rooms 12-14-15", "de", "day"),
    ],
)
def test_other_days_of_a_page_say_what_stands_first(text: str, language: str, first: First) -> None:
    assert first_of(text, language) == first


@each_row(
    ("line", "first", "day"),
    [
        ("03/07/2024", "month", "2024-03-07"),
        ("03/07/2024", "day", "2024-07-03"),
        ("3/7/2024 6:05 PM ET", "", "2024-03-07"),
        ("3/7/24 6:05pm", "", "2024-03-07"),
        ("First posted: 07-03-24 05:18 PM", "month", "2024-07-03"),
        ("10/ 5/24 09:19 PM ET", "", "2024-10-05"),
        ("03-07-2024", "day", "2024-07-03"),
        ("24.07.03 15:05", "year", "2024-07-03"),
        ("03.07.24 15:05", "day", "2024-07-03"),
        ("31.12.24", "year", "2024-12-31"),
        ("26.07.04", "year", "2026-07-04"),
    ],
)
def test_three_numbers_are_read_in_the_order_of_their_page(line: str, first: First, day: str) -> None:
    assert [found.moment.value.date().isoformat() for found in find_moments(line, SEOUL, READ_ON, first=first)] == [day]


@pytest.mark.parametrize(("line", "first"), [("03/07/2024", ""), ("3/7/24", "day"), ("Level 3-7-12 of 40", "")])
def test_three_numbers_that_can_mean_two_days_or_none_are_left_alone(line: str, first: First) -> None:
    assert find_moments(line, SEOUL, READ_ON, first=first) == ()


@each_row(
    "line",
    [
        "2024. július 3., 11:16",
        "3 юли 2024 13:28",
        "3 липня 2024",
        "الأربعاء، 3 تموز/يوليو 2024",
        "3 كانون الثاني 2024",
        "3 กรกฎาคม 2567 15:30",
        "3 ဇူလိုင် 2024",
        "2024 m. liepos 3 d.",
        "3. heinäkuuta 2024",
        "3 d’octubre del 2024",
        "3. července 2024 v 10:05",
        "HARU LEEBUSINESSJUL 3, 2024 2:00 AM",
    ],
)
def test_months_are_known_by_their_names_in_many_languages(line: str) -> None:
    assert [found.moment.value.day for found in find_moments(line, SEOUL, READ_ON)] == [3]
