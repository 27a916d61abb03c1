"""Films, sounds, frames, late pictures and forms of saved pages: a link, a picture or a warning, never nothing."""

from __future__ import annotations

import pytest

from readers.worlds import PARAGRAPHS, around
from rows import each_row
from yoyak.messages.catalogue import speak
from yoyak.model.sources import Reading
from yoyak.readers.saved_page.read import read_saved_page

FIRST, *REST = (f"<p>{text}</p>" for text in PARAGRAPHS)
ASSETS = ("content/2024/page_files/a.jpg",)


def _page(piece: str, lang: str = "ko") -> Reading:
    html = (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>빈집</title></head><body><article><h1>빈집</h1>'
        f"{FIRST}{piece}{''.join(REST)}</article></body></html>"
    )
    return read_saved_page(html, around("content/2024/page.html", ASSETS))


def _second(piece: str, lang: str = "ko") -> str:
    """Return the block that stands for a piece between two paragraphs; empty when there is none."""
    blocks = _page(piece, lang).blocks
    assert [blocks[0].text, blocks[-1].text] == [PARAGRAPHS[0], PARAGRAPHS[-1]]
    return blocks[1].html if len(blocks) == len(PARAGRAPHS) + 1 else ""


@each_row(
    ("piece", "link"),
    [
        (
            "<lite-youtube videoid='abcdefghijk' playlabel='배 뜨는 날'></lite-youtube>",
            ("https://www.youtube.com/watch?v=abcdefghijk", "배 뜨는 날 (youtube.com)"),
        ),
        (
            "<iframe title='배 뜨는 날' src='https://video.example/e/1'></iframe>",
            ("https://video.example/e/1", "배 뜨는 날 (video.example)"),
        ),
        (
            "<div><iframe title='Film' src='https://www.youtube-nocookie.com/embed/abcdefghijk?rel=0'></iframe></div>",
            ("https://www.youtube.com/watch?v=abcdefghijk", "Film (youtube.com)"),
        ),
        (
            "<iframe src='//www.youtube.com/embed/abcdefghijk'></iframe>",
            ("https://www.youtube.com/watch?v=abcdefghijk", "영상 (youtube.com)"),
        ),
        (
            "<video src='https://film.example/a.mp4' controls>없다</video>",
            ("https://film.example/a.mp4", "영상 (film.example)"),
        ),
        (
            "<video><source src='https://film.example/a.webm'></video>",
            ("https://film.example/a.webm", "영상 (film.example)"),
        ),
        (
            "<audio><source src='https://ton.example/a.mp3'></audio>",
            ("https://ton.example/a.mp3", "소리 (ton.example)"),
        ),
        (
            "<object data='https://film.example/a.swf'></object>",
            ("https://film.example/a.swf", "다른 곳의 내용 (film.example)"),
        ),
        ("<embed src='https://map.example/1' title='지도'>", ("https://map.example/1", "지도 (map.example)")),
        (
            "<iframe data-src='https://video.example/e/1' src='about:blank'></iframe>",
            ("https://video.example/e/1", "영상 (video.example)"),
        ),
        (
            "<amp-youtube data-videoid='abcdefghijk'></amp-youtube>",
            ("https://www.youtube.com/watch?v=abcdefghijk", "영상 (youtube.com)"),
        ),
        (
            "<div class='video-player'><iframe src='https://video.example/e/1'></iframe></div>",
            ("https://video.example/e/1", "영상 (video.example)"),
        ),
        (
            "<p><iframe src='https://video.example/e/1'></iframe></p>",
            ("https://video.example/e/1", "영상 (video.example)"),
        ),
        (
            "<iframe src='https://map.example/x?a=1&amp;b=2'></iframe>",
            ("https://map.example/x?a=1&amp;b=2", "다른 곳의 내용 (map.example)"),
        ),
    ],
)
def test_what_is_embedded_becomes_a_link_in_its_place(piece: str, link: tuple[str, str]) -> None:
    assert _second(piece) == f'<p><a href="{link[0]}">{link[1]}</a></p>'


def test_a_link_to_an_embed_is_called_in_the_language_of_the_page() -> None:
    assert "Video (video.example)" in _second("<iframe src='https://video.example/e/1'></iframe>", "en")


def test_the_caption_of_a_film_stays_below_its_link() -> None:
    figure = "<figure><iframe src='https://video.example/e'></iframe><figcaption>배가 뜬다</figcaption></figure>"
    assert [block.text for block in _page(figure).blocks[1:3]] == ["영상 (video.example)", "배가 뜬다"]


@pytest.mark.parametrize(
    "piece",
    [
        "<iframe src='https://ad.doubleclick.net/x'></iframe>",
        "<iframe width=1 height=1 src='https://t.example/c'></iframe>",
        "<iframe src='https://tpc.googlesyndication.com/safeframe/1'></iframe>",
        "<iframe src='about:blank'></iframe>",
        "<iframe style='display:none' src='https://t.example/c'></iframe>",
        "<iframe></iframe>",
        "<iframe id='google_ads_iframe_1' src='https://x.example/1'></iframe>",
        "<iframe src='javascript:1'></iframe>",
        "<iframe src='https://www.facebook.com/plugins/like.php?href=x'></iframe>",
        "<noscript><img width='1' height='1' src='https://t.example/tr'></noscript>",
    ],
)
def test_advertisements_and_counters_are_no_pieces(piece: str) -> None:
    assert _second(piece) == ""
    assert _page(piece).problems == ()


def test_a_film_that_is_only_beside_the_page_is_said() -> None:
    (problem,) = _page("<video title='배 뜨는 날' src='./page_files/a.mp4'></video>").problems
    assert problem.code == "embed-left-out"
    assert '1 film, sound or frame has no web address and is left out: "배 뜨는 날".' in speak(problem.message)


@each_row(
    "image",
    [
        "<img data-src='{}'>",
        "<img src='data:image/gif;base64,AA' data-original='{}'>",
        "<img src='/blank.gif' data-lazy-src='{}'>",
        "<img srcset='{} 800w'>",
        "<img data-srcset='https://i.example/small.jpg 200w, {} 800w'>",
        "<img src='data:image/gif;base64,AA'><noscript><img src='{}'></noscript>",
        "<noscript><img src='{}'></noscript>",
        "<noscript><img src='{}'></noscript><img class='lazy'>",
        "<picture><source srcset='{} 2x'><img></picture>",
        "<picture><source data-srcset='{}'><img src='data:,'></picture>",
        "<img data-src='{}'><noscript><img src='{}'></noscript>",
        "<a href='https://i.example/'><img src='spacer.gif' data-url='{}'></a>",
        "<img loading=lazy src='{}'>",
        "<figure><img src='placeholder.png' data-lazy='{}'></figure>",
        "<picture><source data-srcset='{}'><img src='data:,'></picture><noscript><img src='{}'></noscript>",
    ],
)
def test_a_picture_that_is_loaded_late_is_found_once(image: str) -> None:
    address = "https://i.example/big.jpg"
    assert _second(image.replace("{}", address)).startswith(
        f'<figure class="linked-picture"><a class="picture-link" href="{address}">'
    )


def test_a_late_picture_whose_file_is_beside_the_page_is_shown() -> None:
    late = "<noscript><img src='https://i.example/a.jpg'></noscript>"
    image = f"<img src='./page_files/a.jpg' data-src='https://i.example/a.jpg'>{late}"
    assert 'src="/assets/a.jpg"' in _second(image)


@pytest.mark.parametrize(
    "field", ["<input type='text' name='a'>", "<select><option>가</select>", "<textarea></textarea>"]
)
def test_a_form_in_the_text_is_said(field: str) -> None:
    reading = _page(f"<form action='/x'><p>참가 신청은 아래에 적는다.</p>{field}</form>")
    assert [problem.code for problem in reading.problems] == ["form-left-out"]
    assert "참가 신청은 아래에 적는다." in [block.text for block in reading.blocks]


@pytest.mark.parametrize(
    "piece",
    [
        "<input type='hidden' name='a'>",
        "<div class='newsletter'><input type='email'></div>",
        "<div class='comments'><textarea></textarea></div>",
    ],
)
def test_a_field_of_the_page_around_is_no_form_of_the_text(piece: str) -> None:
    assert _page(piece).problems == ()
