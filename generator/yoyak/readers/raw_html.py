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
    shown = body.picture_element(
        str(picture.get("src", "")), str(picture.get("alt", "")), str(picture.get("title", ""))
    )
    if shown is None:
        picture.decompose()
        return
    picture.replace_with(_tag(shown, soup))


def _tag(element: Element, soup: BeautifulSoup) -> Tag:
    tag = soup.new_tag(element.tag, attrs=dict(element.attrib))
    if element.text:
        tag.string = element.text
    return tag
