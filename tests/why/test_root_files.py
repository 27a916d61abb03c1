"""What ``yoyak why`` says of files of content/public/, and of those that hosts read."""

from __future__ import annotations

from pathlib import Path

import pytest

from sites import NOON, SETTINGS, article, build_site, write_site
from yoyak.messages.catalogue import speak
from yoyak.model.message import say
from yoyak.why.answer import why
from yoyak.why.explanation import Explanation

FILES = {"content/a.md": article(), "content/public/ads.txt": "a\n", "content/public/x.html": "<script>"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_site(tmp_path, FILES, SETTINGS + "hosting: {headers: true}\n", plain=True)
    build_site(tmp_path, keep_going=True)
    return tmp_path


def asked(site: Path, one: str) -> Explanation:
    (found,) = why(site, None, NOON, [one])
    return found


@pytest.mark.parametrize("name", ["content/public/ads.txt", "/ads.txt", "https://digest.example.org/ads.txt"])
def test_a_published_file_has_its_address_and_its_source(site: Path, name: str) -> None:
    found = asked(site, name)
    assert (found.on_site, found.url, found.file) == (True, "/ads.txt", "ads.txt")
    assert (found.name, found.changes) == ("content/public/ads.txt", ())


def test_a_file_that_is_held_back_has_its_problem(site: Path) -> None:
    found = asked(site, "content/public/x.html")
    assert not found.on_site
    assert [one.code for one in found.problems] == ["root-file"]


@pytest.mark.parametrize("name", ["_headers", "/_headers"])
def test_a_file_for_hosts_follows_from_the_settings(site: Path, name: str) -> None:
    found = asked(site, name)
    assert (found.on_site, found.settings) == (True, ("deploy", "hosting"))


def test_what_changed_since_the_build_is_said(site: Path) -> None:
    (site / "content/public/ads.txt").write_text("other", encoding="utf-8")
    assert "content/public/ads.txt" in speak(asked(site, "/ads.txt").changes[0])
    (site / "content/public/ads.txt").unlink()
    found = asked(site, "content/public/ads.txt")
    assert (found.on_site, found.reasons[0]) == (False, say("absent.gone"))
