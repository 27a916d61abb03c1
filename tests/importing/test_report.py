"""The list with which an import ends."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest

from importing.desk import contents, new_site, only_article, run_import, written
from yoyak.importing.results import ImportRequest
from yoyak.importing.run import import_originals
from yoyak.importing.telling import import_lines
from yoyak.messages.catalogue import speak
from yoyak.messages.errors import YoyakError

DRAFT = "---\ntitle: 부두 <b>소식\ndraft: yes\nfoo: bar\ndate: 2024-07-01\n---\n\n본문 한 줄이다.\n"
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>가온일보</title><link>https://{0}/</link><item>
<title>등대</title><link>https://{0}/2024/light/</link><pubDate>Mon, 01 Jul 2024 09:00:00 +0900</pubDate>
<description>등대가 다시 켜졌다고 시가 밝혔다.</description></item></channel></rss>"""


def test_the_page_says_what_was_held_back_and_escapes_it(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, "a.md", DRAFT))
    page = (site / "import-report.html").read_text("utf-8")
    assert "draft: yes" in page
    assert "foo: bar" in page
    assert "부두 &lt;b&gt;소식" in page
    assert "<script" not in page


def test_the_lines_say_the_status_and_why(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    lines = list(import_lines(run_import(site, written(tmp_path, "a.md", DRAFT))))
    assert " · draft: Where it comes from, it says draft: yes" in lines[0]
    assert "By status: draft: 1." in lines


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("publishDate: 2099-01-01", "approved: It appears on 2099-01-01."),
        ("date: 2099-03-04", "approved: It appears on 2099-03-04."),
        ("expiryDate: 2020-01-01 09:00", "approved: It expired on 2020-01-01 09:00."),
        ("publishDate: 2020-01-01", ""),
        ("expiryDate: 2099-01-01", ""),
    ],
)
def test_what_its_own_dates_keep_from_readers_is_said(line: str, said: str, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    day = "" if line.startswith("date") else "date: 2024-07-01\n"
    report = run_import(site, written(tmp_path, "a.md", f"---\ntitle: 부두\n{day}{line}\n---\n\n본문 한 줄이다.\n"))
    first = next(import_lines(report))
    assert said in first
    assert bool(said) == ("approved:" in first)


def test_an_article_without_a_word_is_said(tmp_path: Path) -> None:
    report = run_import(new_site(tmp_path / "site"), written(tmp_path, "a.md", "---\ntitle: 부두\n---\n"))
    assert "no text" in map(speak, report.imported[0].unsure)


def test_the_page_begins_with_what_failed_and_leads_to_each_part(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    bad = written(tmp_path, "b.md", "---\ntitle: 섬\ndate: 2024-13-40\n---\n\n글이다.\n")
    import_originals(ImportRequest(folder=site, named=(str(written(tmp_path, "a.md", DRAFT)), str(bad))))
    page = (site / "import-report.html").read_text("utf-8")
    assert "<p>draft: 1, 가져오지 못한 파일: 1</p>" in page
    assert page.count('<th scope="col">') >= 8
    assert re.findall(r'<a href="#([^"]+)"', page) == [quote(part) for part in re.findall(r'<h2 id="([^"]+)"', page)]
    assert '<td class="error" data-of="알림">오류: ' in page
    assert '<td class="word" data-of="상태">draft</td>' in page


def test_a_dry_run_gives_the_text_and_writes_nothing(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    report = run_import(site, written(tmp_path, "a.md", DRAFT), dry_run=True)
    assert "status: draft" in report.imported[0].text
    assert contents(site) == {}
    assert not (site / "import-report.html").exists()


@pytest.mark.parametrize(("host", "ours"), [("digest.example.org", False), ("other.example", True)])
def test_the_desk_s_own_feed_names_no_source(tmp_path: Path, host: str, ours: bool) -> None:
    site = new_site(tmp_path / "site")
    feed = written(tmp_path, "feed.xml", FEED.format(host))
    import_originals(ImportRequest(folder=site, named=(str(feed),), ours=ours))
    assert "source" not in only_article(site).replace("_sources", "")
    assert "rights: full" in only_article(site)


def test_a_feed_of_others_keeps_its_source(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, "feed.xml", FEED.format("other.example")))
    assert 'source_url: "https://other.example/2024/light/"' in only_article(site)


def test_an_origin_that_there_is_not_is_refused_with_the_one_that_was_meant(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    with pytest.raises(YoyakError, match='Did you mean "wordpress"'):
        import_originals(ImportRequest(folder=site, named=("x",), origin="wordpres"))


SOURCES = "sources:\n  우리: {url: 'https://old.gaon.example/', aliases: [www.gaon.example]}\n"


@pytest.mark.parametrize(
    ("host", "own", "why"),
    [
        ("www.digest.example.org", True, "your own, since the host is that of base_url"),
        (
            "old.gaon.example",
            False,
            'taken as those of "우리", whose host is under sources in site.yaml. If that is you',
        ),
        ("gaon.example", False, 'taken as those of "우리"'),
        ("other.example", False, "somebody else's, since that host is neither in base_url nor under sources"),
    ],
)
def test_a_feed_is_said_to_be_one_s_own_or_not_and_why(host: str, own: bool, why: str, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    with (site / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write(SOURCES)
    report = run_import(site, written(tmp_path, "feed.xml", FEED.format(host)))
    assert ("rights: full" in only_article(site)) is own
    (line,) = [line for line in import_lines(report) if line.startswith("1 article of ")]
    assert why in line


def test_an_option_that_makes_all_one_s_own_is_named(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    feed = written(tmp_path, "feed.xml", FEED.format("other.example"))
    report = import_originals(ImportRequest(folder=site, named=(str(feed),), ours=True))
    assert [*map(speak, report.whose)] == ["1 article of other.example: your own, since --ours says so."]
