"""content/public/: what is copied to the root of the output, what is held back, and what is not even looked at."""

from __future__ import annotations

import os
from pathlib import Path
from unicodedata import normalize

import pytest
from msgspec import json

from sites import SETTINGS, Files, article, build_site, built, problems, tree, write_site
from yoyak.model.build import MANIFEST

ARTICLE = {"content/a.md": article()}
TOKEN = "google-site-verification: google1a2b3c4d5e6f7a8b.html"
LISTED = SETTINGS + "hosting: {public: [%s]}\n"


def public(
    folder: Path, files: Files, settings: str = SETTINGS, **request: object
) -> tuple[dict[str, bytes], list[str]]:
    """Build a site with these files in content/public/; return the output and the problems."""
    below = {f"content/public/{path}": data for path, data in files.items()}
    found = built(folder, {**ARTICLE, **below}, settings, keep_going=True, **request)
    return tree(found.output), problems(found)


def test_files_are_copied_byte_for_byte_and_named_in_the_manifest(tmp_path: Path) -> None:
    files = {"ads.txt": b"a\r\nb", "google1a2b3c4d5e6f7a8b.html": TOKEN.encode(), ".well-known/security.txt": b"C: d\n"}
    output, found = public(tmp_path, files)
    assert found == []
    assert {path: output[path] for path in files} == files
    assert files.keys() <= json.decode((tmp_path / "output" / MANIFEST).read_bytes())["files"].keys()


def test_an_article_in_the_folder_is_held_back_as_an_error(tmp_path: Path) -> None:
    output, found = public(tmp_path, {"b.md": article("숨은 글")})
    assert "b.md" not in output
    (line,) = found
    assert line.startswith("content/public/b.md: This file is not published: an article does not belong in")


def test_the_message_says_what_to_write_into_the_settings_and_that_works(tmp_path: Path) -> None:
    files = {"보도 자료/it's [1].pdf": b"%PDF-1.4", "flyer.html": b"<script>1</script>"}
    _, found = public(tmp_path / "before", files)
    lines = [one.partition("site.yaml: ")[2] for one in found]
    listed = [line.removeprefix("hosting: {public: [").removesuffix("]}") for line in lines]
    output, found = public(tmp_path / "after", files, LISTED % ", ".join(listed))
    assert found == []
    assert {path: output[path] for path in files} == files


@pytest.mark.parametrize("listed", ["/press/kit.pdf", "./press/kit.pdf", "content/public/press/kit.pdf", "/press/"])
def test_a_listed_path_may_begin_where_people_think_it_does(tmp_path: Path, listed: str) -> None:
    output, found = public(tmp_path, {"press/kit.pdf": b"%PDF-1.4"}, LISTED % listed)
    assert ("press/kit.pdf" in output, found) == (True, [])


@pytest.mark.parametrize("listed", ["press", "'*'", "/", "''", "press/*", "PRESS/KIT.PDF"])
def test_what_is_no_path_of_a_file_allows_nothing(tmp_path: Path, listed: str) -> None:
    output, found = public(tmp_path, {"press/kit.pdf": b"%PDF-1.4"}, LISTED % listed)
    assert "press/kit.pdf" not in output
    assert any("content/public/press/kit.pdf" in one for one in found)


def test_a_listed_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    _, found = public(tmp_path, {"kit.pdf": b"%PDF-1.4", "a/b": b"abc"}, LISTED % "kit.pdf, a/, kitt.pdf, b/")
    assert [one.split(" lists ")[1].split(",")[0] for one in found] == ["b/", "kitt.pdf"]


@pytest.mark.parametrize("name", ["con.txt", "a. ", "a?.txt", "a:b.txt", "a\\b.txt"])
def test_a_name_that_some_disk_does_not_take_is_held_back(tmp_path: Path, name: str) -> None:
    output, found = public(tmp_path, {name: b"abc"}, LISTED % f"'{name}'")
    assert name not in output
    assert "cannot have this name" in found[0]


@pytest.mark.parametrize("path", [".env", ".htaccess", ".git/config", ".ssh/id_rsa", "sub/.env"])
def test_a_hidden_file_is_reported_and_not_published(tmp_path: Path, path: str) -> None:
    output, found = public(tmp_path, {path: b"SECRET=1"})
    assert not any(b"SECRET" in data for data in output.values())
    assert len(found) == 1


def test_a_hidden_file_can_be_listed_but_never_one_of_git_or_of_yoyak(tmp_path: Path) -> None:
    files = {".htaccess": b"x", ".git/config": b"x", MANIFEST: b"{}", "assets/a.css": b"", "Assets/b.css": b""}
    output, found = public(tmp_path, files, LISTED % f".htaccess, .git/, '{MANIFEST}', assets/, Assets/")
    assert ".htaccess" in output
    assert not any(path.startswith((".git/", "assets/a.css", "Assets/")) for path in output)
    assert [one.split(":")[0] for one in found] == [
        "content/public/.git", f"content/public/{MANIFEST}", "content/public/Assets", "content/public/assets",
    ]  # fmt: skip


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "ads.txt~", ".gitkeep", "._ads.txt", "~$ads.txt"])
def test_what_programs_leave_is_neither_published_nor_mentioned(tmp_path: Path, name: str) -> None:
    output, found = public(tmp_path, {name: b"x"})
    assert (name in output, found) == (False, [])


@pytest.mark.parametrize(
    "name", ["index.html", "tags", "feed.xml", "Sitemap.xml", "archive/index.html", "about/x.pdf/y"]
)
def test_a_file_never_takes_the_place_of_a_page(tmp_path: Path, name: str) -> None:
    below = {"content/pages/about.md": "---\ntitle: 소개\n---\n\n글\n", "content/pages/x.md": "---\ntitle: 가\n---\n"}
    plain = built(tmp_path / "plain", {**ARTICLE, **below})
    write_site(tmp_path / "site", {**below, f"content/public/{name}": b"x"})
    output, found = public(tmp_path / "site", {}, LISTED % name)
    taken = [one for one in found if "is taken already" in one]
    assert len(taken) == (0 if name.startswith("about") else 1)
    assert {path: output[path] for path in tree(plain.output)} == tree(plain.output)


def test_a_robots_file_and_a_listed_error_page_take_the_place_of_ours(tmp_path: Path) -> None:
    files = {"robots.txt": b"User-agent: *\n", "404.html": b"<h1>none</h1><img src=x>"}
    output, found = public(tmp_path, files, LISTED % "404.html")
    assert found == []
    assert {path: output[path] for path in files} == files


def test_a_preview_has_its_own_robots_file(tmp_path: Path) -> None:
    output, _ = public(tmp_path, {"robots.txt": b"User-agent: *\nAllow: /\n"}, preview=True)
    assert b"Disallow: /" in output["robots.txt"]


def test_names_are_composed_and_two_spellings_are_one(tmp_path: Path) -> None:
    apart = normalize("NFD", "가.txt")
    output, found = public(tmp_path, {apart: b"abc", "ADS.txt": b"1", "ads.txt": b"2"}, LISTED % "'가.txt'")
    assert "가.txt" in output
    assert apart not in output
    assert ["one file on Windows" in one or "one name" in one or "ADS.txt" in one for one in found] == [True]
    assert len({path for path in output if path.lower() == "ads.txt"}) == 1


def test_capitals_of_the_folder_make_no_articles_of_its_files(tmp_path: Path) -> None:
    found = built(
        tmp_path, {**ARTICLE, "content/Public/ads.txt": "a, b\n", "content/2024/public/b.md": article(slug="b")}
    )
    assert problems(found) == []
    assert found.report.articles == 2
    assert "ads.txt" in found.paths()


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
def test_links_lead_to_files_of_the_folder_only(tmp_path: Path) -> None:
    write_site(tmp_path, {"content/public/.well-known/token": b"abc", "content/a.md": article("초안", status="draft")})
    folder = tmp_path / "content" / "public"
    (tmp_path / "secret.txt").write_text("SECRET")
    (folder / "ads.txt").symlink_to(folder / ".well-known" / "token")
    (folder / "humans.txt").symlink_to(tmp_path / "content" / "a.md")
    (folder / "robots.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "all").symlink_to(tmp_path)
    found = build_site(tmp_path, keep_going=True)
    assert (found.output / "ads.txt").read_bytes() == b"abc"
    assert not (found.output / "ads.txt").is_symlink()
    assert not found.paths() & {"humans.txt", "loop.txt", "all"}
    assert "SECRET" not in found.text("robots.txt")
    assert {one.split(":")[0].rpartition("/")[2] for one in problems(found)} == {
        "humans.txt", "robots.txt", "loop.txt", "all",
    }  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
@pytest.mark.parametrize("name", ["content/public", "content"])
def test_a_folder_that_is_a_link_is_not_followed(tmp_path: Path, name: str) -> None:
    write_site(tmp_path / "away", {"ads.txt": b"away", "public/ads.txt": b"away"})
    write_site(tmp_path / "site", {})
    place = tmp_path / "site" / name
    if place.exists():
        place.rmdir()
    place.symlink_to(tmp_path / "away")
    found = build_site(tmp_path / "site", keep_going=True)
    assert "ads.txt" not in found.paths()
    assert found.report.problems


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_and_a_huge_file_are_reported_and_not_read(tmp_path: Path) -> None:
    write_site(tmp_path, ARTICLE, LISTED % "film.mp4")
    folder = tmp_path / "content" / "public"
    folder.mkdir()
    os.mkfifo(folder / "ads.txt")
    for name in ("film.mp4", "humans.txt"):
        with (folder / name).open("wb") as file:
            file.truncate(40_000_000)
    found = build_site(tmp_path, keep_going=True)
    assert [one.code for one in found.report.problems] == ["not-a-file", "file-too-large", "root-file"]
    assert not found.paths() & {"ads.txt", "film.mp4", "humans.txt"}


def test_an_article_may_link_to_a_file_at_the_root(tmp_path: Path) -> None:
    found = built(
        tmp_path,
        {"content/a.md": article("[자료](/kit.pdf)"), "content/public/kit.pdf": b"%PDF-1.4"},
        LISTED % "kit.pdf",
    )
    assert problems(found) == []
