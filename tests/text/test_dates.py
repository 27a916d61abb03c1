"""Dates as people and pages write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rows import each_row
from yoyak.messages.catalogue import speak
from yoyak.text.calendar import Moment, _iso_moment, _moment_of_any_form, read_moment, written_moment
from yoyak.text.date_forms import WrittenDay
from yoyak.text.dates import find_moments, infer_year

SEOUL = ZoneInfo("Asia/Seoul")
READ_ON = date(2024, 7, 5)


@each_row(
    ("written", "meant"),
    [
        ("2024-07-03T15:05", "2024-07-03T15:05:00+09:00"),
        ("2024-07-03 15:05:06", "2024-07-03T15:05:06+09:00"),
        ("2024-07-03T15:05:06.250Z", "2024-07-04T00:05:06+09:00"),
        ("2024-07-03T15:05+01:00", "2024-07-03T23:05:00+09:00"),
        ("2024-07-03T15:05:06 +0900", "2024-07-03T15:05:06+09:00"),
        ("2024-07-03 15:05 KST", "2024-07-03T15:05:00+09:00"),
        ("2024. 7. 3. 오전 6:00", "2024-07-03T06:00:00+09:00"),
        ("2024.07.03. 오후 12:30", "2024-07-03T12:30:00+09:00"),
        ("2024.07.03 오전 12:05", "2024-07-03T00:05:00+09:00"),
        ("2024년 7월 3일 (수) 15:05", "2024-07-03T15:05:00+09:00"),
        ("2024년 7월 3일 오후 3시 5분", "2024-07-03T15:05:00+09:00"),
        ("2024년 7월 3일 수요일 15시", "2024-07-03T15:00:00+09:00"),
        ("3 July 2024, 06:00 BST", "2024-07-03T14:00:00+09:00"),
        ("Wednesday, July 3, 2024 at 3:05 p.m. EDT", "2024-07-04T04:05:00+09:00"),
        ("Wed, 03 Jul 2024 06:00:00 GMT", "2024-07-03T15:00:00+09:00"),
        ("3. Juli 2024, 06:00 Uhr", "2024-07-03T06:00:00+09:00"),
        ("3 juillet 2024 à 06h05", "2024-07-03T06:05:00+09:00"),
        ("3 de julio de 2024 a las 6:00", "2024-07-03T06:00:00+09:00"),
        ("2024年7月3日(水) 午後1時05分", "2024-07-03T13:05:00+09:00"),
        ("July 3, 2024 6:00 p.m. ET", "2024-07-04T07:00:00+09:00"),
        ("January 3, 2024 6:00 p.m. ET", "2024-01-04T08:00:00+09:00"),
        ("2024.07.03 (15:05)", "2024-07-03T15:05:00+09:00"),
    ],
)
def test_a_time_is_read_in_the_zone_of_the_site(written: str, meant: str) -> None:
    assert read_moment(written, SEOUL).value.isoformat() == meant


@each_row(
    "written",
    [
        "2024-07-03",
        "2024.07.03",
        "2024. 7. 3.",
        "2024/07/03",
        "2024년 7월 3일",
        "3 July 2024",
        "July 3, 2024",
        " 3rd Jul 2024 ",
    ],
)
def test_a_day_is_read_as_its_beginning(written: str) -> None:
    moment = read_moment(written, SEOUL)
    assert (moment.value.isoformat(), moment.day_only) == ("2024-07-03T00:00:00+09:00", True)


@each_row(
    ("written", "says"),
    [
        ("2024-02-30", "no day 30 in 2024-02"),
        ("2024-13-01", "no month 13"),
        ("2024-07-03 (목)", "is a Wednesday, not a Thursday"),
        ("2024-07-03 25:00", 'no time of day "25:00"'),
        ("2024-07-03 13:05pm", "no time of day"),
        ("03/07/2024", "can mean more than one day"),
        ("24.07.03", "can mean more than one day"),
        ("07.03 (수)", "names no year"),
        ("7월 3일", "names no year"),
        ("2024-07-03 soon", '"soon" behind the day'),
        ("next week", "not a date that is understood"),
        ("", "empty"),
    ],
)
def test_what_cannot_mean_one_thing_is_refused_with_the_reason(written: str, says: str) -> None:
    said = refusal_of(read_moment, written)
    assert says in said
    assert said.endswith(".")


def refusal_of(read: Callable[[str, ZoneInfo], Moment], written: str) -> str:
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - what it says is looked at
        read(written, SEOUL)
    return speak(refusal.value.args[0])


PARTS = st.sampled_from(
    ["00", "01", "02", "09", "12", "13", "14", "15", "23", "24", "29", "30", "31", "59", "60", "1", "٣"]
)
ISO = st.tuples(
    st.sampled_from(["2024-", "2023-", "0000-", "0001-", "9999-", "24-"]), PARTS, st.just("-"), PARTS,
    st.just("") | st.tuples(
        st.sampled_from("T t_"), PARTS, st.just(":"), PARTS,
        st.just("") | PARTS.map(lambda second: f":{second}") | PARTS.map(lambda second: f":{second}.5"),
        st.sampled_from(["", "Z", " ", "+0900", "-00:00"])
        | st.tuples(st.sampled_from("+-"), PARTS, st.just(":"), PARTS),
    ).map(lambda time: "".join(map("".join, time))),
).map("".join)  # fmt: skip


@settings(max_examples=500)
@given(ISO)
def test_the_short_way_reads_a_moment_as_the_long_way_does(written: str) -> None:
    short = _iso_moment(written, SEOUL)
    if short is not None:
        long = _moment_of_any_form(written, SEOUL)
        assert (short, short.value.isoformat(), short.value.tzinfo) == (long, long.value.isoformat(), long.value.tzinfo)


def test_a_written_moment_keeps_the_time_of_day_that_the_page_shows() -> None:
    assert written_moment("3 July 2024, 06:00 BST", SEOUL).value.isoformat() == "2024-07-03T06:00:00+01:00"


@pytest.mark.slow
@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_a_sentence(written: str) -> None:
    assert re.fullmatch(r"(?s)\d{4}-.*|.*\.", _answer(written))


def _answer(written: str) -> str:
    try:
        return read_moment(written, SEOUL).value.isoformat()
    except ValueError as refusal:
        return speak(refusal.args[0])


@each_row(
    ("line", "found"),
    [
        (
            "입력2024.07.03. 오전 6:00  수정2024.07.03. 오전 8:12 기사원문",
            [("published", "2024-07-03T06:00"), ("updated", "2024-07-03T08:12")],
        ),
        (
            "기사입력 : 2024-07-03 06:00 | 최종수정 : 2024-07-04 07:10",
            [("published", "2024-07-03T06:00"), ("updated", "2024-07-04T07:10")],
        ),
        ("송고 2024-07-03 10:23", [("published", "2024-07-03T10:23")]),
        ("2024.07.03 06:00 입력", [("published", "2024-07-03T06:00")]),
        ("Published 3 July 2024, 06:00 BST", [("published", "2024-07-03T06:00")]),
        ("Updated July 3, 2024 6:00 AM", [("updated", "2024-07-03T06:00")]),
        ("24.07.03 06:00", [("", "2024-07-03T06:00")]),
        ("07.03 (수)", [("", "2024-07-03T00:00")]),
        ("7월 3일 (수) 06:00", [("", "2024-07-03T06:00")]),
        ("입력 7월 3일 오전 6:00", [("published", "2024-07-03T06:00")]),
        ("입력 2024.06.30 (21:14)", [("published", "2024-06-30T21:14")]),
        ("Veröffentlicht am 03.07.2024 um 06:00 Uhr", [("published", "2024-07-03T06:00")]),
        (
            "Publié le 3 juillet 2024 à 06h00 - Mis à jour le 03/07/2024 à 08h12",
            [("published", "2024-07-03T06:00"), ("updated", "2024-07-03T08:12")],
        ),
        ("Updated 4:48 PM EST, Wed July 3, 2024", [("updated", "2024-07-03T16:48")]),
        ("2024年7月3日 10時01分 更新", [("updated", "2024-07-03T10:01")]),
        ("25/07/2024", [("", "2024-07-25T00:00")]),
        ("07/25/2024", [("", "2024-07-25T00:00")]),
        ("03/07/2024", []),
        ("그는 7월 3일", []),
        ("버전 07.03", []),
        ("버전 1.2.3을 냈다", []),
        ("2024.02.30", []),
    ],
)
def test_moments_are_found_in_a_line_with_what_their_label_says(line: str, found: list[tuple[str, str]]) -> None:
    moments = find_moments(line, SEOUL, READ_ON)
    assert [(m.role, m.moment.value.strftime("%Y-%m-%dT%H:%M")) for m in moments] == found


@pytest.mark.parametrize(("reference", "year"), [(2024, 2024), (2026, 2024), (2029, 2024), (2031, 2030)])
def test_a_weekday_decides_the_year(reference: int, year: int) -> None:
    (found,) = find_moments("07.03 (수)", SEOUL, date(reference, 12, 1))
    assert (found.moment.value.year, found.year_inferred) == (year, True)


def test_confidence_falls_with_the_years_between() -> None:
    sure = [find_moments("07.03 (수)", SEOUL, date(year, 12, 1))[0].confidence for year in (2024, 2026, 2029)]
    assert sure == [0.95, 0.8, 0.6]


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(0, 1500))
def test_a_day_with_its_weekday_is_found_again_within_five_years(day: date, later: int) -> None:
    written = WrittenDay(year=None, month=day.month, day=day.day, weekday=day.weekday())
    assert infer_year(written, day + timedelta(days=later)) == day


@pytest.mark.parametrize(
    "text",
    [
        "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00",
        "0001-01-01",
        "0001-01-01 00:00",
        "9999-12-31 23:59 PST",
    ],
)
def test_a_moment_beyond_the_calendar_is_told_and_raises_nothing_else(text: str) -> None:
    for read in (read_moment, written_moment):
        assert refusal_of(read, text) == f'"{text}" is outside of the calendar.'


@pytest.mark.parametrize("text", ["9999-12-31", "9999-12-31 08:59", "0001-01-02 00:00"])
def test_a_moment_just_within_the_calendar_is_one(text: str) -> None:
    assert read_moment(text, SEOUL).value.astimezone(UTC)


@pytest.mark.parametrize(
    "line",
    [
        "입력 9999-12-31 23:59",
        "0001년 1월 1일",
        "0000-01-01T00:00:00Z",
        "0000.01.01",
        "Published: 31 December 9999, 11:59 pm PST",
    ],
)
def test_a_line_of_a_page_with_a_day_at_the_edge_names_none(line: str) -> None:
    assert find_moments(line, SEOUL, date(2024, 7, 5)) == ()


def test_a_long_text_that_is_no_date_is_shown_by_its_beginning() -> None:
    assert refusal_of(read_moment, "9" * 5000).startswith(f'"{"9" * 80}" is not')
