"""Whatever stands in Markdown, nothing of it runs, loads from elsewhere or takes a place of the page's templates."""

from __future__ import annotations

import os
import re
from random import randrange
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from readers.markdown.payloads import FRAMED, payloads, rendered
from readers.markdown.reading import read
from yoyak.text.sanitize import sanitize

_RUNS = "script, style, link, meta, base, object, embed, svg, math, template, noscript, form, textarea, select, frame"
_OURS = re.compile(r"footnotes|fn:\d+|fnref\d*:\d+")
_TEMPLATES = re.compile(r"main|section-\d+|group-\d+|chart-.*|fn:.*|fnref:.*")


def faults(html: str) -> list[str]:
    """Return what must not be on a page."""
    page = LexborHTMLParser(f"<!doctype html><body>{html}")
    found = [f"<{node.tag}>" for node in page.css(f"body :is({_RUNS})")]
    for node in page.css("body *"):
        found += _faults_of(node)
    return found


def _faults_of(node: LexborNode) -> list[str]:
    found = []
    for name, written in node.attributes.items():
        value = written or ""
        if name.startswith("on") or name in ("style", "srcset", "action", "formaction", "data", "poster", "name"):
            found.append(f"{name} of <{node.tag}>")
        if name == "href" and urlsplit(value).scheme not in ("", "http", "https", "mailto", "tel"):
            found.append(value)
        if name == "src" and not _may_load(node, value):
            found.append(f"<{node.tag} src={value}>")
        if name == "id" and _TEMPLATES.fullmatch(value) and not _OURS.fullmatch(value):
            found.append(f"id={value}")
    return found


def _may_load(node: LexborNode, address: str) -> bool:
    if node.tag == "iframe":
        parts = urlsplit(address)
        return parts.scheme == "https" and (parts.hostname or "").endswith(FRAMED)
    return node.tag == "img" and address.startswith(("/assets/", "https://i.ytimg.com/vi/"))


@pytest.mark.slow
def test_no_payload_through_any_syntax_runs_or_loads() -> None:
    if not payloads():
        pytest.skip("blns.json and h5sc.json are not here: they are not part of the project")
    step, begin = (1, 0) if "YOYAK_DOCUMENTS" in os.environ else (2, randrange(2))
    found = {
        (payload[:60], fault)
        for number, payload in enumerate(payloads(), begin)
        for html in rendered(payload, slice(number % step, None, step))
        for fault in faults(html)
    }
    assert found == set()


TAGS = st.sampled_from(
    """svg math foreignObject desc title style script noscript template iframe noembed noframes textarea select option xmp
    plaintext table tr td caption col form input button img image a b i p div h1 li ul details summary frameset body html
    head annotation-xml mi mtext mglyph malignmark object embed video audio source picture marquee font foo isindex""".split()
)
ATTRIBUTES = st.sampled_from(
    ("", " src=https://evil.example/a.png", " src='/assets/x'", " href=javascript:trap()", ' href="b.md"', " onload=trap()",
     " onerror='trap()'", " id=main", " id=section-1", " id=fn:1", " style='x:url(//evil.example)'", " srcset=//evil.example/a",
     " poster=//evil.example", " data=//evil.example", " action=//evil.example", " xlink:href=javascript:trap()", " class=callout",
     " data-yoyak-hidden=x", " data-yoyak-note=1", " data-yoyak-name=b", " hidden", ' title="', " encoding=text/html", " =x", " a'b",
     " data-yoyak-typed=9", " name=main", " is=x", " data-src=//evil.example/a.png", " loading=eager", " background=//evil.example")
)  # fmt: skip
WORDS = st.sampled_from(
    ("글", "\n", "\n\n", "<!--", "-->", "--!>", "<!-->", "]]>", "<![CDATA[", "<?x", "&lt;", "&#x3c;script&#x3e;", "`", "**", "![a](p.svg)",
     "[a](b.md)", "> ", "- ", "[^1]", "\n\n[^1]: 글", "\x00", "</", "<", "/>", '"', "'", "data-yo\x00yak-name=b", "<img src=//evil.example")
)  # fmt: skip


@st.composite
def html_pieces(draw: st.DrawFn) -> str:
    """Return a tag, its end, both around something, or words."""
    kind = draw(st.integers(0, 4))
    tag = draw(TAGS)
    if kind == 0:
        return draw(WORDS)
    start = f"<{tag}{draw(ATTRIBUTES)}{draw(ATTRIBUTES)}{draw(st.sampled_from(('>', '>', '>', '/>', '')))}"
    return {1: start, 2: f"</{tag}>"}.get(kind, f"{start}{draw(WORDS)}</{tag}>")


@pytest.mark.slow
@settings(max_examples=600, suppress_health_check=list(HealthCheck))
@given(st.lists(html_pieces(), max_size=10).map("".join))
def test_any_html_comes_out_clean_and_is_read_by_browsers_as_it_is_written(text: str) -> None:
    clean = sanitize(read(text).html)
    assert faults(clean) == []
    again = LexborHTMLParser(f"<!doctype html><body>{clean}").body
    assert again is not None
    assert sanitize(re.sub(r"</?body>", "", str(again.html))) == sanitize(clean)
