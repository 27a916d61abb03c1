"""What kind of file an original is. What stands in it counts for more than its ending."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal
from zipfile import BadZipFile

from yoyak.importing.documents.kinds import document_of
from yoyak.importing.json_feeds import is_json_feed
from yoyak.importing.origins.archives import program_of
from yoyak.importing.origins.blogger import SIGN as BLOGGER
from yoyak.importing.origins.ghost import ghost_data
from yoyak.importing.origins.tistory import SIGN as TTXML
from yoyak.importing.packed import opened_zip
from yoyak.model.message import Words, say
from yoyak.model.types import Record

Format = Literal[
    "text", "archive", "mail", "feed", "document",
    "wordpress", "blogger", "ghost", "medium", "tistory", "naver", "packed",
]  # fmt: skip
"""``text`` is a capture, a saved page or Markdown, which the readers tell apart; ``archive`` is MHTML; ``document`` is
one of a word processor, or a PDF; those from ``wordpress`` on are exports, ``packed`` one of many files."""

ENDINGS = frozenset(
    """.txt .text .md .markdown .mdx .html .htm .xhtml .shtml .mhtml .mht .eml .emlx .mbox .mbx .xml .rss .atom .rdf
    .json .docx .hwpx .hwp .odt .pdf""".split()
)
"""What is taken from a folder; a file that is named by itself may have any ending."""


class UnsupportedFile(Record, kw_only=True):
    """A file that is no article, and what to do."""

    message: Words
    hint: Words


_SAVE = say("save-page-again.hint")
_REFUSED: Sequence[tuple[bytes, Words, Words]] = (
    (b"bplist00", say("safari-archive"), _SAVE),
    (b"\x1f\x8b", say("packed-file"), say("unpack.hint")),
    (b"7z\xbc\xaf", say("packed-file"), say("unpack.hint")),
    (b"Rar!", say("packed-file"), say("unpack.hint")),
    (b"SQLite format 3", say("data-base"), say("data-base.hint")),
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")
_HEADER = re.compile(rb"(?P<name>[!-9;-~]{1,60}):[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*")
_ABOVE_MAILS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:From [^\r\n]*|\d{1,12}[ \t]*)\r?\n")
"""What stands above the mails of a mailbox, and above one that Apple's program wrote."""
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
_NAVER = (
    b"se-main-container",
    b"postViewArea",
    b"post-view",
    b"mainFrame",
    b"se_doc_viewer",
    b"se_component_wrap",
    b"post_ct",
)
_FEEDS = ("rss", "feed", "rdf", "channel")
_OF_FEEDS = ("rss", "atom", "rdf", "xml", "json")
_LATER = re.compile(r"<(?:[\w.-]+:)?(?:rss\s[^>]*version|feed\s[^>]*xmlns|rdf\s[^>]*xmlns|rss>)", re.IGNORECASE)
"""A feed below something else: what a server says of its errors stands above what it gives."""
_FEED_AGAIN = say("feed-again.hint")


def format_of(name: str, data: bytes) -> Format | UnsupportedFile:
    """Return what kind of file it is, or why it cannot be imported."""
    if not data.strip():
        return UnsupportedFile(message=say("empty-file"), hint=say("save-again.hint"))
    if found := _of_bytes(data):
        return found
    if (line := _ABOVE_MAILS.match(data)) and len(_MAIL_HEADERS & _headers(data[line.end() :])) > 1:
        return "mail"
    if mime := _mime(name, data):
        return mime
    text = _beginning(data)
    root = _XML.match(text)
    if root and root["root"].lower().rpartition(":")[2] in _FEEDS:
        export = BLOGGER.search(data.decode("latin-1"))  # the feed that readers see names less
        return "wordpress" if "wordpress.org/export/" in text else "blogger" if export else "feed"
    if root and root["root"].lower() == "blog" and TTXML.search(text):
        return "tistory"
    if found := _blog(name, data) or _feed(name, data, text, root["root"].lower() if root else ""):
        return found
    if root and root["root"].lower() != "html" and text.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        return UnsupportedFile(message=say("xml-without-feed"), hint=say("xml-without-feed.hint"))
    return "text"


def _of_bytes(data: bytes) -> Format | UnsupportedFile | None:
    """Return what a file is that is no text."""
    if data.startswith(b"PK\x03\x04") and _is_packed_export(data):
        return "packed"
    if known := document_of(data):
        return "document" if isinstance(known, str) else UnsupportedFile(message=known[0], hint=known[1])
    for beginning, message, hint in _REFUSED:
        if data.startswith(beginning):
            return UnsupportedFile(message=message, hint=hint)
    if data.startswith(_PICTURES):
        return UnsupportedFile(message=say("picture-file"), hint=say("picture-file.hint"))
    return None


def _blog(name: str, data: bytes) -> Format | None:
    """Return which blog a text comes from, if it does."""
    if name.lower().endswith(".json") or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return "ghost" if is_ghost(data) else None
    if not name.lower().endswith((".html", ".htm", ".xhtml")):
        return None
    if b"medium.com" in data and b"e-content" in data and (b"p-name" in data or b"p-canonical" in data):
        return "medium"
    of_naver = b"blog.naver.com" in data or b"postfiles.pstatic" in data or b"blogfiles." in data
    return "naver" if of_naver and any(sign in data for sign in _NAVER) else None


def is_ghost(data: bytes) -> bool:
    """Tell whether JSON is an export of Ghost."""
    if b'"posts"' not in data:
        return False
    return ghost_data(data.decode("utf-8", "replace").lstrip("\ufeff")) is not None


def _is_packed_export(data: bytes) -> bool:
    try:
        return bool(program_of(*opened_zip(data))[0])
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def _feed(name: str, data: bytes, text: str, root: str) -> Format | UnsupportedFile | None:
    """Return what a file is that may be a feed, below something else or in JSON."""
    if is_json_feed(data):
        return "feed"
    ending = name.lower().rpartition(".")[2]
    if ending in _OF_FEEDS and _LATER.search(text):
        return "feed"
    if ending in _OF_FEEDS[:3] or (ending == "xml" and root == "html" and "1999/xhtml" not in text):
        return UnsupportedFile(message=say("page-for-feed"), hint=_FEED_AGAIN)
    if ending == "json":
        return UnsupportedFile(message=say("json-without-feed"), hint=say("json-without-feed.hint"))
    return None


def _mime(name: str, data: bytes) -> Format | None:
    ending = name.lower().rpartition(".")[2]
    headers = _headers(data.removeprefix(b"\xef\xbb\xbf").lstrip())
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
