"""WebP (RFC 9649): a copy of the chunks that make the picture, its colours and its animation."""

from __future__ import annotations

from collections.abc import Iterator

from yoyak.containers.credit import Credit, credit_in_xmp
from yoyak.containers.exif import Exif, exif_in, exif_with
from yoyak.containers.signs import sign_in

_OF_FRAME = frozenset({b"ALPH", b"VP8 ", b"VP8L"})
_KEPT = _OF_FRAME | {b"VP8X", b"ICCP", b"ANIM", b"ANMF"}
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04
_LONGEST = {b"VP8X": 10, b"ANIM": 6}
_MOST = 100_000
"""Chunks of one file."""


def webp_without_metadata(data: bytes, *, credit: bool) -> bytes:
    """Return a WebP file without metadata; the same when it has none."""
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    chunks = list(_chunks(data, 12, end))
    told, of_xmp = Exif(), Credit()
    for name, content in chunks:
        if name == b"EXIF":
            told = exif_in(content)
        elif name == b"XMP " and credit:
            of_xmp = credit_in_xmp(content)
    is_extended = any(name == b"VP8X" for name, _ in chunks)  # only such a file may have Exif data
    exif = exif_with(told.orientation, told.credit.with_more(of_xmp) if credit else None) if is_extended else b""
    parts = [_kept(name, content, with_exif=bool(exif)) for name, content in chunks]
    body = b"WEBP" + b"".join(parts) + (_chunk(b"EXIF", exif) if exif else b"")
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _chunks(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield the names and contents of the chunks between two places, up to the first that is not whole."""
    for _ in range(_MOST):
        if at + 8 > end:
            return
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > end:
            return
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def _kept(name: bytes, content: bytes, *, with_exif: bool) -> bytes:
    if name not in _KEPT or (sign_in(content) >= 0 and name != b"ANMF"):
        return b""
    if name == b"VP8X" and content:
        flags = content[0] & ~(_EXIF_FLAG | _XMP_FLAG) | (_EXIF_FLAG if with_exif else 0)
        content = bytes([flags]) + content[1:]
    if name == b"ANMF":
        inner = (_chunk(*one) for one in _chunks(content, 16, len(content)) if one[0] in _OF_FRAME)
        content = content[:16] + b"".join(inner)
        if sign_in(content) >= 0:
            return b""
    return _chunk(name, content[: _LONGEST.get(name, len(content))])
