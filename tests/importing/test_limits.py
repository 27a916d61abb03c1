"""One entry, part or value of an original that cannot be taken costs itself only, and is named."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest

from importing.desk import contents, new_site, only_article, run_import, written
from sites import build_site
from yoyak.front_matter.read import split
from yoyak.importing.failures import each, entry_failed, why
from yoyak.messages.catalogue import printed, speak

ODD = "<![nonsense[>"
EDGES = [
    "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+09:00", "0001-01-01T00:00:00Z",
    "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "Fri, 31 Dec 9999 23:59:59 -1400", "Mon, 01 Jan 0001 00:00:00 GMT",
    "9" * 400,
]  # fmt: skip
HEAD = "From: a@b.example\nDate: {}\nSubject: {}\nMIME-Version: 1.0\nContent-Type: {}\n\n"


def _feed(*items: str) -> str:
    listed = "".join(
        f"<item><guid>urn:gaon:{number}</guid>{item}<description>섬으로 가는 배가 떴다 {number}.</description></item>"
        for number, item in enumerate(items)
    )
    link = "<link>https://gaon.example/</link>"
    return f'<rss version="2.0"><channel><title>가온일보</title>{link}{listed}</channel></rss>'


def _articles(site: Path) -> list[str]:
    return [text.decode() for path, text in contents(site).items() if not path.startswith("_sources")]


def test_a_feed_with_dates_at_the_edge_of_the_calendar_is_imported_whole(tmp_path: Path) -> None:
    items = (f"<title>{number}</title><pubDate>{edge}</pubDate>" for number, edge in enumerate(EDGES))
    site = new_site(tmp_path / "site")
    report = run_import(site, written(tmp_path, "feed.xml", _feed(*items)))
    assert len(report.imported) == len(EDGES)
    assert [text for text in _articles(site) if "\ndate:" in text] == []
    assert [problem for problem in report.problems if problem.severity == "error"] == []


@pytest.mark.parametrize("edge", EDGES)
def test_a_mail_with_a_date_at_the_edge_has_none(edge: str, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    report = run_import(site, written(tmp_path, "a.eml", HEAD.format(edge, "A", "text/plain") + "Some words.\n"))
    assert report.complete
    assert "\ndate:" not in only_article(site)


def test_an_odd_declaration_in_an_entry_costs_neither_it_nor_the_feed(tmp_path: Path) -> None:
    escaped = ODD.replace("<", "&lt;").replace(">", "&gt;")
    items = [f"<title>하나 &lt;b&gt;{escaped}&lt;/b&gt;</title>", "<title>둘</title>"]
    feed = _feed(*items).replace("떴다 1", f"떴다 {escaped}&lt;p&gt; 1")
    site = new_site(tmp_path / "site")
    report = run_import(site, written(tmp_path, "feed.xml", feed))
    assert len(report.imported) == 2
    assert report.complete


def test_an_odd_declaration_in_a_mail_costs_nothing(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    mail = HEAD.format("Wed, 3 Jul 2024 08:00:00 +0900", "A", "text/html; charset=utf-8") + f"<p>앞 {ODD}뒤</p>"
    assert run_import(site, written(tmp_path, "a.eml", mail)).complete
    assert "앞 뒤" in only_article(site)


@pytest.mark.parametrize(
    "error", [OverflowError("x"), RecursionError(), MemoryError(), KeyError("a"), AssertionError()]
)
def test_what_fails_is_named_and_the_others_are_read(error: Exception) -> None:
    def read(item: str) -> str:
        if item == "둘":
            raise error
        return item

    found, problems = each(["하나", "둘", "셋"], read, lambda item, raised: entry_failed("feed.xml", item, raised))
    assert found == ["하나", "셋"]
    (problem,) = problems
    assert printed(problem) == (
        f'feed.xml: error: The entry "둘" of this feed cannot be read: {speak(why(error))}. '
        "The other entries are imported. Save its page in a browser, and import that. [not-importable]"
    )
    assert type(error).__name__ in speak(why(error))


def test_of_too_many_categories_the_first_are_taken_and_the_entry_is_named(tmp_path: Path) -> None:
    categories = "".join(f"<category>섬 {number}</category>" for number in range(150))
    site = new_site(tmp_path / "site")
    report = run_import(site, written(tmp_path, "feed.xml", _feed(f"<title>하나</title>{categories}")))
    assert 'tags: ["섬 0"' in only_article(site) or "tags: [섬 0" in only_article(site)
    assert "섬 99" in only_article(site)
    assert "섬 100" not in only_article(site)
    assert [speak(problem.message) for problem in report.problems if problem.code == "too-many"] == [
        'In the entry "하나" of this feed: "tags" has 150 items; 100 are allowed. The first 100 are taken.'
    ]


def test_front_matter_past_its_bounds_is_cut_in_an_import(tmp_path: Path) -> None:
    head = (
        f"title: 하나\ndate: 2024-07-03\ntags: [{', '.join(f'섬 {n}' for n in range(120))}]\nsummary: {'말 ' * 1500}\n"
    )
    site = new_site(tmp_path / "site")
    report = run_import(site, written(tmp_path, "a.md", f"---\n{head}---\n\n섬으로 간다.\n"))
    assert report.complete
    assert sorted(problem.code for problem in report.problems if problem.code.startswith("too-")) == [
        "too-long",
        "too-many",
    ]
    assert [problem for problem in build_site(site).report.problems if problem.severity == "error"] == []


def test_an_old_address_that_windows_refuses_is_left_out_of_an_import(tmp_path: Path) -> None:
    text = "---\ntitle: 하나\ndate: 2024-07-03\naliases: [/old/, '/wiki/Category:Ferries/']\n---\n\n섬으로 간다.\n"
    site = new_site(tmp_path / "site")
    report = run_import(site, written(tmp_path, "a.md", text))
    assert report.complete
    assert [problem.code for problem in report.problems] == ["bad-alias"]
    assert "Category" not in (split(only_article(site)).head or "")


@pytest.mark.parametrize("name", ["con.eml", "NUL .eml", "a?b<c>.eml", f"{'각' * 60}.eml", "com¹.tar.eml", "x.eml "])
def test_an_original_is_kept_under_a_name_that_every_disk_takes(name: str, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    mail = HEAD.format("Wed, 3 Jul 2024 08:00:00 +0900", "각" * 60, "text/plain") + "Some words.\n"
    assert run_import(site, written(tmp_path, name, mail)).complete
    for part in {part for path in contents(site) for part in path.split("/")}:
        assert len(normalize("NFD", part).encode()) <= 255
        assert not set(part) & set('<>:"|?*\\')
        assert part == part.rstrip(". ")
        assert part.split(".")[0].strip().lower() not in ("con", "nul", "com¹")
