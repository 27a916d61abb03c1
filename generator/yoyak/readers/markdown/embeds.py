"""Films, sounds and frames of other pages: what stands for them in an article."""

from __future__ import annotations

import re

from yoyak.model.addresses import Loads, asked_host, is_below
from yoyak.readers.around import Surroundings
from yoyak.readers.links import host_of
from yoyak.readers.markdown.nodes import LocatedElement, new
from yoyak.text.urls import has_scheme, is_web_address, path_on_this_site

_PICTURE = re.compile(r"https://www\.youtube\.com/watch\?v=([\w-]+)")


def embed_of(page: str, address: str, title: str, poster: str, around: Surroundings) -> LocatedElement:
    """Return what stands for an embed: a link; with a picture or as a frame where the site allows its host."""
    host = host_of(page) if is_web_address(page) else ""
    link = named_link(page, title, host or page.rpartition("/")[2] or page)
    if path_on_this_site(page, around.base_url) is not None:
        host = ""
    allowed = next((one for one in around.embeds if host and is_below(host, one.host)), None)
    frame = f"https:{address}" if address.startswith("//") else address
    if allowed and allowed.frame and is_below(host_of(frame), allowed.host) and frame.startswith("https://"):
        return _figure(new("iframe", {"src": frame, "title": title}), link)
    if allowed and (picture := _picture_of(page, poster, around.loads)):
        shown = new("img", {"src": picture, "alt": title})
        shown.allowed = bool(asked_host(picture))
        around_picture = new("a", {"href": page})
        around_picture.append(shown)
        return _figure(around_picture, link)
    paragraph = new("div", {"class": "embed"})
    paragraph.append(link)
    return paragraph


def named_link(address: str, words: str, name: str) -> LocatedElement:
    """Return a link whose words end with a name for its address."""
    link = new("a", {"href": address}, text=f"{words} ({name})")
    link.added = f" ({name})"
    return link


def _figure(shown: LocatedElement, link: LocatedElement) -> LocatedElement:
    figure, caption = new("figure", {"class": "embed"}), new("figcaption")
    caption.append(link)
    figure.extend([shown, caption])
    return figure


def _picture_of(page: str, poster: str, loads: Loads) -> str:
    """Return the picture of a film: a file beside the article, or one of a host that the site allows."""
    if match := _PICTURE.match(page):
        return f"https://i.ytimg.com/vi/{match[1]}/hqdefault.jpg"
    secure = not has_scheme(poster) or poster[:8].lower() == "https://"
    return poster if secure and loads.allows(poster, picture=True) else ""
