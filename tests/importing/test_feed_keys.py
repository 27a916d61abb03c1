"""Feeds that are for one subscriber are imported, and their file with its key is not kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from importing.desk import contents, new_site, run_import, written
from yoyak.importing.entries import has_key
from yoyak.messages.catalogue import speak

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>소식</title><link>{}</link><item><title>배</title>
<link>https://n.example.org/a?token=of-the-entry</link><guid>1</guid><description>본문이다.</description></item></channel></rss>"""


@pytest.mark.parametrize(
    "address",
    [
        "https://n.example.org/feed?token=4f8a9c",
        "https://n.example.org/feed?a=1&amp;api_key=abcdef",
        "https://kim:s3cret@n.example.org/feed",
        "https://n.example.org/private/4f8a9c1b2e3d5a6b7c8d9e0f/rss",
        "https://n.example.org/rss.xml?u=4f8a9c1b2e3d5a6b7c8d",
    ],
)
def test_an_address_with_a_key_is_found(address: str) -> None:
    assert has_key(FEED.format(address).encode())


@pytest.mark.parametrize(
    "address",
    [
        "https://n.example.org/feed",
        "https://n.example.org/feed?format=rss&amp;id=42",
        "https://n.example.org/2024-07-03-the-new-boats-of-the-harbour/feed",
    ],
)
def test_an_address_without_one_is_not(address: str) -> None:
    assert not has_key(FEED.format(address).encode())


def test_the_address_of_a_json_feed_is_looked_at_and_those_of_entries_are_not() -> None:
    text = '{"items": [{"url": "https://n.example.org/?key=abcdef"}], "feed_url": "https:\\/\\/n.example.org\\/f%s"}'
    assert has_key((text % "?key=abcdef").encode())
    assert not has_key((text % "").encode())


def test_a_feed_with_a_key_is_imported_and_its_file_is_not_kept(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    feed = written(tmp_path, "in/f.rss", FEED.format("https://n.example.org/feed?token=4f8a9c"))
    run = run_import(site, feed)
    assert len(run.imported) == 1
    assert "4f8a9c" not in str(contents(site))
    assert any("has a key in it" in speak(left.why) for left in run.left)
    assert run_import(site, feed).imported == ()
