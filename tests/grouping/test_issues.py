"""Which edition an article stands in, and which editions are held back: tables of files."""

from __future__ import annotations

from typing import Any

from rows import each_row
from values import at, edition_note, site_config
from values import place as article
from yoyak.grouping.publication import issues_of, ribbons_of
from yoyak.messages.catalogue import sentence
from yoyak.model.types import Note

LATER = at("2024-07-11 09:00")


def key(date: str, *notes: Note, slug: str = "a", edition: str = "", **config: Any) -> str:
    """Return the key of the edition that an article of this date stands in."""
    one = article(slug, date, edition=edition)
    issues, _ = issues_of((one,), notes, site_config(**config))
    return issues.key_of.get(one.path, "")


def codes(*notes: Note, **config: Any) -> list[tuple[str, str]]:
    """Return the code and the file of each problem."""
    _, problems = issues_of((), notes, site_config(**config))
    return [(problem.code, problem.path.rpartition("/")[2].removesuffix(".md")) for problem in problems]


def span(name: str, first: str | None, last: str | None, **more: Any) -> Note:
    days = {"from": first and at(first), "to": last and at(last)}
    return edition_note(name, **days, **more)


SUMMER = span("2024-summer", "2024-07-15", "2024-08-04")
JULY = span("2024-07", "2024-07-01", "2024-07-31")


@each_row(
    ("date", "notes", "more", "found"),
    [
        ("2024-07-03", (), {}, "2024-W27"),
        ("2024-07-07", (), {"week_starts": "sunday"}, "2024-W28"),
        ("2024-07-14", (SUMMER,), {}, "2024-W28"),
        ("2024-07-15", (SUMMER,), {}, "2024-summer"),
        ("2024-08-04", (SUMMER,), {}, "2024-summer"),
        ("2024-08-05", (SUMMER,), {}, "2024-W32"),
        ("2024-07-15", (SUMMER,), {"edition": "2024-W29"}, "2024-W29"),
        ("2024-07-01", (SUMMER,), {"edition": "2024-summer"}, "2024-summer"),
        ("2024-07-15", (SUMMER, edition_note("2024-W29", pins=("a",))), {}, "2024-W29"),
        ("2024-01-01", (span("2024-summer", "2024-07-15", "2024-08-04", pins=("a",)),), {}, "2024-summer"),
        ("2024-07-20", (JULY,), {}, "2024-07"),
        ("2024-07-20", (span("2024-W29", "2024-07-15", "2024-07-28"),), {}, "2024-W29"),
        ("2024-07-27", (span("2024-W29", "2024-07-15", "2024-07-28"),), {}, "2024-W29"),
        ("2024-07-15", (SUMMER,), {"cadence": "monthly"}, "2024-summer"),
        ("2024-07-15", (SUMMER,), {"cadence": "daily"}, "2024-summer"),
        ("2024-07-15", (SUMMER,), {"cadence": "none"}, ""),
    ],
)
def test_an_article_stands_in_one_edition(date: str, notes: tuple[Note, ...], more: Any, found: str) -> None:
    assert key(date, *notes, **more) == found


@each_row(
    ("notes", "found"),
    [
        ((SUMMER,), []),
        ((JULY,), []),
        ((edition_note("2024-07"),), [("bad-edition", "2024-07")]),
        ((edition_note("summer"),), [("bad-edition", "summer")]),
        ((edition_note("2024-w27"),), [("bad-edition", "2024-w27")]),
        ((span("summer", "2024-07-15", None),), [("bad-span", "summer")]),
        ((span("summer", None, "2024-07-15"),), [("bad-span", "summer")]),
        ((span("summer", "2024-07-15", "2024-07-14"),), [("bad-span", "summer")]),
        ((span("summer", "2024-07-15", "2024-07-15"),), []),
        ((span("summer", "2024-07-15 09:00", "2024-07-16"),), [("bad-span", "summer")]),
        ((span("Summer Issue", "2024-07-15", "2024-07-16"),), [("bad-span", "Summer Issue")]),
        ((span("여름호", "2024-07-15", "2024-07-16"),), []),
        ((span("2024-W29", "2024-07-15", "2024-07-20"),), [("bad-span", "2024-W29")]),
        ((span("2024-W29", "2024-07-15", "2024-07-21"),), []),
        ((SUMMER, span("august", "2024-08-05", "2024-08-31")), []),
        ((SUMMER, span("august", "2024-08-04", "2024-08-31")), [("overlapping-editions", "august")]),
        (
            (JULY, span("b", "2024-07-02", "2024-07-03"), span("c", "2024-07-31", "2024-08-01")),
            [("overlapping-editions", "b"), ("overlapping-editions", "c")],
        ),
        ((edition_note("2024-W27"), edition_note("2024-27")), [("same-edition", "2024-27")]),
        ((edition_note("summer", faulty=True),), []),
    ],
)  # fmt: skip
def test_a_file_of_an_edition_that_cannot_be_understood_is_reported(notes: tuple[Note, ...], found: Any) -> None:
    assert codes(*notes) == found


def test_an_overlap_names_both_editions_and_both_files() -> None:
    _, (problem,) = issues_of((), (SUMMER, span("august", "2024-08-04", "2024-08-31")), site_config())
    said = sentence(problem)
    assert "august" in said
    assert "2024-summer" in said
    assert "content/editions/august.md" in said
    assert "content/editions/2024-summer.md" in said


@each_row(
    ("notes", "held"),
    [
        ((edition_note("2024-W28", status="draft"),), {"2024-W28": "draft"}),
        ((edition_note("2024-W28", publish_at=LATER),), {"2024-W28": "scheduled"}),
        ((edition_note("2024-w28"),), {"2024-W28": "unread"}),
        ((edition_note("2024-W28"), edition_note("2024-w28", status="draft")), {"2024-W28": "unread"}),
        ((edition_note("2024-W28", faulty=True),), {"2024-W28": "unread"}),
        ((span("summer", "2024-07-15", None),), {"summer": "unread"}),
        ((SUMMER, span("august", "2024-08-04", "2024-08-31")), {"2024-summer": "unread", "august": "unread"}),
        ((edition_note("2024-W28"),), {}),
    ],
)
def test_what_is_not_understood_holds_an_edition_back(notes: tuple[Note, ...], held: dict[str, str]) -> None:
    issues, _ = issues_of((), notes, site_config())
    assert dict(issues.held) == held


@each_row(
    ("keys", "release", "ribbon"),
    [
        ({}, "together", "edition"),
        ({}, "separately", None),
        ({"status": "draft"}, "together", "draft"),
        ({"embargo_until": LATER}, "together", "embargoed"),
        ({"publish_at": LATER}, "together", "scheduled"),
        ({"status": "unlisted"}, "together", None),
        ({"date": "2024-07-03"}, "together", None),
        ({"date": "2024-07-03", "edition": "2024-W28"}, "together", "edition"),
        ({"date": "2024-07-03", "slug": "pinned"}, "together", "edition"),
        ({"date": None}, "together", None),
    ],
)
def test_an_article_waits_with_its_edition_where_the_site_says_so(keys: Any, release: Any, ribbon: str | None) -> None:
    one = article(**{"date": "2024-07-09", **keys})
    config = site_config(release=release)
    issues, _ = issues_of((one,), (edition_note("2024-W28", publish_at=LATER, pins=("pinned",)),), config)
    assert ribbons_of((one,), issues, config).get(one.path) == ribbon
