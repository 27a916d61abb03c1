"""From the path of a request to a file of the preview, and to nothing else."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rows import each_row
from yoyak.preview.addresses import answer, read_inside, version
from yoyak.preview.session import Snapshot

KEY = normalize("NFC", "tags/소버린-ai/index.html")
FILES = {"index.html": "d1", "404.html": "d2", "articles/summit/index.html": "d3", KEY: "d4", "feed.xml": "d5"}
ROOT = Snapshot(files=FILES)
BELOW = Snapshot(files=FILES, base_path="/digest/")


@each_row(
    ("path", "file"),
    [
        ("/", "index.html"),
        ("/index.html", "index.html"),
        ("/articles/summit/", "articles/summit/index.html"),
        ("/articles/summit/index.html", "articles/summit/index.html"),
        ("/feed.xml", "feed.xml"),
        (quote(normalize("NFC", "/tags/소버린-ai/")), KEY),
        (quote(normalize("NFD", "/tags/소버린-ai/")), KEY),
        (normalize("NFC", "/tags/소버린-ai/"), KEY),
        (quote(normalize("NFC", "/tags/소버린-ai/")).lower(), KEY),
    ],
)
def test_an_address_leads_to_its_file(path: str, file: str) -> None:
    found = answer(path.encode(), ROOT)
    assert (found.status, found.file) == (200, file)


def test_a_folder_without_its_slash_is_sent_to_the_address_with_it() -> None:
    found = answer(quote("/tags/소버린-ai").encode(), ROOT)
    assert (found.status, found.location) == (307, quote("/tags/소버린-ai/"))


def test_a_site_below_a_path_is_found_there() -> None:
    assert answer(b"/digest/articles/summit/", BELOW).file == "articles/summit/index.html"


def test_the_top_leads_to_a_site_below_a_path() -> None:
    assert answer(b"/", BELOW).location == "/digest/"


def test_a_redirect_stays_below_the_path() -> None:
    assert answer(b"/digest/articles/summit", BELOW).location == "/digest/articles/summit/"


@pytest.mark.parametrize("path", [b"/articles/summit/", b"/digest", b"/digestarticles/summit/"])
def test_what_is_not_below_the_path_is_not_there(path: bytes) -> None:
    assert answer(path, BELOW).status == 404


def test_what_is_not_there_gets_the_sites_own_page_for_it() -> None:
    assert answer(b"/nothing/", ROOT).file == "404.html"


def test_what_is_not_there_gets_no_page_when_the_site_has_none() -> None:
    assert answer(b"/nothing/", Snapshot()).file == ""


@given(st.binary())
def test_no_path_leads_to_anything_but_a_listed_file(path: bytes) -> None:
    found = answer(path, ROOT)
    assert found.file in FILES or found.location


@given(st.lists(st.sampled_from([b"/", b".", b"..", b"%2e", b"%2f", b"\\", b"articles", b"summit", b"//evil", b"%00"])))
def test_a_redirect_never_leads_to_another_host(parts: list[bytes]) -> None:
    assert answer(b"".join(parts), ROOT).location in ("", "/articles/summit/")


def test_a_page_has_another_version_when_its_file_has_another_content() -> None:
    changed = Snapshot(files=FILES | {"index.html": "other"})
    path = answer(b"/", ROOT)
    assert version(path, ROOT) != version(path, changed)


def test_a_page_has_the_same_version_when_only_another_file_changed() -> None:
    changed = Snapshot(files=FILES | {"feed.xml": "other"})
    path = answer(b"/", ROOT)
    assert version(path, ROOT) == version(path, changed)


def test_a_page_that_is_not_there_has_another_version_than_the_page_that_says_so() -> None:
    missing, page = answer(b"/nothing/", ROOT), answer(b"/404.html", ROOT)
    assert version(missing, ROOT) != version(page, ROOT)


def test_a_file_of_the_preview_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_bytes(b"page")
    assert read_inside(tmp_path, "a/index.html") == b"page"


@pytest.mark.parametrize(
    "file",
    ["link.html", "folder/secret.html", "../secret.html", "a/../../secret.html", "gone.html", ".", "a", "a\0b", ""],
)
def test_a_link_or_a_file_outside_is_not_read(tmp_path: Path, file: str) -> None:
    root = tmp_path / "preview"
    (root / "a").mkdir(parents=True)
    (tmp_path / "secret.html").write_bytes(b"secret")
    (root / "link.html").symlink_to(tmp_path / "secret.html")
    (root / "folder").symlink_to(tmp_path)
    assert read_inside(root, file) is None


def test_a_loop_of_links_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.html").symlink_to(tmp_path / "a.html")
    assert read_inside(tmp_path, "a.html") is None
