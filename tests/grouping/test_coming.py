"""What changes on a site by itself, in the order of time."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec import structs

from rows import each_row
from yoyak.grouping.coming import Schedule, coming
from yoyak.messages.catalogue import speak
from yoyak.model.types import Note, Place, SafeHtml

SEOUL = ZoneInfo("Asia/Seoul")
PATH = "content/a.md"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


def place(**more: Any) -> Place:
    times = {key: at(value) if "_" in key or key == "date" else value for key, value in more.items()}
    return Place(path=PATH, slug="a", url="/articles/a/", **times)


def edition(key: str, title: str = "") -> Note:
    return Note(path=f"content/editions/{key}.md", slug=key, title=title, fields={}, html=SafeHtml(""))


def listed(
    *places: Place, editions: tuple[Note, ...] = (), cadence: Any = "none", since: str = "2024-07-03"
) -> list[str]:
    schedule = Schedule(
        since=at(since), zone=SEOUL, cadence=cadence, places=places, titles={PATH: "A"}, editions=editions
    )
    return [f"{one.at:%d %H:%M} {one.kind} {one.title}: {speak(one.effect)}" for one in coming(schedule)]


@each_row(
    ("article", "expected"),
    [
        (place(date="2024-07-04"), ["04 00:00 date A: It is published."]),
        (place(date="2024-07-02"), []),
        (place(date="2024-07-03"), []),
        (place(), []),
        (place(date="2024-07-08", publish_at="2024-07-05 09:00"), ["05 09:00 publish_at A: It is published."]),
        (place(date="2024-07-01", expires_at="2024-07-09"), ["09 00:00 expires_at A: It expires and is removed."]),
        (place(date="2024-07-01", embargo_until="2024-07-09"), ["09 00:00 embargo_until A: It is published."]),
        (place(publish_at="2024-07-09", embargo_until="2024-07-09"), ["09 00:00 publish_at A: It is published."]),
        (
            place(publish_at="2024-07-04", embargo_until="2024-07-09"),
            [
                "04 00:00 publish_at A: Nothing changes yet: it is under embargo until 2024-07-09 00:00 KST.",
                "09 00:00 embargo_until A: It is published.",
            ],
        ),
        (
            place(embargo_until="2024-07-04", publish_at="2024-07-09"),
            [
                "04 00:00 embargo_until A: Nothing changes yet: it is scheduled for 2024-07-09 00:00 KST.",
                "09 00:00 publish_at A: It is published.",
            ],
        ),
        (
            place(expires_at="2024-07-04", publish_at="2024-07-09"),
            [
                "04 00:00 expires_at A: It expires before it was published.",
                "09 00:00 publish_at A: Nothing changes: it has expired.",
            ],
        ),
        (
            place(date="2024-07-04", status="draft"),
            ["04 00:00 date A: Nothing changes as long as its state is: draft."],
        ),
        (
            place(date="2024-07-04", status="unlisted"),
            ["04 00:00 date A: It is published at its address, and is in no list."],
        ),
    ],
)
def test_each_date_of_an_article_says_what_it_changes(article: Place, expected: list[str]) -> None:
    assert listed(article) == expected


def test_the_edition_under_way_ends_though_nothing_is_in_it() -> None:
    assert [line[:21] for line in listed(cadence="weekly")] == ["08 00:00 edition-ends"]


def test_an_edition_with_a_file_or_an_article_begins_and_ends() -> None:
    found = listed(place(date="2024-07-16", status="draft"), editions=(edition("2024-W28", "Two"),), cadence="weekly")
    assert [line.split(": ")[0] for line in found if "edition" in line] == [
        "08 00:00 edition-ends 2024-W27",
        "08 00:00 edition-begins Two",
        "15 00:00 edition-begins 2024-W29",
        "15 00:00 edition-ends Two",
        "22 00:00 edition-ends 2024-W29",
    ]


def test_a_file_whose_name_is_no_edition_is_passed_over() -> None:
    assert listed(editions=(edition("summer"),), cadence="monthly") == [
        "01 00:00 edition-ends 2024-07: Edition 2024-07 ends: later articles belong to the next one."
    ]


def test_the_last_days_of_the_calendar_end_no_edition() -> None:
    assert listed(editions=(edition("9999-12"),), cadence="monthly", since="9999-12-02") == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"publish_at": at("2024-07-08 07:00")}, "08 07:00 publish_at 2024-W27: The edition 2024-W27 goes out."),
        ({"publish_at": at("2024-07-08 07:00"), "status": "draft"}, "08 07:00 publish_at 2024-W27: Nothing changes"),
    ],
)
def test_an_edition_goes_out_when_its_file_says(fields: dict[str, Any], expected: str) -> None:
    note = structs.replace(edition("2024-W27"), fields=fields)
    assert any(line.startswith(expected) for line in listed(editions=(note,), cadence="weekly"))


def test_an_edition_with_its_own_days_begins_and_ends_with_them() -> None:
    days = {"from": at("2024-07-10"), "to": at("2024-07-20")}
    note = structs.replace(edition("summer", "Summer"), fields=days)
    times = [line[:8] for line in listed(editions=(note,), cadence="weekly") if "Summer" in line]
    assert times == ["10 00:00", "21 00:00"]
