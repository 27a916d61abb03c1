"""Mails and MHTML files as readings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC
from email.utils import parseaddr
from textwrap import shorten
from zoneinfo import ZoneInfo

from msgspec import structs

from yoyak.importing.embedded import with_parts
from yoyak.importing.forwarded import moment_below
from yoyak.importing.mime import Mime, Part
from yoyak.importing.originals import is_tiny, kind_of_picture
from yoyak.model.sources import Evidence, Field
from yoyak.model.types import Person
from yoyak.text.mail_dates import mail_moment

_PAGES = ("text/html", "application/xhtml+xml")
_FORWARDED = re.compile(r"^(?:\s*(?:fwd?|re|aw|wg|sv|전달|회신|답장)\s*(?:\[\d+\])?\s*[:：]\s*)+", re.IGNORECASE)

_NO_SUBJECT = re.compile(
    r"[\W_]*(?:no subject|\(?no title\)?|제목\s?없음|무제|untitled|kein betreff|sans objet|件名なし|无主题)?[\W_]*",
    re.IGNORECASE,
)
_TITLE = 60


def page_of(mime: Mime) -> Part | None:
    """Return the part of a message that is its page: the first HTML that is not attached."""
    return next((part for part in mime.parts if part.type in _PAGES and not part.attached), None)


def plain_text_of(mime: Mime) -> Part | None:
    """Return the part of a mail that is its plain text."""
    texts = (part for part in mime.parts if part.type == "text/plain" and not part.attached)
    return next((part for part in texts if part.data.strip()), None)


def pictures_of(mime: Mime) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the pictures of a message by a name, and their names by ``cid:`` and by address."""
    found: dict[str, bytes] = {}
    names: dict[str, str] = {}
    for part in mime.parts:
        if not part.type.startswith("image/") and not kind_of_picture(part.data[:100])[0]:
            continue
        if is_tiny(part.data):
            continue
        own = re.sub(r"[^\w.-]+", "-", part.filename or part.location.rpartition("/")[2].partition("?")[0])[-60:]
        name = f"parts/{len(found) + 1}/{own or 'picture'}"
        found[name] = part.data
        names |= {key: name for key in (part.location, f"cid:{part.content_id}") if key not in ("", "cid:")}
    return found, names


def page_text(mime: Mime, page: Part, names: Mapping[str, str]) -> str:
    """Return the page of an MHTML file as a browser would have saved it, with its address.

    Raises:
        UndecodableError: as `Part.text`.
    """
    address = mime.headers.get("snapshot-content-location", "") or page.location
    html = with_parts(page.text(), names, address)
    known = re.fullmatch(r"https?://[^\s<>\"]+", address)
    return f"<!-- saved from url=({len(address):04}){address} -->\n{html}" if known else html


def mail_fields(headers: Mapping[str, str], words: str = "", zone: ZoneInfo | None = None) -> dict[str, Field]:
    """Return what the headers of a mail say about it; `words` are its text, by which it is called without a subject.

    `zone` is given for the few headers that stand in the text of another mail.
    """
    return dict(_mail_fields(headers, words, zone))


def _mail_fields(headers: Mapping[str, str], words: str, zone: ZoneInfo | None) -> Iterator[tuple[str, Field]]:
    subject = headers.get("subject", "")
    title = _FORWARDED.sub("", subject).strip()
    if title and not _NO_SUBJECT.fullmatch(title):
        yield "title", _field(title, "Subject", 0.9, (subject,) if subject != title else ())
    elif first := shorten(" ".join(words.split()), _TITLE, placeholder=" …"):
        title = subject
        first = first if first != "…" else " ".join(words.split())[:_TITLE]
        yield "title", Field(value=first, confidence=0.4, evidence=(Evidence(rule="first words of the mail"),))
    date = headers.get("date", "")
    if found := moment_below(date, zone) if zone else mail_moment(date, UTC):
        field = _field(found.moment, "Date", 0.6 if found.doubt else 0.95)
        doubt = (Evidence(rule=found.doubt),) if found.doubt else ()
        yield "date", structs.replace(field, evidence=(*field.evidence, *doubt))
    name, address = _sender(headers.get("from", ""))
    if not (name or "@" in address):
        return
    if "list-id" in headers or "list-unsubscribe" in headers:
        yield "source", _field(name or address.rpartition("@")[2], "From", 0.75)
    else:
        person = Person(name=name or address.partition("@")[0], email=address if "@" in address else None)
        forwarded = title != subject  # by somebody who may not have written it
        yield "authors", _field((person,), "From", 0.4 if forwarded else 0.75)


def _sender(written: str) -> tuple[str, str]:
    try:
        return parseaddr(written)
    except RecursionError:  # brackets inside brackets
        return "", ""


def _field(value: object, header: str, confidence: float, others: tuple[object, ...] = ()) -> Field:
    evidence = (Evidence(rule=f"{header} of the mail"),)
    return Field(value=value, confidence=confidence, evidence=evidence, alternatives=others)
