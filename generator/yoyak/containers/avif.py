"""AVIF (ISO/IEC 14496-12, 23008-12): everything but the picture is overwritten, in place.

The parts of such a file are found by their distance from its beginning, so nothing is moved: bytes that no part of
the picture uses become zeros. How a picture is turned, and its colours, are properties of it and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from yoyak.containers.exif import Exif, exif_in, exif_with
from yoyak.containers.signs import sign_in

_PICTURES = frozenset({b"av01", b"grid", b"iovl", b"iden", b"tmap", b"sato", b"mski"})
"""Types of items that are a picture or a part of one (MIAF, AVIF 1.2)."""
_TOP = frozenset({b"ftyp", b"meta", b"moov", b"mdat"})
_OF_META = frozenset({b"hdlr", b"pitm", b"iloc", b"iinf", b"iref", b"iprp", b"idat", b"grpl"})
_OF_FILMS = {
    b"moov": frozenset({b"mvhd", b"trak"}),
    b"trak": frozenset({b"tkhd", b"tref", b"edts", b"mdia"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf"}),
    b"minf": frozenset({b"vmhd", b"nmhd", b"dinf", b"stbl"}),
}
_MOST = 20_000
_EMPTY = b"MM\0*\0\0\0\x08" + bytes(6)
"""Exif data that say nothing. Some programs refuse a picture whose Exif data are no such data."""


class _Box(NamedTuple):
    name: bytes
    start: int
    content: int
    end: int


class _NotUnderstood(ValueError):
    """The file is not built as it should be."""


def avif_without_metadata(data: bytes, *, credit: bool) -> bytes | None:
    """Return an AVIF file whose metadata are zeros; the same when it has none, None when it is not understood."""
    try:
        new = bytes(_cleared(data, credit=credit))
        is_whole = _cleared(new, credit=credit) == new  # damaged places may lead to what has to stay
    except (_NotUnderstood, IndexError):
        return None
    return new if is_whole else None


def _cleared(data: bytes, *, credit: bool) -> bytearray:
    new = bytearray(data)
    boxes = list(_boxes(data, 0, len(data)))
    tops = {box.name: box for box in boxes}
    for box in boxes:
        if box.name not in _TOP:
            _free(new, box)
    if boxes and boxes[-1].end < len(data):
        del new[boxes[-1].end :]
    if b"moov" in tops:
        _clear_film(new, data, tops[b"moov"])
    if b"meta" in tops:
        _clear_items(new, data, tops[b"meta"], boxes, has_film=b"moov" in tops, credit=credit)
    elif b"moov" not in tops:
        raise _NotUnderstood
    if any(box.name == b"mdat" and sign_in(bytes(new[box.content : box.end])) >= 0 for box in boxes):
        raise _NotUnderstood
    return new


def _boxes(data: bytes, at: int, end: int) -> Iterator[_Box]:
    for _ in range(_MOST):
        if at + 8 > end:
            return
        size, name, content = _number(data, at, 4), data[at + 4 : at + 8], at + 8
        if size == 1:
            size, content = _number(data, at + 8, 8), at + 16
        stop = end if size == 0 else at + size
        if stop < content or stop > end or not re.fullmatch(rb"[ -~]{4}", name):
            raise _NotUnderstood
        yield _Box(name, at, content, stop)
        at = stop
    if at < end:
        raise _NotUnderstood


def _number(data: bytes, at: int, size: int) -> int:
    if at + size > len(data):
        raise _NotUnderstood
    return int.from_bytes(data[at : at + size], "big")


def _free(new: bytearray, box: _Box) -> None:
    new[box.start + 4 : box.start + 8] = b"free"
    _zero(new, box.content, box.end)


def _zero(new: bytearray, start: int, end: int) -> None:
    new[start:end] = bytes(max(0, min(end, len(new)) - start))


def _clear_film(new: bytearray, data: bytes, box: _Box) -> None:
    """Overwrite what in the description of an animation is not needed to show it."""
    for inner in _boxes(data, box.content, box.end):
        if inner.name not in _OF_FILMS[box.name]:
            _free(new, inner)
        elif inner.name in _OF_FILMS:
            _clear_film(new, data, inner)
        elif inner.name in (b"mvhd", b"tkhd", b"mdhd"):  # when it was made and changed, behind version and flags
            _zero(new, inner.content + 4, inner.content + (20 if data[inner.content] else 12))


# --- items ---


class _AvifItem(NamedTuple):
    kind: bytes
    extents: tuple[tuple[int, int], ...]
    """From where to where in the file."""


def _clear_items(new: bytearray, data: bytes, meta: _Box, boxes: list[_Box], *, has_film: bool, credit: bool) -> None:
    inner = list(_boxes(data, meta.content + 4, meta.end))
    parts = {box.name: box for box in inner}
    if not {b"iloc", b"iinf"} <= parts.keys():
        raise _NotUnderstood
    for box in inner:
        if box.name not in _OF_META:
            _free(new, box)
    items = _items(data, parts)
    kept = sorted(extent for item in items if item.kind in _PICTURES for extent in item.extents)
    exif = [item.extents[0] for item in items if item.kind == b"Exif" and len(item.extents) == 1]
    told = exif_in(data[exif[0][0] + 4 : exif[0][1]]) if exif else Exif()
    stores = [box for box in (*boxes, parts.get(b"idat")) if box and box.name in (b"mdat", b"idat")]
    for store in stores if not has_film else ():
        _zero_between(new, store, kept)
    for item in items:
        if item.kind not in _PICTURES:
            for start, end in item.extents:
                _zero(new, start, end)
    if exif:
        _write_credit(new, exif[0], (exif_with(1, told.credit) if credit else b"") or _EMPTY)


def _zero_between(new: bytearray, store: _Box, kept: list[tuple[int, int]]) -> None:
    at = store.content
    for start, end in kept:
        if start > at:
            _zero(new, at, min(start, store.end))
        at = max(at, end)
        if at >= store.end:
            return
    _zero(new, at, store.end)


def _write_credit(new: bytearray, extent: tuple[int, int], exif: bytes) -> None:
    start, end = extent
    if exif and start + 4 + len(exif) <= end:
        new[start + 4 : start + 4 + len(exif)] = exif


def _items(data: bytes, parts: dict[bytes, _Box]) -> list[_AvifItem]:
    kinds = dict(_kinds(data, parts[b"iinf"]))
    base = parts[b"idat"].content if b"idat" in parts else None
    places = _places(data, parts[b"iloc"], base)
    return [_AvifItem(kinds.get(number, b""), extents) for number, extents in places]


def _kinds(data: bytes, box: _Box) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the type of each item (``iinf``, ``infe``)."""
    first = box.content + (6 if data[box.content] == 0 else 8)
    for entry in _boxes(data, first, box.end):
        version = data[entry.content]
        if entry.name != b"infe" or version not in (2, 3):
            raise _NotUnderstood
        size = 2 if version == 2 else 4
        at = entry.content + 4 + size + 2
        yield _number(data, entry.content + 4, size), data[at : at + 4]


def _places(data: bytes, box: _Box, base: int | None) -> Iterator[tuple[int, tuple[tuple[int, int], ...]]]:
    """Yield the number of each item and where its bytes are (``iloc``)."""
    version = data[box.content]
    sizes, more = data[box.content + 4], data[box.content + 5]
    of_offset, of_length, of_base, of_index = sizes >> 4, sizes & 15, more >> 4, more & 15 if version else 0
    if version > 2 or not {of_offset, of_length, of_base, of_index} <= {0, 4, 8}:
        raise _NotUnderstood
    wide = 4 if version == 2 else 2
    at = box.content + 6 + wide
    for _ in range(min(_number(data, box.content + 6, wide), _MOST)):
        number, at = _number(data, at, wide), at + wide
        method = _number(data, at, 2) & 15 if version else 0
        at += 2 if version else 0
        reference, start, at = _number(data, at, 2), _number(data, at + 2, of_base), at + 2 + of_base
        if method > 1 or reference or (method == 1 and base is None):
            raise _NotUnderstood
        start += base or 0 if method == 1 else 0
        extents = []
        count, at = _number(data, at, 2), at + 2
        for _ in range(min(count, _MOST)):
            offset = start + _number(data, at + of_index, of_offset)
            length = _number(data, at + of_index + of_offset, of_length)
            at += of_index + of_offset + of_length
            if offset + length > len(data) or at > box.end:
                raise _NotUnderstood
            extents.append((offset, offset + length if of_length else len(data)))
        yield number, tuple(extents)
