"""Links and pictures of Markdown that holds raw HTML: the whole body is parsed again and resolved there."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from bs4 import BeautifulSoup, Tag, UnusualUsageWarning

if TYPE_CHECKING:
    from yoyak.readers.markdown import Body


def resolve_raw_html(html: str, body: Body) -> str:
    """Return `html` with its addresses resolved and only those ids that headings and footnotes need."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnusualUsageWarning)  # that a text looks like XML or a file's name
        soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(id=True):
        if not (element.name in ("h2", "h3", "h4", "h5", "h6") or str(element["id"]).startswith("fn")):
            del element["id"]
    for link in soup.find_all("a", href=True):
        if not str(link["href"]).startswith("#fn"):
            resolved = {"href": str(link["href"])}
            body.resolve_link_of(resolved, resolved["href"])
            del link["href"]
            link.attrs.update(resolved)
    for picture in soup.find_all("img"):
        _place(picture, body, soup)
    return str(soup)


def _place(picture: Tag, body: Body, soup: BeautifulSoup) -> None:
    caption = str(picture.get("title", ""))
    shown = body.picture_element(str(picture.get("src", "")), str(picture.get("alt", "")), caption)
    if shown is None:
        picture.decompose()
        return
    paragraph = picture.parent if _stands_alone(picture) else None
    placed = _tag(shown, soup)
    picture.replace_with(placed)
    if paragraph:
        _make_figure(paragraph, placed, caption, soup)
    elif placed.name == "a" and placed.parent and placed.parent.name == "figure":
        placed.parent["class"] = "linked-picture"


def _stands_alone(picture: Tag) -> bool:
    """Tell whether a picture is all of its paragraph."""
    parent = picture.parent
    if parent is None or parent.name != "p":
        return False
    return len(parent.find_all(True)) == 1 and not parent.get_text().strip()


def _make_figure(paragraph: Tag, placed: Tag, caption: str, soup: BeautifulSoup) -> None:
    """Make a figure of a paragraph that is one picture, as `yoyak.readers.markdown` does."""
    paragraph.name = "figure"
    if placed.name == "a":
        paragraph["class"] = "linked-picture"
    if caption:
        words = soup.new_tag("figcaption")
        words.string = caption
        paragraph.append(words)


def _tag(element: Element, soup: BeautifulSoup) -> Tag:
    tag = soup.new_tag(element.tag, attrs=dict(element.attrib))
    if element.text:
        tag.string = element.text
    return tag
