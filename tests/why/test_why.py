"""``yoyak why``: what made a page, and why a file is not on the site, through the real command."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args
from unicodedata import normalize

import pytest
from click.testing import CliRunner, Result
from msgspec import json as msgspec_json

from sites import SETTINGS, article, build_site, write_site
from yoyak.cli.commands import commands
from yoyak.messages.catalogue import speak
from yoyak.model.build import BuildRequest
from yoyak.model.message import say
from yoyak.pages.types import PAGE_TYPES
from yoyak.store.place import store_file
from yoyak.why.answer import why as ask
from yoyak.why.explanation import What

AT = "2024-07-10 12:00"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'
BASED = SETTINGS.replace("example.org/", "example.org/digest/")
FILES = {
    "content/2024/가온.md": article(
        "배가 떠났다.\n\n![배](배.svg)", title="가온 소식", tags=["항구"], aliases=["/2023/old-name"]
    ),
    "content/2024/배.svg": PICTURE,
    "content/2024/unused.svg": PICTURE.replace("4", "5"),
    "content/b.md": article(title="둘", date="2024-07-02"),
    "content/draft.md": article(status="draft"),
    "content/review.md": article(status="review"),
    "content/later.md": article(date="2024-07-12 09:00"),
    "content/published-later.md": article(publish_at="2024-07-13 09:00"),
    "content/embargoed.md": article(embargo_until="2024-07-14 09:00"),
    "content/expired.md": article(expires_at="2024-07-09 09:00"),
    "content/pages/about.md": "---\ntitle: 소개\n---\n\n우리는.\n",
    "content/editions/2024-W27.md": "---\ntitle: 첫 호\n---\n\n머리말.\n",
    "content/editions/2024-W50.md": "---\ntitle: 없는 호\n---\n\n머리말.\n",
    "content/themes/ai.md": "---\ndescription: 기계.\n---\n\n들머리.\n",
    "content/themes/nothing.md": "들머리.\n",
    "content/_notes/a.md": "숨긴 글.",
    "content/_sources/original.eml": "편지.",
    "content/notes.gz": "글.",
    "content/README": "글.",
    "content/a~.md~": "글.",
    "content/page_files/frame.js": "1",
    "templates/partials/mine.html": "{{ page.title }}",
    "templates/notes.gz": "글.",
    "LICENSE.md": "허가.",
}


@pytest.fixture(scope="module")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site below a path, built once; tests that change something take a copy."""
    site = write_site(tmp_path_factory.mktemp("why") / "site", FILES, BASED, plain=True)
    return _built(site)


@pytest.fixture
def site(built_site: Path, tmp_path: Path) -> Path:
    """A copy that may be changed."""
    return _built(Path(shutil.copytree(built_site, tmp_path / "site")))


def _built(site: Path) -> Path:
    """Build, then make every file old enough to be trusted by its times."""
    then = time.time() - 60
    for path in sorted(site.rglob("*")):
        if "output" not in path.parts and ".yoyak" not in path.parts:
            os.utime(path, (then, then))
    assert build_site(site).report.complete
    return site


def why(site: Path | None, *asked: str | Path, at: str = AT) -> Result:
    where = ["--site", str(site)] if site else []
    return CliRunner().invoke(commands, ["why", *where, "--at", at, *map(str, asked)])


def told(site: Path | None, *asked: str | Path, at: str = AT) -> Any:
    return json.loads(why(site, "--json", *asked, at=at).stdout)


# --- what an argument may be ------------------------------------------------------------------------------


@pytest.mark.parametrize(("asked", "file"), [("b", "content/b.md"), ("draft", "content/draft.md")])
def test_an_article_is_found_by_its_slug(built_site: Path, asked: str, file: str) -> None:
    found = told(built_site, asked)
    assert (found["what"], found["name"]) == ("article", file)


ARTICLE = "articles/가온/index.html"


@pytest.mark.parametrize(
    "asked",
    [
        "https://digest.example.org/digest/articles/가온/",
        "https://digest.example.org/digest/articles/가온",
        "https://digest.example.org/digest/articles/%EA%B0%80%EC%98%A8/#top",
        "HTTPS://Digest.Example.Org/digest/articles/%ea%b0%80%ec%98%a8/index.html?x=1",
        "http://digest.example.org/digest/articles/가온/",
        "/digest/articles/가온/",
        "/digest/articles/%EA%B0%80%EC%98%A8",
        "/articles/가온/",
        "/articles/가온/index.html",
        "articles/가온",
        "articles/가온/",
        normalize("NFD", "articles/가온/index.html"),
        "output/articles/가온/index.html",
        "output/articles/가온",
        "./output/articles/가온/index.html",
        "{site}/output/articles/가온/index.html",
        "file://{site}/output/articles/%EA%B0%80%EC%98%A8/index.html",
    ],
)
def test_a_page_is_found_by_every_form_of_its_address_and_its_file(built_site: Path, asked: str) -> None:
    found = told(built_site, asked.replace("{site}", str(built_site)))
    assert (found["what"], found["kind"], found["file"], found["on_site"]) == ("page", "article", ARTICLE, True)


@pytest.mark.parametrize(
    "asked",
    ["/", "/digest/", "/digest", "index.html", "https://digest.example.org/digest", "output/index.html", "output"],
)
def test_the_front_page_is_found(built_site: Path, asked: str) -> None:
    assert told(built_site, asked)["kind"] == "front"


@pytest.mark.parametrize(
    ("asked", "folder"),
    [
        ("content/2024/가온.md", ""),
        ("./content/2024/가온.md", ""),
        (normalize("NFD", "content/2024/가온.md"), ""),
        ("{site}/content/2024/가온.md", ""),
        ("가온.md", "content/2024"),
        ("../2024/가온.md", "content/2024"),
        ("content/2024/가온.md", "content/2024"),
    ],
)
def test_a_source_file_is_found_from_every_place(
    built_site: Path, monkeypatch: pytest.MonkeyPatch, asked: str, folder: str
) -> None:
    monkeypatch.chdir(built_site / folder)
    found = told(None, asked.replace("{site}", str(built_site)))
    assert (found["what"], found["name"], found["on_site"]) == ("article", "content/2024/가온.md", True)


def test_the_site_is_that_of_the_file_when_here_is_none(
    built_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert told(None, built_site / "content/b.md")["url"] == "/digest/articles/b/"


def test_a_file_that_the_disk_has_in_other_letters_is_found(site: Path) -> None:
    (site / "content" / normalize("NFD", "한강.md")).write_text(article(title="한강"), encoding="utf-8")
    build_site(site)
    assert told(site, "content/한강.md")["url"] == "/digest/articles/%ED%95%9C%EA%B0%95/"
    assert told(site, normalize("NFD", "content/한강.md"))["on_site"]


# --- pages -----------------------------------------------------------------------------------------------


def test_the_page_of_an_article_says_all_that_made_it(built_site: Path) -> None:
    found = told(built_site, "/articles/가온/")
    assert found["name"] == "/digest/articles/가온/"
    assert found["sources"] == ["content/2024/가온.md"]
    assert found["shows"]["own"] == ["content/2024/가온.md"]
    assert found["shows"]["link"] == ["content/b.md"]
    assert found["templates"][0] == "templates/article.html"
    assert {"title", "base_url", "timezone", "themes"} <= set(found["settings"])
    assert found["written"].endswith("+09:00")
    assert found["changes"] == []


def test_the_page_of_an_article_is_told_in_rows(built_site: Path) -> None:
    lines = why(built_site, "/articles/가온/").stdout.splitlines()
    assert lines[0] == "/digest/articles/가온/ (article page)"
    assert [line.split()[0] for line in lines[1:3]] == ["file", "made"]
    assert "  shows        1 article by its headline: content/b.md" in lines
    assert lines[-1] == "  up to date   yes: nothing that it depends on has changed since the last build"


@pytest.mark.parametrize(
    ("asked", "kind", "sources", "view"),
    [
        ("/", "front", ["content/editions/2024-W27.md"], "card"),
        ("/editions/2024-W27/", "edition", ["content/editions/2024-W27.md"], "card"),
        ("/themes/ai/", "theme", ["content/themes/ai.md"], "card"),
        ("/tags/항구/", "tag", [], "card"),
        ("/archive/2024/07/03/", "day", [], "card"),
        ("/about/", "page", ["content/pages/about.md"], None),
        ("/feed.xml", "atom", [], "content"),
        ("feed.xml", "atom", [], "content"),
        ("/404.html", "not_found", [], "card"),
        ("/robots.txt", "robots", [], None),
    ],
)
def test_each_kind_of_page_names_its_files_and_what_it_shows(
    built_site: Path, asked: str, kind: str, sources: list[str], view: str | None
) -> None:
    found = told(built_site, asked)
    assert (found["kind"], found["sources"], next(iter(found["shows"]), None)) == (kind, sources, view)


def test_an_old_address_says_where_it_leads(built_site: Path) -> None:
    done = why(built_site, "/2023/old-name/")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "/digest/2023/old-name/ (old address)"
    assert "  leads to     /digest/articles/가온/" in done.stdout.splitlines()


# --- whether a page is up to date ---------------------------------------------------------------------------


def _changes(site: Path, asked: str) -> list[str]:
    changes: list[str] = told(site, asked)["changes"]
    return changes


def test_a_file_that_was_only_touched_has_not_changed(site: Path) -> None:
    os.utime(site / "content/b.md")
    assert _changes(site, "/articles/b/") == []


def test_a_page_says_that_its_article_has_changed(site: Path) -> None:
    (site / "content/b.md").write_text(article("새 글.", title="둘"), encoding="utf-8")
    assert _changes(site, "/articles/b/") == [
        "content/b.md has changed since the last build; the next build will make this page again."
    ]
    assert _changes(site, "/articles/가온/") == [
        "content/b.md has changed since the last build; the next build will make this page again where it shows that."
    ]
    assert _changes(site, "/about/") == [
        "content/b.md has changed since the last build; the next build finds out what that moves."
    ]


def test_a_page_says_that_a_template_of_its_has_changed(site: Path) -> None:
    (site / "templates/article.html").write_text("{{ article.title }}", encoding="utf-8")
    assert _changes(site, "/articles/b/") == [
        "templates/article.html has changed since the last build; the next build will make this page again."
    ]


def test_a_page_says_that_a_template_of_its_has_come(site: Path) -> None:
    (site / "templates/robots.txt").write_text("User-agent: *\n", encoding="utf-8")
    assert _changes(site, "/robots.txt") == [
        "templates/robots.txt has come since the last build; the next build will make this page again."
    ]


def test_a_page_says_that_the_style_that_it_names_is_another(site: Path) -> None:
    (site / "templates/page.html").write_text("{{ chrome.style }}", encoding="utf-8")
    assert build_site(site).report.complete
    (site / "templates/assets").mkdir()
    (site / "templates/assets/style.css").write_text("body { color: black }\n", encoding="utf-8")
    assert _changes(site, "/about/") == [
        "templates/assets/style.css has come since the last build; the next build will make this page again."
    ]
    assert _changes(site, "/robots.txt") == [
        "templates/assets/style.css has come since the last build; the next build finds out what that moves."
    ]


def test_a_page_behind_a_folder_that_is_a_link_now_is_missing(site: Path, tmp_path: Path) -> None:
    (site / "output/about").rename(tmp_path / "about")
    (site / "output/about").symlink_to(tmp_path / "about")
    assert _changes(site, "/about/") == ["Its file in the output is missing; the next build will make this page again."]


def test_pages_have_not_changed_when_only_the_manifest_is_gone(site: Path) -> None:
    (site / "output/.yoyak-manifest.json").unlink()
    assert _changes(site, "/about/") == []


def test_a_page_says_that_the_settings_have_changed(site: Path) -> None:
    (site / "site.yaml").write_text(BASED.replace("시험", "새"), encoding="utf-8")
    assert _changes(site, "/about/") == [
        "site.yaml has changed since the last build; the next build makes the pages again that read what changed."
    ]


def test_a_page_says_that_its_file_is_missing_or_another(site: Path) -> None:
    (site / "output/about/index.html").unlink()
    (site / "output/feed.xml").write_text("<feed/>", encoding="utf-8")
    assert _changes(site, "/about/") == ["Its file in the output is missing; the next build will make this page again."]
    assert _changes(site, "/feed.xml") == [
        "Its file in the output has been changed by another program; the next build will make this page again."
    ]


def test_a_page_says_that_something_has_come_due(built_site: Path) -> None:
    assert told(built_site, "/about/", at="2024-07-12 09:00")["changes"] == [
        "content/later.md has come due or run out since the last build; the next build follows the clock."
    ]


def test_a_page_says_that_the_last_build_failed(site: Path) -> None:
    (site / "content/bad.md").write_text(article(rights="none"), encoding="utf-8")
    assert not build_site(site).report.complete
    assert _changes(site, "/about/")[-1].startswith(
        "The last build failed, so the output is older: content/bad.md:5:9: "
    )


# --- files that are on the site --------------------------------------------------------------------------------


def test_an_article_says_its_address_its_edition_its_terms_and_its_pages(built_site: Path) -> None:
    found = told(built_site, "content/2024/가온.md")
    assert found["url"] == "/digest/articles/%EA%B0%80%EC%98%A8/"
    assert found["edition"] == "2024-W27"
    assert [term["title"] for term in (*found["themes"], *found["tags"])] == ["ai", "항구"]
    assert {"/digest/", "/digest/themes/ai/", "/digest/feed.xml", "/digest/2023/old-name/"} <= set(found["shown_on"])


def test_of_many_pages_the_first_are_printed(site: Path) -> None:
    (site / "content/b.md").write_text(article(tags=[f"꼬리{n}" for n in range(30)]), encoding="utf-8")
    build_site(site)
    lines = why(site, "content/b.md").stdout.splitlines()
    more = next(line for line in lines if "--json has all" in line)
    shown = lines[lines.index(more) - 20 : lines.index(more)]
    assert all(line.startswith("               /digest/") for line in shown)


@pytest.mark.parametrize(
    ("asked", "what", "url", "pages"),
    [
        ("content/pages/about.md", "own page file", "/digest/about/", ["/digest/about/"]),
        ("content/themes/ai.md", "theme file", "/digest/themes/ai/", ["/digest/themes/ai/"]),
        ("content/editions/2024-W27.md", "edition file", "/digest/editions/2024-W27/",
         ["/digest/editions/2024-W27/", "/digest/"]),
    ],
)  # fmt: skip
def test_a_file_of_an_edition_a_theme_or_a_page_says_where_it_is(
    built_site: Path, asked: str, what: str, url: str, pages: list[str]
) -> None:
    found = told(built_site, asked)
    assert (found["what"], found["url"], found["shown_on"]) == (what, url, pages)


def test_a_picture_says_its_address_by_its_file_and_by_that_address(built_site: Path) -> None:
    found = told(built_site, "content/2024/배.svg")
    assert (found["what"], found["on_site"]) == ("picture", True)
    assert found["shown_on"] == ["/digest/articles/%EA%B0%80%EC%98%A8/"]
    assert told(built_site, found["url"])["name"] == "content/2024/배.svg"
    assert told(built_site, f"output/{found['file']}")["name"] == "content/2024/배.svg"


def test_a_template_says_which_pages_read_it(built_site: Path) -> None:
    found = told(built_site, "templates/article.html")
    assert found["sources"] == ["templates/article.html", "yoyak/article.html"]
    assert sorted(found["shown_on"]) == ["/digest/articles/%EA%B0%80%EC%98%A8/", "/digest/articles/b/"]
    assert told(built_site, "article.html")["name"] == "templates/article.html"
    assert told(built_site, "templates/robots.txt")["shown_on"] == ["/digest/robots.txt"]


def test_a_template_that_no_page_reads_says_so(built_site: Path) -> None:
    done = why(built_site, "templates/partials/mine.html")
    assert done.exit_code == 1
    assert "No page reads it." in done.stdout


def test_the_settings_say_that_every_page_reads_them(built_site: Path) -> None:
    found = told(built_site, "site.yaml")
    assert (found["what"], found["on_site"]) == ("settings", True)
    assert "/digest/" in found["shown_on"]


# --- files that are not on the site ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("content/draft.md", "It is a draft (`status: draft`). Write `status: approved` when it is ready."),
        ("content/review.md",
         "It is in review (`status: review`). Write `status: approved` when somebody has read it."),
        ("content/later.md",
         "It is scheduled until 2024-07-12 09:00 KST (`date`). The first build after that shows it."),
        ("content/published-later.md",
         "It is scheduled until 2024-07-13 09:00 KST (`publish_at`). The first build after that shows it."),
        ("content/embargoed.md",
         "It is under embargo until 2024-07-14 09:00 KST (`embargo_until`). The first build after that shows it."),
        ("content/expired.md",
         "It expired on 2024-07-09 09:00 KST (`expires_at`). Change that date to show it again."),
        ("content/_notes/a.md", '"_notes" begins with "_": yoyak passes over such names. Rename it.'),
        ("content/_sources/original.eml",
         "content/_sources/ keeps the originals of imported articles; the articles are made of them, not they."),
        ("content/notes.gz",
         'It has the ending ".gz": yoyak does not read such files. Articles end in .htm, .html, .markdown, .md, .txt.'),
        ("content/README",
         "It has no ending: yoyak does not read such files. Articles end in .htm, .html, .markdown, .md, .txt."),
        ("content/a~.md~",
         '"a~.md~" looks like what an editor leaves behind: yoyak passes over such names. Rename it.'),
        ("content/page_files/frame.js",
         "page_files/ holds what a browser saved with a page; only its pictures are published. Move the file out."),
        ("content/editions/2024-W50.md", "There is no edition 2024-W50: no published article is in it."),
        ("content/2024/unused.svg",
         "Nothing on the site shows it. A picture is published when an article or an own page shows it."),
        ("content/2024", "This is a folder. Name a file in it."),
        ("content", "This is a folder. Name a file in it."),
        ("content/nothing.md", "There is no such file in this site."),
        ("templates/partials", "This is a folder. Name a file in it."),
        ("templates/notes.gz",
         "It is no template: these end in .html, .xml, .json, .txt. Other files go to templates/assets/."),
    ],
)  # fmt: skip
def test_a_file_that_is_not_on_the_site_says_why(built_site: Path, asked: str, reason: str) -> None:
    found = told(built_site, asked)
    assert (found["on_site"], " ".join(found["reasons"])) == (False, reason)
    assert why(built_site, asked).exit_code == 1


def test_what_waits_for_an_approval_says_so(tmp_path: Path) -> None:
    settings = SETTINGS + "review: {required: true}\n"
    site = write_site(tmp_path, {"content/a.md": article()}, settings, plain=True)
    build_site(site)
    assert told(site, "content/a.md")["reasons"][0] == "It waits for approval."


def test_an_article_that_is_due_now_says_so(built_site: Path) -> None:
    assert told(built_site, "content/later.md", at="2024-07-12 09:00")["reasons"] == [
        "It may be shown at this time, and the last build did not know that yet. Build: yoyak build"
    ]


def test_a_theme_file_without_a_theme_shows_its_warning(built_site: Path) -> None:
    found = told(built_site, "content/themes/nothing.md")
    assert (found["on_site"], found["problems"][0]["code"]) == (False, "unknown-theme")


def test_an_article_with_an_error_shows_it_with_its_line_and_its_mend(site: Path) -> None:
    (site / "content/bad.md").write_text(article(rights="none"), encoding="utf-8")
    build_site(site)
    lines = why(site, "content/bad.md").stdout.splitlines()
    assert lines[1] == '  reported     content/bad.md:5:9: "rights" must be excerpt, full or link, not "none".'
    assert lines[2] == "  why          An error keeps it off the site. Fix it, then build: yoyak build"
    assert lines[3].strip() == "The last build failed, so the output is as it was before."


def test_a_note_with_an_error_shows_what_the_last_build_failed_of(site: Path) -> None:
    (site / "content/pages/bad.md").write_text("글.\n", encoding="utf-8")
    build_site(site)
    reasons = told(site, "content/pages/bad.md")["reasons"]
    assert any("content/pages/bad.md: This page has no title." in reason for reason in reasons)


def test_a_file_left_out_by_keep_going_says_why(site: Path) -> None:
    (site / "content/bad.md").write_text(article(rights="none"), encoding="utf-8")
    assert build_site(site, keep_going=True).report.complete
    found = told(site, "content/bad.md")
    assert found["reasons"] == ["An error keeps it off the site. Fix it, then build: yoyak build"]


@pytest.mark.parametrize("keep_going", [True, False])
def test_of_two_files_with_one_address_the_other_is_named(site: Path, *, keep_going: bool) -> None:
    (site / "content/2024/b.md").write_text(article(slug="b"), encoding="utf-8")
    (site / "content/z.md").write_text(article(slug="b"), encoding="utf-8")
    build_site(site, keep_going=keep_going)
    assert "content/2024/b.md" in why(site, "content/z.md").stdout


def test_a_name_that_differs_by_case_only_says_which(site: Path) -> None:
    (site / "content/B.md").write_text(article(), encoding="utf-8")
    if len({path.name for path in (site / "content").iterdir()} & {"b.md", "B.md"}) < 2:
        pytest.skip("this disk takes both for one name")
    build_site(site, keep_going=True)
    both = [told(site, "content/b.md"), told(site, "content/B.md")]
    away = next(one for one in both if not one["on_site"])
    assert '"B.md" and "b.md" are one name on many disks.' in [problem["message"] for problem in away["problems"]]


def test_a_name_that_is_there_in_two_forms_says_so(site: Path) -> None:
    for form in ("NFC", "NFD"):
        (site / "content" / normalize(form, "한강.md")).write_text(article(), encoding="utf-8")  # type: ignore[arg-type]
    build_site(site, keep_going=True)
    messages = [problem["message"] for problem in told(site, "content/한강.md")["problems"]]
    assert any("(NFD)" in message for message in messages)


def test_a_new_file_says_that_no_build_has_read_it(site: Path) -> None:
    (site / "content/new.md").write_text(article(), encoding="utf-8")
    found = told(site, "content/new.md")
    assert found["reasons"] == ["It has come since the last build. Build: yoyak build"]


def test_a_draft_that_has_changed_since_says_so(site: Path) -> None:
    (site / "content/draft.md").write_text(article(), encoding="utf-8")
    (change,) = _changes(site, "content/draft.md")
    assert change.startswith("content/draft.md has changed since the last build; this is about what it said then.")


def test_a_file_that_is_gone_is_still_on_the_site_until_the_next_build(site: Path) -> None:
    (site / "content/b.md").unlink()
    found = told(site, "content/b.md")
    assert (found["on_site"], found["changes"]) == (
        True,
        ["content/b.md is gone since the last build; the next build takes it off the site."],
    )


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("content/가온.md", "content/2024/가온.md"),
        ("content/2024/가오.md", "content/2024/가온.md"),
        ("content/B.md", "content/b.md"),
        ("가온.md", "content/2024/가온.md"),
        ("templates/artcle.html", "templates/article.html"),
        ("templates/assets/stile.css", "templates/assets/style.css"),
    ],
)
def test_a_file_that_is_not_there_says_which_may_be_meant(built_site: Path, asked: str, near: str) -> None:
    assert near in told(built_site, asked)["near"]


def test_a_file_beside_the_content_says_what_yoyak_reads(built_site: Path) -> None:
    reasons = told(built_site, built_site / "LICENSE.md")["reasons"]
    assert reasons == [
        f"yoyak reads site.yaml, content/ and templates/ of {built_site} only, and this is in none of them."
    ]


# --- addresses that do not exist ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("/articles/가온소식/", "/digest/articles/가온/"),
        ("/themas/ai/", "/digest/themes/ai/"),
        ("/Articles/B/", "/digest/articles/b/"),
        ("/b/", "/digest/articles/b/"),
        ("/themes/ai/page/7/", "/digest/themes/ai/"),
    ],
)
def test_an_address_that_does_not_exist_names_near_ones(built_site: Path, asked: str, near: str) -> None:
    done = why(built_site, asked)
    assert done.exit_code == 1
    assert "The site has no page and no file at this address." in done.stdout
    assert near in told(built_site, asked)["near"]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("/articles/later/",
         "content/later.md would have this address. It is scheduled. Ask more: yoyak why content/later.md"),
        ("/digest/articles/draft/",
         "content/draft.md would have this address. It is a draft. Ask more: yoyak why content/draft.md"),
        ("https://other.example/articles/b/",
         "It is no address of this site, which is at https://digest.example.org/digest/ by its site.yaml."),
        ("https://digest.example.org/articles/b/",
         "It is no address of this site, which is at https://digest.example.org/digest/ by its site.yaml."),
        ("mailto:somebody",
         "It is no address of this site, which is at https://digest.example.org/digest/ by its site.yaml."),
    ],
)  # fmt: skip
def test_an_address_without_a_page_says_what_would_have_it(built_site: Path, asked: str, reason: str) -> None:
    assert told(built_site, asked)["reasons"] == [reason]


def test_an_address_of_a_file_with_an_error_names_that_file(site: Path) -> None:
    (site / "content/bad.md").write_text(article(rights="none"), encoding="utf-8")
    build_site(site)
    assert told(site, "/articles/bad/")["reasons"] == [
        "content/bad.md may have this address, but an error keeps it off the site. Ask more: yoyak why content/bad.md"
    ]


def test_the_old_name_of_a_changed_style_names_the_new_one(site: Path) -> None:
    new = told(site, "templates/assets/style.css")["url"]
    found = told(site, "/digest/assets/style.0123456789.css")
    assert found["near"] == [new]


# --- the command ------------------------------------------------------------------------------------------------


def test_several_answers_are_a_list_and_one_that_is_missing_ends_with_1(built_site: Path) -> None:
    done = why(built_site, "--json", "/about/", "/nowhere/")
    assert done.exit_code == 1
    assert [one["on_site"] for one in json.loads(done.stdout)] == [True, False]
    assert why(built_site, "/about/").exit_code == 0


def test_without_a_build_it_says_to_build_first(tmp_path: Path) -> None:
    site = write_site(tmp_path / "site", {"content/a.md": article()}, plain=True)
    done = why(site, "/articles/a/")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"yoyak: {site}/output: No build is cached. Build first: yoyak build\n"


def test_another_output_is_asked_for_by_its_folder(site: Path, tmp_path: Path) -> None:
    output = tmp_path / "public"
    assert f"Build first: yoyak build --output {output}" in why(site, "--output", output, "/about/").stderr
    build_site(site, output=output)
    assert told(site, "--output", output, f"{output}/about/index.html")["kind"] == "page"


def test_a_damaged_store_is_told_and_left_as_it_is(site: Path) -> None:
    place = store_file(BuildRequest(folder=site))
    damaged = bytearray(place.read_bytes())
    damaged[100:4000] = b"x" * 3900
    place.write_bytes(damaged)
    done = why(site, "/about/")
    assert (done.exit_code, place.read_bytes()) == (1, bytes(damaged))
    assert "Build first: yoyak build" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def unchanged_store(built_site: Path) -> Iterator[None]:
    place = store_file(BuildRequest(folder=built_site))
    before = place.read_bytes()
    yield
    assert place.read_bytes() == before


@pytest.mark.usefixtures("unchanged_store")
def test_the_store_is_only_read(built_site: Path) -> None:
    why(built_site, "/", "content/b.md", "content/draft.md", "/nowhere/", "site.yaml", "templates/article.html")


def test_a_name_that_steers_a_terminal_is_printed_harmlessly(built_site: Path) -> None:
    done = why(built_site, "/articles/\x1b[31m\u202e/")
    assert done.exit_code == 1
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


@pytest.mark.parametrize(
    "asked",
    [
        "",
        ".",
        "..",
        "//",
        "#",
        "?",
        "%",
        "%00",
        "http://[",
        "http://",
        "~",
        "a\x00b",
        "output/..",
        "content/../b.md",
        "\udcff",
    ],
)
def test_no_argument_brings_it_down(built_site: Path, asked: str) -> None:
    done = why(built_site, asked)
    assert "itself failed" not in done.stderr
    assert done.exit_code in (0, 1, 2)


def test_the_json_can_be_read_back_as_the_documented_shape(built_site: Path) -> None:
    from yoyak.why.explanation import Explanation

    found = why(built_site, "--json", "/articles/가온/").stdout
    assert msgspec_json.decode(found, type=Explanation).kind == "article"


@pytest.mark.parametrize("asked", ["/", "/articles/가온/", "content/2024/가온.md", "content/draft.md", "/nowhere/"])
def test_an_explanation_has_korean_words_in_korean(built_site: Path, asked: str) -> None:
    done = CliRunner().invoke(commands, ["why", "--lang", "ko", "--site", str(built_site), "--at", AT, asked])
    rows = [line for line in done.stdout.splitlines()[1:] if not line.startswith("    ")]
    assert rows
    assert [row for row in rows if re.search("[a-z]", row.strip().split("  ")[0])] == []


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_kind_of_page_and_of_file_has_a_name(language: str) -> None:
    kinds = [f"what.{what.replace(' ', '-')}" for what in get_args(What) if what != "nothing"]
    assert all(speak(say(key), language) for key in kinds)
    assert [one.kind for one in PAGE_TYPES if not one.label or not speak(one.label, language)] == []


def test_every_file_of_a_site_is_explained(site: Path) -> None:
    outputs = [path for path in build_site(site).paths() if path]
    assert len(outputs) >= 30
    found = ask(site, None, None, [*outputs, *(f"/digest/{path}" for path in outputs)])
    assert [one.asked for one in found if not one.on_site] == []
    sources = [str(path) for path in site.rglob("*") if "output" not in path.parts and ".yoyak" not in path.parts]
    explained = [one for one in ask(site, None, None, sources) if one.on_site or one.reasons]
    assert len(explained) == len(sources)


def test_a_stale_approval_names_what_changed(tmp_path: Path) -> None:
    from desk.reviewed import FERRY, edit, review, reviewed_site

    site = reviewed_site(tmp_path)
    review(site, "approve", FERRY)
    edit(site, "2.50", "2.75")
    build_site(site)
    (found,) = ask(site, None, None, [str(site / FERRY)])
    said = [speak(reason) for reason in found.reasons]
    assert "What changed: summary: [2.50 euro→2.75 euro]; 1 paragraph changed." in said
