"""Attribute lists: ``{#id .class}`` behind a heading, a link or a picture, ``{: .note}`` below a paragraph.

They are Pandoc's, kramdown's, Hugo's and more. Ids are kept, so that links to them work; classes and the rest belong to
another program's style sheet and are taken away. What only looks like one stays text.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from yoyak.readers.markdown.body import Body
from yoyak.readers.markdown.nodes import HEADINGS, take_out

_PAIR = r"[A-Za-z][\w:-]*=(?:\"[^\"{}]*\"|'[^'{}]*'|[^\s\"'{}]+)"
_ITEM = rf"(?:#[^\s{{}}#.\"'=]+|\.[A-Za-z_-][\w-]*|{_PAIR})"
_LIST = rf"\{{:?[ \t]*(?P<items>{_ITEM}(?:[ \t]+{_ITEM})*)[ \t]*\}}"
_BEHIND_WORDS = re.compile(rf"(?<![ \t])(?:[ \t]+#+)?[ \t]*{_LIST}[ \t]*$")
_BELOW = re.compile(rf"(?:^|\n)[ \t]*{_LIST.replace('{:?', '{:', 1)}[ \t]*$")
_RIGHT_BEHIND = re.compile(_LIST)
_OF_BLOCK = re.compile(r"(?<!\S)(?P<items>\^(?=[\d-]*[A-Za-z])[A-Za-z\d-]{3,60})[ \t]*$")  # of Obsidian
_IDENTIFIER = re.compile(r"(?:^|\s)[#^](\S+)|(?:^|\s)id=[\"']?([^\s\"']+)")


def take_attribute_lists(root: Element, body: Body) -> None:
    """Take attribute lists out of the text and put their ids into the tree."""
    for node in list(root.iter()):
        if node.tag in HEADINGS:
            _take_last(node, node, _BEHIND_WORDS)
        elif node.tag == "p":
            _take_last(node, node, _BELOW)
            _take_last(node, node, _OF_BLOCK)
            _take_empty(root, node)
        elif node.tag == "li":
            _take_last(node, node, _OF_BLOCK)
        for child in node:
            if child.tag in ("a", "img", "code") and child.tail and (match := _RIGHT_BEHIND.match(child.tail)):
                _identify(child, match["items"])
                child.tail = child.tail[match.end() :]


def _take_last(holder: Element, named: Element, pattern: re.Pattern[str]) -> None:
    """Take a list from the end of an element's text."""
    last = holder[-1] if len(holder) else None
    text = (last.tail if last is not None else holder.text) or ""
    match = pattern.search(text)
    if match is None:
        return
    rest = text[: match.start()].rstrip()
    if last is not None:
        last.tail = rest
    else:
        holder.text = rest
    _identify(named, match["items"])


def _take_empty(root: Element, paragraph: Element) -> None:
    """Give the id of a list that is all of its paragraph to the block before it, which it is about."""
    if len(paragraph) or (paragraph.text or "").strip() or paragraph not in list(root):
        return
    index = list(root).index(paragraph)
    if index and (name := paragraph.get("id")) and not root[index - 1].get("id"):
        root[index - 1].set("id", name)
    take_out(root, paragraph)


def _identify(node: Element, items: str) -> None:
    if match := _IDENTIFIER.search(items):
        node.set("id", match[1] or match[2])
