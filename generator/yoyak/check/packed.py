"""What is compressed inside a file that a site passes on, opened within bounds: a search for words has to see it.

Opened are archives (ZIP, and what is one: DOCX, XLSX, PPTX, ODT, HWPX, EPUB), GZIP (SVGZ), streams of PDF, texts of PNG
and names of WOFF. Letters of a PDF that only its fonts know, WOFF2, HWP and other archives are not.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from yoyak.check.output_words import GZIP, PNG, WOFF, has_zip, is_packed, is_pdf

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

Unread = Literal["", "large", "locked", "damaged"]
Part = tuple[str, bytes]
"""The name and the bytes of something inside a file."""

MOST = 16_000_000
"""Bytes that all parts of one file may have together; what is beyond is reported and not followed."""
MOST_PARTS = 2_000
_DEEPEST = 3
_ANY = 47  # zlib or gzip, by its first bytes
_LOCKED = 1
_STORED, _DEFLATED, _BZIP2 = 0, 8, 12
_NOTHING = re.compile(rb"(?:\0\0){8,}")
_STREAM = re.compile(rb"\bstream\r?\n")
_KERNING = re.compile(rb"\)\s{0,9}-?[\d.]{0,12}\s{0,9}\(")
_HEX = re.compile(rb"<\s*FEFF([0-9A-F\s]*)>", re.IGNORECASE)
_TAG_IN_TEXT = re.compile(rb"<(?!/(?:\w+:)?(?:p|h|si)\s*>)(/?(?:\w+:)?(?:tab|br|s|cr)\b)?[^<>]*>")
"""In documents all but the end of a paragraph: a word may be in several runs."""


class Inside:
    """The parts of one file, and why some of it could not be read."""

    def __init__(self) -> None:
        self.unread: Unread = ""
        self._bytes, self._parts = MOST, MOST_PARTS

    def parts(self, data: bytes, depth: int = 0) -> Iterator[Part]:
        """Yield what is compressed in a file, and in the files in it."""
        if depth == _DEEPEST:
            self.unread = "large" if is_packed(data) else self.unread
            return
        for name, part in self._of(data):
            yield name, _NOTHING.sub(b"\0\0", part)
            yield from self.parts(part, depth + 1)

    def _of(self, data: bytes) -> Iterator[Part]:
        if data.startswith(GZIP):
            yield from self._unpacked("", data)
        elif data.startswith(PNG):
            yield from self._of_png(data)
        elif data.startswith(WOFF):
            yield from self._of_woff(data)
        elif is_pdf(data):
            yield from self._of_pdf(data)
        if has_zip(data):  # also behind something else
            yield from self._of_zip(data)

    def _unpacked(self, name: str, data: bytes) -> Iterator[Part]:
        """Yield what one stream of zlib or gzip has; nothing when nothing is left of the bounds."""
        unpacking = zlib.decompressobj(_ANY)
        try:
            found = unpacking.decompress(data, self._bytes) if self._bytes and self._parts else b""
        except zlib.error:
            self.unread = self.unread or "damaged"
            return
        self._count(len(found), is_whole=unpacking.eof)
        yield name, found

    def _count(self, size: int, *, is_whole: bool) -> None:
        self._bytes, self._parts = self._bytes - size, self._parts - 1
        if not is_whole:
            self.unread = "damaged" if self._bytes and self._parts > 0 else "large"

    def _of_png(self, data: bytes) -> Iterator[Part]:
        at = len(PNG)
        while at + 8 <= len(data):
            end = at + 12 + int.from_bytes(data[at : at + 4], "big")
            kind, chunk = data[at + 4 : at + 8], data[at + 8 : end - 4]
            at = end
            name, _, rest = chunk.partition(b"\0") if kind in (b"zTXt", b"iTXt", b"iCCP") else (b"", b"", b"")
            if kind == b"iTXt" and rest[:1] == b"\1":
                rest = b"\0".join(rest[2:].split(b"\0")[2:])
            elif kind == b"iTXt":
                continue  # it stands there as it is
            if name:
                yield from self._unpacked("", rest if kind == b"iTXt" else rest[1:])

    def _of_woff(self, data: bytes) -> Iterator[Part]:
        for at in range(44, 44 + 20 * int.from_bytes(data[12:14], "big"), 20):
            start, size, whole = (int.from_bytes(data[at + n : at + n + 4], "big") for n in (4, 8, 12))
            if data[at : at + 4] == b"name" and size < whole:
                yield from self._unpacked("", data[start : start + size])

    def _of_pdf(self, data: bytes) -> Iterator[Part]:
        if b"/Encrypt" in data:
            self.unread = "locked"
            return
        yield "", _in_hex(data)
        for found in _STREAM.finditer(data):
            head = data[max(0, found.start() - 600) : found.start()].rpartition(b"obj")[2]
            if b"/FlateDecode" in head and b"/Image" not in head and b"/ASCII" not in head:
                end = data.find(b"endstream", found.end())
                for name, part in self._unpacked("", data[found.end() : max(end, found.end())]):
                    yield name, part
                    yield name, _KERNING.sub(b"", part) + b"\n" + _in_hex(part)

    def _of_zip(self, data: bytes) -> Iterator[Part]:
        from zipfile import BadZipFile, ZipFile

        try:
            with ZipFile(BytesIO(data)) as archive:
                for member in archive.infolist():
                    yield from self._of_member(archive, member)
        except (OSError, EOFError, RuntimeError, NotImplementedError, ValueError, BadZipFile, zlib.error):
            self.unread = self.unread or "damaged"

    def _of_member(self, archive: ZipFile, member: ZipInfo) -> Iterator[Part]:
        if self._parts <= 0 or member.file_size > self._bytes:
            self.unread = "large"
            yield member.filename, b""
        elif member.flag_bits & _LOCKED or member.compress_type not in (_STORED, _DEFLATED, _BZIP2):
            self.unread = "locked"
            yield member.filename, b""
        else:
            with archive.open(member) as file:
                found = file.read(self._bytes)
            self._count(len(found), is_whole=True)
            yield member.filename, found
            if member.filename.lower().endswith(".xml"):
                yield "", _TAG_IN_TEXT.sub(lambda tag: b" " if tag[1] else b"", found)


def _in_hex(data: bytes) -> bytes:
    """Return the texts of a PDF that are written as the numbers of their letters."""
    codes = (re.sub(rb"\s", b"", found[1]) for found in _HEX.finditer(data))
    texts = (bytes.fromhex(code[: len(code) // 4 * 4].decode()) for code in codes)
    return "\n".join(text.decode("utf-16-be", "replace") for text in texts).encode("utf-8", "replace")
