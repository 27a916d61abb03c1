"""`status: unlisted`: a page for those who know its address, and nothing that leads there by itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from yoyak.build.build import build
from yoyak.cli.build_text import closing_lines
from yoyak.messages.catalogue import printed
from yoyak.model.build import BuildRequest

NOON = datetime(2024, 7, 5, 12, tzinfo=UTC)
SETTINGS = (
    "title: 가온 소식\nbase_url: https://t.example.org/\ntimezone: Asia/Seoul\n"
    "themes: [{slug: zqthemezq, title: 숨김}, {slug: port, title: 항구}]\n"
)
HIDDEN = """---
title: zqtitlezq
status: unlisted
date: 2024-07-01 09:00
themes: [zqthemezq]
tags: [zqtagzq, 배]
source: zqsourcezq
source_url: https://news.example/1
rights: full
authors: [zqauthorzq]
aliases: [/old/hidden/]
---

zqbodyzq ![배](pier.svg)
"""
SHOWN = "---\ntitle: 보이는 글\ndate: 2024-07-02 09:00\nthemes: [port]\ntags: [배]\n---\n\n{}\n"
PAGE = "---\ntitle: zqpagezq\nstatus: unlisted\n---\n\nzqwordszq\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    _write(tmp_path, "site.yaml", SETTINGS)
    _write(tmp_path, "content/hidden.md", HIDDEN)
    _write(tmp_path, "content/pier.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>')
    _write(tmp_path, "content/shown.md", SHOWN.format("본문."))
    _write(tmp_path, "content/pages/quiet.md", PAGE)
    return tmp_path


def _write(site: Path, name: str, text: str) -> None:
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text(text, "utf-8")


def _built(site: Path, *, preview: bool = False) -> dict[str, str]:
    request = BuildRequest(folder=site, at=NOON, preview=preview)
    report = build(request)
    assert report.complete, [printed(problem) for problem in report.problems]
    files = [path for path in (site / "output").rglob("*") if path.suffix in (".html", ".xml", ".json")]
    return {path.relative_to(site / "output").as_posix(): path.read_text("utf-8") for path in files}


@pytest.mark.parametrize("preview", [False, True])
def test_an_unlisted_article_is_on_its_own_page_and_nowhere_else(site: Path, preview: bool) -> None:
    pages = _built(site, preview=preview)
    named = {"zqtitlezq", "zqtagzq", "zqsourcezq", "zqauthorzq", "zqbodyzq", "articles/hidden"}
    where = {path for path, text in pages.items() if any(word in text for word in named)} - {".yoyak-manifest.json"}
    assert where == {"articles/hidden/index.html", "old/hidden/index.html"}


def test_an_unlisted_own_page_is_in_no_sitemap(site: Path) -> None:
    pages = _built(site)
    assert {path for path, text in pages.items() if "zqwordszq" in text or "/quiet/" in text} - {
        ".yoyak-manifest.json"
    } == {"quiet/index.html"}


@pytest.mark.parametrize("path", ["articles/hidden/index.html", "quiet/index.html", "old/hidden/index.html"])
def test_pages_that_are_unlisted_ask_search_engines_to_stay_away(site: Path, path: str) -> None:
    assert 'name="robots" content="noindex"' in _built(site)[path]


def test_the_page_of_an_unlisted_article_has_its_source_and_its_picture(site: Path) -> None:
    page = _built(site)["articles/hidden/index.html"]
    assert "zqsourcezq" in page
    assert 'href=""' not in page
    assert list((site / "output").rglob("pier*.svg"))


def test_a_link_to_an_unlisted_article_or_page_stays_a_link(site: Path) -> None:
    _write(site, "content/shown.md", SHOWN.format("[글](hidden.md), [쪽](/quiet/), [[zqtitlezq]]"))
    page = _built(site)["articles/shown/index.html"]
    assert page.count('href="/articles/hidden/"') == 2
    assert 'href="/quiet/"' in page


def test_a_preview_marks_what_is_unlisted(site: Path) -> None:
    pages = _built(site, preview=True)
    assert 'class="ribbon unlisted"' in pages["articles/hidden/index.html"]
    assert 'class="ribbon unlisted"' in pages["quiet/index.html"]
    assert "ribbon" not in _built(site)["articles/hidden/index.html"]


def test_an_unlisted_article_waits_for_its_time_too(site: Path) -> None:
    _write(site, "content/hidden.md", HIDDEN.replace("2024-07-01", "2024-08-01"))
    pages = _built(site)
    assert not any("zqtitlezq" in text for text in pages.values())


def test_an_unlisted_article_of_a_theme_that_no_list_has_is_built(site: Path) -> None:
    _write(site, "site.yaml", SETTINGS.partition("themes:")[0] + "\n")
    assert "zqbodyzq" in _built(site)["articles/hidden/index.html"]


def test_the_closing_lines_count_unlisted_articles(site: Path) -> None:
    report = build(BuildRequest(folder=site, at=NOON))
    again = build(BuildRequest(folder=site, at=NOON))
    line = "unlisted: 1 article, each with a page and in no list"
    assert line in list(closing_lines(report))
    assert line in list(closing_lines(again))
