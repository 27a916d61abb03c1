"""What is exchanged after a folder was listed is looked at again when it is read: nothing outside of the site is."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from sites import article, build_site, write_site
from yoyak.messages.catalogue import sentence
from yoyak.model.message import Problem
from yoyak.model.sources import Listed, SourceFile
from yoyak.pipeline.load import ARTICLE_LIMIT, list_content, read_source_file
from yoyak.settings.capture_rule_files import rule_files

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
FOREIGN = "밖에 있는 글이다."
LINK = "content/2026/a.md: This is a link to a file outside content/. Copy the file here instead."


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write_site(tmp_path / "away", {"content/a.md": article(FOREIGN), "content/_rules/a.yaml": "furniture: [foreign]\n"})
    return write_site(tmp_path / "site", {"content/2026/a.md": article("우리 글이다.")}, plain=True)


def away(site: Path) -> Path:
    return site.parent / "away" / "content"


def listed(site: Path) -> Listed:
    (one,) = list_content(site).articles
    return one


def told(found: SourceFile | Problem) -> str:
    assert isinstance(found, Problem)
    return sentence(found)


def _file_by_link(place: Path, other: Path) -> None:
    place.unlink()
    place.symlink_to(other / "a.md")


def _folder_by_link(place: Path, other: Path) -> None:
    place.parent.rename(place.parent.with_name("_aside"))
    place.parent.symlink_to(other)


def _content_by_link(place: Path, other: Path) -> None:
    content = place.parent.parent
    content.rename(content.with_name("aside"))
    (other / "2026").mkdir()
    (other / "2026" / "a.md").write_text(FOREIGN)
    content.symlink_to(other)


@pytest.mark.parametrize("exchange", [_file_by_link, _folder_by_link, _content_by_link])
def test_a_link_out_of_content_that_came_after_the_listing_is_refused(
    site: Path, exchange: Callable[[Path, Path], None]
) -> None:
    one = listed(site)
    exchange(Path(one.location), away(site))
    assert told(read_source_file(one)) == LINK


def test_a_pipe_that_came_after_the_listing_is_refused_at_once(site: Path) -> None:
    one = listed(site)
    Path(one.location).unlink()
    os.mkfifo(one.location)
    assert told(read_source_file(one)) == "content/2026/a.md: This is not a regular file. Move it out of content/."


def test_a_file_that_grew_after_the_listing_is_refused_with_its_size(site: Path) -> None:
    one = listed(site)
    os.truncate(one.location, ARTICLE_LIMIT + 7)
    assert f"This file has {ARTICLE_LIMIT + 7:,} bytes; {ARTICLE_LIMIT:,} are allowed." in told(read_source_file(one))


def test_a_link_inside_content_that_came_after_the_listing_is_read(site: Path) -> None:
    one = listed(site)
    place = Path(one.location)
    place.rename(place.with_name("_b.md"))
    place.symlink_to("_b.md")
    found = read_source_file(one)
    assert isinstance(found, SourceFile)
    assert "우리 글이다." in found.data.decode()


@pytest.mark.parametrize("what", ["_rules", "_rules/a.yaml"])
def test_rules_behind_a_link_are_not_read(site: Path, what: str) -> None:
    place = site / "content" / what
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(away(site) / what)
    assert rule_files(site) == ()


@pytest.mark.slow
def test_builds_while_files_and_folders_are_exchanged_publish_nothing_from_outside(site: Path) -> None:
    place = site / "content" / "2026"
    with _exchanged(place / "a.md", away(site) / "a.md"), _exchanged(place, away(site)):
        for _ in range(15):
            built = build_site(site, keep_going=True)
            assert not any(FOREIGN in path.read_text() for path in built.output.rglob("*.html"))


@contextmanager
def _exchanged(place: Path, other: Path) -> Iterator[None]:
    """Let a place be a link to another one again and again."""
    aside, link = place.with_name(f".{place.name}"), place.with_name(f".{place.name}.link")
    done = threading.Event()

    def run() -> None:
        while not done.wait(0.0003):
            with suppress(OSError):
                if not link.is_symlink():
                    link.symlink_to(other)
                if not place.is_symlink():
                    place.rename(aside)
                link.rename(place)
                done.wait(0.0003)
                place.unlink()
                aside.rename(place)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
