"""An original as readings: one of a capture, a saved page or a mail, one for each entry of a feed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from msgspec import structs

from yoyak.config import SiteConfig
from yoyak.content import SourceFile
from yoyak.importing.embedded import with_embedded
from yoyak.importing.feed_readings import feed_readings
from yoyak.importing.foreign import translated
from yoyak.importing.found import Found, NoTextError, around_of, refusal, shelf_of
from yoyak.importing.mail_readings import mail_readings
from yoyak.importing.messages import page_of, page_text, pictures_of
from yoyak.importing.mime import TooManyPartsError, read_mime
from yoyak.importing.originals import Original
from yoyak.importing.sniff import Refused, format_of
from yoyak.pipeline.load import ARTICLE_ENDINGS, ARTICLE_LIMIT
from yoyak.pipeline.parse import read
from yoyak.problems import Problem
from yoyak.text.decoding import UndecodableError, clean_text, decode
from yoyak.text.front_matter import split

LIMIT = 60_000_000
"""Bytes of an original: a page may hold its pictures."""


def readings_of(original: Original, config: SiteConfig) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """Return the articles of an original, and why it has none."""
    form = format_of(original.name, original.data)
    if isinstance(form, Refused):
        return (), (refusal(original, form.message, form.hint),)
    try:
        if form == "feed":
            return feed_readings(original, config)
        if form == "mail":
            return mail_readings(original, config)
        return (_archive(original, config) if form == "archive" else _text(original, config)), ()
    except UndecodableError as error:
        return (), (
            Problem(code="undecodable", path=original.given, message=str(error), hint="Save the file as UTF-8."),
        )
    except TooManyPartsError as error:
        return (), (refusal(original, str(error), "Save the page or the mail again."),)
    except NoTextError as error:
        return (), (refusal(original, str(error), error.hint),)


def _text(original: Original, config: SiteConfig) -> tuple[Found, ...]:
    text = clean_text(decode(original.data).text)[0]
    html, inside = with_embedded(text)
    found = _page(original, html if inside else "", inside, config)
    if not _is_another_generators(found):
        return (found,)
    meant = translated(text)
    again = _page(original, meant.text, inside, config) if meant else None
    if meant is None or again is None or again.source.reading is None:
        return (found,)
    return (structs.replace(again, comments=meant.comments),)


def _is_another_generators(found: Found) -> bool:
    """Tell whether a Markdown file has a head that yoyak does not understand, or none that it sees."""
    return found.source.kind == "markdown" and (found.source.reading is None or "title" not in found.source.fields)


def _archive(original: Original, config: SiteConfig) -> tuple[Found, ...]:
    mime = read_mime(original.data)
    page = page_of(mime)
    if page is None:
        raise NoTextError("This file holds no page.", "Save the page again, as a single file (.mhtml).")
    inside, names = pictures_of(mime)
    html, embedded = with_embedded(page_text(mime, page, names))
    return (_page(original, html, {**inside, **embedded}, config, ending=".html"),)


def _page(original: Original, text: str, inside: Mapping[str, bytes], config: SiteConfig, ending: str = "") -> Found:
    """Return what the site's own readers make of an original, or of the text that stands for it."""
    known = PurePosixPath(original.name).suffix.lower() in ARTICLE_ENDINGS
    path = original.path + (ending or ("" if known else ".txt"))
    data = ("\ufeff" + text).encode() if text else original.data
    if len(data) > ARTICLE_LIMIT:
        message = f"This file has {len(data):,} bytes of text; {ARTICLE_LIMIT:,} are allowed."
        raise NoTextError(message, "Split it.")
    shelf = shelf_of(original, inside)
    around = around_of(config, path, shelf)
    source = read(SourceFile(path=path, data=data, digest="", seen=original.changed, seen_by="file-time"), around)
    markdown = split(source.text).body.strip("\n") if source.kind == "markdown" else ""
    return Found(source=source, around=around, shelf=shelf, stem=original.stem, markdown=markdown)
