"""The lines of a page as a reader sees them: what stands in a script is none, what stands behind it is one."""

from __future__ import annotations

import pytest

from yoyak.text.html_lines import lines_of_html

LINE = "보도시점: 2031. 5. 2. 06:00 이후"


@pytest.mark.parametrize(
    "before",
    [
        "<script>for (i = 0; i<n; i++) { show(i) }</script>",
        "<SCRIPT>if (a<b && b>c) {}</SCRIPT >",
        "<style>p { color: red }</style>",
        "<title>보도자료</title>",
        "<head><title>보도자료</title><body>",
        "<head><script>x='<b'</script></head>",
        "<!-- <script> -->",
    ],
)
def test_a_line_is_seen_behind_what_nobody_sees(before: str) -> None:
    assert list(lines_of_html(f"{before}\n<p>{LINE}</p>")) == [(2, LINE)]


def test_lines_have_their_numbers_and_cells_their_marks() -> None:
    page = "<table>\n<tr><td>\n 보도시점<td>5월 2일\n<tr><td>배포<br>\n\n일시 &amp; 곳</table>끝"
    assert list(lines_of_html(page)) == [(3, "보도시점 | 5월 2일"), (4, "배포"), (6, "일시 & 곳"), (6, "끝")]


def test_a_script_without_an_end_hides_the_rest() -> None:
    assert list(lines_of_html(f"<p>앞</p><script>x()<p>{LINE}</p>")) == [(1, "앞")]
