"""Days of saved pages from other zones: UTC moments are those of the page's own zone, else of the site's."""

from __future__ import annotations

from readers.worlds import PARAGRAPHS, TITLE, around, value
from rows import each_row
from yoyak.readers.saved_page.read import read_saved_page

PROSE = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
UTC = '<meta property="article:published_time" content="2024-07-02T23:30:00Z">'


def written(head: str, line: str = "") -> str:
    html = f'<html lang="ko"><head>{head}</head><body><h1>{TITLE}</h1>{line}<div>{PROSE}</div></body></html>'
    return str(value(read_saved_page(html, around("content/page.html")), "date").value)


@each_row(
    ("head", "line", "moment"),
    [
        (UTC, "", "2024-07-03 08:30:00+09:00"),
        (UTC, '<span class="date">2024-07-03 08:30</span>', "2024-07-03 08:30:00+09:00"),
        (UTC, '<span class="date">2024-07-02 19:30</span>', "2024-07-02 19:30:00-04:00"),
        (UTC, '<span class="date">July 2, 2024</span>', "2024-07-02 23:30:00+00:00"),
        (UTC + '<meta property="article:modified_time" content="2024-07-02T20:00:00-05:00">', "",
         "2024-07-02 18:30:00-05:00"),
        (UTC.replace("Z", "-04:00"), "", "2024-07-02 23:30:00-04:00"),
        (UTC.replace("T23:30:00Z", ""), "", "2024-07-02 00:00:00+09:00"),
        (UTC, "<p>By Ada Brook | July 2, 2024 7:30 p.m.</p>", "2024-07-02 19:30:00-04:00"),
        (UTC, "<p>Written on Jul 2 by a friend</p>", "2024-07-02 23:30:00+00:00"),
        (UTC, "<p>Jul 2 and Jul 3</p>", "2024-07-03 08:30:00+09:00"),
        (UTC, '<span class="date">2001-01-01 10:00</span>', "2024-07-03 08:30:00+09:00"),
    ],
)  # fmt: skip
def test_a_moment_in_utc_is_in_the_zone_of_the_page_or_the_site(head: str, line: str, moment: str) -> None:
    assert written(head, line) == moment
