"""Pictures inside of a page: as ``data:`` addresses, in the styles of a single-file page, or as parts of MHTML.

Each is taken out and called by a file's name, so that the reader of saved pages finds it as if it lay beside the page.
"""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape
from itertools import islice
from urllib.parse import unquote, unquote_to_bytes

from yoyak.importing.originals import is_tiny
from yoyak.model.types import Record
from yoyak.readers.saved_page.embeds import is_advertisement
from yoyak.readers.saved_page.inline import urljoined

_SOURCE = re.compile(
    r"""(?P<name>\s(?:src|data-src|data-original|data-lazy-src|data-lazy)\s*=\s*)(?P<value>"[^"]*"|'[^']*')""",
    re.IGNORECASE,
)
_DATA = re.compile(r"data:image/[\w.+-]+(?:;[\w=-]+)*,")
_VARIABLE = re.compile(r"(--sf-img-\d+)\s*:\s*url\(\s*[\"']?(data:image/[^\"')]+)")
_USED = re.compile(r"var\(\s*(--sf-img-\d+)\s*\)")
_IMAGE = re.compile(r"""<img\b(?>[^>"']+|"[^"]*"|'[^']*')*+>""", re.IGNORECASE)
_LONGEST_TAG = 4000


def with_embedded(html: str) -> tuple[str, dict[str, bytes]]:
    """Return a page whose ``data:`` pictures are called by names, and the pictures by these names."""
    found: dict[str, bytes] = {}
    if "data:image/" not in html:
        return html, found
    shared = {match[1]: match[2] for match in _VARIABLE.finditer(html)}

    def named(address: str) -> str | None:
        data = _bytes_of(address)
        if not data or is_tiny(data):
            return None
        name = next((name for name, known in found.items() if known == data), f"embedded/{len(found) + 1}/picture")
        found[name] = data
        return name

    def source(match: re.Match[str]) -> str:
        value = unescape(match["value"][1:-1]).strip()
        name = named(value) if value.startswith("data:") else None
        return f'{match["name"]}"{name}"' if name else match.group()

    if shared:
        html = _IMAGE.sub(lambda match: _with_variable(match.group(), shared), html)
    return _SOURCE.sub(source, html), found


def _with_variable(image: str, shared: Mapping[str, str]) -> str:
    """Return a picture of a single-file page with the address that its style borrows in the place of its own."""
    used = _USED.search(image[-_LONGEST_TAG:])
    address = shared.get(used[1]) if used else None
    if address is None:
        return image
    without = _SOURCE.sub(lambda match: "" if match["name"].strip().lower().startswith("src") else match.group(), image)
    return without[:4] + f' src="{escape(address)}"' + without[4:]


def _bytes_of(address: str) -> bytes:
    head = _DATA.match(address)
    if head is None:
        return b""
    body = unquote_to_bytes(address[head.end() :])
    if ";base64" not in head.group():
        return body
    try:
        return base64.b64decode(re.sub(rb"[^A-Za-z0-9+/=_-]", b"", body), validate=False)
    except (binascii.Error, ValueError):
        return b""


def with_parts(html: str, parts: Mapping[str, str], address: str) -> str:
    """Return a page of a message whose pictures are called by names; `parts` has the name by ``cid:`` or address."""

    def source(match: re.Match[str]) -> str:
        value = unescape(match["value"][1:-1]).strip()
        name = parts.get(value) or parts.get(urljoined(address, value))
        return f'{match["name"]}"{escape(name)}"' if name else match.group()

    return _SOURCE.sub(source, html)


# --- frames ------------------------------------------------------------------------------------------------------
# Pages whose address holds only a frame, as those of some portals: the page in the frame is the one to read.

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
