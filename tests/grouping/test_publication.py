"""Which articles are published at an instant: a table to the minute."""

from __future__ import annotations

from typing import Any

from rows import each_row
from values import at, edition_note
from values import place as article
from yoyak.grouping.publication import held_back, held_edition, newest_first, ribbon_of, ribbon_of_edition, starts_at
from yoyak.model.types import Ribbon

NOW = at("2024-07-10 12:00")
BEFORE, AFTER = at("2024-07-10 11:59"), at("2024-07-10 12:01")


@each_row(
    ("keys", "ribbon"),
    [
        ({}, None),
        ({"date": None}, None),
        ({"status": "draft"}, "draft"),
        ({"status": "review"}, "review"),
        ({"date": "2024-07-10 12:00"}, None),
        ({"date": "2024-07-10 12:01"}, "scheduled"),
        ({"publish_at": NOW}, None),
        ({"publish_at": AFTER}, "scheduled"),
        ({"publish_at": BEFORE, "date": "2024-08-01"}, None),
        ({"publish_at": AFTER, "date": None}, "scheduled"),
        ({"embargo_until": NOW}, None),
        ({"embargo_until": AFTER}, "embargoed"),
        ({"embargo_until": AFTER, "publish_at": BEFORE}, "embargoed"),
        ({"expires_at": NOW}, "expired"),
        ({"expires_at": AFTER}, None),
        ({"expires_at": BEFORE, "embargo_until": AFTER}, "expired"),
        ({"status": "draft", "expires_at": BEFORE}, "draft"),
        ({"status": "draft", "date": "2024-08-01"}, "draft"),
    ],
)
def test_an_article_is_published_or_waits_for_a_reason(keys: dict[str, Any], ribbon: Ribbon | None) -> None:
    assert ribbon_of(article(**keys), NOW) == ribbon


def test_the_record_of_what_waits_says_until_when() -> None:
    assert held_back(article(publish_at=AFTER), "scheduled").until == AFTER
    assert held_back(article(embargo_until=AFTER), "embargoed").until is not None
    assert held_back(article(status="draft"), "draft").until is None


def test_the_desks_word_on_when_counts_more_than_the_articles_date() -> None:
    assert starts_at(article(publish_at=BEFORE, date="2024-08-01")) == BEFORE


def test_lists_are_newest_first_then_by_slug_and_undated_last() -> None:
    articles = [article("u", None), article("b"), article("a"), article("old", "2020-01-01"), article("t", None)]
    assert [one.slug for one in sorted(articles, key=newest_first)] == ["a", "b", "old", "t", "u"]


@each_row(
    ("keys", "ribbon"),
    [
        ({}, None),
        ({"status": "draft"}, "draft"),
        ({"status": "review"}, "review"),
        ({"publish_at": NOW}, None),
        ({"publish_at": AFTER}, "scheduled"),
        ({"publish_at": BEFORE}, None),
        ({"status": "draft", "publish_at": BEFORE}, "draft"),
        ({"status": "review", "publish_at": AFTER}, "review"),
        ({"faulty": True}, "unread"),
        ({"faulty": True, "status": "draft", "publish_at": AFTER}, "unread"),
    ],
)
def test_an_edition_is_out_or_held_back_for_a_reason(keys: dict[str, Any], ribbon: Ribbon | None) -> None:
    assert ribbon_of_edition(edition_note("2024-W28", **keys), NOW) == ribbon


def test_the_record_of_an_edition_that_is_held_back_says_until_when() -> None:
    note = edition_note("2024-W28", publish_at=AFTER, title="다음 호")
    found = held_edition("2024-W28", note, "scheduled")
    assert (found.path, found.edition, found.title, found.until) == (note.path, "2024-W28", "다음 호", AFTER)
    assert held_edition("2024-W28", note, "draft").until is None
