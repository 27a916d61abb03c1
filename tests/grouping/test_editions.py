"""Editions: each dated article in exactly one, sections in the desk's order, pins first."""

from __future__ import annotations

from typing import Any

import pytest

from values import edition_note, site_config, theme
from values import place as article
from yoyak.grouping.editions import make_editions
from yoyak.grouping.publication import issues_of
from yoyak.messages.catalogue import speak
from yoyak.model.message import Problem
from yoyak.model.types import Article, Cadence, Edition, Note, Term

THEMES = (theme("ai", "인공지능"), theme("chips"), theme("rest"))


def make(
    *articles: Article, notes: tuple[Note, ...] = (), cadence: Cadence = "weekly", themes: tuple[Term, ...] = THEMES
) -> tuple[tuple[Edition, ...], tuple[Problem, ...]]:
    config = site_config(cadence=cadence)
    places = tuple(articles)
    issues, problems = issues_of(places, notes, config)
    editions, more = make_editions(places, places, themes, issues, config)
    return editions, (*problems, *more)


def only(*articles: Article, **more: Any) -> Edition:
    (found,), problems = make(*articles, **more)
    assert problems == ()
    return found


def slugs(articles: tuple[Article, ...]) -> list[str]:
    return [one.slug for one in articles]


def test_articles_are_put_together_by_date_newest_edition_first() -> None:
    found, _ = make(article("a", "2024-07-07"), article("b", "2024-07-08"), article("c", "2024-07-01"))
    assert [(edition.key, slugs(edition.articles)) for edition in found] == [
        ("2024-W28", ["b"]),
        ("2024-W27", ["a", "c"]),
    ]


def test_an_article_without_a_date_is_in_none_unless_it_is_pinned() -> None:
    assert make(article("a", None))[0] == ()
    assert only(article("a", None, edition="2024-W27")).key == "2024-W27"
    assert only(article("a", None), notes=(edition_note("2024-W27", pins=("a",)),)).key == "2024-W27"


def test_an_editors_pin_counts_more_than_the_articles_own_word_and_its_date() -> None:
    notes = (edition_note("2024-W20", pins=("a",)),)
    assert only(article("a", "2024-07-03", edition="2024-W10"), notes=notes).key == "2024-W20"


def test_without_editions_there_is_none() -> None:
    assert make(article("a"), cadence="none") == ((), ())


def test_sections_stand_in_the_order_of_the_themes_and_hold_each_article_once() -> None:
    found = only(
        article("a", themes=("chips", "ai")), article("b", themes=("인공지능",)), article("c", themes=("CHIPS",))
    )
    assert [(section.theme.slug, slugs(section.articles)) for section in found.sections] == [
        ("ai", ["b"]),
        ("chips", ["a", "c"]),
    ]


def test_an_editor_may_order_the_sections() -> None:
    notes = (edition_note("2024-W27", order=("rest", "chips")),)
    found = only(*(article(slug, themes=(slug,)) for slug in ("ai", "chips", "rest")), notes=notes)
    assert [section.theme.slug for section in found.sections] == ["rest", "chips", "ai"]


def test_inside_a_section_pins_come_first_then_weight_then_the_newest() -> None:
    articles = [
        article("old", "2024-07-01"), article("new", "2024-07-03"), article("heavy", "2024-07-01", weight=5),
        article("second", "2024-07-01"), article("first", "2024-07-01"),
    ]  # fmt: skip
    found = only(*articles, notes=(edition_note("2024-W27", pins=("first", "second")),))
    assert slugs(found.sections[0].articles) == ["first", "second", "heavy", "new", "old"]


def test_the_first_pin_leads() -> None:
    notes = (edition_note("2024-W27", pins=("b", "a")),)
    found = only(article("a", weight=9), article("b"), article("c", weight=99), notes=notes)
    assert found.lead is not None
    assert found.lead.slug == "b"
    assert slugs(found.articles)[0] == "b"


@pytest.mark.parametrize(
    ("articles", "lead"),
    [
        ((article("a"), article("b", weight=1)), "b"),
        ((article("a", "2024-07-02"), article("b", "2024-07-03")), "b"),
        ((article("b"), article("a")), "a"),
    ],
)
def test_without_pins_weight_then_the_newest_leads(articles: tuple[Article, ...], lead: str) -> None:
    found = only(*articles)
    assert found.lead is not None
    assert found.lead.slug == lead


def test_an_edition_has_its_number_title_and_days() -> None:
    found = only(article("a"), notes=(edition_note("2024-W27", number="제3호", title="첫 호"),))
    assert (found.number, found.title, str(found.start), str(found.end)) == (
        "제3호",
        "첫 호",
        "2024-07-01",
        "2024-07-07",
    )


@pytest.mark.parametrize(
    ("notes", "codes"),
    [
        ((edition_note("2024-07"),), ["bad-edition"]),
        ((edition_note("2024-W27", order=("chps",)),), ["unknown-theme"]),
        ((edition_note("2024-W27", pins=("z",)),), ["unknown-pin"]),
        ((edition_note("2024-W27", pins=("a",)), edition_note("2024-W28", pins=("a",))), ["pinned-twice"]),
        ((edition_note("2024-W27", pins=("a", "a")),), []),
    ],
)
def test_what_an_editions_file_cannot_mean_is_told(notes: tuple[Note, ...], codes: list[str]) -> None:
    _, problems = make(article("a"), notes=notes)
    assert [problem.code for problem in problems] == codes


def test_an_order_may_name_a_theme_by_its_title_and_an_unknown_one_is_reported() -> None:
    notes = (edition_note("2024-W27", order=("chips", "인공 지능")),)
    found = only(article("a", themes=("ai",)), article("c", themes=("chips",)), notes=notes)
    assert [section.theme.slug for section in found.sections] == ["chips", "ai"]
    _, (problem,) = make(article("a", themes=("ai",)), notes=(edition_note("2024-W27", order=("인공지늠",)),))
    assert speak(problem.hint) == 'Did you mean "인공지능"?'
