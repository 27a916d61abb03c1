"""The signs by which metadata are known wherever they lie, also where a damaged container hides them."""

from __future__ import annotations

import re

_SIGN = re.compile(
    rb"Exif\0\0|(?:eXIf|EXIF.{0,4})(?:II\*\0|MM\0\*)|http://ns\.adobe\.com/|<x:xmpmeta|<\?xpacket|<rdf:RDF"
    rb"|Photoshop 3\.0|GPSLatitude|W5M0MpCehiHzreSzNTczkc9d"
    rb"|ftyp(?:mp4|iso|qt  |3gp|M4V|hei|mif|avi|msn)",
    re.DOTALL,
)
"""Six bytes at least, so that no honest picture has one by chance: 30 MB of noise do so once in some million."""


def sign_in(data: bytes, start: int = 0, end: int | None = None) -> int:
    """Return where the first sign of metadata is, or -1."""
    found = _SIGN.search(data, start, len(data) if end is None else end)
    return found.start() if found else -1
