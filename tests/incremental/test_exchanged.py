"""A file that is exchanged between a look at it and its reading is not taken for the one that was looked at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sites import NOON, article, build_site, write_site
from yoyak.build.build import build
from yoyak.incremental.unchanged import look, untouched
from yoyak.model.build import BuildRequest

ONE, OTHER = "하나의 글이다.", "다른 글이다."


def own(body: str) -> str:
    return article(body, date=None, themes=None)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {"content/a.md": article(ONE), "content/b.md": article("더 있다."), "content/pages/c.md": own(ONE)}
    files |= {"content/.a.md": article(OTHER), "content/pages/.c.md": own(OTHER)}
    folder = write_site(tmp_path, files, plain=True)
    for path in folder.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return folder


def exchange(place: Path) -> None:
    """Let a file and the one of the same name with a dot change places, with their times."""
    other, aside = place.with_name(f".{place.name}"), place.with_name(".aside")
    place.rename(aside)
    other.rename(place)
    aside.rename(other)


@pytest.mark.parametrize("name", ["a.md", "pages/c.md"])
@pytest.mark.parametrize("edited", [False, True], ids=["first build", "small build"])
def test_what_was_read_in_the_place_of_another_is_read_again(site: Path, name: str, edited: bool) -> None:
    place = site / "content" / name
    if edited:
        build_site(site)
        place.write_text(place.read_text().replace(ONE, f"{ONE} 고쳤다."))
        os.utime(place, (1_700_000_001, 1_700_000_001))
    request = BuildRequest(folder=site, at=NOON)
    seen = look(request)
    exchange(place)
    build(request, seen=seen)
    assert OTHER in shown(site)
    exchange(place)
    assert untouched(request, {}, look(request)) is None
    build_site(site)
    assert OTHER not in shown(site)


def shown(site: Path) -> str:
    pages = (*(site / "output" / "articles").rglob("*.html"), *(site / "output" / "c").rglob("*.html"))
    return "".join(path.read_text() for path in pages)
