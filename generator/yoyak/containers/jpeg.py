"""JPEG (ITU-T T.81 Annex B): a copy of what makes the picture, without everything else.

Segments are taken over by allow-list. What follows the end of the picture (other pictures, the film of a “motion
photo”) and what is between segments without being one is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from yoyak.containers.credit import Credit, credit_in_iptc, credit_in_xmp
from yoyak.containers.exif import HEADER, Exif, exif_in, exif_with
from yoyak.containers.signs import sign_in

_SOI, _EOI, _SOS, _DQT, _DHT, _DAC, _DRI, _DNL, _DHP, _EXP = 0xD8, 0xD9, 0xDA, 0xDB, 0xC4, 0xCC, 0xDD, 0xDC, 0xDE, 0xDF
_APP0, _APP1, _APP2, _APP13, _APP14 = 0xE0, 0xE1, 0xE2, 0xED, 0xEE
_SCAN = 0
"""In the place of a marker: the coded picture behind ``SOS``."""
_NOT_FRAMES = {_DHT, 0xC8, _DAC}
_NEXT = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")
"""A marker that has a meaning outside of a scan, and ends one."""
_MOST = 200_000
"""Segments of one file."""
_SizeOf = Callable[[int, int], int]
_XMP = b"http://ns.adobe.com/xap/1.0/\0"


class _Segment(NamedTuple):
    marker: int
    start: int
    end: int


def jpeg_without_metadata(data: bytes, *, credit: bool) -> bytes:
    """Return a JPEG file without metadata; the same when it has none."""
    segments = list(_segments(data))
    exif = _exif_of(data, segments, credit=credit)
    new = (_EXIF_MARKER + (len(HEADER + exif) + 2).to_bytes(2, "big") + HEADER + exif) if exif else b""
    at = _place_of_exif(data, segments)
    parts = [data[:2]]
    for number, segment in enumerate(segments):
        if number == at:
            parts.append(new)
        if segment.marker == _SCAN and (sign := sign_in(data, segment.start, segment.end)) >= 0:
            parts += [data[segment.start : sign], b"\xff\xd9"]
            break
        parts.append(_kept(data, segment))
    return b"".join(parts)


_EXIF_MARKER = b"\xff\xe1"


def _segments(data: bytes) -> Iterator[_Segment]:
    """Yield the segments of a JPEG file up to its end, or up to where it makes no sense."""
    at = 2
    for _ in range(_MOST):
        found = _NEXT.search(data, at)
        if not found or data[found.start() + 1] == _SOI:
            return
        start = found.start()
        marker = data[start + 1]
        if marker == _EOI:
            yield _Segment(_EOI, start, start + 2)
            return
        end = start + 2 + int.from_bytes(data[start + 2 : start + 4], "big")
        if end < start + 4 or end > len(data):
            return
        yield _Segment(marker, start, end)
        at = end
        if marker == _SOS and _is_sound(marker, data[start + 4 : end]):
            following = _NEXT.search(data, end)
            at = following.start() if following else len(data)
            yield _Segment(_SCAN, end, at)


def _place_of_exif(data: bytes, segments: Sequence[_Segment]) -> int:
    """Return the number of the segment in whose place Exif data belong: those that are there, else behind JFIF."""
    for number, segment in enumerate(segments):
        if segment.marker == _APP1 and data.startswith(HEADER, segment.start + 4):
            return number
    return 1 if segments and segments[0].marker == _APP0 else 0


def _exif_of(data: bytes, segments: Sequence[_Segment], *, credit: bool) -> bytes:
    found, of_others, is_first = Exif(), Credit(), True
    for segment in segments:
        content = data[segment.start + 4 : segment.end] if segment.marker in (_APP1, _APP13) else b""
        if content.startswith(HEADER) and is_first:
            found, is_first = exif_in(content), False
        elif credit and content.startswith(_XMP):
            of_others = of_others.with_more(credit_in_xmp(content))
        elif credit and segment.marker == _APP13:
            of_others = of_others.with_more(credit_in_iptc(content))
    return exif_with(found.orientation, found.credit.with_more(of_others) if credit else None)


def _kept(data: bytes, segment: _Segment) -> bytes:
    """Return what is published of a segment; empty for metadata and for what is not known."""
    if segment.marker in (_SCAN, _EOI):
        return data[segment.start : segment.end]
    content = data[segment.start + 4 : segment.end]
    if segment.marker == _APP0 and content.startswith(b"JFIF\0") and len(content) >= 14:
        if len(content) == 14 and content[12:] == b"\0\0":
            return data[segment.start : segment.end]
        return b"\xff\xe0\0\x10" + content[:12] + b"\0\0"  # without its small picture
    return data[segment.start : segment.end] if _is_sound(segment.marker, content) else b""


def _is_sound(marker: int, content: bytes) -> bool:
    """Tell whether a segment is one that makes the picture, and is exactly as long as its numbers say."""
    size = len(content)
    if marker == _APP2:
        return content.startswith(b"ICC_PROFILE\0") and sign_in(content) < 0
    if marker == _APP14:
        return size == 12 and content.startswith(b"Adobe")
    if marker == _SOS:
        return size >= 4 and size == 4 + 2 * content[0]
    if marker == _DHP or (0xC0 <= marker <= 0xCF and marker not in _NOT_FRAMES):
        return size >= 6 and size == 6 + 3 * content[5]
    if marker == _DQT:
        return _is_of_tables(content, lambda head, _: 128 if head >> 4 else 64)
    if marker == _DHT:
        return _is_of_tables(content, lambda _, at: 16 + sum(content[at : at + 16]))
    if marker == _DAC:
        return _is_of_tables(content, lambda *_: 1)
    return size == {_DRI: 2, _DNL: 2, _EXP: 1}.get(marker, -1)


def _is_of_tables(content: bytes, size_of: _SizeOf) -> bool:
    """Tell whether a segment is a row of tables, each with one byte before it: its class and its number."""
    at = 0
    while at < len(content) and content[at] >> 4 <= 1 and content[at] & 15 <= 3:
        at += 1 + size_of(content[at], at + 1)
    return at == len(content) > 0
