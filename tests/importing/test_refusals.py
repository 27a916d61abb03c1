"""What cannot be imported, and what is left behind: said in these words, and the rest is imported all the same."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from importing.desk import contents, new_site, only_article, run_import, written
from yoyak.messages.catalogue import paragraph, speak
from yoyak.messages.errors import YoyakError
from yoyak.parallel.pool import LIMITS, guarded

GOOD = "---\ntitle: 새 배\ndate: 2024-07-03\n---\n\n새 배가 다닌다.\n"
SAVE = 'Save the page again as "web page, complete" (.html) or as a single file (.mhtml), and import that.'
MAIL = b"From: a@b.example\nDate: Wed, 3 Jul 2024 08:00:00 +0900\nSubject: x\nMIME-Version: 1.0\n"


def test_of_a_file_that_is_no_picture_it_is_not_said_that_there_is_none(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    written(tmp_path, "in/pier.jpg", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
    text = "---\ntitle: 배\ndate: 2024-07-03\n---\n\n![부두](./pier.jpg)\n"
    report = run_import(site, written(tmp_path, "in/a.md", text))
    assert [problem.code for problem in report.problems] == ["left-behind"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "a.webarchive",
            b"bplist00..",
            f"This is a web archive of Safari. {SAVE}",
        ),
        ("a.png", b"\x89PNG....", "This is a picture, and no article. Put it next to an article in content/."),
        ("a.txt", b" \n\n", "This file is empty. Save it again."),
        ("a.eml", MAIL + b"\n \n", "This mail has no text. Open it, and save what it says as .txt."),
        (
            "a.mhtml",
            MAIL + b"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/css\n\nx\n--b--\n",
            "This file holds no page. Save the page again, as a single file (.mhtml).",
        ),
        (
            "a.eml",
            MAIL + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(60)),
            "This message has too many parts. Save the page or the mail again.",
        ),
        (
            "a.rss",
            b'<rss version="2.0"><channel><title>x</title></channel></rss>',
            "No entries were found in this feed. Save the feed again, or its pages one by one.",
        ),
    ],
)
def test_what_is_no_article_is_refused_with_what_to_do(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    place = written(tmp_path, name, data)
    report = run_import(site, place, written(tmp_path, "good.md", GOOD))
    assert [paragraph(problem) for problem in report.problems] == [f"{place}: {said}"]
    assert [article.title for article in report.imported] == ["새 배"]
    assert not report.complete


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (
            "https://harbour.example/pier",
            "This is an address, and yoyak reads files only. Open it in a browser, save the page, and import the file.",
        ),
        ("nowhere.txt", "There is no such file. Look at its name and its folder."),
    ],
)
def test_what_is_no_file_is_refused_with_what_to_do(named: str, said: str, tmp_path: Path) -> None:
    report = run_import(new_site(tmp_path), named)
    assert [paragraph(problem) for problem in report.problems] == [f"{named}: {said}"]


def _big(folder: Path) -> Path:
    with (folder / "a.eml").open("wb") as file:
        file.truncate(60_000_001)
    return folder / "a.eml"


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "a.txt")
    return folder / "a.txt"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (
            _big,
            "This file has 60,000,001 bytes; 60,000,000 are allowed. Split it, or paste its text into a .txt file.",
        ),
        (_pipe, "This is not a regular file. Name a file or a folder."),
        (
            lambda folder: written(folder, "a.txt", "가" * 2_000_000),
            "This file has 6,000,000 bytes of text; 5,000,000 are allowed. Split it.",
        ),
    ],
)
def test_what_the_disk_can_hold_is_refused_with_what_to_do(
    make: Callable[[Path], Path], said: str, tmp_path: Path
) -> None:
    place = make(tmp_path)
    report = run_import(new_site(tmp_path / "site"), place)
    assert [paragraph(problem) for problem in report.problems] == [f"{place}: {said}"]


@pytest.mark.slow
def test_a_file_that_takes_too_long_is_stopped_and_the_next_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yoyak.importing.run.guarded", partial(guarded, limits=LIMITS._replace(seconds=1)))
    deep = MAIL + b"Content-Type: text/html\n\n" + b"<b>" * 20_000 + b"x"
    places = written(tmp_path, "a.eml", deep), written(tmp_path, "b.md", GOOD)
    report = run_import(new_site(tmp_path / "site"), *places)
    assert [problem.code for problem in report.problems] == ["runaway-file"]
    assert len(report.imported) == 1


def test_an_article_of_the_site_is_not_imported_into_it(tmp_path: Path) -> None:
    site = new_site(tmp_path, {"content/a.md": GOOD})
    report = run_import(site, site / "content/a.md", site / "content", site)
    assert [speak(problem.message) for problem in report.problems] == [
        "This folder is in content/ already.",
        "The site itself is in this folder.",
        "This file is in content/ already, and is an article as it is.",
    ]
    assert contents(site) == {"a.md": GOOD.encode()}


def test_a_theme_that_is_not_there_ends_the_run_before_it_begins(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    with pytest.raises(YoyakError, match=r'There is no theme "harbor" in site.yaml. Did you mean "harbour"\?'):
        run_import(site, written(tmp_path, "a.md", GOOD), themes=("harbor",))
    assert contents(site) == {}


def test_a_theme_may_be_named_by_its_title(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    run_import(site, written(tmp_path, "a.md", GOOD), themes=("항구", "islands"))
    assert "\nthemes: [harbour, islands]\n" in only_article(site)


def test_a_picture_that_cannot_be_published_is_left_out_and_said(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    written(tmp_path, "a.svg", drawing)
    place = written(tmp_path, "a.md", f"{GOOD}\n![배](a.svg)\n\n![섬](none.png)\n")
    report = run_import(site, place)
    assert sorted(speak(problem.message) for problem in report.problems) == [
        'The picture "a.svg" is left out: it holds a <script> element.',
        'There is no picture "none.png" next to this file.',
    ]
    assert all(problem.severity == "warning" for problem in report.problems)
    assert report.complete


def test_a_picture_outside_of_the_folder_is_not_taken(tmp_path: Path) -> None:
    written(tmp_path, "secret.png", b"\x89PNG\r\n\x1a\n")
    inbox = tmp_path / "inbox"
    place = written(inbox, "a.md", f"{GOOD}\n![배](../secret.png)\n\n![섬](link.png)\n")
    (inbox / "link.png").symlink_to(tmp_path / "secret.png")
    site = new_site(tmp_path / "site")
    run_import(site, place)
    assert [path for path in contents(site) if path.endswith(".png")] == []
