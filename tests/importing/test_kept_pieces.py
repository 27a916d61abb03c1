"""Films, frames, late pictures and forms of feeds' entries and mails."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from importing.desk import new_site, only_article, run_import, written

BEFORE, AFTER = "<p>배가 뜬다.</p>", "<p>날이 맑다.</p>"


def _imported(folder: Path, piece: str, kind: str) -> tuple[str, list[str]]:
    site = new_site(folder / "site")
    html = f"{BEFORE}{piece}{AFTER}"
    if kind == "mail":
        head = "From: a@b.example\nSubject: 배\nDate: Wed, 3 Jul 2024 08:00:00 +0900\nContent-Type: text/html\n\n"
        report = run_import(site, written(folder, "a.eml", f"{head}{html}\n"))
    else:
        item = f"<item><title>배</title><link>https://isle.example/1</link><description>{escape(html)}</description></item>"
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>섬</title>{item}</channel></rss>'
        report = run_import(site, written(folder, "a.xml", feed))
    body = only_article(site).partition("\n---\n\n")[2]
    assert body.startswith("배가 뜬다.\n")
    assert body.endswith("\n날이 맑다.\n")
    return body.removeprefix("배가 뜬다.").removesuffix("날이 맑다.\n").strip(), [p.code for p in report.problems]


@pytest.mark.parametrize("kind", ["feed", "mail"])
@pytest.mark.parametrize(
    ("piece", "markdown"),
    [
        (
            "<iframe title='배 뜨는 날' src='https://video.example/e/1'></iframe>",
            r"[배 뜨는 날 (video.example)](https://video.example/e/1)",
        ),
        (
            "<p><iframe src='https://www.youtube.com/embed/abcdefghijk'></iframe></p>",
            r"[영상 (youtube.com)](https://www.youtube.com/watch?v=abcdefghijk)",
        ),
        (
            "<video controls><source src='https://f.example/a.mp4'>없다</video>",
            "[영상 (f.example)](https://f.example/a.mp4)",
        ),
        ("<audio src='https://f.example/a.mp3'></audio>", "[소리 (f.example)](https://f.example/a.mp3)"),
        (
            "<object data='https://f.example/a'><embed src='https://f.example/b'></object>",
            "[다른 곳의 내용 (f.example)](https://f.example/a)",
        ),
        ("<img data-src='https://i.example/a.jpg' alt='배'>", "![배](https://i.example/a.jpg)"),
        (
            "<img src='data:,' alt='배' srcset='https://i.example/s.jpg 1x, https://i.example/a.jpg 2x'>",
            "![배](https://i.example/a.jpg)",
        ),
        ("<noscript><img src='https://i.example/a.jpg' alt='배'></noscript>", "![배](https://i.example/a.jpg)"),
        (
            "<picture><source srcset='https://i.example/a.jpg'><img alt='배'></picture>",
            "![배](https://i.example/a.jpg)",
        ),
        ("<figure><img data-lazy-src='https://i.example/a.jpg' alt='배'></figure>", "![배](https://i.example/a.jpg)"),
        ("<iframe src='https://ad.doubleclick.net/a'></iframe>", ""),
        ("<iframe width='1' height='1' src='https://t.example/a'></iframe>", ""),
    ],
)
def test_no_piece_of_an_entry_or_a_mail_vanishes(piece: str, markdown: str, kind: str, tmp_path: Path) -> None:
    assert _imported(tmp_path, piece, kind) == (markdown, [])


@pytest.mark.parametrize("kind", ["feed", "mail"])
def test_a_form_and_a_film_without_address_are_said(kind: str, tmp_path: Path) -> None:
    piece = "<form>이름을 적는다. <input name='a'></form><video title='배' src='cid:film'></video>"
    assert _imported(tmp_path, piece, kind) == ("이름을 적는다.", ["embed-left-out", "form-left-out"])
