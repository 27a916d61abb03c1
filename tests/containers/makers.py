"""Pictures, and where programs put metadata into them. The first three are real ones of 12 × 8 pixels."""

from __future__ import annotations

import struct
from base64 import b64decode
from zlib import compress, crc32

SECRET = b"35.1587N129.1604E"
"""Where somebody lives."""
JPEG = b64decode(
    """/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxO
    UlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09P
    T09PT09PT0//wAARCAAIAAwDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAQG/8QAFxABAQEBAAAAAAAAAAAAAAAAAAID
    Iv/EABUBAQEAAAAAAAAAAAAAAAAAAAUG/8QAGREAAgMBAAAAAAAAAAAAAAAAAAIDBRIx/9oADAMBAAIRAxEAPwDKbWkq+gUtVAmO
    CdlM+j//2Q=="""
)
PNG = b64decode(
    """iVBORw0KGgoAAAANSUhEUgAAAAwAAAAICAYAAADN5B7xAAAAxUlEQVR4AUxPoRECQQzcefc5OqACSqACNAaLwWOwCDwGi0GjkJRA
    BXRABcz8RYbdux/+xM1ls7vZpPtiFh/M441FvLCMJ1Zxxyau2MUZhzjiFHtcYotbrPGIzmHIfI7Ev4ezztBfcWZ/KFi6Hl2mwPnU
    VJ0LmSDs7OcRi3PiYphIY0KdLHKgwJmQaZJBOhoUb1zHKLYyWaREToNEE05objCaWnNqsPoVM8GayWq22EZT+icXQ93VCql4raF1
    VPt4g3M94R8AAAD//2sSYvQAAAAGSURBVAMAGshr+VQS47kAAAAASUVORK5CYII="""
)
WEBP = b64decode(
    """UklGRkwAAABXRUJQVlA4IEAAAADwAQCdASoMAAgAAoBCJbACdAD0saszvAAA/vDf8SrssZ8L/Ot3p//V3dJf8Irn+9syn/zmHgz2
    Kh39UEH4zwAA"""
)
GIF = b64decode("R0lGODlhAQABAIAAAP8AAAAA/yH5BAAKAAAALAAAAAABAAEAAAICRAEAOw==")
LOOP = b"!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
XMP = b"<?xpacket?><x:xmpmeta><exif:GPSLatitude>" + SECRET + b"</exif:GPSLatitude>%s</x:xmpmeta>"
DC = b"<dc:creator><rdf:Seq><rdf:li>Kim &amp; Lee</rdf:li></rdf:Seq></dc:creator><dc:rights>(c) Harbour</dc:rights>"


def exif(orientation: int = 1, artist: str = "", rights: str = "", order: str = "<") -> bytes:
    """Return Exif data, without a header, that say where a picture was taken, and perhaps more."""
    fields = [(0x0112, 3, 1, struct.pack(f"{order}HH", orientation, 0))] if orientation != 1 else []
    fields += [
        (tag, 2, len(text.encode()) + 1, text.encode() + b"\0")
        for tag, text in ((0x013B, artist), (0x8298, rights))
        if text
    ]
    fields.append((0x927C, 7, len(SECRET), SECRET))
    behind, head, tail = 8 + 2 + 12 * len(fields) + 4, b"", b""
    for tag, kind, count, data in fields:
        value = data.ljust(4, b"\0") if len(data) <= 4 else struct.pack(f"{order}I", behind + len(tail))
        head += struct.pack(f"{order}HHI", tag, kind, count) + value
        tail += data if len(data) > 4 else b""
    start = {"<": b"II", ">": b"MM"}[order] + struct.pack(f"{order}HIH", 42, 8, len(fields))
    return start + head + bytes(4) + tail


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def jpeg(*segments: bytes, tail: bytes = b"", picture: bytes = JPEG) -> bytes:
    """Return the JPEG picture with segments behind its beginning, and more behind its end."""
    at = 2 + 2 + int.from_bytes(picture[4:6], "big")
    return picture[:at] + b"".join(segments) + picture[at:] + tail


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", crc32(name + content))


def png(*chunks: bytes, before_end: bytes = b"", tail: bytes = b"") -> bytes:
    end = PNG.index(b"IEND") - 4
    return PNG[:33] + b"".join(chunks) + PNG[33:end] + before_end + PNG[end:] + tail


def riff(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def webp(*chunks: bytes, flags: int = 0, tail: bytes = b"", extended: bool = True) -> bytes:
    head = riff(b"VP8X", bytes([flags, 0, 0, 0, 11, 0, 0, 7, 0, 0])) if extended else b""
    body = b"WEBP" + head + WEBP[12:] + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body + tail


def gif(*blocks: bytes, tail: bytes = b"") -> bytes:
    return GIF[:19] + b"".join(blocks) + GIF[19:] + tail


def rows(data: bytes) -> bytes:
    """Return data as the blocks of a GIF extension."""
    cut = [data[at : at + 255] for at in range(0, len(data), 255)]
    return b"".join(bytes([len(one)]) + one for one in cut) + b"\0"


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content


def full(name: bytes, content: bytes, version: int = 0) -> bytes:
    return box(name, bytes([version, 0, 0, 0]) + content)


PIXELS = bytes(range(200))
"""In the place of what an AVIF picture is coded with."""


def avif(*others: tuple[bytes, bytes], tail: bytes = b"", in_idat: bool = False, gap: bytes = b"") -> bytes:
    """Return a file built like an AVIF picture; `others` are the types and contents of its items beside the picture."""
    items = [(b"av01", PIXELS), *others]
    entries = b"".join(
        full(
            b"infe",
            struct.pack(">HH4s", number, 0, kind) + b"\0" + (b"application/rdf+xml\0" if kind == b"mime" else b""),
            2,
        )
        for number, (kind, _) in enumerate(items, 1)
    )
    head = box(b"ftyp", b"avif\0\0\0\0avifmif1miaf")
    stored = gap + b"".join(content for _, content in items)

    def meta(start: int) -> bytes:
        places, at = b"", start + len(gap)
        for number, (_, content) in enumerate(items, 1):
            places += struct.pack(">HHHHII", number, int(in_idat), 0, 1, at, len(content))
            at += len(content)
        return full(
            b"meta",
            full(b"hdlr", bytes(4) + b"pict" + bytes(13))
            + full(b"pitm", b"\0\1")
            + full(b"iloc", b"\x44\0" + struct.pack(">H", len(items)) + places, 1)
            + full(b"iinf", struct.pack(">H", len(items)) + entries)
            + box(b"iprp", box(b"ipco", full(b"ispe", struct.pack(">II", 12, 8)) + box(b"irot", b"\1")))
            + (box(b"idat", stored) if in_idat else b""),
        )

    if in_idat:
        return head + meta(0) + tail
    return head + meta(len(head) + len(meta(0)) + 8) + box(b"mdat", stored) + tail


def packed_text(keyword: bytes, text: bytes) -> bytes:
    return chunk(b"zTXt", keyword + b"\0\0" + compress(text))
