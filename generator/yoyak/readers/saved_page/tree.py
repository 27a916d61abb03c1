"""A saved page as a tree of plain values. Lexbor parses it as browsers do; nothing of its memory is held afterwards.

Building this tree takes a tenth of the time of a Beautiful Soup of the whole page (docs/decisions/0033).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser, LexborNode

from yoyak.model.types import Record
from yoyak.readers.saved_page.formulas import words_of_formula
from yoyak.readers.saved_page.guard import tamed
from yoyak.readers.saved_page.hollow import HOLLOW, without_stand_ins
from yoyak.readers.word_lists import words

EMBEDS = (
    "iframe", "frame", "video", "audio", "object", "embed", "amp-iframe", "amp-video", "amp-audio", "amp-youtube",
    "lite-youtube", "youtube-video",
)  # fmt: skip
"""What shows something of elsewhere."""
_FIELDS = ("input", "select", "textarea")
PICTURES = ("img", "amp-img", "picture")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = words("elements-of-blocks") | words("elements-around-blocks") | {*EMBEDS, *HEADINGS}
_WITHOUT_WORDS = words("elements-without-words")
_OF_AMP = ("amp-img", "amp-anim")
_MAY_SWALLOW = frozenset(("button", "object", "video", "audio", "canvas"))
_SPECIAL = frozenset(("script", "math", *EMBEDS, *_FIELDS, *_WITHOUT_WORDS, *HOLLOW))
"""Elements that are not simply there with what stands in them."""
_TOLD = frozenset(("noscript", "template", "button", "dialog", "amp-sidebar"))
"""Those of them whose words a person may look for."""
_SWALLOWED = 600
"""Characters of text in a button or the like from which on it is taken for one that was never closed."""
_SPACES = re.compile(r"[^\S\u3000]+")
"""All spaces but the wide one of Chinese and Japanese, which is a part of a headline there."""
_DEEPEST = 200
"""Levels. The words of deeper elements stand in the element of this level."""


class Node(Struct, eq=False):
    """An element. It is filled while the tree is built, and nobody changes it afterwards."""

    name: str
    attrs: Mapping[str, str | None]
    parent: Node | None
    children: list[Node | str]
    holds_block: bool = False
    """An element of `BLOCKS` stands somewhere in it."""

    def get(self, key: str) -> str:
        """Return an attribute, or an empty text."""
        return self.attrs.get(key) or ""

    def elements(self) -> Iterator[Node]:
        """Yield the elements below, in order."""
        waiting = [child for child in reversed(self.children) if isinstance(child, Node)]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [child for child in reversed(node.children) if isinstance(child, Node)]

    def below(self, *names: str) -> Iterator[Node]:
        """Yield the elements of some names below, in order."""
        return (node for node in self.elements() if node.name in names)

    def text(self, between: str = "") -> str:
        """Return the words below as they are written, but the readings beside ruby letters."""
        found: list[str] = []
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                found.append(node)
            elif node.name not in ("rt", "rp"):
                waiting += node.children[::-1]
        return between.join(found)

    def above(self) -> Iterator[Node]:
        """Yield the elements around, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


class Script(Record, kw_only=True):
    """A script of a page: code, or data for code."""

    kind: str
    """The ``type`` attribute, lower case."""
    id: str
    text: str


class Tree(Record, kw_only=True):
    """A page as a browser understands it."""

    root: Node
    nodes: tuple[Node, ...]
    """All elements in order, the root first."""
    scripts: tuple[Script, ...]
    fields: tuple[Node, ...]
    """The elements that hold something to fill in."""
    unshown: tuple[tuple[str, str], ...]
    """Elements that hold no text of an article, such as buttons and dialogs, with their words."""


def page_tree(text: str) -> Tree:
    """Return the tree of a page's decoded text, in time that grows with its length only."""
    parser = LexborHTMLParser(tamed(text))
    root = Node("html", parser.root.attributes if parser.root is not None else {}, None, [])
    found = _OnePass(nodes=[root], scripts=[], fields=[], unshown=[])
    if parser.root is not None:
        _fill(found, parser.root)
    return Tree(
        root=root,
        nodes=tuple(found.nodes),
        scripts=tuple(found.scripts),
        fields=tuple(found.fields),
        unshown=tuple(found.unshown),
    )


class _OnePass(Record, kw_only=True):
    """What one pass over a page finds; the lists grow."""

    nodes: list[Node]
    scripts: list[Script]
    fields: list[Node]
    unshown: list[tuple[str, str]]


def text_of_nodes(nodes: Iterable[Node | str], *, between: str = "") -> str:
    """Return the words of nodes, in order; a space stands for a line break and around a block, `between` around
    the other elements."""
    found: list[str] = []
    waiting = list(nodes)[::-1]
    if len(waiting) == 1 and (words := _only_words(waiting[0])) is not None:
        return _with_single_spaces(words)
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            found.append(node)
        elif node.name == "br" or node.name in BLOCKS:
            found.append(" ")
            waiting.append(" ")
            waiting += node.children[::-1]
        else:
            found.append(between)
            waiting.append(between)
            waiting += node.children[::-1]
    return _with_single_spaces("".join(found))


def _only_words(node: Node | str) -> str | None:
    """Return the words of a node that is a text, or holds nothing else: most do. What is around them is space."""
    while not isinstance(node, str):
        if len(node.children) != 1:
            return "" if not node.children else None
        node = node.children[0]
    return node


def _with_single_spaces(text: str) -> str:
    return _SPACES.sub(" ", text).strip() if "\u3000" in text else " ".join(text.split())


def _fill(found: _OnePass, source: LexborNode) -> None:
    """Put everything below `source` below the root of what is found, in one pass and without recursion."""
    waiting: list[tuple[LexborNode | None, Node, int]] = [(source.first_child, found.nodes[0], 1)]
    while waiting:
        child, parent, level = waiting.pop()
        while child is not None:
            name = child.tag or ""
            if name == "-text":
                parent.children.append(child.text_content or "")
                child = child.next
                continue
            node = _taken(name, child, parent, level, found) if name[:1] != "-" else None
            below = child.first_child if node is not None else None
            if node is None or below is None:
                child = child.next
                continue
            waiting.append((child.next, parent, level))
            child, parent, level = below, node, level + 1


def _taken(name: str, child: LexborNode, parent: Node, level: int, found: _OnePass) -> Node | None:
    """Add an element to what is found, and return the node that takes what stands in it; None when nothing does."""
    if name not in _SPECIAL or (name in _MAY_SWALLOW and _swallows(child)):
        if level >= _DEEPEST:
            parent.children.append(" ")
            return parent
        node = _added("span" if name in EMBEDS else name, child, parent)
        found.nodes.append(node)
        return node
    if name in HOLLOW:
        without_stand_ins(child)
        if name in EMBEDS or name in _OF_AMP:
            found.nodes.append(_embed(name, child, parent) if name in EMBEDS else _added("amp-img", child, parent))
        return parent
    _note(name, child, parent, found)
    return None


def _note(name: str, child: LexborNode, parent: Node, found: _OnePass) -> None:
    """Take down an element whose words are no text of the page."""
    if name == "script":
        found.scripts.append(_script(child))
    elif name == "math":
        parent.children.append(words_of_formula(child))
    elif name in EMBEDS:
        found.nodes.append(_embed(name, child, parent))
    elif name in _FIELDS and _is_shown(child):
        found.fields.append(parent)
    elif name in _TOLD and (words := child.text(deep=True)) and not words.isspace():
        found.unshown.append((name, words))


def _swallows(source: LexborNode) -> bool:
    """Tell whether an element without words holds a page's: it was never closed."""
    return len(source.text(deep=True) or "") > _SWALLOWED


def _added(name: str, source: LexborNode, parent: Node) -> Node:
    node = Node(name, source.attributes, parent, [])
    parent.children.append(node)
    if name in BLOCKS:
        around: Node | None = parent
        while around is not None and not around.holds_block:
            around.holds_block = True
            around = around.parent
    return node


def _embed(name: str, source: LexborNode, parent: Node) -> Node:
    """Return a film, a sound or a frame, with the address that an element in it may name; its words are for browsers
    that cannot show it."""
    node = _added(name, source, parent)
    if not (node.get("src") or node.get("data")):
        inner = next(iter(source.css("source[src], embed[src], iframe[src]")), None)
        address = inner.attributes.get("src") if inner is not None else None
        node.attrs = {**node.attrs, "src": address} if address else node.attrs
    return node


def _is_shown(field: LexborNode) -> bool:
    return (field.attributes.get("type") or "").lower() not in ("hidden", "submit", "button", "image", "search")


def _script(source: LexborNode) -> Script:
    attributes = source.attributes
    return Script(
        kind=(attributes.get("type") or "").lower(),
        id=attributes.get("id") or "",
        text=source.text(deep=True) or "",
    )
