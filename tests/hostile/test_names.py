"""Names and kinds of files that a disk allows and a site cannot use: each is refused or handled, and named."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest
from msgspec import json

from sites import article, build_site, built, problems, write_site

pytestmark = pytest.mark.slow

Yoyak = Callable[..., subprocess.CompletedProcess[str]]
GOOD = {"content/good.md": article("좋은 글이다.", title="좋은 글")}
HIDDEN = "holds an invisible character"
LINK = "content/{}: This is a link to a file outside content/. Copy the file here instead."
KIND = "content/{}: This is not a regular file. Move it out of content/."
FOLDER = "content/{}: This is a link to a folder; such links are not followed."
UNREADABLE = "content/{}: This file cannot be read: {}."


def _device(place: Path) -> None:
    try:
        os.mknod(place, 0o600 | 0o020000, os.makedev(1, 5))  # /dev/zero, which never ends
    except OSError:
        pytest.skip("no right to make a device")


def _socket(place: Path) -> None:
    here = Path.cwd()
    os.chdir(place.parent)  # the name of a socket may be no longer than a hundred bytes
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(place.name)
    finally:
        os.chdir(here)


@pytest.mark.parametrize(
    ("name", "make", "line"),
    [
        ("a.md", lambda place: place.symlink_to("/etc/passwd"), LINK),
        ("a.md", lambda place: place.symlink_to("../../outside.md"), LINK),
        ("a.md", lambda place: place.symlink_to("/dev/zero"), LINK),
        ("a.md", lambda place: place.symlink_to("a.md"), UNREADABLE.format("{}", "too many levels of symbolic links")),
        ("a.md", lambda place: place.symlink_to("gone.md"), UNREADABLE.format("{}", "no such file or directory")),
        ("a.md", os.mkfifo, KIND),
        ("a.md", _device, KIND),
        ("a.md", _socket, KIND),
        ("a.png", os.mkfifo, KIND),
        ("up", lambda place: place.symlink_to(".."), FOLDER),
        ("etc", lambda place: place.symlink_to("/etc"), FOLDER),
    ],
    ids="passwd outside zero loop dangling pipe device socket pipe-picture folder-loop folder-out".split(),
)  # fmt: skip
def test_what_is_no_file_of_the_site_is_refused_by_name(
    tmp_path: Path, name: str, make: Callable[[Path], object], line: str
) -> None:
    write_site(tmp_path / "site", GOOD, plain=True)
    (tmp_path / "outside.md").write_text(article("새면 안 되는 글이다."), encoding="utf-8")
    make(tmp_path / "site" / "content" / name)
    found = build_site(tmp_path / "site", keep_going=True)
    (told,) = problems(found)
    assert told.startswith(line.format(name))
    assert sorted(path.name for path in (tmp_path / "site/output/articles").iterdir()) == ["good"]
    assert not any("새면 안 되는" in path.read_text() for path in (tmp_path / "site/output").rglob("*.html"))


def test_a_content_folder_that_is_a_link_out_of_the_site_is_not_followed(tmp_path: Path) -> None:
    write_site(tmp_path / "other", GOOD)
    folder = write_site(tmp_path / "site", {}, plain=True)
    (folder / "content").rmdir()
    (folder / "content").symlink_to(tmp_path / "other" / "content")
    line = "content/: This is a link to a folder outside the site. Copy the folder here instead."
    assert problems(build_site(folder)) == [line]


def test_a_content_folder_may_be_a_link_inside_the_site(tmp_path: Path) -> None:
    folder = write_site(tmp_path, GOOD, plain=True)
    (folder / "content").rename(folder / "articles")
    (folder / "content").symlink_to("articles")
    assert build_site(folder).report.articles == 1


NAMES = {
    "control": (b"a\x07b.md", "content/a\ufffdb.md: error: The name of this file holds a control character (U+0007)."),
    "line end": (b"a\nb.md", "content/a\ufffdb.md: error: The name of this file holds a control character (U+000A)."),
    "escape": (b"\x1b[31mred.md", "content/\ufffd[31mred.md: error: The name of this file holds a control character"),
    "no text": (b"\xff\xfe.md", "content/\\udcff\\udcfe.md: error: The name of this file is not text."),
    "no text, no article": (b"\xb0\xa1.hwp", "content/\\udcb0\\udca1.hwp: error: The name of this file is not text."),
    "turned round": ("a\u202edm.exe.md".encode(), f"The name of this file {HIDDEN} (U+202E, right-to-left override)."),
    "zero width": ("가\u200b온.md".encode(), f"The name of this file {HIDDEN} (U+200B, zero width space)."),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_no_plain_text_is_told(tmp_path: Path, yoyak: Yoyak, name: str) -> None:
    raw, line = NAMES[name]
    write_site(tmp_path, GOOD, plain=True)
    Path(os.fsdecode(os.fsencode(tmp_path / "content") + b"/" + raw)).write_text(article(), encoding="utf-8")
    done = yoyak("build", "--site", tmp_path, "--keep-going")
    assert done.returncode == 0, done.stderr
    assert line in done.stdout + done.stderr
    assert not set("\x07\x1b\u202e") & set(done.stdout + done.stderr)


ABSURD = [
    "-n.md", "--help.md", "a b  c.md", "CON.md", "nul.txt.md", "a..md", "a .md", "가온.md", "%2e%2e%2f.md", "a\\b.md",
    "'\";&|$(id).md", "<b>x.md", "{{ x }}.md", "{% raw %}.md", "😀 a.md", "a" * 252 + ".md", "가" * 84 + ".md",
    "\u200f\u05d0.md",
]  # fmt: skip


@pytest.mark.parametrize("name", ABSURD)
def test_an_absurd_name_is_an_article_like_any_other(tmp_path: Path, name: str) -> None:
    found = built(tmp_path, {**GOOD, f"content/{name}": article("본문이다.", title="이름뿐인 글")})
    assert found.report.complete, problems(found)
    assert found.report.articles == 2
    outputs = [path.relative_to(found.output).as_posix() for path in found.output.rglob("*")]
    assert all(len(part.encode()) <= 255 for path in outputs for part in path.split("/"))
    assert all(path.isprintable() for path in outputs)
    assert "이름뿐인 글" in found.text("feed.xml")


def test_a_name_without_a_letter_is_told(tmp_path: Path) -> None:
    found = built(tmp_path, {**GOOD, "content/!!!.md": article()}, keep_going=True)
    assert found.report.left_out == ("content/!!!.md",)


def test_folders_that_begin_with_a_line_are_never_articles(tmp_path: Path) -> None:
    hidden = {
        f"content/{name}": article("숨은 글이다.") for name in ("_sources/a.md", "_rules/b.md", "2024/_c.md", ".d.md")
    }
    found = built(tmp_path, {**GOOD, **hidden})
    assert found.report.articles == 1
    assert not found.report.problems


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_links_tags_and_authors_are_one_in_either_form(tmp_path: Path, form: str) -> None:
    other = {"NFC": "NFD", "NFD": "NFC"}[form]

    def names(form: str) -> dict[str, object]:
        return {
            "tags": [normalize(form, "항구")],
            "authors": [normalize(form, "한별")],
            "source": normalize(form, "가온일보"),
            "rights": "full",
        }

    link = normalize(other, "[섬](<섬 소식.md>) ![그림](섬.svg)")
    files = {
        normalize(form, "content/섬 소식.md"): article(**names(form)),
        normalize(form, "content/섬.svg"): '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "content/b.md": article(link, **names(other)),
    }
    found = built(tmp_path, files)
    assert not [line for line in problems(found) if "warning" not in line]
    assert "articles/섬-소식/index.html" in found.paths()
    for kind in ("tags/항구", "authors/한별", "sources/가온일보"):
        assert f"{kind}/index.html" in found.paths()
    assert all(normalize("NFC", path) == path for path in found.paths())
    assert all(
        normalize("NFC", text) == text
        for path in found.paths()
        if path.endswith(".html")
        for text in [found.text(path)]
    )


def test_a_file_that_goes_away_while_it_is_read_costs_itself_only(tmp_path: Path, yoyak: Yoyak) -> None:
    folder = write_site(tmp_path, GOOD, plain=True)
    (folder / "content" / "a.md").symlink_to("/proc/self/mem")
    done = yoyak("build", "--site", folder, "--keep-going", "--json")
    assert [problem["code"] for problem in json.decode(done.stdout)["problems"]] == ["link-out-of-site"]


def test_names_that_turn_the_direction_of_writing_are_isolated_and_told(tmp_path: Path) -> None:
    turned = {name: f"{name}\u202e가온" for name in ("source", "author", "tag", "theme", "title")}
    text = article(
        title=turned["title"],
        source=turned["source"],
        authors=[turned["author"]],
        tags=[turned["tag"]],
        themes=[turned["theme"]],
    )
    found = built(tmp_path, {"content/a.md": text, **GOOD}, plain=False)
    page = found.text("articles/a")
    for name in ("source", "author", "tag", "theme"):
        assert f"<bdi>{turned[name]}</bdi>" in page
        assert turned[name] not in page.replace(f"<bdi>{turned[name]}</bdi>", "").partition("<main")[2]
    told = [problem for problem in found.report.problems if problem.code == "hidden-character"]
    assert len(told) == 5
    assert {problem.line for problem in told} == {2, 4, 5, 6, 7}
