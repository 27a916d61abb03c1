"""Documents of the older Hangul (.hwp, version 5): records in a compound file. The text of paragraphs and tables.

The format is Hancom's "Hwp Document File Formats 5.0" (revision 1.3).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from html import escape
from io import BytesIO
from typing import Any, NamedTuple

from yoyak.importing.documents.document import Counts, Document, DocumentReader, bounded, needed
from yoyak.importing.found import NoTextError
from yoyak.model.message import say

_HEAD, _TEXT, _CONTROL, _CELLS = 66, 67, 71, 72
_TRACKED = 96
_COMPRESSED, _PASSWORD, _DISTRIBUTION, _LOCKED = 1, 2, 4, 16
_ALL, _MOST_RECORDS, _DEEPEST = 60_000_000, 600_000, 60
_AS_HWPX = say("as-hwpx.hint")
_LEFT = {
    "head": say("lost.header"), "foot": say("lost.footer"), "tcmt": say("lost.hidden-comment"),
    "gso ": say("lost.picture-or-drawing"), "form": say("lost.form"),
}  # fmt: skip


class HwpRecord(NamedTuple):
    """A record with those below it."""

    tag: int
    data: bytes
    inner: list[HwpRecord]


def read_hangul_binary(data: bytes) -> Document:
    """Return the text of a document of the older Hangul.

    Raises:
        NoTextError: it cannot be read, or olefile is not installed.
    """
    olefile: Any = needed("olefile", ".hwp")
    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            return _read(file)
    except NoTextError:
        raise
    except (OSError, ValueError, LookupError, TypeError, AttributeError, struct.error, zlib.error):
        raise NoTextError(say("hangul.damaged"), _AS_HWPX) from None


def _read(file: Any) -> Document:
    head = file.openstream("FileHeader").read(256)
    flags = int.from_bytes(head[36:40], "little")
    if not head.startswith(b"HWP Document File"):
        raise NoTextError(say("hangul.unknown"), _AS_HWPX)
    if flags & (_PASSWORD | _LOCKED):
        raise NoTextError(say("hangul.protected"), say("save-without-password.hint"))
    if flags & _DISTRIBUTION:
        hint = say("hangul.distribution.hint")
        raise NoTextError(say("hangul.distribution"), hint)
    packed = bool(flags & _COMPRESSED)
    if file.exists("DocInfo") and any(tag == _TRACKED for tag, _, _ in _records(_stream(file, "DocInfo", packed))):
        message = say("hangul.tracked")
        raise NoTextError(message, say("hangul.tracked.hint"))
    reader = _HwpReader()
    names = sorted(
        (int(match[1]), "/".join(path))
        for path in file.listdir()
        if len(path) == 2 and path[0] == "BodyText" and (match := re.fullmatch(r"Section(\d{1,5})", path[1]))
    )
    blocks = [block for _, name in names for block in reader.blocks(_tree(_stream(file, name, packed)), 0)]
    if not any(re.sub(r"<[^>]*>", "", block).strip() for block in blocks):
        blocks = list(_preview(file, reader.counts))
    bounded(len(blocks))
    reader.counts.add(say("lost.hwp"))
    return reader.document(blocks)


def _preview(file: Any, counts: Counts) -> Iterator[str]:
    """Yield the first page as Hangul keeps it for previews."""
    if file.exists("PrvText"):
        counts.add(say("lost.behind-first-page"))
        text = file.openstream("PrvText").read(_ALL).decode("utf-16-le", "replace")
        yield from (f"<p>{escape(line, quote=False)}</p>" for line in text.splitlines() if line.strip())


def _stream(file: Any, name: str, packed: bool) -> bytes:  # noqa: FBT001
    data: bytes = file.openstream(name).read()
    if not packed:
        return data
    unpacking = zlib.decompressobj(-15)
    found = unpacking.decompress(data, _ALL)
    if unpacking.unconsumed_tail:
        raise NoTextError(say("document.too-big"), say("split-in-parts.hint"))
    return found


def _records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield the tag, the level and the bytes of each record (chapter 4.1)."""
    at = number = 0
    while at + 4 <= len(data):
        word = int.from_bytes(data[at : at + 4], "little")
        at += 4
        size = word >> 20
        if size == 0xFFF:
            size = int.from_bytes(data[at : at + 4], "little")
            at += 4
        number += 1
        if number > _MOST_RECORDS:
            raise NoTextError(say("document.too-many-parts"), say("split-in-parts.hint"))
        yield word & 0x3FF, word >> 10 & 0x3FF, data[at : at + size]
        at += size


def _tree(data: bytes) -> list[HwpRecord]:
    top = HwpRecord(0, b"", [])
    way: list[tuple[int, HwpRecord]] = [(-1, top)]
    for tag, level, inner in _records(data):
        record = HwpRecord(tag, inner, [])
        while way[-1][0] >= level:
            way.pop()
        way[-1][1].inner.append(record)
        way.append((level, record))
    return top.inner


class _HwpReader(DocumentReader):
    def blocks(self, records: list[HwpRecord], depth: int) -> Iterator[str]:
        """Yield the paragraphs among records, and the tables in them."""
        if depth > _DEEPEST:
            raise NoTextError(say("document.tables-too-deep"), _AS_HWPX)
        for record in records:
            if record.tag == _HEAD:
                yield from self._paragraph(record, depth)

    def _paragraph(self, record: HwpRecord, depth: int) -> Iterator[str]:
        data = next((one.data for one in record.inner if one.tag == _TEXT), b"")
        controls = (one for one in record.inner if one.tag == _CONTROL)
        words = ""
        for piece in _pieces(data):
            if piece is not None:
                words += piece
                continue
            control = next(controls, None)
            name = control.data[:4][::-1].decode("latin-1") if control else ""
            if control and name == "tbl ":
                yield f"<p>{words}</p>"
                words = ""
                yield self._table(control, depth)
            elif control and name in ("fn  ", "en  "):
                words += self.note(self._inside(control, depth))
            elif control and name == "gso " and (inside := list(self._inside(control, depth))):
                yield f"<p>{words}</p>"
                words = ""
                yield from inside
            elif name in _LEFT or name.startswith("%%me"):
                self.counts.add(_LEFT.get(name, say("lost.memo")))
        yield f"<p>{words}</p>"

    def _inside(self, control: HwpRecord, depth: int) -> Iterator[str]:
        """Yield the paragraphs of a note, or of the boxes in a drawing."""
        for one in control.inner:
            if one.tag == _HEAD:
                yield from self._paragraph(one, depth + 1)
            elif one.tag != _CONTROL:
                yield from self._inside(one, depth + 1) if depth < _DEEPEST else ()

    def _table(self, control: HwpRecord, depth: int) -> str:
        """Return a table; a cell's paragraphs are behind its list, on the same level or below it (4.3.9.1)."""
        cells: dict[tuple[int, int], str] = {}
        place, spans = (-1, -1), ""
        for one in control.inner:
            if one.tag == _CELLS:
                place, spans = _place(one.data)
                cells[place] = f"<td{spans}>" + "".join(self.blocks(one.inner, depth + 1))
            elif one.tag == _HEAD and place in cells:
                cells[place] += "".join(self.blocks([one], depth + 1))
        rows = sorted({row for row, _ in cells if row >= 0})
        lines = ("".join(f"{cells[at]}</td>" for at in sorted(cells) if at[0] == row) for row in rows)
        return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _place(data: bytes) -> tuple[tuple[int, int], str]:
    """Return the row and the column of a cell, and how far it reaches. A caption has none."""
    if len(data) < 16 + 14:
        return (-1, 0), ""
    column, row, across, down = struct.unpack_from("<4H", data, 8)
    spans = (f' colspan="{across}"' if across > 1 else "") + (f' rowspan="{down}"' if down > 1 else "")
    return (row, column), spans


_WIDE = frozenset((*range(1, 10), 11, 12, *range(14, 24)))
"""Signs that take eight characters (chapter 4.2.4, table 6)."""
_EXTENDED = frozenset((1, 2, 3, 11, 12, 14, 15, 16, 17, 18, 21, 22, 23))
"""Those of them that have a record of their own."""
_SIGNS = {9: " ", 10: "<br>", 24: "-", 30: "\u00a0", 31: "\u3000"}


def _pieces(data: bytes) -> Iterator[str | None]:
    """Yield the text of a paragraph as HTML, and None for each control in it."""
    units = struct.unpack(f"<{len(data) // 2}H", data[: len(data) // 2 * 2])
    at, start = 0, 0
    while at < len(units):
        if units[at] > 31:
            at += 1
            continue
        yield _plain(units[start:at])
        if units[at] in _EXTENDED:
            yield None
        else:
            yield _SIGNS.get(units[at], "")
        at += 8 if units[at] in _WIDE else 1
        start = at
    yield _plain(units[start:])


def _plain(units: tuple[int, ...]) -> str:
    return escape(struct.pack(f"<{len(units)}H", *units).decode("utf-16-le", "ignore"), quote=False)
