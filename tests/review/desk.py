"""An article of a site, read as a build reads it: for edits of its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from msgspec import structs
from selectolax.lexbor import LexborHTMLParser, LexborNode
from tests.review.texts import numbered

from sites import write_site
from yoyak.model.review import Seen
from yoyak.model.sources import SourceFile
from yoyak.pipeline.parse import parse, surroundings
from yoyak.readers.around import Surroundings
from yoyak.settings.config import SiteConfig, load_config

NOON = datetime(2024, 7, 3, 12, tzinfo=ZoneInfo("Asia/Seoul"))
SETTINGS = "title: 시험\nbase_url: https://digest.example.org/\ntimezone: Asia/Seoul\n"
_BLOCKS = frozenset(
    "blockquote dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre table tbody td th thead tr ul".split()
)


@cache
def _world() -> tuple[SiteConfig, Surroundings]:
    with TemporaryDirectory() as folder:
        write_site(Path(folder), {}, SETTINGS)
        config, problems = load_config(Path(folder), at=NOON, preview=True, environment={})
    assert config, problems
    return config, surroundings(config, {}, {})


def reader(path: str = "content/2024/07/ferry.md") -> Callable[[bytes], Seen | None]:
    """Return what reads the bytes of an article."""
    config, around = _world()

    def read(data: bytes) -> Seen | None:
        parsed = parse(SourceFile(path=path, data=data, digest=""), around, config)
        if parsed.article is None:
            return None
        article = structs.asdict(parsed.article)
        names = ("title", "subtitle", "summary", "source", "authors", "rights", "themes", "tags", "status", "date")
        fields = tuple((name, str(article[name])) for name in names)
        return Seen(digest="", fields=fields, blocks=numbered(_walked(parsed.html)))

    return read


def _walked(html: str) -> Iterator[tuple[str, str, str]]:
    body = LexborHTMLParser(f"<body>{html}").body
    if body is not None:
        yield from _inside(body, ())


def _inside(node: LexborNode, above: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    run: list[LexborNode] = []
    for child in _children(node):
        if child.tag in _BLOCKS:
            yield from _block(run, above)
            run = []
            yield from _inside(child, (*above, child.tag))
        else:
            run.append(child)
    yield from _block(run, above)


def _block(run: list[LexborNode], above: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    text = "".join(_text(node) for node in run)
    html = "".join(node.html or "" for node in run)
    text = text.strip("\n") if "pre" in above else " ".join(text.split())
    if html.strip():
        yield "/".join(above), text, html


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _text(node: LexborNode) -> str:
    if node.tag == "-text":
        return node.text(deep=False)
    return "\n" if node.tag == "br" else "".join(map(_text, _children(node)))
