"""What a verdict is about: the words and pictures that a reader gets, as a text that is kept and has a digest.

The text is fields, one a line, then an empty line, then one block a line. Where a file stands and what it is called,
the order of its keys, the template and the times at which an article comes and goes are not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256

from yoyak.model.review import Seen, TextBlock
from yoyak.model.types import Article, Note, Person, Picture, Place
from yoyak.model.views import ArticleView
from yoyak.review.blocks import blocks_of, folded, picture, read_blocks


def seen_of(article: Article, html: str, base_path: str = "/") -> Seen:
    """Return what a reader gets of an article; `html` is its body."""
    return seen_in(fields_of(article, base_path), blocks_of(html, base_path))


def seen_in(fields: tuple[tuple[str, str], ...], blocks: tuple[TextBlock, ...]) -> Seen:
    """Return fields and blocks with their digest."""
    return Seen(digest=sha256(_text(fields, blocks).encode()).hexdigest(), fields=fields, blocks=blocks)


def seen_from(text: str) -> Seen:
    """Return what was seen, of the text that was kept of it."""
    head, _, rest = text.partition("\n\n") if not text.startswith("\n") else ("", "", text[1:])
    fields = tuple((name, value) for name, _, value in (line.partition(": ") for line in head.split("\n")) if name)
    blocks = read_blocks(rest.split("\n")[:-1] if rest else [])
    return Seen(digest=sha256(text.encode()).hexdigest(), fields=fields, blocks=blocks)


def seen_text(seen: Seen) -> str:
    """Return what is kept of what was seen. Its digest is `Seen.digest`."""
    return _text(seen.fields, seen.blocks)


def fields_of(article: Article, base_path: str = "/") -> tuple[tuple[str, str], ...]:
    """Return the fields of an article that a reader gets, those that are not empty."""
    return tuple((name, folded(value)) for name, value in _fields(article, base_path) if folded(value))


def _text(fields: tuple[tuple[str, str], ...], blocks: tuple[TextBlock, ...]) -> str:
    lines = [*(f"{name}: {value}" for name, value in fields), "", *(block.line for block in blocks)]
    return "".join(f"{line}\n" for line in lines)


def _fields(article: Article, base_path: str) -> Iterator[tuple[str, str]]:
    yield "title", article.title
    yield "subtitle", article.subtitle
    yield "summary", article.summary
    yield "lang", article.lang
    if article.date:
        yield "date", article.date.date().isoformat() if article.day_only else article.date.isoformat()
    if article.updated:
        yield "updated", article.updated.isoformat()
    yield "source", article.source
    yield "source_url", article.source_url
    for person in article.authors:
        yield "author", _person(person)
    yield "rights", article.rights
    yield "rights_notice", article.rights_notice
    for theme in article.themes:
        yield "theme", theme
    for tag in article.tags:
        yield "tag", tag
    yield "label", article.label
    yield from _image("image", article.image, base_path)
    for one in article.corrections:
        yield "correction", f"{one.date.isoformat()} {one.note}"
    for name in _MORE:
        if value := getattr(article, name):
            yield name, value.isoformat() if isinstance(value, datetime) else str(value)


_NAMED = frozenset(
    """title subtitle summary lang date updated source source_url authors rights rights_notice themes tags image
    corrections path url day_only minutes body""".split()
)
"""What `_fields` yields, and what is no words of an article or is in its blocks."""
_MORE = tuple(
    name for name in ArticleView.__struct_fields__ if name in Article.__struct_fields__ and name not in _NAMED
)
"""What an article's page shows of it besides: an approval is about that, too."""


def _image(name: str, image: Picture | None, base_path: str) -> Iterator[tuple[str, str]]:
    if image:
        yield name, picture(image.url, base_path)
        yield f"{name}_alt", image.alt
        yield f"{name}_caption", image.caption
        yield f"{name}_credit", image.credit


def _person(person: Person) -> str:
    return f"{person.name} <{person.email}>" if person.email else person.name


# --- What a verdict on an edition is about: its title, its order, its note, and the words of its articles --------


def edition_seen(key: str, note: Note | None, articles: Iterable[Place], base_path: str = "/") -> Seen:
    """Return what is approved with an edition. Which articles wait for their time does not change it."""
    fields = [("edition", key)]
    if note:
        fields.append(("title", note.title))
        fields += [(name, value) for name in ("number", "from", "to") if (value := str(note.fields.get(name) or ""))]
        fields += [(name, value) for name in ("order", "pins") for value in note.fields.get(name, ())]
    members = sorted(articles, key=lambda one: one.slug)
    fields += [("article", f"{one.slug} {one.themes[0]} {one.weight} {one.seen}") for one in members]
    shown = tuple((name, folded(value)) for name, value in fields if folded(value))
    return seen_in(shown, blocks_of(note.html if note else "", base_path))


def is_member(article: Place) -> bool:
    """Tell whether an article belongs to what is approved: it does unless review itself holds it back."""
    return article.status == "approved" and article.review is None
