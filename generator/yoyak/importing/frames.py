"""Pages whose address holds only a frame, as those of some portals: the page in the frame is the one to read."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from html import unescape
from itertools import islice
from urllib.parse import unquote

from yoyak.model.types import Record
from yoyak.readers.saved_page.embeds import is_advertisement

_FRAME = re.compile(
    r"""<(?:i?frame|object(?=[^>]+\.x?html?\b)|embed(?=[^>]+\.x?html?\b))\b((?>[^>"']+|"[^"]*"|'[^']*')*+)>""",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""\b(src|srcdoc|data|id|name)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)\s*(\S+)\s*-->")
_MAIN = re.compile(r"main|content|article|post|body|view|cafe", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MOST = 20


class Iframe(Record, kw_only=True):
    """A frame of a page."""

    source: str
    """As it is written."""
    text: str
    """The page itself, when it is written into the frame."""
    is_main: bool
    """It calls itself the one with the text."""


def frames_of(html: str) -> tuple[Iframe, ...]:
    """Return the frames of a page in their order, the one with the text first."""
    tags = islice(_FRAME.finditer(_COMMENT.sub("", html)), _MOST)
    usable = [frame for frame in (_frame(tag[1]) for tag in tags) if frame.text or _leads_somewhere(frame.source)]
    return tuple(sorted(usable, key=lambda frame: not frame.is_main))


def _leads_somewhere(source: str) -> bool:
    return bool(source) and not source.startswith(("about:", "javascript:", "data:")) and not is_advertisement(source)


def _frame(attributes: str) -> Iframe:
    values = {name.lower(): unescape(value.strip("\"'")).strip() for name, value in _ATTRIBUTE.findall(attributes)}
    called = f"{values.get('id', '')} {values.get('name', '')}"
    return Iframe(
        source=values.get("src") or values.get("data", ""),
        text=values.get("srcdoc", ""),
        is_main=bool(_MAIN.search(called)),
    )


def files_of(frame: Iframe) -> Iterator[str]:
    """Yield the names under which the page of a frame may be beside its page."""
    if frame.source and not re.match(r"[a-z][a-z0-9+.-]*:|//", frame.source, re.IGNORECASE):
        written = frame.source.partition("#")[0].replace("\\", "/")
        for name in dict.fromkeys((unquote(written), unquote(written.partition("?")[0]), written)):
            path = posixpath.normpath(name)
            if not path.startswith(("..", "/")):
                yield path


def with_addresses_of_frames(html: str, find: Callable[[str], bytes | None]) -> str:
    """Return a page whose frames have the addresses from which the browser saved them, where their files say so."""

    def named(match: re.Match[str]) -> str:
        frame = _frame(match[1])
        for name in files_of(frame):
            data = find(name)
            if data and (address := _SAVED_FROM.search(data[:2000])):
                return match[0].replace(frame.source, address[1].decode("ascii", "replace"), 1)
        return match[0]

    return _FRAME.sub(named, html)
