"""Which program a document is of, by its bytes."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Literal
from zipfile import BadZipFile, ZipFile

Kind = Literal["docx", "hwpx", "hwp", "pdf", "odt"]
PASTE = "Open it, select all, copy, paste into a new .txt file, and import that."
UNPACK = "Unpack it, and import what is in it."
_AS_DOCX = "Open it in its program, save it as .docx, and import that."
_AS_HWPX = "Open it in Hangul, save it as .hwpx, and import that."
_UNLOCK = "Open it with its password, save it without one, and import that."
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS: tuple[tuple[str, str, str], ...] = (
    ("EncryptedPackage", "This document is protected by a password.", _UNLOCK),
    ("WordDocument", "This is a document of an older Word (.doc).", _AS_DOCX),
    ("__properties_version1.0", "This is a mail of Outlook (.msg).", "Save it as .eml, and import that."),
    ("Workbook", "This is a table of an older Excel (.xls).", PASTE),
    ("PowerPoint Document", "These are slides of an older PowerPoint (.ppt).", PASTE),
)
_PACKED: tuple[tuple[str, str, str], ...] = (
    ("xl/workbook.xml", "This is a table of Excel (.xlsx).", PASTE),
    ("ppt/presentation.xml", "These are slides of PowerPoint (.pptx).", PASTE),
    ("Index/Document.iwa", "This is a document of Pages or of its sisters.", _AS_DOCX),
    ("META-INF/container.xml", "This is a book (EPUB).", PASTE),
)


def document_of(data: bytes) -> Kind | tuple[str, str] | None:
    """Return what kind of document it is; why it cannot be imported, and what to do; or None when it is none."""
    if b"%PDF-" in data[:1024] and data.lstrip()[:1] != b"<":
        return "pdf"
    if data.startswith(_COMPOUND):
        return _compound(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data)
    if data.startswith(b"{\\rtf"):
        return "This is a document of a word processor (RTF).", _AS_DOCX
    if data.startswith(b"HWP Document File"):
        return (
            "This is a document of an old Hangul (before 2002).",
            _AS_HWPX,
        )
    if data[:1000].lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml") and re.search(rb"<HWPML\b", data[:2000]):
        return "This is a document of Hangul as XML (HWPML).", _AS_HWPX
    return None


def _compound(data: bytes) -> Kind | tuple[str, str]:
    """Tell a compound file by the names in its directory, which are UTF-16."""
    for name, message, hint in _STREAMS:
        if name.encode("utf-16-le") in data:
            return message, hint
    if "FileHeader".encode("utf-16-le") in data:
        return "hwp"
    return "This is a document of an older word processor.", PASTE


def _packed(data: bytes) -> Kind | tuple[str, str]:
    try:
        with ZipFile(BytesIO(data)) as packed:
            names = set(packed.namelist())
            mime = packed.open("mimetype").read(100) if "mimetype" in names else b""
    except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, LookupError, EOFError):
        return "This document, or packed folder, is damaged.", "Save it again, or get it again."
    for name, message, hint in _PACKED:
        if name in names and not (name.startswith("META-INF/") and b"epub" not in mime):
            return message, hint
    if mime.strip() == b"application/hwp+zip" or "Contents/section0.xml" in names:
        return "hwpx"
    if mime.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    if mime.startswith(b"application/vnd.oasis.opendocument."):
        return "This is a table, a drawing or slides of LibreOffice.", PASTE
    if "word/document.xml" in names or ("[Content_Types].xml" in names and any(n.startswith("word/") for n in names)):
        return "docx"
    return "This is a packed folder.", UNPACK
