"""Pictures inside of a page: as ``data:`` addresses, in the styles of a single-file page, or as parts of MHTML.

Each is taken out and called by a file's name, so that the reader of saved pages finds it as if it lay beside the page.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from html import escape, unescape
from urllib.parse import unquote_to_bytes

from yoyak.importing.originals import is_tiny
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
