"""What review decides of a build: on real sites, with events as files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sites import SETTINGS, article, build_site, write_site
from yoyak.desk.records import event_now, records
from yoyak.model.types import Person

AT = datetime(2024, 7, 10, 12, 0, tzinfo=ZoneInfo("Asia/Seoul"))
KIM, LEE, AUTHOR = (Person(name=name, email=f"{name.lower()}@example.org") for name in ("Kim", "Lee", "Author"))
REVIEW = "review: {required: true, four_eyes: true, reviewers: [kim@example.org, lee@example.org]}\n"
FERRY = "content/2024/07/ferry.md"
BODY = "The **ferry** runs [daily](https://example.net/) from Gaon.\n\nIt costs 2.50 euro."


def site(folder: Path, settings: str = REVIEW, **keys: object) -> Path:
    keys = {"authors": [{"name": "Author", "email": "author@example.org"}], "title": "Ferry", **keys}
    return write_site(
        folder, {FERRY: article(BODY, **keys), "content/b.md": article(status="draft")}, SETTINGS + settings
    )


def say(folder: Path, what: str, by: Person = KIM, **values: object) -> str:
    with records(folder, at=AT) as desk:
        return desk.add(FERRY, event_now(what, by, **values)).name


def held(folder: Path) -> str:
    """Build, and return why the ferry is held back; empty when it is published."""
    found = build_site(folder, at=AT)
    reason = next((one.reason for one in found.report.held if one.path == FERRY), "")
    shown = (found.output / "articles/ferry/index.html").exists()
    assert shown == (not reason)
    return reason


def test_without_an_approval_on_record_nothing_is_published(tmp_path: Path) -> None:
    assert held(site(tmp_path, status="approved")) == "review"
    found = build_site(tmp_path, at=AT)
    assert [one.code for one in found.report.problems] == ["approval-not-recorded"]


def test_an_approval_lets_the_approved_words_out_and_no_others(tmp_path: Path) -> None:
    site(tmp_path)
    say(tmp_path, "submit", AUTHOR)
    say(tmp_path, "approve")
    assert held(tmp_path) == ""
    place = tmp_path / FERRY
    place.write_text(place.read_text().replace("2.50", "2.75"))
    assert held(tmp_path) == "stale"
    place.write_text(place.read_text().replace("2.75", "2.50"))
    assert held(tmp_path) == ""


def test_an_approval_by_the_author_or_a_stranger_does_not_count(tmp_path: Path) -> None:
    site(tmp_path)
    say(tmp_path, "approve", AUTHOR)
    say(tmp_path, "approve", Person(name="Stranger", email="s@example.org"))
    assert held(tmp_path) == "review"


def test_a_hold_stands_until_it_is_released_even_without_a_policy(tmp_path: Path) -> None:
    site(tmp_path, "")
    assert held(tmp_path) == ""
    first, second = say(tmp_path, "hold", LEE), say(tmp_path, "hold")
    assert held(tmp_path) == "on-hold"
    say(tmp_path, "release", answers=first)
    assert held(tmp_path) == "on-hold"
    say(tmp_path, "release", answers=second)
    assert held(tmp_path) == ""


def test_a_request_for_changes_holds_until_it_is_met(tmp_path: Path) -> None:
    site(tmp_path)
    say(tmp_path, "approve")
    say(tmp_path, "request-changes", LEE, text="The price is wrong.")
    assert held(tmp_path) == "changes-requested"
    say(tmp_path, "approve", LEE)
    assert held(tmp_path) == ""


def test_a_draft_stays_one_though_it_was_approved(tmp_path: Path) -> None:
    site(tmp_path, status="draft")
    say(tmp_path, "approve")
    assert held(tmp_path) == "draft"


def test_a_renamed_article_keeps_its_reviews(tmp_path: Path) -> None:
    site(tmp_path)
    say(tmp_path, "approve")
    assert held(tmp_path) == ""
    (tmp_path / FERRY).rename(tmp_path / "content/boat.md")
    found = build_site(tmp_path, at=AT)
    assert (found.output / "articles/boat/index.html").exists()
    assert not found.report.problems


def test_a_held_article_that_is_renamed_stays_held_though_another_takes_its_place(tmp_path: Path) -> None:
    site(tmp_path, "")
    say(tmp_path, "hold")
    assert held(tmp_path) == "on-hold"
    (tmp_path / FERRY).rename(tmp_path / "content/boat.md")
    (tmp_path / FERRY).write_text(article("Other words.", title="Bus"))
    found = build_site(tmp_path, at=AT)
    assert not (found.output / "articles/boat/index.html").exists()
    with records(tmp_path, at=AT) as desk:
        assert desk.review("content/boat.md").state == "on-hold"
        hold = desk.events("content/boat.md")[0]
        desk.add("content/boat.md", event_now("release", KIM, answers=hold.name))
    found = build_site(tmp_path, at=AT)
    assert (found.output / "articles/boat/index.html").exists()


@pytest.mark.parametrize("damage", ["cut", "empty", "conflict", "unknown"])
def test_a_damaged_file_of_review_never_lets_anything_out(tmp_path: Path, damage: str) -> None:
    site(tmp_path, "" if damage == "unknown" else REVIEW)
    name = say(tmp_path, "approve")
    place = next((tmp_path / "content/_reviews").rglob(f"{name}.yaml"))
    data = place.read_bytes()
    damaged = {
        "cut": data[: data.index(b"seen:")],
        "empty": b"",
        "conflict": b"<<<<<<< ours\n" + data,
        "unknown": data.replace(b"event: approve", b"event: embargo"),
    }
    place.write_bytes(damaged[damage])
    assert held(tmp_path)
    assert "void-review" in [one.code for one in build_site(tmp_path, at=AT).report.problems]


def test_a_preview_shows_what_review_holds_back_with_its_ribbon(tmp_path: Path) -> None:
    site(tmp_path)
    say(tmp_path, "request-changes", LEE, text="No.")
    found = build_site(tmp_path, at=AT, preview=True)
    page = (found.output / "articles/ferry/index.html").read_text()
    assert 'class="ribbon changes-requested"' in page


def test_nothing_of_review_is_in_a_production_build(tmp_path: Path) -> None:
    site(tmp_path)
    say(tmp_path, "note", LEE, text="SECRETNOTE", kind="fact")
    say(tmp_path, "approve")
    found = build_site(tmp_path, at=AT)
    everything = b"".join(place.read_bytes() for place in found.output.rglob("*") if place.is_file())
    assert b"SECRETNOTE" not in everything
    assert b"lee@example.org" not in everything
    assert b"_reviews" not in everything


def test_who_asked_for_changes_is_waited_for_again_when_other_words_are_submitted(tmp_path: Path) -> None:
    site(tmp_path)
    say(tmp_path, "request-changes", text="Check the price")
    place = tmp_path / FERRY
    place.write_text(place.read_text().replace("2.50", "2.75"))
    say(tmp_path, "submit", AUTHOR)
    with records(tmp_path, at=AT) as desk:
        assert desk.entry(FERRY).review.waits_for == ("kim@example.org", "lee@example.org")


def test_a_hold_holds_whatever_its_file_is_called(tmp_path: Path) -> None:
    site(tmp_path, "")
    name = say(tmp_path, "hold")
    place = next((tmp_path / "content/_reviews").rglob(f"{name}.yaml"))
    for ending in (".yml", ".YAML"):
        place = place.rename(place.with_suffix(ending))
        assert held(tmp_path) == "on-hold"


@pytest.mark.parametrize("linked", ["content/_reviews", "content/_reviews/2024/07/ferry", "content/_reviews/2024"])
def test_a_hold_behind_a_link_is_not_lost(tmp_path: Path, linked: str) -> None:
    folder = site(tmp_path / "site", "")
    say(folder, "hold")
    (folder / linked).rename(tmp_path / "elsewhere")
    (folder / linked).symlink_to(tmp_path / "elsewhere")
    found = build_site(folder, at=AT, keep_going=True)
    assert "link-to-folder" in [one.code for one in found.report.problems]
    assert not (found.output / "articles/ferry/index.html").exists()
    assert not build_site(folder, at=AT).report.complete
