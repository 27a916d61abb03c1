"""Mails that were passed on, attached to another or in its text: which of them are meant to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from textwrap import shorten

from msgspec import structs

from yoyak.importing.failures import in_a_row
from yoyak.importing.forwarded import forward_in_page, forward_in_text
from yoyak.importing.fragments import fragment
from yoyak.importing.messages import page_of, plain_text_of
from yoyak.importing.mime import Mime
from yoyak.importing.originals import Original
from yoyak.importing.personal import Reader, reader_of_inner
from yoyak.model.message import Problem, Words, say
from yoyak.model.types import Record

_DEEPEST = 5
_LETTER = 600
"""Characters above an attached mail that are no note, but a letter of their own."""


class Mail(Record, kw_only=True):
    """A mail, or what another one passes on of it."""

    mime: Mime
    headers: dict[str, str]
    reader: Reader
    html: str = ""
    """What another mail has of its page, and of its plain text."""
    plain: str = ""
    in_text: bool = False
    """It stands in the text of another mail."""


def passed_on(original: Original, mail: Mail, depth: int) -> Iterator[tuple[Mail, tuple[Problem, ...]]]:
    """Yield the mails that are meant to be read, and what is left out above them."""
    inner_mails = mail.mime.inner if not mail.in_text else ()
    if inner_mails and depth < _DEEPEST:
        yield from _attached(original, mail, depth)
        return
    inner_mail, above = _in_text(mail)
    if inner_mail is None or depth >= _DEEPEST:
        yield mail, (_too_deep(original, len(inner_mails)),) if inner_mails else ()
        return
    yield from _with_note(passed_on(original, inner_mail, depth + 1), _notes(original, above))


def _attached(original: Original, mail: Mail, depth: int) -> Iterator[tuple[Mail, tuple[Problem, ...]]]:
    """Yield the mails that are attached to another; a long letter above them is one too."""
    note = _words_of(mail.mime)
    if len(note) > _LETTER:
        yield mail, ()
        note = ""
    readers = (reader_of_inner(inner.headers, mail.headers, mail.reader) for inner in mail.mime.inner)
    inners = [
        Mail(mime=inner, headers=inner.headers, reader=reader)
        for inner, reader in zip(mail.mime.inner, readers, strict=True)
    ]
    below = (one for inner in inners for one in passed_on(original, inner, depth + 1))
    yield from _with_note(below, _notes(original, note))


def _with_note(
    mails: Iterator[tuple[Mail, tuple[Problem, ...]]], notes: tuple[Problem, ...]
) -> Iterator[tuple[Mail, tuple[Problem, ...]]]:
    """Yield mails, the first with what is said of the words above all of them."""
    for number, (one, said) in enumerate(mails):
        yield one, said if number else (*notes, *said)


def _notes(original: Original, words: str) -> tuple[Problem, ...]:
    return (_note(original, words),) if words.strip() else ()


def _words_of(mime: Mime) -> str:
    page, plain = page_of(mime), plain_text_of(mime)
    try:
        text = re.sub(r"<[^>]*>", " ", fragment(page.text())) if page else ""
    except Exception:  # noqa: BLE001 - the mail below is read all the same
        text = re.sub(r"<[^>]*>", " ", page.text()) if page else ""
    return " ".join((text if text.strip() or plain is None else plain.text()).split())


def _in_text(mail: Mail) -> tuple[Mail | None, str]:
    """Return the mail that stands in the text of another, and the words above it."""
    page, plain = page_of(mail.mime), plain_text_of(mail.mime)
    subject = mail.headers.get("subject", "")
    html = (mail.html or (page.text() if page else "")) if not (mail.in_text and not mail.html) else ""
    if html:
        found = forward_in_page(html, subject)
    else:
        text = mail.plain if mail.in_text else plain.text() if plain else ""
        found = forward_in_text(text, subject)
    if found is None or not found[0].strip():
        return None, ""
    rest, above, headers = found
    headers = {"date": "", "subject": subject, **headers}
    reader = reader_of_inner(headers, mail.headers, mail.reader)
    return structs.replace(
        mail, headers=headers, reader=reader, html=rest if html else "", plain="" if html else rest, in_text=True
    ), above


def _note(original: Original, words: str) -> Problem:
    said = shorten(words, 100, placeholder=" …")
    return original.doubt("left-behind.note-above", said=said)


def _too_deep(original: Original, number: int) -> Problem:
    return original.doubt("left-behind.mails-too-deep", count=number, depth=_DEEPEST)


# --- What was left out of a mail, and how the import says so -----------------------------------------------------

_MOST = 8


class Left(Record, kw_only=True):
    """What was left out of a mail."""

    hidden: tuple[str, ...] = ()
    """Text that nobody sees."""
    lines: tuple[str, ...] = ()
    """Lines and links of the letter, not of its text."""
    unlinked: tuple[Words, ...] = ()
    """Words that stay, without their link."""
    counters: int = 0
    """Pictures that count openings."""


def left_words(left: Left) -> Iterator[Words]:
    """Yield what was left out, in words for a message."""
    if left.hidden:
        yield say("mail-left.hidden", words=_listed(left.hidden))
    if left.lines:
        yield _listed(left.lines)
    if left.unlinked:
        yield say("mail-left.links", words=_listed(left.unlinked))
    if left.counters:
        yield say("mail-left.counters", count=left.counters)


def _listed(words: Sequence[Words]) -> Words:
    named = in_a_row(map(_quoted, words[:_MOST]))
    return say("and-more", words=named, number=len(words) - _MOST) if len(words) > _MOST else named


def _quoted(word: Words) -> Words:
    return f'"{shorten(word, 60, placeholder=" …")}"' if isinstance(word, str) else say("quoted", word=word)
