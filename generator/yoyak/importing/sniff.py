"""What kind of file an original is. What stands in it counts for more than its ending."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from yoyak.importing.documents.kinds import document_of
from yoyak.model import Record

Format = Literal["text", "archive", "mail", "feed", "document", "wordpress"]
"""``text`` is a capture, a saved page or Markdown, which the readers tell apart; ``archive`` is MHTML; ``document`` is
one of a word processor, or a PDF; the last are exports."""

ENDINGS = frozenset(
    """.txt .text .md .markdown .html .htm .xhtml .shtml .mhtml .mht .eml .xml .rss .atom .rdf .docx .hwpx .hwp .odt
    .pdf""".split()
)
"""What is taken from a folder; a file that is named by itself may have any ending."""


class Refused(Record, kw_only=True):
    """A file that is no article, and what to do."""

    message: str
    hint: str


_SAVE = 'Save the page again as "web page, complete" (.html) or as a single file (.mhtml), and import that.'
_REFUSED: Sequence[tuple[bytes, str, str]] = (
    (b"bplist00", "This is a web archive of Safari.", _SAVE),
    (b"\x1f\x8b", "This file is packed.", "Unpack it, and import what is in it."),
    (b"7z\xbc\xaf", "This file is packed.", "Unpack it, and import what is in it."),
    (b"Rar!", "This file is packed.", "Unpack it, and import what is in it."),
    (b"SQLite format 3", "This is a data base.", "Export the article from its program as text."),
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")
_HEADER = re.compile(rb"(?P<name>[!-9;-~]{1,60}):[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*")
_MAIL_HEADERS = frozenset(
    b"from to cc subject date message-id received return-path delivered-to mime-version content-type reply-to".split()
)
_SAVED_BY = re.compile(rb"(?im)^snapshot-content-location:|^from:.{0,40}\bsaved by\b")
_XML = re.compile(
    r"\ufeff?(?:<\?[^>]*>|<!--.{0,4000}?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>|\s)*<(?P<root>[\w:]+)",
    re.DOTALL | re.IGNORECASE,
)
_WIDE = (
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_FEEDS = ("rss", "feed", "rdf:rdf")


def format_of(name: str, data: bytes) -> Format | Refused:
    """Return what kind of file it is, or why it cannot be imported."""
    if not data.strip():
        return Refused(message="This file is empty.", hint="Save it again.")
    if known := document_of(data):
        return "document" if isinstance(known, str) else Refused(message=known[0], hint=known[1])
    for beginning, message, hint in _REFUSED:
        if data.startswith(beginning):
            return Refused(message=message, hint=hint)
    if data.startswith(_PICTURES):
        return Refused(message="This is a picture, and no article.", hint="Put it beside an article in content/.")
    if re.match(rb"From [^\n]+\r?\n(?:[\w-]+:[^\n]*\r?\n){2}", data):
        return Refused(message="This is a mailbox with many mails.", hint="Save each mail by itself as .eml.")
    if mime := _mime(name, data):
        return mime
    text = _beginning(data)
    root = _XML.match(text)
    if root and root["root"].lower() in _FEEDS:
        return "wordpress" if "wordpress.org/export/" in text else "feed"
    if root and root["root"].lower() != "html" and text.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        return Refused(message="This is XML, but no feed and no page.", hint="Save the page or the feed itself.")
    return "text"


def _mime(name: str, data: bytes) -> Format | None:
    ending = name.lower().rpartition(".")[2]
    headers = _headers(data.lstrip())
    known = _MAIL_HEADERS & headers
    if b"content-type" in headers and (ending in ("mht", "mhtml") or _SAVED_BY.search(data, 0, 4000)):
        return "archive"
    if len(known) >= (1 if ending == "eml" else 3) and (ending == "eml" or b"from" in known):
        return "mail"
    return None


def _headers(data: bytes) -> set[bytes]:
    """Return the names of the headers that a file begins with, in small letters."""
    found: set[bytes] = set()
    at = 0
    while len(found) < 100 and at < 100_000 and (header := _HEADER.match(data, at)):
        found.add(header["name"].lower())
        at = header.end()
    return found


def _beginning(data: bytes) -> str:
    """Return the beginning of a file as text, good enough to see its first tag."""
    for mark, codec in _WIDE:
        if data.startswith(mark):
            return data[:16_000].decode(codec, "replace")
    return data[:8000].decode("latin-1").removeprefix("ï»¿")
