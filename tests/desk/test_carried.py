"""What a bundle carries for reviewers is what the desk has of each article, and no more than was asked for."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec import structs

from desk.reviewed import BOAT, FERRY, POLICY, edit, review, reviewed_site
from sites import write_site
from yoyak.build.build import build
from yoyak.cli import bundling
from yoyak.desk.records import records
from yoyak.desk.saved_reviews import carried
from yoyak.incremental.unchanged import look
from yoyak.messages.errors import YoyakError
from yoyak.model.build import BuildRequest
from yoyak.portable.panel import PanelPages

EDITIONS = POLICY.replace("required: true", "required: true, editions: true") + "editions: {release: together}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = reviewed_site(tmp_path / "site", EDITIONS, date="2024-07-03")
    note = folder / "content/editions/2024-W27.md"
    note.parent.mkdir()
    note.write_text("---\ntitle: First issue\n---\n\nWelcome.\n", encoding="utf-8")
    return folder


def request_of(site: Path) -> BuildRequest:
    return BuildRequest(folder=site, output=site / ".yoyak/bundle", preview=True, portable=True)


def carried_after_a_build(site: Path) -> PanelPages:
    build(request_of(site))
    return carried(request_of(site))


def test_each_page_has_the_words_that_the_desk_has(site: Path) -> None:
    found = carried_after_a_build(site)
    pages = {one.path: one for one in found.pages.values()}
    with records(site) as desk:
        paths = [*desk.paths(), *desk.editions]
        assert {path: one.digest for path, one in pages.items()} == {path: desk.seen(path).digest for path in paths}
    assert all(sha256(one.seen.encode()).hexdigest() == one.digest for one in pages.values())
    assert pages[FERRY].blocks[0][1] == "The ferry runs daily from Gaon."
    assert set(found.pages) >= {"articles/ferry/", "articles/boat/", "editions/2024-W27/"}
    assert [key for key in found.pages if not (site / ".yoyak/bundle" / key / "index.html").is_file()] == []


def test_a_draft_is_carried_and_a_site_without_a_policy_too(site: Path) -> None:
    write_site(site, {}, (site / "site.yaml").read_text(encoding="utf-8").replace(EDITIONS, ""))
    assert {one.path for one in carried_after_a_build(site).pages.values()} == {FERRY, BOAT}


def test_a_site_below_a_path_has_the_same_names_of_pages(site: Path) -> None:
    settings = (site / "site.yaml").read_text(encoding="utf-8")
    write_site(site, {}, settings.replace("digest.example.org/", "digest.example.org/%EC%97%AC%EB%A6%84/"))
    assert "articles/ferry/" in carried_after_a_build(site).pages


def test_nothing_of_review_is_written_by_a_bundle(site: Path) -> None:
    review(site, "note", "ferry", "--text", "A secret thought.")
    before = sorted(site.joinpath("content").rglob("*"))
    found = carried_after_a_build(site)
    assert sorted(site.joinpath("content").rglob("*")) == before
    assert "A secret thought." not in str(found)


def test_a_file_that_changes_while_a_bundle_is_made_stops_it(site: Path, tmp_path: Path) -> None:
    asked, file = request_of(site), tmp_path / "one.html"
    seen = look(asked)
    report = build(asked)
    assert bundling.bundled(report, file, asked, seen).bundle == str(file)
    first = file.read_bytes()
    edit(site, "2.50", "2.75")
    with pytest.raises(YoyakError, match="were changed while the bundle"):
        bundling.bundled(report, file, asked, seen)
    assert file.read_bytes() == first
    published = structs.replace(asked, preview=False)
    assert bundling.bundled(report, file, published, seen).bundle_size < len(first)  # no verdict: nothing to be wrong


def test_an_article_is_found_by_its_bundle_after_it_was_renamed(site: Path) -> None:
    found = carried_after_a_build(site).pages["articles/ferry/"]
    place = site / "content/2025/boat-to-gaon.md"
    place.parent.mkdir()
    shutil.move(site / FERRY, place)
    with records(site) as desk:
        assert desk.seen("content/2025/boat-to-gaon.md").digest == found.digest
