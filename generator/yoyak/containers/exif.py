"""Exif: what of it a published picture keeps (Exif 3.0 §4.6; TIFF 6.0 §2)."""

from __future__ import annotations

import struct
from typing import NamedTuple

from yoyak.containers.credit import Credit, plain

HEADER = b"Exif\0\0"
_ORIENTATION, _ARTIST, _COPYRIGHT = 0x0112, 0x013B, 0x8298
_ASCII, _SHORT = 2, 3
_MOST_FIELDS = 300


class Exif(NamedTuple):
    """What stays of the Exif data of a picture."""

    orientation: int = 1
    """How it is turned when it is shown: 1 to 8; 1 is upright."""
    credit: Credit = Credit()


def exif_in(data: bytes) -> Exif:
    """Return what stays of Exif data, with or without their header. What cannot be read says nothing."""
    tiff = data.removeprefix(HEADER)
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2], "")
    if not order or len(tiff) < 10:
        return Exif()
    start = struct.unpack_from(f"{order}I", tiff, 4)[0]
    if start + 2 > len(tiff):
        return Exif()
    count = min(struct.unpack_from(f"{order}H", tiff, start)[0], _MOST_FIELDS, (len(tiff) - start - 2) // 12)
    orientation, texts = 1, {_ARTIST: "", _COPYRIGHT: ""}
    for place in range(start + 2, start + 2 + count * 12, 12):
        tag, kind, size = struct.unpack_from(f"{order}HHI", tiff, place)
        if tag == _ORIENTATION and kind == _SHORT:
            turned = struct.unpack_from(f"{order}H", tiff, place + 8)[0]
            orientation = turned if 1 <= turned <= 8 else 1
        elif tag in texts and kind == _ASCII:
            at = place + 8 if size <= 4 else struct.unpack_from(f"{order}I", tiff, place + 8)[0]
            texts[tag] = plain(tiff[at : at + min(size, 4000)].split(b"\0", 1)[0].decode("utf-8", "replace"))
    return Exif(orientation, Credit(artist=texts[_ARTIST], copyright=texts[_COPYRIGHT]))


def exif_with(orientation: int, credit: Credit | None) -> bytes:
    """Return Exif data, without their header, that say this and nothing else; empty when there is nothing to say."""
    fields = [] if orientation == 1 else [(_ORIENTATION, _SHORT, 1, struct.pack(">HH", orientation, 0))]
    for tag, text in ((_ARTIST, credit.maker), (_COPYRIGHT, credit.copyright)) if credit else ():
        if text:
            data = text.encode("utf-8", "replace") + b"\0"
            fields.append((tag, _ASCII, len(data), data))
    if not fields:
        return b""
    behind = 8 + 2 + 12 * len(fields) + 4
    head, tail = struct.pack(">2sHIH", b"MM", 42, 8, len(fields)), b""
    for tag, kind, count, data in fields:
        value = data.ljust(4, b"\0") if len(data) <= 4 else struct.pack(">I", behind + len(tail))
        head += struct.pack(">HHI", tag, kind, count) + value
        tail += b"" if len(data) <= 4 else data + b"\0" * (len(data) % 2)
    return head + bytes(4) + tail
