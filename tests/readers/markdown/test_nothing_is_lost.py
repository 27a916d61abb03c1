"""Each word of a text is on its page, or in a problem, or lies in what a problem reports as left out."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings

from readers.markdown.documents import all_blocks, documents
from readers.markdown.losses import EXCUSES, lost
from rows import each_row

COUNT = int(os.environ.get("YOYAK_DOCUMENTS", "300"))


@pytest.mark.slow
@pytest.mark.timeout(max(120, COUNT // 5))
@settings(max_examples=COUNT, suppress_health_check=list(HealthCheck))
@given(documents(all_blocks()))
def test_no_word_is_lost(document: str) -> None:
    assert lost(document) == []


FOUND = (
    "%%\nw1\n\n낱말2\n%%\n",
    '<iframe src="https://video.example/1" />\n\nw1\n',
    '<video src="a.mp4">\n\nw1\n\n- 낱말2',
    'w1 <video src="a.mp4"> 낱말2 *w3*',
    "<div>\n\n<video src=a.mp4>\n\nw1\n\n</div>\n\n낱말2",
    "| w1 |\n|---|\n| 낱말2 | w3 |\n",
    "> | w1 | w2 |\n> |---|---|\n> | | 낱말3 | w4 | 낱말5 |\n",
    "[w1]: 낱말2\n",
    "> [w1]: w2 '낱말3'\n",
    "w1\n\n[^2]: 낱말2\n\n</body>w3\n",
    "<h1>w1</h1> 낱말2\n",
    "<div>\n<![CDATA[w1]]> <?php 낱말2 ?>\n</div>\n",
    '<center>w1</center> <a href="x 낱말2\n\nw3\n\n낱말4 "w5\n',
    "<div>\n- w1 <!-- 낱말2 <b>w3\n</div>\n\n낱말4",
    "<form>\n<textarea>w1</textarea>\n<select><option>낱말2<option>w3</select>\n</form>\n",
    "<select><option>w1<option>낱말2</select>\n",
    '- ![w1](https://elsewhere.example/a.png "낱말2")\n',
    '<span data-hidden="x" data-note="1">w1</span> <a data-name="x" href="b.md">낱말2</a>\n',
    "> ^[w1 *낱말2*]\n\n<div>\n<script>w3\n",
    "> 1. w1\n>\n>     <!-- 낱말2 <!-- w3\n>",
    "> <p>w1 <b w2\n> | <낱말3> |\n",
    "w1\n\n- <!-- 낱말2\n- | <!-- w3 --> 낱말4 |\n  | --- |\n  | w5 | 낱말6 |",
    "<textarea>w1</textarea> <b w2 <script>w3",
    "<li>w1 <noembed>낱말2</noembed>\n<noembed>w3</noembed>\n",
)  # fmt: skip


@each_row("document", FOUND)
def test_no_word_is_lost_where_one_was(document: str) -> None:
    assert lost(document) == []


def test_excuses_are_few() -> None:
    assert len(EXCUSES) == 5


@pytest.mark.parametrize(
    "document",
    [
        "w1 <!-- 낱말2 --> w3",
        "[w1](낱말2)",
        "<b class=w1>낱말2</b>",
        "``` w1\n낱말2\n```",
        "## w1 {#w2}",
        "<script>w1</script>",
    ],
)
def test_what_nobody_is_to_read_is_excused(document: str) -> None:
    assert lost(document) == []
