"""The one door: what comes out can neither run nor load nor restyle, whatever went in."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import json

from readers.worlds import around
from rows import each_row
from yoyak.readers.markdown import read_markdown
from yoyak.text.sanitize import digest_of, sanitize, with_absolute_addresses, without_controls

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
FORBIDDEN = {
    "script", "style", "iframe", "object", "embed", "svg", "math", "form", "input", "button", "link", "meta", "base",
    "template", "video", "audio", "source", "frame", "frameset", "applet", "textarea", "select", "noscript",
    "plaintext",
    "xmp", "marquee", "keygen", "isindex", "portal", "canvas", "html", "body", "head", "title",
}  # fmt: skip
SCHEMES = ("http:", "https:", "mailto:", "tel:")


class _Reader(HTMLParser):
    """Gathers what a page must not have."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if tag in FORBIDDEN and not (tag == "input" and values.get("type") == "checkbox" and "disabled" in values):
            self.found.append(f"<{tag}>")
        for name, value in attributes:
            if name.startswith("on") or name in ("style", "srcset", "srcdoc", "formaction", "action", "background"):
                self.found.append(name)
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            has_scheme = name in ("href", "src", "cite") and re.match(r"[a-z][a-z0-9+.-]*:", address)
            if has_scheme and not address.startswith(SCHEMES):
                self.found.append(f"{name}={address[:40]}")


def dangers(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def vectors() -> list[str]:
    place = CORPORA / "h5sc.json"
    if not place.is_file():
        pytest.skip("h5sc.json is not here: it is not part of the project")
    found = [vector["data"] for vector in json.decode(place.read_bytes())]
    return [re.sub(r"%\w*js_uri\w*%", "javascript:alert(1)", text) for text in found]


def examples() -> list[str]:
    place = CORPORA / "commonmark-spec.txt"
    if not place.is_file():
        pytest.skip("commonmark-spec.txt is not here: it is not part of the project")
    text = place.read_text(encoding="utf-8").replace("→", "\t")
    return re.findall(r"^`{32} example\n(.*?)^\.$", text, re.MULTILINE | re.DOTALL)


def test_no_vector_comes_through_the_door() -> None:
    assert [(text, found) for text in vectors() if (found := dangers(sanitize(text)))] == []


def test_no_vector_comes_through_markdown() -> None:
    html = [(text, sanitize(read_markdown(text, around("content/a.md")).html)) for text in vectors()]
    assert [(text, found) for text, clean in html if (found := dangers(clean))] == []


def test_every_example_of_the_markdown_specification_can_be_read_and_is_clean() -> None:
    texts = examples()
    assert len(texts) > 600
    html = [(text, sanitize(read_markdown(text, around("content/a.md")).html)) for text in texts]
    assert [(text, found) for text, clean in html if (found := dangers(clean))] == []


def test_what_came_through_the_door_passes_it_again_unchanged() -> None:
    for text in [*vectors(), *examples()]:
        once = sanitize(text)
        assert sanitize(once) == once or sanitize(sanitize(once)) == sanitize(once), text


PIECES = st.sampled_from(
    ["<", ">", "<p>", "</p>", "<a href=", '"', "'", "javascript:", "jav\tascript:", "&#106;", "<svg>", "</svg>",
     "<math>",
     "<style>", "</style>", "<!--", "-->", "<![CDATA[", "]]>", "<img src=x onerror=a>", "<table>", "<td>", "x", " ",
     "\0",
     "\x01", "&lt;", "<script>", "</script>", "<template>", "<noscript>", "<mtext>", "<mglyph>", "<title>", "`", "=",
     "/"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
@example("java\x03script:alert(1)")
@example('<a href="java\x03script:alert(1)">x</a>')
@example("<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>")
def test_nothing_dangerous_is_made_of_pieces(html: str) -> None:
    assert dangers(sanitize(html)) == []


@each_row(
    ("html", "clean"),
    [
        ("<p>글<script>x</script></p>", "<p>글</p>"),
        ('<a href="javascript:x">글</a>', "<a>글</a>"),
        ('<a href="/a" target="_blank" rel="x">글</a>', '<a href="/a">글</a>'),
        ('<p style="color:red" onclick="x" class="z">글</p>', "<p>글</p>"),
        ("<h1>글</h1>", "글"),
        ('<td class="right evil">1</td>', "1"),
        ('<img src="/a" alt="b" onerror="x">', '<img src="/a" alt="b" loading="lazy">'),
        ("<p>a\x01b\ufffe\x7fc</p>", "<p>abc</p>"),
        ("<!-- x --><p>y</p>", "<p>y</p>"),
    ],
)
def test_the_door_lets_text_through(html: str, clean: str) -> None:
    assert sanitize(html) == clean


@given(st.text())
def test_text_has_only_characters_that_xml_allows(text: str) -> None:
    allowed = re.compile("[\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]*")
    assert allowed.fullmatch(without_controls(text))


def test_a_feed_has_absolute_addresses() -> None:
    html = sanitize('<a href="/a">a</a><a href="#b">b</a><img src="c.png"><a href="mailto:x@y">d</a>')
    absolute = with_absolute_addresses(html, "https://e.example/x/y/")
    found = re.findall(r'(?:href|src)="([^"]*)"', absolute)
    assert found == ["https://e.example/a", "https://e.example/x/y/#b", "https://e.example/x/y/c.png", "mailto:x@y"]


def test_no_body_has_no_digest() -> None:
    assert digest_of(sanitize("")) == ""
    assert digest_of(sanitize("x"))


def test_two_runs_give_the_same_bytes() -> None:
    program = (
        "from yoyak.text.sanitize import sanitize; print(sanitize('<img src=\"/a\" alt=b width=1 height=2 title=c>'))"
    )
    command = [sys.executable, "-c", program]
    env = {"PYTHONPATH": str(Path(__file__).parents[2] / "generator")}
    runs = {subprocess.run(command, env=env, capture_output=True, check=True).stdout for _ in range(4)}
    assert len(runs) == 1
