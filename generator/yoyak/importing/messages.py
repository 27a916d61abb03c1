"""Mails and MHTML files as readings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC
from email.utils import parseaddr

from msgspec import structs

from yoyak.importing.embedded import with_parts
from yoyak.importing.mime import Mime, Part
from yoyak.importing.originals import is_tiny, kind_of_picture
from yoyak.model import Person
from yoyak.reading import Evidence, Field
from yoyak.text.mail_dates import mail_moment

_PAGES = ("text/html", "application/xhtml+xml")
_FORWARDED = re.compile(r"^(?:\s*(?:fwd?|re|aw|wg|sv|전달|회신|답장)\s*(?:\[\d+\])?\s*[:：]\s*)+", re.IGNORECASE)


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


def mail_fields(headers: Mapping[str, str]) -> dict[str, Field]:
    """Return what the headers of a mail say about it."""
    return dict(_mail_fields(headers))


def _mail_fields(headers: Mapping[str, str]) -> Iterator[tuple[str, Field]]:
    subject = headers.get("subject", "")
    title = _FORWARDED.sub("", subject).strip()
    if title:
        yield "title", _field(title, "Subject", 0.9, (subject,) if subject != title else ())
    if found := mail_moment(headers.get("date", ""), UTC):
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
