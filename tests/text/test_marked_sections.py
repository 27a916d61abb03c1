"""Marked sections: what Python's parser refuses is a comment, as in browsers; nothing else changes."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st

from rows import each_row
from yoyak.text.marked_sections import without_odd_sections

PIECES = st.sampled_from(
    "<![ <! [ ] ]]> ]> > < CDATA[ if endif foo -- !-- <!-- --> 가 <p> <![endif]> <!doctype \0 <script> </script>"
    " &lt; <? <![INCLUDE[".split()
)


@each_row(
    ("html", "read"),
    [
        ("a<![>b", "a<!--[-->b"),
        ("a<![foo[b]]>c", "a<!--[foo[b]]-->c"),
        ("a<![ if --]>b", "a<!--[ if - -]-->b"),
        ("a<![if !mso]>b<![endif]>", "a<![if !mso]>b<![endif]>"),
        ("a<![CDATA[b]]>c", "a<![CDATA[b]]>c"),
        ("a<!DOCTYPE html>", "a<!DOCTYPE html>"),
        ("a<!-- b -->", "a<!-- b -->"),
        ("a<![b", "a<!--[b-->"),
    ],
)
def test_a_section_of_no_known_name_is_a_comment(html: str, read: str) -> None:
    assert without_odd_sections(html) == read


@given(st.lists(PIECES, max_size=10).map("".join))
@example("<!-->foo<![x]>--<?")
def test_the_parser_takes_whatever_comes(html: str) -> None:
    parser = HTMLParser()
    parser.feed(without_odd_sections(html))
    parser.close()
