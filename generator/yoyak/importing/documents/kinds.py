"""Which program a document is of, by its bytes."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Literal
from zipfile import BadZipFile, ZipFile

from yoyak.model.message import Words, say

Kind = Literal["docx", "hwpx", "hwp", "pdf", "odt"]
PASTE = say("paste-all.hint")
UNPACK = say("unpack.hint")
_AS_DOCX = say("as-docx.hint")
_AS_HWPX = say("as-hwpx.hint")
_UNLOCK = say("unlock.hint")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS: tuple[tuple[str, Words, Words], ...] = (
    ("EncryptedPackage", say("document.protected"), _UNLOCK),
    ("WordDocument", say("kind.doc"), _AS_DOCX),
    ("__properties_version1.0", say("kind.msg"), say("as-eml.hint")),
    ("Workbook", say("kind.xls"), PASTE),
    ("PowerPoint Document", say("kind.ppt"), PASTE),
)
_PACKED: tuple[tuple[str, Words, Words], ...] = (
    ("xl/workbook.xml", say("kind.xlsx"), PASTE),
    ("ppt/presentation.xml", say("kind.pptx"), PASTE),
    ("Index/Document.iwa", say("kind.pages"), _AS_DOCX),
    ("META-INF/container.xml", say("kind.epub"), PASTE),
)


def document_of(data: bytes) -> Kind | tuple[Words, Words] | None:
    """Return what kind of document it is; why it cannot be imported, and what to do; or None when it is none."""
    if b"%PDF-" in data[:1024] and data.lstrip()[:1] != b"<":
        return "pdf"
    if data.startswith(_COMPOUND):
        return _compound(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data)
    if data.startswith(b"{\\rtf"):
        return say("kind.rtf"), _AS_DOCX
    if data.startswith(b"HWP Document File"):
        return (
            say("kind.old-hangul"),
            _AS_HWPX,
        )
    if data[:1000].lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml") and re.search(rb"<HWPML\b", data[:2000]):
        return say("kind.hwpml"), _AS_HWPX
    return None


def _compound(data: bytes) -> Kind | tuple[Words, Words]:
    """Tell a compound file by the names in its directory, which are UTF-16."""
    for name, message, hint in _STREAMS:
        if name.encode("utf-16-le") in data:
            return message, hint
    if "FileHeader".encode("utf-16-le") in data:
        return "hwp"
    return say("kind.older"), PASTE


def _packed(data: bytes) -> Kind | tuple[Words, Words]:
    try:
        with ZipFile(BytesIO(data)) as packed:
            names = set(packed.namelist())
            mime = packed.open("mimetype").read(100) if "mimetype" in names else b""
    except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, LookupError, EOFError):
        return say("kind.damaged"), say("save-or-get-again.hint")
    for name, message, hint in _PACKED:
        if name in names and not (name.startswith("META-INF/") and b"epub" not in mime):
            return message, hint
    if mime.strip() == b"application/hwp+zip" or "Contents/section0.xml" in names:
        return "hwpx"
    if mime.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    if mime.startswith(b"application/vnd.oasis.opendocument."):
        return say("kind.libreoffice"), PASTE
    if "word/document.xml" in names or ("[Content_Types].xml" in names and any(n.startswith("word/") for n in names)):
        return "docx"
    return say("kind.packed"), UNPACK
