"""The archive and other pages, as a built site has them."""

from __future__ import annotations

import re
from pathlib import Path

from sites import SETTINGS, article, built, problems


def test_years_months_and_days_link_to_their_neighbours(tmp_path: Path) -> None:
    dates = ["2022-12-31", "2024-02-29", "2024-07-03", "2024-07-05"]
    found = built(tmp_path, {f"content/{date}-x{n}.md": article(date=date) for n, date in enumerate(dates)})
    assert {path for path in found.paths() if path.startswith("archive/")} == {
        "archive/index.html", "archive/2022/index.html", "archive/2022/12/index.html", "archive/2022/12/31/index.html",
        "archive/2024/index.html", "archive/2024/02/index.html", "archive/2024/02/29/index.html",
        "archive/2024/07/index.html", "archive/2024/07/03/index.html", "archive/2024/07/05/index.html",
    }  # fmt: skip
    assert 'rel="prev" href="/archive/2024/02/29/"' in found.text("archive/2024/07/03")
    assert 'rel="next" href="/archive/2024/07/05/"' in found.text("archive/2024/07/03")
    assert 'href="/archive/2022/"' in found.text("archive/2024")
    assert 'href="/archive/2024/07/"' in found.text("archive/2024/02")


def test_a_day_is_shaded_by_its_share_of_the_busiest(tmp_path: Path) -> None:
    counts = {1: 1, 2: 2, 3: 3, 4: 4, 5: 8}
    files = {
        f"content/{day}-{number}.md": article(date=f"2024-07-0{day}")
        for day, count in counts.items()
        for number in range(count)
    }
    levels = re.findall(r"2024-07-0(\d) \(\d, level (\d)\)", built(tmp_path, files).text("archive"))
    assert levels == [("1", "1"), ("2", "1"), ("3", "2"), ("4", "2"), ("5", "4")]


def test_one_article_is_shaded_faintly_where_no_day_has_many(tmp_path: Path) -> None:
    files = {f"content/{n}.md": article(date=f"2024-07-0{day}") for n, day in enumerate([1, 2, 2, 3])}
    levels = re.findall(r"2024-07-0(\d) \(\d, level (\d)\)", built(tmp_path, files).text("archive"))
    assert levels == [("1", "1"), ("2", "2"), ("3", "1")]


def test_the_archive_shows_the_twelve_newest_months(tmp_path: Path) -> None:
    files = {f"content/{n}.md": article(date=f"{2022 + n // 12}-{1 + n % 12:02}-01") for n in range(20)}
    assert len(re.findall(r"<h2>", built(tmp_path, files).text("archive"))) == 12


def test_a_themes_chart_counts_its_weeks(tmp_path: Path) -> None:
    files = {f"content/{n}.md": article(date=date) for n, date in enumerate(["2024-06-03", "2024-06-17", "2024-06-20"])}
    assert "weeks 2024-06-03=1 2024-06-10=0 2024-06-17=2" in built(tmp_path, files).text("themes/ai")


def test_related_articles_share_rare_tags(tmp_path: Path) -> None:
    files = {f"content/{n}.md": article(title=f"글 {n}", tags=["모두"], date=f"2024-07-0{n}") for n in range(1, 7)}
    files["content/x.md"] = article(title="드문 둘", tags=["모두", "드문"], date="2024-01-01")
    files["content/y.md"] = article(title="드문 하나", tags=["모두", "드문"], date="2024-01-02")
    related = re.findall(r'<p>related <a href="[^"]*">([^<]*)', built(tmp_path, files).text("articles/y"))
    assert related == ["드문 둘", "글 6", "글 5"]


def test_a_site_without_editions_has_no_list_of_them(tmp_path: Path) -> None:
    found = built(tmp_path, {"content/a.md": article()}, SETTINGS + "editions: {cadence: none}\n", plain=False)
    assert problems(found) == []
    assert not {path for path in found.paths() if path.startswith("editions")}


def test_feeds_hold_the_twenty_newest(tmp_path: Path) -> None:
    files = {f"content/{n}.md": article(date=f"2024-06-{1 + n:02}") for n in range(25)}
    found = built(tmp_path, files)
    for path in ("feed.xml", "themes/ai/feed.xml"):
        ids = re.findall(r"<id>tag:digest.example.org,2000:/articles/(\d+)</id>", found.text(path))
        assert ids == [str(number) for number in range(24, 4, -1)]


def test_the_map_lists_pages_but_no_old_address_and_no_error_page(tmp_path: Path) -> None:
    found = built(tmp_path, {"content/a.md": article(aliases=["/old/"], updated="2024-07-05 10:00")})
    addresses = re.findall(r"<loc>([^<]*)</loc>", found.text("sitemap.xml"))
    assert len(addresses) == len(set(addresses))
    assert not [address for address in addresses if "old" in address or "404" in address]
    assert (
        "<loc>https://digest.example.org/articles/a/</loc><lastmod>2024-07-05T10:00:00+09:00</lastmod>"
        in found.text("sitemap.xml")
    )


def test_machines_are_sent_away_from_a_preview(tmp_path: Path) -> None:
    found = built(tmp_path, {"content/a.md": article(status="draft")}, preview=True)
    assert "Disallow: /" in found.text("robots.txt").splitlines()
    pages = [path for path in found.paths() if path.endswith(".html")]
    assert all('content="noindex"' in found.text(path) for path in pages)
