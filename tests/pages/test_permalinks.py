"""Addresses of articles by a pattern of site.yaml: pages, lists, feeds, links and pictures follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from pictures import png
from sites import SETTINGS, article, build_site, built, problems, write_site
from yoyak.build.addresses import addresses_of_build, note_addresses
from yoyak.text.urls import article_url, normal_pattern

THEMES = "themes: [{slug: ai, title: 인공지능}]\n"


def settings(pattern: str) -> str:
    return f'{SETTINGS}{THEMES}permalinks: "{pattern}"\n'


@pytest.mark.parametrize(
    ("pattern", "output"),
    [
        ("/articles/:slug/", "articles/ferry/index.html"),
        ("/:year/:month/:day/:slug/", "2024/07/03/ferry/index.html"),
        ("/:slug.html", "ferry.html"),
        ("/:slug", "ferry/index.html"),
        (":theme/:slug/", "ai/ferry/index.html"),
        ("/posts/:year-:month/:slug.htm", "posts/2024-07/ferry.htm"),
        ("/글/:slug/", "글/ferry/index.html"),
        ("//:slug//", "ferry/index.html"),
    ],
)
def test_article_is_where_the_pattern_says(tmp_path: Path, pattern: str, output: str) -> None:
    found = built(tmp_path, {"content/ferry.md": article()}, settings(pattern))
    assert problems(found) == []
    assert output in found.paths()
    url = "/" + output.removesuffix("index.html")
    assert found.report.complete
    for path in ("feed.xml", "sitemap.xml"):
        assert url.replace("글", "%EA%B8%80") in found.text(path)


@pytest.mark.parametrize(
    "pattern",
    [
        "/:title/", "/:slugs/", "/:year/", "/posts/", "", "/tags/:slug/", "/Assets/:slug/", "/../:slug/", "/.x/:slug/",
        "/a?b=:slug", "/con/:slug/", "/https://x/:slug", "/:slug/\\u0000/",
    ],
)  # fmt: skip
def test_pattern_that_cannot_be_used_is_an_error(tmp_path: Path, pattern: str) -> None:
    found = built(tmp_path, {"content/ferry.md": article()}, settings(pattern))
    assert not found.report.complete
    assert all(problem.path == "site.yaml" for problem in found.report.problems)


def test_links_and_pictures_follow(tmp_path: Path) -> None:
    files = {
        "content/2024/a.md": article("[b](b.md) ![그림](p.png)", title="가", date="2024-07-03"),
        "content/2024/b.md": article("[a](/2024/07/a/) [c](../../08/c/)", title="나", date="2024-07-04"),
        "content/2024/c.md": article("[b](../../07/b/)", title="다", date="2024-06-04"),
        "content/2024/p.png": png(8, 8),
    }
    found = built(tmp_path, files, settings("/:year/:month/:slug/"), plain=False, keep_going=True)
    assert 'href="/2024/07/b/"' in found.text("2024/07/a")
    assert 'src="/assets/' in found.text("2024/07/a")
    assert [line for line in problems(found) if "../../08/c/" in line]
    assert not [line for line in problems(found) if "07" in line.partition("The link")[2]]


def test_article_without_a_date_stays_at_the_usual_place(tmp_path: Path) -> None:
    found = built(tmp_path, {"content/ferry.md": article(date=None)}, settings("/:year/:slug/"))
    assert "articles/ferry/index.html" in found.paths()


def test_two_articles_may_have_one_slug_at_two_addresses(tmp_path: Path) -> None:
    files = {"content/1/ferry.md": article(date="2023-01-01"), "content/2/ferry.md": article(date="2024-01-01")}
    found = built(tmp_path, files, settings("/:year/:slug/"))
    assert problems(found) == []
    assert {"2023/ferry/index.html", "2024/ferry/index.html"} <= found.paths()


@pytest.mark.parametrize("slug", ["tags", "archive", "소개"])
def test_article_never_takes_the_place_of_another_page(tmp_path: Path, slug: str) -> None:
    files = {"content/a.md": article(slug=slug), "content/pages/소개.md": "---\ntitle: 소개\n---\n우리.\n"}
    found = built(tmp_path, files, settings("/:slug/"))
    assert [(one.code, one.path) for one in found.report.problems] == [("same-address", "content/a.md")]


def test_change_of_the_pattern_redirects_and_keeps_ids(tmp_path: Path) -> None:
    write_site(tmp_path, {"content/ferry.md": article()}, settings("/:year/:slug/"), plain=True)
    found = build_site(tmp_path)
    note_addresses(tmp_path, addresses_of_build(tmp_path, found.output))
    write_site(tmp_path, {}, settings("/:slug.html"))
    again = build_site(tmp_path)
    assert "ferry.html" in again.text("2024/ferry")
    assert "<id>tag:digest.example.org,2000:/2024/ferry</id>" in again.text("feed.xml")


def test_portable_pages_name_files(tmp_path: Path) -> None:
    files = {"content/a.md": article("[b](b.md)", title="가"), "content/b.md": article(title="나")}
    found = built(tmp_path, files, settings("/:slug.html"), plain=False, portable=True)
    assert 'href="b.html"' in found.text("a.html")


def test_parts_are_those_of_the_article() -> None:
    assert normal_pattern("x/:slug.html/") == "/x/:slug.html"
    assert article_url("/:theme/:slug/", "/d/", slug="a", day=None, theme="그 밖의 소식") == (
        "/d/%EA%B7%B8-%EB%B0%96%EC%9D%98-%EC%86%8C%EC%8B%9D/a/"
    )
