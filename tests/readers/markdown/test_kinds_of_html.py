"""HTML inside Markdown, kind by kind: kept, turned into a link, or reported with its line."""

from __future__ import annotations

import pytest

from readers.markdown.kinds import Row, check
from readers.markdown.losses import lost
from rows import each_row
from yoyak.model.schema import EmbedKeys

FILMS: tuple[Row, ...] = (
    ('글\n\n<iframe src="https://video.example/e/1" title="배 뜨는 날"></iframe>\n\n끝', ('<a href="https://video.example/e/1">배 뜨는 날 (video.example)</a>', "<p>끝</p>"), ()),
    ('<iframe src="https://video.example/e/1" />\n\n끝', ("(video.example)", "<p>끝</p>"), ()),
    ('<iframe src="//www.youtube.com/embed/abcdefghijk"></iframe>', ('href="https://www.youtube.com/watch?v=abcdefghijk"',), ()),
    ("<video src='https://gaon.example/a.mp4' controls></video>", ('href="https://gaon.example/a.mp4"', "영상 (gaon.example)"), ()),
    ("<video controls>\n<source src='a.mp4'>\n브라우저가 지원하지 않습니다.\n</video>", ('href="a.mp4"', "!브라우저"), ()),
    ("<video src='a.mp4'>\n\n다음 문단\n\n- 점", ('href="a.mp4"', "<p>다음 문단</p>", "<li>점</li>"), ()),
    ("<audio src='a.mp3'></audio> 글", ("소리 (a.mp3)", "글"), ()),
    ("<embed src='https://gaon.example/a.swf'>", ('href="https://gaon.example/a.swf"',), ()),
    ("<object data='https://gaon.example/a.pdf'></object>", ('href="https://gaon.example/a.pdf"',), ()),
    ("글\n\n<video></video>", (), ("3: warning: A <video> without an address is left out",)),
    ("글 <iframe src='https://video.example/e/1'></iframe> 뒤", ("(video.example)</a>", "뒤"), ()),
    ("- <iframe src='https://video.example/e/1'></iframe>\n- 둘", ("(video.example)", "<li>둘</li>"), ()),
)  # fmt: skip

FORMS: tuple[Row, ...] = (
    ("글\n\n<form action='/s'>\n이름 <input name=a>\n<button>보내기</button>\n</form>", ("이름", "보내기", '<a href="/s">양식 (/s)</a>', "!<button"), ("3: warning: A form cannot be in an article",)),
    ("<select><option>하나<option>둘</select>", ("하나", "둘"), ()),
    ("<form>\n<textarea>적은 말</textarea>\n</form>", ("적은 말",), ("1: warning: A form",)),
    ("<form>\n<input type=submit value=x>\n</form>", ("!checkbox",), ("1: warning: A form",)),
)  # fmt: skip

LEFT_OUT: tuple[Row, ...] = (
    ("글\n\n<script>\nx()\n\ny()\n</script>\n\n끝", ("<p>끝</p>", "!x()"), ("3: warning: The content of <script> is left out",)),
    ("글\n\n<style>p {}</style>\n\n끝", ("<p>끝</p>", "!p {}"), ("3: warning: The content of <style> is left out",)),
    ("글\n\n<svg><text>그림</text></svg>\n\n끝", ("<p>끝</p>",), ("3: warning: The content of <svg> is left out",)),
    ("글 <script>안", ("글 &lt;script&gt;안",), ("1: warning: <script> has no end here",)),
    ("<div>\n<template>안\n</div>\n\n끝", ("안", "<p>끝</p>"), ("2: warning: <template> has no end here",)),
    ("> <script>\n> 안\n\n끝", ("<p>끝</p>", "!안"), ("1: warning: The content of <script> is left out",)),
    ("글\n\n<!-- 끝 없는 주석\n\n안", ("!안",), ("3: warning: A comment begins here and does not end",)),
    ("글 <!-- 주석 --> 뒤", ("글", "뒤", "!주석"), ()),
    ("글\n\n<div hidden>\n감춘 말\n</div>", ("!감춘",), ('4: warning: "감춘 말" is left out',)),
    ("<p style='display:none'>감춘 말</p>", ("!감춘",), ('1: warning: "감춘 말" is left out',)),
)  # fmt: skip

KEPT: tuple[Row, ...] = (
    ("<center>\n가운데\n</center>", ("가운데",), ()),
    ("<font color=red>붉은</font> 글", ("붉은 글",), ()),
    ("<kbd>Ctrl</kbd>+<kbd>C</kbd>, H<sub>2</sub>O", ("<kbd>Ctrl</kbd>", "H<sub>2</sub>O"), ()),
    ("<ruby>水<rt>수</rt></ruby>", ("<ruby>水<rt>수</rt></ruby>",), ()),
    ("<table>\n<tr><td>하나</td></tr>\n</table>", ("<td>하나</td>",), ()),
    ("<p align=center>\n<img src=p.svg alt=배>\n</p>", ('<img alt="배" src="/assets/p.svg">',), ()),
    ("<blockquote>말</blockquote>", ("<blockquote>말</blockquote>",), ()),
    ("<noscript><img src='p.svg' alt='배'></noscript>", ('<img alt="배"',), ()),
    ("<div class='x' onclick='y()'>글</div>", ("<div>글</div>",), ()),
    ("글 <?php echo 1 ?> 뒤", ("글 &lt;?php echo 1 ?&gt; 뒤",), ('1: warning: "<?php echo 1 ?>" is a template mark',)),
    ("<div>\n<?php echo 1 ?>\n</div>", ("&lt;?php echo 1 ?&gt;",), ('2: warning: "<?php echo 1 ?>" is a template mark',)),
    ("<div class=\"a\n\n글 \"b", ("글", '"b'), ()),
    ("<a href='b.md'>둘째", ('<a href="/articles/b/">둘째</a>',), ()),
    ("</div>\n글", ("글",), ()),
    ("<a data-name='x' href='b.md'>둘째</a> <span data-hidden='y' data-note='1'>글</span>", ('<a href="/articles/b/">둘째</a>', "<span>글</span>"), ()),
    ("<body>\n글\n</body>\n\n[^1]: 주", ("글", "주"), ("5: warning: No mark",)),
)  # fmt: skip


@each_row("row", [*FILMS, *FORMS, *LEFT_OUT, *KEPT], ids=lambda row: row[0][:30])
def test_html_is_kept_linked_to_or_reported(row: Row) -> None:
    check(row)


PICTURE = '<iframe src="https://www.youtube.com/embed/abcdefghijk" title="배"></iframe>'


@pytest.mark.parametrize(
    ("embeds", "row"),
    [
        ((), (PICTURE, ("!<img", "!<iframe", "배 (youtube.com)"), ())),
        ((EmbedKeys(host="youtube.com"),), (PICTURE, ('src="https://i.ytimg.com/vi/abcdefghijk/hqdefault.jpg"', "!<iframe"), ())),
        ((EmbedKeys(host="youtube.com", frame=True),), (PICTURE, ('<iframe src="https://www.youtube.com/embed/abcdefghijk" title="배">',), ())),
        ((EmbedKeys(host="other.example", frame=True),), (PICTURE, ("!<iframe", "배 (youtube.com)"), ())),
        ((EmbedKeys(host="youtube.com", frame=True),), (PICTURE.replace("https:", "http:"), ("!<iframe",), ())),
        ((EmbedKeys(host="tube.com", frame=True),), (PICTURE, ("!<iframe",), ())),
        ((EmbedKeys(host="youtube.com", frame=True),), (PICTURE.replace(".com/", ".com.evil.example/"), ("!<iframe",), ())),
    ],
)  # fmt: skip
def test_a_frame_is_shown_where_the_site_allows_its_host(embeds: tuple[EmbedKeys, ...], row: Row) -> None:
    check(row, embeds=embeds)


def test_a_comment_without_an_end_inside_a_block_hides_nothing_below_it() -> None:
    text = "<div>낱말2</div>\n| <!-- w3 |\n\n| 낱말4 |\n| --- |\n| w5 | <!-- 낱말6 --> w7 |"
    assert lost(text) == []
