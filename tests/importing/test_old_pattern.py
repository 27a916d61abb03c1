"""The pattern that the addresses of an old site follow is proposed, and gives its articles the addresses they had."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from importing.desk import new_site, run_import, written
from importing.origins.blogs import BLOGS
from importing.origins.old_folders import moved
from rows import each_row
from sites import build_site
from yoyak.importing.tally import OldAddress, old_pattern
from yoyak.importing.telling import import_lines

DAYS = (date(2024, 7, 3), date(2023, 11, 12), date(2022, 2, 2))
SLUGS = ("ferry", "새-부두", "pier-2")


def found(*addresses: str, theme: str = "Sea Life") -> list[OldAddress]:
    return [
        OldAddress(path=f"content/{slug}.md", address=address, slug=slug, day=day, theme=theme)
        for address, slug, day in zip(addresses, SLUGS, DAYS, strict=False)
    ]


@each_row(
    ("pattern", "addresses"),
    [
        ("/:year/:month/:day/:slug/", ("/2024/07/03/ferry/", "/2023/11/12/새-부두/", "/2022/02/02/pier-2/")),
        ("/:year/:month/:slug/", ("/2024/07/ferry", "/2023/11/%EC%83%88-%EB%B6%80%EB%91%90", "/2022/02/pier-2")),
        ("/:slug/", ("/ferry/", "/새-부두/", "/pier-2/")),
        ("/:slug.html", ("/ferry.html", "/새-부두.html", "/pier-2.html")),
        ("/entry/:slug/", ("/entry/ferry", "/entry/새-부두", "/entry/pier-2")),
        ("/sea-life/:slug/", ("/sea-life/ferry/", "/sea-life/새-부두/", "/x/y/")),
        ("/:year/:month/:slug.html", ("/2024/07/ferry.html", "/2023/11/새-부두.html", "/2019/01/pier-2.html")),
        ("/blog/:year-:month-:day-:slug/", ("/blog/2024-07-03-ferry/", "/blog/2023-11-12-새-부두/", "/about/")),
        ("/posts/:slug/", ("/posts/ferry/index.html", "/posts/새-부두/index.html", "/posts/pier-2/index.html")),
        ("/:slug/", ("/2024/2/ferry/", "/새-부두/", "/pier-2/")),
        ("/:year:month/:slug/", ("/202407/ferry/", "/202311/새-부두/", "/202202/pier-2/")),
    ],
)
def test_a_pattern_is_found_from_more_than_half_of_the_addresses(pattern: str, addresses: tuple[str, ...]) -> None:
    one = old_pattern(found(*addresses, theme="" if "sea" in pattern else "Sea Life"), "/", "/articles/:slug/")
    assert one is not None
    assert one.pattern == pattern
    assert one.follow + len(one.others) == 3


@each_row(
    "addresses",
    [
        (),
        ("/2024/07/03/ferry/",),
        ("/123", "/124", "/125"),
        ("/?p=1", "/?p=2"),
        ("/a/ferry/", "/b/새-부두/", "/c/pier-2/"),
        ("/tags/ferry/", "/tags/새-부두/"),
        ("/articles/ferry/", "/articles/새-부두/"),
        ("/p/ferry/", "/2023/x/", "/2022/y/"),
    ],
)
def test_no_pattern_is_proposed_that_few_follow_or_that_is_no_pattern(addresses: tuple[str, ...]) -> None:
    assert old_pattern(found(*addresses), "/", "/articles/:slug/") is None


def test_a_site_below_a_path_gets_the_pattern_without_it() -> None:
    one = old_pattern(found("/blog/2024/07/ferry/", "/blog/2023/11/새-부두/", "/pier-2/"), "/blog/", "/articles/:slug/")
    assert one is not None
    assert (one.pattern, one.others) == ("/:year/:month/:slug/", (("/pier-2/", "content/pier-2.md"),))


def test_a_day_that_is_the_month_too_is_taken_for_the_day() -> None:
    days = [("/2024/07/07/a/", "a", date(2024, 7, 7)), ("/2022/02/02/b/", "b", date(2022, 2, 2))]
    same = [OldAddress(path="", address=address, slug=slug, day=day, theme="") for address, slug, day in days]
    one = old_pattern(same, "/", "/articles/:slug/")
    assert one is not None
    assert one.pattern == "/:year/:month/:day/:slug/"


POST = "---\ntitle: {}\n{}---\n\n글이다.\n"
OLD: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "jekyll": (
        "/:year/:month/:day/:slug.html",
        {
            "_config.yml": "title: T\n",
            **{f"_posts/2024-07-0{n}-post-{n}.md": POST.format(f"글 {n}", "") for n in (1, 2, 3)},
            "_posts/2024-07-04-odd.md": POST.format("다른 글", "permalink: /odd/\n"),
        },
    ),
    "hugo": (
        "/posts/:slug/",
        {
            "hugo.toml": "title = 'T'\n",
            **{f"content/posts/post-{n}.md": POST.format(f"글 {n}", f"date: 2024-07-0{n}\n") for n in (1, 2, 3)},
            "content/posts/odd.md": POST.format("다른 글", "date: 2024-07-04\nurl: /odd/\n"),
        },
    ),
    "hexo": (
        "/:year/:slug/",
        {
            "_config.yml": "title: T\npermalink: :year/:title/\nsource_dir: source\n",
            "package.json": '{"dependencies": {"hexo": "7.0.0"}}',
            **{f"source/_posts/post-{n}.md": POST.format(f"글 {n}", f"date: 2024-07-0{n}\n") for n in (1, 2, 3)},
            "source/_posts/odd.md": POST.format("다른 글", "date: 2024-07-04\npermalink: odd/\n"),
        },
    ),
}


@pytest.mark.parametrize("program", OLD)
def test_with_the_proposed_line_articles_keep_their_addresses(tmp_path: Path, program: str) -> None:
    pattern, files = OLD[program]
    site, report = moved(tmp_path, files)
    assert report.permalinks is not None
    assert (report.permalinks.pattern, report.permalinks.follow) == (pattern, 3)
    assert [address for address, _ in report.permalinks.others] == ["/odd/"]
    (line,) = [line for line in import_lines(report) if "permalinks: " in line]
    assert line.startswith("3 of 4 articles had addresses of one pattern.")
    assert line.endswith(f" in site.yaml: permalinks: {pattern}")
    settings = site / "site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + f"permalinks: {pattern}\n", encoding="utf-8")
    built = build_site(site)
    assert [one.code for one in built.report.problems if one.severity == "error" or "alias" in one.code] == []
    for one in report.imported:
        place = built.output / (one.address.lstrip("/") + ("index.html" if one.address.endswith("/") else ""))
        assert place.is_file(), one.address


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("wordpress", "/:year/:month/:slug/"),
        ("blogger-old", "/:year/:month/:slug.html"),
        ("blogger-new", "/:year/:month/:slug.html"),
        ("ghost", "/:slug/"),
        ("substack", "/p/:slug/"),
        ("ttxml", "/entry/:slug/"),
        ("tistory", ""),
        ("medium", ""),
    ],
)
def test_exports_of_blogs_are_proposed_a_pattern(tmp_path: Path, name: str, pattern: str) -> None:
    site = new_site(tmp_path / "site")
    for file, text in BLOGS[name]().files.items():
        written(tmp_path, f"in/{file}", text)
    report = run_import(site, tmp_path / "in")
    assert (report.permalinks.pattern if report.permalinks else "") == pattern
