"""What is published of a picture: all that is seen, and nothing of what its file says besides.

Position, camera, owner, dates, comments and small copies of the picture are left out; how it is turned, its colour
profile and its animation stay. No picture is decoded.
"""

from __future__ import annotations

import re

from yoyak.containers import Metadata


def published(data: bytes, kind: str, metadata: Metadata = "remove") -> bytes | None:
    """Return the bytes of a raster picture that are published, or None when its metadata cannot be found.

    `kind` is a key of `yoyak.text.file_kinds.ENDINGS`. A picture without metadata is given back as it is.
    """
    if metadata == "keep":
        return data
    new = _without(data, kind, credit=metadata == "credit")
    return data if new == data else new


def _without(data: bytes, kind: str, *, credit: bool) -> bytes | None:
    """Return a picture without its metadata. Most sites have pictures of a few formats: others are not imported."""
    match kind:
        case "jpeg":
            from yoyak.containers.jpeg import jpeg_without_metadata

            return jpeg_without_metadata(data, credit=credit)
        case "png":
            from yoyak.containers.png import png_without_metadata

            return png_without_metadata(data, credit=credit)
        case "gif":
            return gif_without_metadata(data)
        case "webp":
            from yoyak.containers.webp import webp_without_metadata

            return webp_without_metadata(data, credit=credit)
        case "avif":
            from yoyak.containers.avif import avif_without_metadata

            return avif_without_metadata(data, credit=credit)
        case "bmp" | "ico":
            from yoyak.containers.signs import sign_in

            return data if sign_in(data) < 0 else None
    return data


# --- GIF (GIF89a specification): a copy of its frames and of the loop, without comments and data of programs -----


_FRAME, _EXTENSION, _END = 0x2C, 0x21, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_LOOP = re.compile(rb"!\xff\x0b(?:NETSCAPE2\.0|ANIMEXTS1\.0)\x03\x01..\x00", re.DOTALL)
_HIDDEN = re.compile(rb"!(?:\xfe[^\0]|\xff\x0b)", re.DOTALL)
_MOST = 300_000
"""Blocks of one file."""


def gif_without_metadata(data: bytes) -> bytes | None:
    """Return a GIF file without metadata; the same when it has none, None for one whose colours are something else.

    Where it makes no sense it ends.
    """
    at = 13 + _table(data, 10)
    if data[:6] not in (b"GIF87a", b"GIF89a") or _has_block(data, 13, at):
        return None
    parts = [data[:at]]
    for _ in range(_MOST):
        kind = data[at] if at < len(data) else _END
        if kind == _FRAME and at + 10 <= len(data):
            first = at + 10 + _table(data, at + 9) + 1
            if _has_block(data, at + 10, first - 1):
                return None
            end = _behind_blocks(data, first)
            parts.append(data[at:end])
        elif kind == _EXTENSION and at + 2 <= len(data):
            end = _behind_blocks(data, at + 2)
            parts.append(_kept(data[at:end]))
        else:
            parts.append(data[at : at + 1] if kind == _END else b";")
            break
        at = end
    return b"".join(parts)


def _kept(extension: bytes) -> bytes:
    """Return what is published of an extension: the time of a frame, and how often all of them are shown."""
    if extension[1] == _CONTROL:
        return extension if len(extension) == 8 and extension[2] == 4 else b""
    if extension[1] == _APPLICATION and extension[3:14] in _LOOPS:
        found = _LOOP.match(extension)
        return found[0] if found else b""
    return b""


def _table(data: bytes, at: int) -> int:
    """Return how many bytes the colours have of which the flags at a place tell."""
    flags = data[at] if at < len(data) else 0
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _has_block(data: bytes, start: int, end: int) -> bool:
    """Tell whether colours are a comment or a program's data, because a damaged number says that there are more."""
    for found in _HIDDEN.finditer(data, start, end):
        behind = _behind_blocks(data, found.start() + 2)
        if data[behind - 1 : behind] == b"\0" and data[behind : behind + 1] in (b"!", b",", b";"):
            return True
    return False


def _behind_blocks(data: bytes, at: int) -> int:
    """Return where a row of blocks ends, each with its length before it and the last one empty."""
    size = len(data)
    while at < size and data[at]:
        at += data[at] + 1
    return min(at + 1, size)
