"""The text of a PDF: its lines, which the reader of pasted text puts together. Nothing of its look comes along."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from typing import Any

from yoyak.importing.documents.document import Document, bounded, needed
from yoyak.importing.documents.kinds import PASTE
from yoyak.importing.found import NoTextError
from yoyak.model.message import Words, say
from yoyak.text.sanitize import without_controls

MOST_PAGES = 200
_UNLOCK = say("save-without-password.hint")
_NUMBER = re.compile(r"\s*(?:-\s*\d{1,4}\s*-|\d{1,4}\s*/\s*\d{1,4}|\d{1,4}|page \d+(?: of \d+)?)\s*", re.IGNORECASE)
_SIGN = re.compile(r"\s*(?:[-–—•*▲△■□◆◇▶▷●○◎※☞＃#>〈《【\[ㅇ❍◦·]|\(?\d{1,2}[.)]\s|[①-⑳]|[가-하][.)]\s)")
_ENDS = re.compile(r"""[.!?。…:][^\w\s]{0,3}\s*$""")
_FULL = 0.75
"""How much of the widest line one must fill so that the next may go on with it."""


def read_pdf(data: bytes) -> Document:
    """Return the text of a PDF in paragraphs, as far as they can be seen, and what is left out.

    Raises:
        NoTextError: it is encrypted, has no text, or cannot be read; or pypdf is not installed.
    """
    pypdf: Any = needed("pypdf", ".pdf")
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        encrypted = reader.is_encrypted
        pages = [] if encrypted else [_page(page) for page in reader.pages[:MOST_PAGES]]
        number, made = (0, None) if encrypted else (len(reader.pages), _made(reader))
    except NoTextError:
        raise
    except Exception as error:  # noqa: BLE001 - pypdf raises whatever a broken file makes it meet
        if type(error).__name__ == "DependencyError" and b"/Encrypt" in data:  # it asks for a library to decrypt
            raise NoTextError(say("pdf.encrypted"), _UNLOCK) from None
        raise NoTextError(say("pdf.unreadable", type=type(error).__name__), PASTE) from None
    if encrypted:
        raise NoTextError(say("pdf.encrypted"), _UNLOCK)
    lost: list[Words] = [say("lost.pages", page=str(MOST_PAGES + 1))] if number > MOST_PAGES else []
    repeated = _repeated(pages)
    lost += [say("lost.repeated", line=line[:60]) for line in sorted(repeated)[:3]]
    kept = [[line for line in page if line.strip() not in repeated and not _NUMBER.fullmatch(line)] for page in pages]
    paragraphs = _joined([line for page in kept for line in page])
    if not paragraphs:
        raise NoTextError(say("pdf.no-text"), PASTE)
    bounded(len(paragraphs))
    html = "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in paragraphs)
    return Document(html=html, made=made, lost=(say("lost.pdf"), *lost), guessed=True)


def _made(reader: Any) -> datetime | None:
    try:
        found = reader.metadata.creation_date if reader.metadata else None
    except Exception:  # noqa: BLE001 - a date that nobody can read is none
        return None
    return found if not isinstance(found, datetime) or found.tzinfo else found.replace(tzinfo=UTC)


def _page(page: Any) -> list[str]:
    text: str = page.extract_text() or ""
    return without_controls(text.replace("\u00ad", "")).split("\n")


def _repeated(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the lines that head or foot most pages."""
    edges = Counter(line for page in pages for line in {*_stripped(page)[:2], *_stripped(page)[-2:]})
    often = (line for line, times in edges.items() if len(pages) > 2 and times > len(pages) * 0.6)
    return frozenset(line for line in often if len(line) < 100 and not _ENDS.search(line))


def _stripped(page: Sequence[str]) -> list[str]:
    return [line.strip() for line in page if line.strip()]


def _joined(lines: Sequence[str]) -> list[str]:
    """Return lines with those put together that are one paragraph: a full line without an end goes on in the next."""
    widest = sorted((_width(line) for line in lines if line.strip()), reverse=True)
    width = widest[len(widest) // 20] if widest else 0
    found: list[str] = []
    full = False
    for line in lines:
        text = " ".join(line.split())
        if not text:
            full = False
        elif full and not _SIGN.match(text):
            found[-1] += ("" if found[-1].endswith("-") and text[:1].isascii() else " ") + text
            full = _goes_on(line, width)
        else:
            found.append(text)
            full = _goes_on(line, width)
    return found


def _goes_on(line: str, width: int) -> bool:
    return _width(line) >= width * _FULL and not _ENDS.search(line)


def _width(text: str) -> int:
    return sum(2 if char > "\u1100" else 1 for char in text.strip())
