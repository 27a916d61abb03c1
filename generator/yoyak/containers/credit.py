"""Who made a picture and whose it is, as Exif, XMP, IPTC and PNG texts say it; and how much of it is written again."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

LONGEST = 500
"""Characters of a credit that are kept."""
_XMP = {
    "artist": re.compile(r"<dc:creator[^>]*>(.{1,4000}?)</dc:creator>", re.DOTALL),
    "copyright": re.compile(r"<dc:rights[^>]*>(.{1,4000}?)</dc:rights>", re.DOTALL),
    "line": re.compile(
        r"<photoshop:Credit>(.{1,2000}?)</photoshop:Credit>|photoshop:Credit=\"([^\"]{1,2000})\"", re.DOTALL
    ),
}
_IPTC = {80: "artist", 116: "copyright", 110: "line"}
"""Datasets of record 2 (IPTC IIM 4.2): By-line, Copyright Notice, Credit."""
_TAG = re.compile(r"<[^>]{0,2000}>")


class Credit(NamedTuple):
    """What a picture says about itself that may stay."""

    artist: str = ""
    copyright: str = ""
    line: str = ""
    """The credit line: who is to be named."""

    def with_more(self, other: Credit) -> Credit:
        """Return this credit; what it does not say is taken from another one."""
        return Credit(*(mine or theirs for mine, theirs in zip(self, other, strict=True)))

    @property
    def maker(self) -> str:
        """Return the artist, with the credit line behind it when that says more."""
        return self.line if self.artist in self.line else " / ".join(filter(None, (self.artist, self.line)))


def plain(text: str) -> str:
    """Return a text in one line, without control characters and not too long."""
    return " ".join("".join(char if char.isprintable() else " " for char in text[: LONGEST * 4]).split())[:LONGEST]


def credit_in_xmp(data: bytes) -> Credit:
    """Return the credit of an XMP packet. It is searched, not parsed: entities are how XML attacks begin."""
    text = data[:1_000_000].decode("utf-8", "replace")
    return Credit(**{key: _inner(pattern.search(text)) for key, pattern in _XMP.items()})


def _inner(found: re.Match[str] | None) -> str:
    return plain(unescape(_TAG.sub(" ", "".join(filter(None, found.groups()))))) if found else ""


def credit_in_iptc(data: bytes) -> Credit:
    """Return the credit of a Photoshop segment, which wraps IPTC datasets: ``1C``, record, dataset, two of length."""
    found: dict[str, str] = {}
    at = data.find(b"\x1c\x02")
    while at >= 0 and at + 5 <= len(data) and data[at : at + 2] == b"\x1c\x02":
        size = int.from_bytes(data[at + 3 : at + 5], "big")
        key = _IPTC.get(data[at + 2])
        if key and key not in found:
            found[key] = plain(data[at + 5 : at + 5 + size].decode("utf-8", "replace"))
        at += 5 + size
    return Credit(**found)
