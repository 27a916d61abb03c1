"""What the tests of this folder read with: one article in a small world, and what a reader of its page sees."""

from __future__ import annotations

from pathlib import Path

from msgspec import structs
from selectolax.lexbor import LexborHTMLParser

from readers.worlds import around, value
from yoyak.messages.catalogue import paragraph
from yoyak.model.sources import Reading
from yoyak.readers.links import name_key
from yoyak.readers.markdown import read_markdown
from yoyak.text.sanitize import sanitize

CORPORA = Path(__file__).parents[4] / "shared" / "corpora"
WORLD = structs.replace(
    around("content/2024/a.md", assets=("content/2024/p.svg", "content/2024/q.png")),
    addresses={
        "content/2024/b.md": "/articles/b/",
        name_key("b"): "/articles/b/",
        name_key("둘째 글"): "/articles/b/",
    },
)
"""An article with two pictures and another article beside it."""
_SPOKEN = ("alt", "title", "aria-label")


def read(text: str, **more: object) -> Reading:
    """Return the reading of an article's text."""
    return read_markdown(text, structs.replace(WORLD, **more))


def html(text: str, **more: object) -> str:
    """Return the HTML of an article's text as it stands on its page."""
    around = structs.replace(WORLD, **more)
    return sanitize(read_markdown(text, around).html, frames_of(around.embeds))


def frames_of(embeds: tuple[object, ...]) -> tuple[str, ...]:
    """Return the hosts whose frames a site shows."""
    return tuple(str(getattr(one, "host", "")) for one in embeds if getattr(one, "frame", False))


def messages(text: str, **more: object) -> list[str]:
    """Return the problems of a text as they are printed, without the file's name."""
    return [paragraph(problem).removeprefix("content/2024/a.md:") for problem in read(text, **more).problems]


def seen(reading: Reading) -> str:
    """Return all words of a page: the headline, the text, and what those hear who do not see it."""
    body = LexborHTMLParser(f"<body>{sanitize(reading.html)}").body
    assert body is not None
    for mark in body.css("a.footnote-ref, p, li, td, th, pre, div"):
        mark.insert_before(" ")  # or a number that it begins with would end the word before it
    spoken = [str(node.attributes[name] or "") for name in _SPOKEN for node in body.css(f"[{name}]")]
    return "\n".join([str(value(reading, "title") or ""), body.text(separator=""), *spoken])
