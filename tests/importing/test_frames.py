"""Pages whose text is in a frame."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

import pytest

from importing.desk import ORIGINALS, contents, new_site, only_article, run_import, written
from yoyak.messages.catalogue import paragraph

TEXT = (
    "누리군이 올해 안에 빈집 300채를 고쳐 청년에게 빌려준다고 4일 밝혔다. 군은 예산 40억 원을 먼저 쓴다.",
    "군 관계자는 신청이 빈집 수의 세 배를 넘었다며 마을마다 두 채씩 먼저 고친다고 말했다.",
)
BODY = "".join(f"<p>{text}</p>" for text in TEXT)
INNER = f"<!DOCTYPE html><html><head><title>빈집 이야기</title></head><body><h1>빈집 이야기</h1>{BODY}</body></html>"
FROM = "<!-- saved from url=(0027)https://blog.nuri.example/7 -->"


def _outer(frame: str, around: str = "") -> str:
    return f"<!DOCTYPE html>{FROM}<html><head><title>누리 블로그</title></head><body>{around}{frame}</body></html>"


def _imported(folder: Path, files: Mapping[str, str | bytes]) -> tuple[Path, list[str]]:
    site = new_site(folder / "site")
    for name, text in files.items():
        written(folder / "inbox", name, text)
    report = run_import(site, folder / "inbox")
    return site, [paragraph(problem).replace(f"{folder}/inbox/", "") for problem in report.problems]


@pytest.mark.parametrize(
    ("frame", "name"),
    [
        ("<iframe id='mainFrame' src='./빈집_files/PostView.html'></iframe>", "빈집_files/PostView.html"),
        ("<iframe src='빈집_files/%EA%B8%80%201.html'></iframe>", "빈집_files/글 1.html"),
        ("<iframe name=main src=빈집_files/saved_resource.html></iframe>", "빈집_files/saved_resource.html"),
        (
            "<iframe src='https://ad.doubleclick.net/a'></iframe><iframe src='빈집_files/b.htm'></iframe>",
            "빈집_files/b.htm",
        ),
        ("<iframe src='빈집_files/view.html?no=7'></iframe>", "빈집_files/view.html"),
        ("<iframe src='.\\빈집_files\\view.htm'></iframe>", "빈집_files/view.htm"),
        ("<object type='text/html' data='빈집_files/a.html'></object>", "빈집_files/a.html"),
        ("<embed src='./빈집_files/a.html'>", "빈집_files/a.html"),
    ],
)
def test_the_text_of_a_frame_is_read_with_what_the_page_around_it_says(frame: str, name: str, tmp_path: Path) -> None:
    site, problems = _imported(tmp_path, {"빈집.html": _outer(frame), name: INNER})
    article = only_article(site)
    assert problems == []
    assert "\ntitle: 빈집 이야기\n" in article
    assert '\nsource_url: "https://blog.nuri.example/7"\n' in article
    assert article.endswith("\n---\n\n" + "\n\n".join(TEXT) + "\n")
    assert any(path.endswith(name) for path in contents(site))


def test_a_page_of_framesets_is_read(tmp_path: Path) -> None:
    frames = "<frame src='a_files/menu.html'><frame src='a_files/text.html'>"
    page = f"{FROM}<html><frameset cols='20%,80%'>{frames}</frameset></html>"
    files = {
        "a.html": page,
        "a_files/menu.html": "<html><body><a href='/1'>처음</a></body></html>",
        "a_files/text.html": INNER,
    }
    assert TEXT[1] in only_article(_imported(tmp_path, files)[0])


def test_a_frame_in_a_frame_is_read(tmp_path: Path) -> None:
    files = {
        "a.html": _outer("<iframe src='a_files/mid.html'></iframe>"),
        "a_files/mid.html": _outer("<iframe src='in.html'></iframe>"),
        "a_files/in.html": INNER,
    }
    assert TEXT[1] in only_article(_imported(tmp_path, files)[0])


def test_a_page_that_is_written_into_its_frame_is_read(tmp_path: Path) -> None:
    frame = f'<iframe id="mainFrame" srcdoc="{escape(INNER)}"></iframe>'
    assert TEXT[1] in only_article(_imported(tmp_path, {"a.html": _outer(frame)})[0])


def test_a_frame_of_an_archive_is_read(tmp_path: Path) -> None:
    head = "From: <Saved by Browser>\nSnapshot-Content-Location: https://blog.nuri.example/7\nMIME-Version: 1.0\n"
    head += 'Content-Type: multipart/related; boundary="b"\n\n'
    outer = _outer("<iframe src='cid:frame-1@mhtml.example'></iframe>")
    part = "--b\nContent-Type: text/html; charset=utf-8\n{}\n\n{}\n"
    inner = part.format("Content-ID: <frame-1@mhtml.example>", INNER)
    data = head + part.format("Content-Location: https://blog.nuri.example/7", outer) + inner + "--b--\n"
    article = only_article(_imported(tmp_path, {"a.mhtml": data})[0])
    assert TEXT[1] in article
    assert '\nsource_url: "https://blog.nuri.example/7"\n' in article


def test_pictures_of_a_frame_are_beside_the_article(tmp_path: Path) -> None:
    picture = (ORIGINALS / "pier-lights_files" / "pier.png").read_bytes()
    inner = INNER.replace("</h1>", "</h1><figure><img src='pier.png' alt='배'></figure>")
    files = {
        "a.html": _outer("<iframe src='a_files/v.html'></iframe>"),
        "a_files/v.html": inner,
        "a_files/pier.png": picture,
    }
    site, problems = _imported(tmp_path, files)
    assert problems == []
    assert "![배](pier.png)" in only_article(site)


def test_a_page_around_much_text_keeps_its_own(tmp_path: Path) -> None:
    files = {
        "a.html": _outer("<iframe src='a_files/c.html'></iframe>", f"<h1>글</h1>{BODY}"),
        "a_files/c.html": INNER * 3,
    }
    assert "\ntitle: 글\n" in only_article(_imported(tmp_path, files)[0]).replace("누리 블로그", "글")


def test_the_main_frame_counts_for_more_than_a_menu_around_it(tmp_path: Path) -> None:
    menu = "<p>누리 카페에 오신 것을 환영합니다. 새 글과 공지를 여기서 볼 수 있습니다. 가입은 자유입니다.</p>"
    files = {"a.html": _outer("<iframe name='cafe_main' src='a_files/c.html'></iframe>", menu), "a_files/c.html": INNER}
    assert TEXT[1] in only_article(_imported(tmp_path, files)[0])


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (
            "<iframe src='./빈집_files/PostView.html'></iframe>",
            'in the frame "빈집_files/PostView.html". With that file next to the page, yoyak import',
        ),
        (
            "<iframe src='https://blog.nuri.example/PostView?no=7'></iframe>",
            "Open that address in the browser, save the page that it shows",
        ),
    ],
)
def test_a_frame_that_is_not_there_is_named_with_what_to_do(frame: str, message: str, tmp_path: Path) -> None:
    _, problems = _imported(tmp_path, {"빈집.html": _outer(frame)})
    assert len(problems) == 1
    assert message in problems[0]


@pytest.mark.parametrize(
    ("inner", "message"),
    [
        (_outer("<iframe src='in.html'></iframe>"), 'in the frame "in.html". With that file next to the page'),
        ("<html><body><div id=app></div></body></html>", "This page was saved without its text"),
    ],
)
def test_of_a_frame_that_is_there_what_it_lacks_is_named(inner: str, message: str, tmp_path: Path) -> None:
    files = {"a.html": _outer("<iframe src='a_files/mid.html'></iframe>"), "a_files/mid.html": inner}
    _, problems = _imported(tmp_path, files)
    assert len(problems) == 1
    assert problems[0].startswith("a.html: ")
    assert message in problems[0]


def test_a_film_that_was_saved_as_a_file_leads_to_where_it_was(tmp_path: Path) -> None:
    film = "<!-- saved from url=(0035)https://www.youtube.com/embed/abcdefghijk -->\n<html></html>"
    page = _outer("", f"<h1>글</h1><p>{TEXT[0]}</p><iframe src='a_files/abc.html'></iframe><p>{TEXT[1]}</p>")
    site, problems = _imported(tmp_path, {"a.html": page, "a_files/abc.html": film})
    assert problems == []
    assert "[영상 (youtube.com)](https://www.youtube.com/watch?v=abcdefghijk)" in only_article(site)


def test_texts_of_other_frames_than_the_article_are_named(tmp_path: Path) -> None:
    frames = "".join(f"<iframe src='빈집_files/{name}.html'></iframe>" for name in ("a", "b", "c", "empty"))
    other = INNER.replace(TEXT[0], "이장은 다음 달에 마을 회의를 연다고 5일 밝혔다.").replace(
        TEXT[1], "회의에는 누구나 온다."
    )
    files = {"빈집.html": _outer(frames), "빈집_files/a.html": other, "빈집_files/b.html": INNER}
    files |= {"빈집_files/c.html": INNER, "빈집_files/empty.html": "<!DOCTYPE html><html><body></body></html>"}
    site, problems = _imported(tmp_path, files)
    assert TEXT[0] in only_article(site)
    (told,) = [problem for problem in problems if "Frames of this page" in problem]
    assert "texts that are not in its article: 빈집_files/a.html." in told
