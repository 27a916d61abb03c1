"""Sites with mistakes: the words of every problem, all of them in one run, and nothing written."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from unicodedata import normalize

import pytest

from figures import nodes_of, tree_of_file
from golden import INVALID, invalid_cases, problems_of
from rows import each_row
from sites import NOON, article, build_site, built, problems, write_site
from yoyak.build.build import BuildRequest, build
from yoyak.messages.errors import YoyakError
from yoyak.paths import failed_build

PACKAGE = Path(__file__).parent.parent / "generator" / "yoyak"
TOLD = {"report", "warn", "problem", "problem_of", "refuse", "_problem", "warning", "_warning", "_refusal"}
MADE_BY_THE_DISK = {
    "bad-clock", "file-too-large", "for-one-reader", "left-behind", "link-out-of-site", "link-to-folder",
    "login-in-address", "not-a-file",
    "not-importable", "original-damaged", "runaway-file", "same-name", "text-cut", "unreadable-file", "unreadable-name",
}  # fmt: skip
"""Codes whose sites a checkout cannot hold; their tests stand below, in hostile/ and in importing/."""
SMALL = '<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.mark.parametrize("case", invalid_cases())
def test_every_mistake_is_told_in_these_words(case: str, tmp_path: Path) -> None:
    expected = (INVALID / case / "problems.txt").read_text(encoding="utf-8")
    assert problems_of(case, tmp_path / "site") == expected
    assert expected


@each_row("case", invalid_cases())
def test_every_problem_names_its_file_and_ends_as_a_sentence(case: str) -> None:
    text = (INVALID / case / "problems.txt").read_text(encoding="utf-8")
    for line in re.sub(r"^---\n(?:.+\n)+?---\n", "", text, flags=re.MULTILINE).splitlines():
        assert re.match(r"(content/|templates/|site\.yaml)[^:]*(:\d+(:\d+)?)?: \S", line), line


def test_every_code_has_a_site() -> None:
    codes = set(_codes())
    covered = {code for code in codes if any(case.startswith(code) for case in invalid_cases())}
    elsewhere = {
        "body-unsure": "capture-body-unsure",
        "broken-link": "broken-link",
        "date-year-inferred": "capture-year-inferred",
        "empty-value": "empty-item",
        **dict.fromkeys(("bad-span", "number-gap", "overlapping-editions", "same-edition"), "spans"),
        "pinned-twice": "pins",
        "title-unsure": "capture-body-unsure",
        "unknown-pin": "pins",
    }
    assert set(elsewhere.values()) <= set(invalid_cases())
    assert codes - covered - set(elsewhere) - MADE_BY_THE_DISK == set()


def _codes() -> Iterator[str]:
    """Yield every code that the source can give a problem."""
    for path in PACKAGE.rglob("*.py"):
        for node in nodes_of(tree_of_file(path)):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                values = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
                values += node.args[:2] if name in TOLD else []
                texts = [str(value.value) for value in values if isinstance(value, ast.Constant)]
                codes = (text.partition(".")[0] for text in texts)  # a key of a message begins with its code
                yield from (t for t in codes if re.fullmatch(r"[a-z]+(-[a-z0-9]+)+|tab", t))


def test_a_site_with_an_error_writes_nothing_and_says_so(tmp_path: Path) -> None:
    found = built(tmp_path, {"content/a.md": article(title=None), "content/b.md": article()})
    assert not found.report.complete
    assert not found.output.exists()
    assert "no title" in (tmp_path / ".yoyak" / "failed-build").read_text(encoding="utf-8")


def test_the_rest_is_published_when_asked_for(tmp_path: Path) -> None:
    files = {"content/a.md": article(title=None), "content/b.md": article()}
    found = built(tmp_path, files, keep_going=True)
    assert found.report.left_out == ("content/a.md",)
    assert {path for path in found.paths() if path.startswith("articles/")} == {"articles/b/index.html"}


def test_a_build_that_the_disk_stops_leaves_a_mark(tmp_path: Path) -> None:
    write_site(tmp_path, {"content/a.md": article(), "taken": "a file"})
    output = tmp_path / "taken" / "output"
    with pytest.raises(YoyakError, match=r"taken.* could not be written: not a directory"):
        build(BuildRequest(folder=tmp_path, output=output, at=NOON))
    assert "taken" in failed_build(tmp_path, output).read_text(encoding="utf-8")


def test_a_failed_build_leaves_the_last_output_as_it_was(tmp_path: Path) -> None:
    good = built(tmp_path, {"content/a.md": article()})
    before = good.text("articles/a")
    (tmp_path / "content/a.md").write_text(article(title="새 제목", rights="none"), encoding="utf-8")
    assert not build_site(tmp_path).report.complete
    assert good.text("articles/a") == before


def test_a_good_build_into_another_folder_does_not_forget_the_failed_one(tmp_path: Path) -> None:
    built(tmp_path, {"content/a.md": article(title=None), "content/b.md": article()})
    build(BuildRequest(folder=tmp_path, output=tmp_path / "elsewhere", at=NOON, keep_going=True))
    assert (tmp_path / ".yoyak" / "failed-build").exists()


def test_a_good_build_forgets_the_failed_one(tmp_path: Path) -> None:
    built(tmp_path, {"content/a.md": article(title=None)})
    (tmp_path / "content/a.md").write_text(article(), encoding="utf-8")
    build_site(tmp_path)
    assert not (tmp_path / ".yoyak" / "failed-build").exists()


def test_a_link_of_the_menu_that_leads_nowhere_is_told_once_with_its_line(tmp_path: Path) -> None:
    settings = (
        "title: 시험\nbase_url: https://digest.example.org/news/\ntimezone: Asia/Seoul\n"
        "navigation:\n  - {title: 소개, url: /about/}\n"
    )
    found = built(tmp_path, {"content/a.md": article()}, settings, plain=False)
    line = 'site.yaml:5: The link "/news/about/" on /news/ leads nowhere: there is no such page. '
    assert problems(found) == [line + "It comes from navigation: in site.yaml or from a template."]


# --- what a checkout cannot hold --------------------------------------------------------------------


def _too_large(content: Path) -> None:
    with (content / "a.md").open("wb") as file:
        file.truncate(5_000_001)


def _no_text(content: Path) -> None:
    Path(os.fsdecode(os.fsencode(content) + b"/\xff\xfe.md")).write_text("x", encoding="utf-8")


LINK_OUT = "This is a link to a file outside content/. Copy the file here instead."
TWO_FORMS = "here twice: once with its letters taken apart (NFD), once not (NFC)"
UNREADABLE = "This file cannot be read:"


@pytest.mark.parametrize(
    ("make", "line"),
    [
        (
            _too_large,
            "a.md: This file has 5,000,001 bytes; 5,000,000 are allowed. Split it, or make the picture smaller.",
        ),
        (lambda content: os.mkfifo(content / "a.md"), "a.md: This is not a regular file. Move it out of content/."),
        (lambda content: (content / "a.svg").symlink_to("/etc/hostname"), f"a.svg: {LINK_OUT}"),
        (lambda content: (content / "a.md").symlink_to("../site.yaml"), f"a.md: {LINK_OUT}"),
        (lambda content: (content / "a.md").symlink_to("no.md"), f"a.md: {UNREADABLE} no such file or directory."),
        (
            lambda content: (content / "a.md").symlink_to("a.md"),
            f"a.md: {UNREADABLE} too many levels of symbolic links.",
        ),
        (_no_text, "\\udcff\\udcfe.md: The name of this file is not text. Rename it."),
        (
            lambda content: [(content / name).write_text(SMALL) for name in ("a.svg", "A.svg")],
            'a.svg: "A.svg" and "a.svg" are one name on many disks. Rename one of them.',
        ),
        (
            lambda content: [(content / normalize(form, "섬.svg")).write_text(SMALL) for form in ("NFC", "NFD")],
            f'섬.svg: "섬.svg" is {TWO_FORMS}. Rename one of them.',
        ),
        (
            lambda content: (content / "2024").symlink_to("/etc"),
            "2024: This is a link to a folder; such links are not followed. Copy the folder here instead.",
        ),
    ],
    ids=[
        "large",
        "pipe",
        "link out",
        "link to settings",
        "link to nothing",
        "link to itself",
        "name",
        "case",
        "form",
        "folder",
    ],
)
def test_what_a_disk_can_hold_is_told(tmp_path: Path, make: Callable[[Path], object], line: str) -> None:
    folder = write_site(tmp_path, {}, plain=True)
    make(folder / "content")
    assert problems(build_site(folder)) == [f"content/{line}"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_it_is_told(tmp_path: Path) -> None:
    folder = write_site(tmp_path, {"content/a.md": article()}, plain=True)
    (folder / "content/a.md").chmod(0)
    line = "content/a.md: This file may not be read. Give yourself the right to read it."
    assert problems(build_site(folder)) == [line]


def test_a_link_inside_content_is_followed(tmp_path: Path) -> None:
    folder = write_site(tmp_path, {"content/a.md": article()}, plain=True)
    (folder / "content/b.md").symlink_to("a.md")
    assert build_site(folder).report.articles == 2


def test_a_clock_that_is_none_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    report = build(BuildRequest(folder=write_site(tmp_path, {})))
    assert [problem.code for problem in report.problems] == ["bad-clock"]


def test_two_hundred_mistakes_are_told_in_one_run(tmp_path: Path) -> None:
    files = {f"content/{number}.md": article(rights="none") for number in range(100)}
    files |= {f"content/x{number}.md": article(title=None) for number in range(100)}
    assert len(built(tmp_path, files).report.problems) == 200
