"""Addresses that a browser loads from places that are no attribute of an address: JSON, drawings, ``data:``."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote_to_bytes

import msgspec

PAINTED = frozenset(
    "mask mask-image filter fill stroke clip-path marker marker-start marker-mid marker-end cursor".split()
)
"""Attributes of drawings that hold CSS."""
ANIMATED = ("to", "from", "by", "values")
RULES = frozenset(("importmap", "speculationrules"))
"""Kinds of scripts that are JSON with addresses in it."""
_DATA = re.compile(r"\s*data:([^,;]*)((?:;[^,;]*)*),(.*)", re.IGNORECASE | re.DOTALL)


def in_json(text: str) -> Iterator[str]:
    """Yield every text in JSON, names too: what names no host is allowed anyway. Broken JSON does nothing."""
    try:
        waiting: list[object] = [msgspec.json.decode(text)]
    except msgspec.DecodeError:
        return
    while waiting:
        match waiting.pop():
            case str() as found:
                yield found
            case dict() as inner:
                waiting += [*inner, *inner.values()]
            case list() as items:
                waiting += items


def animated(written: Mapping[str, str]) -> Iterator[str]:
    """Yield the addresses that an animation gives to another element."""
    if written.get("attributename", "").lower().rpartition(":")[2] in ("href", "src"):
        for name in ANIMATED:
            yield from (part.strip() for part in written.get(name, "").split(";"))


def document_in(address: str) -> tuple[str, str]:
    """Return the kind and the text of a document that is itself the address; else nothing."""
    match = _DATA.match(address)
    if not match or not any(kind in match[1].lower() for kind in ("html", "css", "xml")):
        return "", ""
    data = unquote_to_bytes(match[3])
    if ";base64" in match[2].lower():
        try:
            data = base64.b64decode(data + b"==")
        except binascii.Error:
            return "", ""
    return ("css" if "css" in match[1].lower() else "html"), data.decode("utf-8", "replace")
