"""What review decides of editions: on real sites."""

from __future__ import annotations

from pathlib import Path

import pytest

from review.test_builds import AT, KIM
from sites import SETTINGS, article, build_site, write_site
from yoyak.desk.asked import article_at
from yoyak.desk.records import event_now, records

EDITION = "content/editions/2024-W27.md"
POLICY = "review: {required: true, editions: true}\neditions: {release: together}\n"
ARTICLES = ("content/ferry.md", "content/bridge.md")
FILES = {
    "content/ferry.md": article("The ferry sails.", title="Ferry", date="2024-07-03"),
    "content/bridge.md": article("The bridge stands.", title="Bridge", date="2024-07-04"),
    EDITION: "---\ntitle: First issue\npins: [ferry]\n---\n\nWelcome.\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site whose articles are approved, and whose edition is not."""
    write_site(tmp_path, FILES, SETTINGS + POLICY)
    for path in ARTICLES:
        say(tmp_path, path, "approve")
    return tmp_path


def say(folder: Path, path: str, what: str, **values: object) -> str:
    with records(folder, at=AT) as found:
        return found.add(path, event_now(what, KIM, **values)).name


def held(folder: Path) -> dict[str, str]:
    found = build_site(folder, at=AT)
    return {one.path: one.reason for one in found.report.held}


def change(folder: Path, path: str, old: str, new: str) -> None:
    (folder / path).write_text((folder / path).read_text().replace(old, new))


def test_an_edition_waits_for_its_own_approval_and_its_articles_with_it(site: Path) -> None:
    assert held(site) == {EDITION: "review", **dict.fromkeys(ARTICLES, "edition")}
    say(site, EDITION, "approve")
    assert held(site) == {}
    found = build_site(site, at=AT)
    assert "First issue" in found.text("editions/2024-W27/index.html")


@pytest.mark.parametrize(
    ("path", "old", "new", "reason"),
    [
        (EDITION, "Welcome.", "Hello.", "stale"),
        (EDITION, "First issue", "Second issue", "stale"),
        (EDITION, "[ferry]", "[bridge]", "stale"),
        (EDITION, "title: First issue\npins: [ferry]", "pins:\n  - ferry\ntitle: 'First issue'", ""),
    ],
)
def test_an_approval_of_an_edition_is_of_its_words_and_its_order(
    site: Path, path: str, old: str, new: str, reason: str
) -> None:
    say(site, EDITION, "approve")
    change(site, path, old, new)
    assert held(site).get(EDITION, "") == reason


def test_other_words_of_an_article_need_both_approvals_again(site: Path) -> None:
    say(site, EDITION, "approve")
    change(site, "content/ferry.md", "sails", "rests")
    assert held(site)["content/ferry.md"] == "stale"
    say(site, "content/ferry.md", "approve")
    assert held(site) == {EDITION: "stale", **dict.fromkeys(ARTICLES, "edition")}
    say(site, EDITION, "approve")
    assert held(site) == {}


@pytest.mark.parametrize("asked", [EDITION, "2024-W27", "2024-w27", "https://digest.example.org/editions/2024-W27/"])
def test_an_edition_is_named_as_people_name_it(site: Path, asked: str) -> None:
    with records(site, at=AT) as found:
        assert article_at(found, asked) == EDITION
        assert found.path_of("/editions/2024-W27/") == EDITION
        assert found.path_of("/articles/ferry/") == "content/ferry.md"
        assert found.path_of("/tags/") == ""


def test_an_edition_without_a_file_waits_too(site: Path) -> None:
    (site / EDITION).unlink()
    assert held(site)[EDITION] == "review"
    say(site, EDITION, "approve")
    assert held(site) == {}


def test_a_hold_on_an_edition_counts_without_a_policy(tmp_path: Path) -> None:
    write_site(tmp_path, FILES, SETTINGS)
    name = say(tmp_path, EDITION, "hold")
    assert held(tmp_path) == {EDITION: "on-hold"}
    say(tmp_path, EDITION, "release", answers=name)
    assert held(tmp_path) == {}


def test_nothing_of_an_edition_that_waits_is_published(site: Path) -> None:
    found = build_site(site, at=AT)
    everything = b"".join(place.read_bytes() for place in found.output.rglob("*") if place.is_file())
    for words in (b"First issue", b"2024-W27", b"Welcome", b"ferry", b"Bridge"):
        assert words not in everything


def test_a_later_build_knows_of_the_approval(site: Path) -> None:
    build_site(site, at=AT)
    say(site, EDITION, "approve")
    found = build_site(site, at=AT)
    assert (found.output / "editions/2024-W27/index.html").exists()
    again = build_site(site, at=AT, verify=True)
    assert again.report.differing == ()
