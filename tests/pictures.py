"""Pictures of a few bytes, for tests that look at what a file is."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 4, height: int = 3, shade: int = 9) -> bytes:
    """Return a grey PNG; another shade is another picture."""
    rows = b"".join(b"\x00" + bytes([shade]) * width for _ in range(height))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def jpeg() -> bytes:
    """Return the head of a JPEG that says how large it is, and its end."""
    frame = b"\xff\xc0\x00\x0b\x08\x00\x03\x00\x04\x01\x01\x11\x00"
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + frame + b"\xff\xda\x00\x00\xff\xd9"


def brand(*names: str) -> bytes:
    """Return the beginning of an ISO base media file with these brands."""
    box = names[0].encode() + bytes(4) + "".join(names[1:]).encode()
    return struct.pack(">I", len(box) + 8) + b"ftyp" + box + bytes(200)


POINTER = (
    b"version https://git-lfs.github.com/spec/v1\n"
    b"oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'
