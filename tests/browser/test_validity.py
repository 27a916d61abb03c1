"""What machines read of a built site is right: HTML, CSS, feeds, the sitemap, links and weights."""

from __future__ import annotations

import gzip
import json
import subprocess
from functools import cache
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import urlopen
from xml.etree import ElementTree as ET

import feedparser
import pytest
from bs4 import BeautifulSoup

from browser.kinds import html_files, pages_of
from browser.sites import WRITERS, BuiltSites, ServedSite

LINKS = {"a": "href", "link": "href", "script": "src", "img": "src", "source": "src", "iframe": "src"}
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_nu_validator_finds_no_error(built: BuiltSites, nu_validator: tuple[str, ...]) -> None:
    folders = [str(built(name).output) for name in WRITERS]
    options = ("--format", "json", "--errors-only", "--skip-non-html", "--also-check-css", "--also-check-svg")
    result = subprocess.run([*nu_validator, *options, *folders], capture_output=True, text=True)
    found = [
        f"{message.get('url', '')}:{message.get('lastLine', 0)}: {message['message']} | {message.get('extract', '')}"
        for message in json.loads(result.stderr)["messages"]
    ]
    assert found == []


def test_every_link_of_every_page_is_answered(site: ServedSite) -> None:
    """Asked of a plain static server, at the root and below a path, which stands in for the site's own host."""
    links = {link for file in html_files(site.output) for link in _links(file, site)}
    assert sorted(link for link in links if link.startswith(site.home) and not _is_answered(link)) == []


def test_every_link_stays_below_the_base_path(site: ServedSite) -> None:
    origin = site.home[: site.home.index("/", 8) + 1]
    links = {link for file in html_files(site.output) for link in _links(file, site)}
    assert sorted(link for link in links if link.startswith(origin) and not link.startswith(site.home)) == []


def test_feedparser_reads_every_feed(site: ServedSite) -> None:
    feeds = {file: feedparser.parse(file.read_bytes()) for file in _xml_feeds(site.output)}
    assert len(feeds) >= 2
    assert [(file, feed.bozo_exception) for file, feed in feeds.items() if feed.bozo] == []


def test_ids_in_a_feed_are_unique(site: ServedSite) -> None:
    for file in _xml_feeds(site.output):
        ids = [entry.id for entry in feedparser.parse(file.read_bytes()).entries]
        assert len(ids) == len(set(ids)), file


def test_links_in_a_feed_are_absolute(site: ServedSite) -> None:
    for file in _xml_feeds(site.output):
        feed = feedparser.parse(file.read_bytes())
        links = [link.href for part in [feed.feed, *feed.entries] for link in part.get("links", [])]
        content = " ".join(item.value for entry in feed.entries for item in entry.get("content", []))
        soup = BeautifulSoup(content, "html.parser")
        links += [node[name] for name in ("href", "src") for node in soup.find_all(attrs={name: True})]
        notes = {f"#{node['id']}" for node in soup.find_all(id=True)}  # a note stays inside its entry
        assert [link for link in links if not urlsplit(str(link)).scheme and link not in notes] == [], file


def test_the_json_feed_says_what_the_atom_feed_says(site: ServedSite) -> None:
    feed = json.loads((site.output / "feed.json").read_text(encoding="utf-8"))
    atom = feedparser.parse((site.output / "feed.xml").read_bytes())
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in feed["items"]] == [entry.id for entry in atom.entries]


def test_the_sitemap_lists_pages_that_are_there(site: ServedSite) -> None:
    tree = ET.parse(site.output / "sitemap.xml")
    places = [str(node.text) for node in tree.iter(f"{SITEMAP}loc")]
    assert places
    assert [place for place in places if not _is_answered(_on_server(place, site))] == []


def test_an_article_weighs_under_20_kilobytes(built: BuiltSites) -> None:
    site = built("korean")
    weights = {path: (site.output / path).stat().st_size for path in pages_of("article", site.output)}
    assert {path: weight for path, weight in weights.items() if weight >= 20_000} == {}


def test_there_is_one_light_script(built: BuiltSites) -> None:
    assert len(_only(built("korean"), "js")) < 6_000


def test_there_is_one_style_sheet_that_travels_light(built: BuiltSites) -> None:
    """As hosts send it; docs/decisions/0062-the-style-sheet-is-weighed-packed.md says why."""
    assert len(gzip.compress(_only(built("korean"), "css"), 9)) < 8_000


def _only(site: ServedSite, ending: str) -> bytes:
    files = list((site.output / "assets").rglob(f"*.{ending}"))
    assert len(files) == 1
    return files[0].read_bytes()


def _xml_feeds(output: Path) -> list[Path]:
    return sorted([*output.rglob("feed.xml"), *output.rglob("rss.xml")])


@cache
def _links(file: Path, site: ServedSite) -> set[str]:
    """Return the addresses that a page names, made absolute; those on the site's own host lead to its server."""
    soup = BeautifulSoup(file.read_bytes(), "html.parser")
    page = site.url(file.relative_to(site.output).as_posix())
    written = [str(node[name]) for tag, name in LINKS.items() for node in soup.find_all(tag, attrs={name: True})]
    return {_on_server(urldefrag(urljoin(page, link)).url, site) for link in written}


def _on_server(url: str, site: ServedSite) -> str:
    return site.home + url.removeprefix(site.base_url) if url.startswith(site.base_url) else url


def _is_answered(url: str) -> bool:
    try:
        with urlopen(url) as answer:
            return bool(answer.status == 200)
    except HTTPError:
        return False
