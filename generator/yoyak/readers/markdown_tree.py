"""Pieces of the tree that Python-Markdown makes: headings, tables and pictures as a page needs them."""

from __future__ import annotations

import re
from html import unescape
from xml.etree.ElementTree import Element

from markdown.util import AMP_SUBSTITUTE, ETX, STX

from yoyak.text.headings import levels
from yoyak.text.slugs import slugify

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ESCAPED = re.compile(f"{STX}([0-9]{{1,3}}){ETX}")
_PLACEHOLDER = re.compile("\x02[^\x03]*\x03")
_TEMPLATE_IDS = re.compile(r"main|section-\d+|group-\d+|chart-.*")


def level_headings(root: Element) -> None:
    """Put headings below the page's headline, without a jump, and give each an id."""
    headings = [element for element in root.iter() if element.tag in _HEADINGS]
    taken: dict[str, int] = {}
    for heading, level in zip(headings, levels(int(heading.tag[1]) for heading in headings), strict=True):
        heading.tag = f"h{level}"
        heading.set("id", anchor(_PLACEHOLDER.sub("", "".join(heading.itertext())), taken))


def anchor(words: str, taken: dict[str, int]) -> str:
    """Return an id made of a heading's words that neither another heading nor a template has.

    `taken` are the ids so far, each with the number that the last heading of the same words got.
    """
    wanted = slugify(words) or "part"
    found, number = wanted, taken.get(wanted, 1)
    while found in taken or _TEMPLATE_IDS.fullmatch(found):
        number += 1
        found = f"{wanted}-{number}"
    taken[wanted] = number
    taken.setdefault(found, 1)
    return found


def mend_tables(root: Element) -> None:
    """Write alignment as a class, and let an empty corner be no heading: it would head nothing (WCAG 1.3.1)."""
    for cell in (element for element in root.iter() if element.tag in ("th", "td")):
        if side := cell.attrib.pop("align", None):
            cell.set("class", side)
        if cell.tag == "th" and not "".join(cell.itertext()).strip():
            cell.tag = "td"


def pictures(root: Element) -> list[tuple[Element, Element]]:
    """Return each picture with the element that it stands in."""
    return [(parent, child) for parent in root.iter() for child in parent if child.tag == "img"]


def append_text(parent: Element, index: int, text: str | None) -> None:
    """Put text where the child number `index` of `parent` would stand."""
    if index:
        parent[index - 1].tail = (parent[index - 1].tail or "") + (text or "")
    else:
        parent.text = (parent.text or "") + (text or "")


def written_address(href: str) -> str:
    """Return what an address says: the library keeps escapes and mail addresses as marks of its own until the end."""
    return unescape(_ESCAPED.sub(lambda mark: chr(int(mark[1])), href.replace(AMP_SUBSTITUTE, "&")))
