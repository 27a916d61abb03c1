"""PNG (W3C PNG, third edition): a copy of the chunks that make the picture, its colours and its animation."""

from __future__ import annotations

import re
from zlib import crc32, decompressobj, error

from yoyak.containers.credit import Credit, credit_in_xmp, plain
from yoyak.containers.exif import Exif, exif_in, exif_with

_CRITICAL = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"fdAT"})
_KEPT = _CRITICAL | frozenset(
    b"tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV mDCv cLLI cLLi bKGD hIST pHYs acTL fcTL".split()
)
_LONGEST = {
    b"IHDR": 13,
    b"PLTE": 768,
    b"tRNS": 256,
    b"cHRM": 32,
    b"sBIT": 4,
    b"bKGD": 6,
    b"hIST": 512,
    b"mDCV": 24,
    b"mDCv": 24,
}
"""Bytes of a chunk; of the other short ones 26, as ``fcTL`` has."""
_LONG = {b"IDAT", b"fdAT", b"iCCP"}
_NAME = re.compile(rb"[A-Za-z]{4}")
_TEXTS = {b"Author": "artist", b"Copyright": "copyright"}
_MOST = 300_000
"""Chunks of one file."""


def png_without_metadata(data: bytes, *, credit: bool) -> bytes | None:
    """Return a PNG file without metadata; the same when it has none, None for a damaged one."""
    parts, at, place, told = [data[:8]], 8, 0, Exif()
    for _ in range(_MOST):
        name, end = data[at + 4 : at + 8], at + 12 + int.from_bytes(data[at : at + 4], "big")
        if not _NAME.fullmatch(name):
            break
        start, at = at, end
        if name == b"eXIf" and not place:
            found, place = exif_in(data[start + 8 : end - 4]), len(parts)
            told = Exif(found.orientation, found.credit.with_more(told.credit))
        elif credit and name in (b"tEXt", b"zTXt", b"iTXt"):
            told = told._replace(credit=told.credit.with_more(_credit_in(name, data[start + 8 : end - 4])))
        elif name in _KEPT:
            if _is_whole(data, start, end):
                parts.append(data[start:end])
            elif name in _CRITICAL:
                return None
        if name == b"IEND" or at >= len(data):
            break
    if not any(part[4:8] == b"IDAT" for part in parts):
        return None
    exif = exif_with(told.orientation, told.credit if credit else None)
    if exif:
        parts.insert(place or min(2, len(parts)), chunk(b"eXIf", exif))
    return b"".join(parts)


def chunk(name: bytes, content: bytes) -> bytes:
    """Return a chunk with its length and its check sum."""
    return len(content).to_bytes(4, "big") + name + content + crc32(name + content).to_bytes(4, "big")


def _is_whole(data: bytes, start: int, end: int) -> bool:
    """Tell whether a chunk is as long as it may be, and has its own check sum."""
    name, size = data[start + 4 : start + 8], end - start - 12
    if end > len(data) or size > _LONGEST.get(name, 1 << 31 if name in _LONG else 26) or (size and name == b"IEND"):
        return False
    return crc32(memoryview(data)[start + 4 : end - 4]) == int.from_bytes(data[end - 4 : end], "big")


def _credit_in(name: bytes, content: bytes) -> Credit:
    keyword, _, rest = content[:100_000].partition(b"\0")
    if name == b"iTXt":
        packed, rest = rest[:1] == b"\1", rest[2:].split(b"\0", 2)[-1]
        text = _unpacked(rest) if packed else rest
    else:
        text = _unpacked(rest[1:]) if name == b"zTXt" else rest
    if keyword == b"XML:com.adobe.xmp":
        return credit_in_xmp(text)
    key = _TEXTS.get(keyword)
    encoding = "utf-8" if name == b"iTXt" else "latin-1"
    return Credit(**{key: plain(text.decode(encoding, "replace"))}) if key else Credit()


def _unpacked(data: bytes) -> bytes:
    try:
        return decompressobj().decompress(data, 100_000)
    except error:
        return b""
