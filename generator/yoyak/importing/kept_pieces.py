"""Feeds' entries and mails with what an article can hold in the place of what it cannot: links for films and frames,
pictures that are loaded late with their address. Nothing of it vanishes without a word.
"""

from __future__ import annotations

from collections.abc import Iterator

from bs4.element import Tag

from yoyak.importing.pieces import tree
from yoyak.model.message import Problem
from yoyak.readers.saved_page.embeds import embed_of, link_html, source_of
from yoyak.readers.saved_page.figures import sources
from yoyak.readers.saved_page.inline import urljoined
from yoyak.readers.saved_page.lazy import with_late_pictures
from yoyak.readers.saved_page.left_out import form_left_out, lost_embeds
from yoyak.readers.saved_page.tree import EMBEDS, Node

_FIELDS = ("input", "select", "textarea")
_NO_FIELDS = ("hidden", "submit", "button", "image", "search")


def with_kept_pieces(html: str, address: str, language: str, path: str) -> tuple[str, tuple[Problem, ...]]:
    """Return HTML in which every piece is one that an article can hold, and what had to be left out.

    `address` is where relative addresses are understood from, `path` how messages call the original.
    """
    soup = tree(with_late_pictures(html))
    lost = list(_without_embeds(soup, address, language))
    for picture in soup.find_all("picture"):
        if picture.find("img") is None:
            picture.append(soup.new_tag("img"))
    for image in soup.find_all(("img", "amp-img")):
        image.name = "img"
        around = image.parent if image.parent and image.parent.name == "picture" else None
        if found := sources(_node(image, _node(around) if around else None)):
            image["src"] = found[0]
    for picture in soup.find_all(("picture", "source")):
        picture.unwrap()
    fields = [field for field in soup.find_all(_FIELDS) if str(field.get("type", "")).lower() not in _NO_FIELDS]
    problems = ((lost_embeds(path, lost),) if lost else ()) + ((form_left_out(path),) if fields else ())
    return str(soup), problems


def _without_embeds(soup: Tag, address: str, language: str) -> Iterator[str]:
    """Put links where films, sounds and frames stand; yield how those are called that have no address."""
    for tag in soup.find_all(EMBEDS):
        if any(above.name in EMBEDS for above in tag.parents) or not any(True for _ in tag.parents):
            continue
        node = _node(tag)
        written = source_of(node)
        embed = embed_of(node, language, urljoined(address, written) if written else "")
        if embed is not None and not embed.address:
            yield embed.title
        if embed is None or not embed.address:
            tag.decompose()
        else:
            tag.replace_with(tree(f"<div>{link_html(embed)}</div>"))


def _node(tag: Tag, parent: Node | None = None) -> Node:
    """Return an element as the readers of saved pages see it, with those in it that name what it shows."""
    whole = (tag, *tag.find_all(("source", "embed", "iframe", "param")))
    written = ({key: " ".join(v) if isinstance(v, list) else v for key, v in one.attrs.items()} for one in whole)
    node, *inside = (Node(one.name, attrs, parent, []) for one, attrs in zip(whole, written, strict=True))
    node.children += inside
    return node
