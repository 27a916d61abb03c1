"""A mail as a reading: its subject, its text for all readers, and what is left out of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import structs

from yoyak.config import SiteConfig
from yoyak.importing.embedded import with_parts
from yoyak.importing.failures import each, part_failed
from yoyak.importing.found import NoTextError, Readings, around_of, made, placed, shelf_of
from yoyak.importing.fragments import fragment
from yoyak.importing.kept_pieces import with_kept_pieces
from yoyak.importing.mail_left import Left, left_words
from yoyak.importing.messages import mail_fields, page_of, pictures_of, plain_text_of
from yoyak.importing.mime import Mime, Part, read_mime
from yoyak.importing.one_reader import without_address, without_personal
from yoyak.importing.originals import Original
from yoyak.importing.personal import Reader, reader_of
from yoyak.importing.plain_mail import plain_mail
from yoyak.problems import Problem


def mail_readings(original: Original, config: SiteConfig) -> Readings:
    """Return the article of a mail."""
    mime = read_mime(original.data)
    inside, called = pictures_of(mime)
    shelf = shelf_of(original, inside)
    around = around_of(config, original.path, shelf)
    reader = reader_of(mime.headers)
    html, left, kept = _mail_body(original, mime, called, reader, around.language)
    if not re.sub(r"<[^>]*>", "", html).strip():
        raise NoTextError("This mail has no text.", "Open it, and save what it says as .txt.")
    fields = mail_fields({**mime.headers, "subject": without_address(mime.headers.get("subject", ""), reader)})
    found = made(original.path, fields, placed(html, around), around, shelf, stem=original.stem)
    attached = [part for part in mime.parts if part.attached and not part.type.startswith("image/")]
    names = [part.filename or part.type for part in attached]
    problems = [_for_one_reader(original, said)] if (said := tuple(left_words(left))) else []
    failed = (structs.replace(problem, path=original.given) for problem in mime.failed)
    told = (*failed, *problems, *kept, *([_attachments(original, names)] if names else ()))
    return Readings(found=(found,), problems=told)


def _for_one_reader(original: Original, said: tuple[str, ...]) -> Problem:
    return Problem(
        code="for-one-reader",
        severity="warning",
        path=original.given,
        message=f"What is for the one reader of this mail, or for nobody to see, is left out: {'; '.join(said)}.",
        hint="Check the article against the mail, which is kept.",
    )


def _attachments(original: Original, names: list[str]) -> Problem:
    return Problem(
        code="left-behind",
        severity="warning",
        path=original.given,
        message=f"What is attached to this mail is no part of its article: {', '.join(names)[:200]}.",
        hint="It is kept in the original.",
    )


def _mail_body(
    original: Original, mime: Mime, names: Mapping[str, str], reader: Reader, language: str
) -> tuple[str, Left, tuple[Problem, ...]]:
    page, plain = page_of(mime), plain_text_of(mime)
    failed: list[Problem] = []
    if page:
        read, failed = each(
            [page],
            lambda page: _page_body(page, original, names, reader, language),
            lambda page, error: part_failed(original.given, page.type, error),
        )
        for body, left, problems in read:
            if body:
                return body, left, problems
    if failed and not plain:
        raise NoTextError(failed[0].message, "Open the mail, and save what it says as .txt.")
    html, left = without_personal(plain_mail(plain.text()), reader) if plain else ("", Left())
    return html, left, tuple(failed)


def _page_body(
    page: Part, original: Original, names: Mapping[str, str], reader: Reader, language: str
) -> tuple[str, Left, tuple[Problem, ...]]:
    html, left = without_personal(with_parts(page.text(), names, page.location), reader)
    html, problems = with_kept_pieces(html, page.location, language, original.given)
    return fragment(html), left, problems
