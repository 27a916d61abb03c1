"""An original as readings: one of a capture, a saved page or a mail, one for each entry of a feed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from msgspec import structs

from yoyak.config import SiteConfig
from yoyak.content import SourceFile
from yoyak.importing.embedded import with_embedded, with_parts
from yoyak.importing.feeds import MOST, Entry, entries_of
from yoyak.importing.foreign import translated
from yoyak.importing.fragments import fragment
from yoyak.importing.kept_pieces import with_kept_pieces
from yoyak.importing.messages import mail_fields, page_of, page_text, pictures_of, plain_text_of
from yoyak.importing.mime import Mime, TooManyPartsError, read_mime
from yoyak.importing.one_reader import Left, left_words, without_address, without_personal
from yoyak.importing.originals import FOLDER, Original, Shelf
from yoyak.importing.personal import Reader, reader_of
from yoyak.importing.pieces import tree
from yoyak.importing.plain_mail import plain_mail
from yoyak.importing.sniff import Refused, format_of
from yoyak.model import Kind, Record
from yoyak.pipeline.load import ARTICLE_ENDINGS, ARTICLE_LIMIT
from yoyak.pipeline.parse import read, surroundings
from yoyak.problems import Problem
from yoyak.readers.around import Surroundings
from yoyak.readers.page_inline import urljoined
from yoyak.readers.source import SourceReading
from yoyak.reading import Field, Reading
from yoyak.text.decoding import UndecodableError, clean_text, decode
from yoyak.text.front_matter import split
from yoyak.text.urls import is_web_address

LIMIT = 60_000_000
"""Bytes of an original: a page may hold its pictures."""
_NO_ADDRESS = "https://yoyak.invalid/"


class Found(Record, kw_only=True):
    """One article that stands in an original."""

    source: SourceReading
    around: Surroundings
    shelf: Shelf
    stem: str
    """What its file may be called; empty when only its title can say."""
    entry: str = ""
    """By what name its feed knows it."""
    markdown: str = ""
    """Its body when it is Markdown already."""
    comments: tuple[str, ...] = ()
    """What it says and yoyak has no key for."""


def readings_of(original: Original, config: SiteConfig) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """Return the articles of an original, and why it has none."""
    form = format_of(original.name, original.data)
    if isinstance(form, Refused):
        return (), (refusal(original, form.message, form.hint),)
    try:
        if form == "feed":
            return _feed(original, config)
        if form == "mail":
            return _mail(original, config)
        return (_archive(original, config) if form == "archive" else _text(original, config)), ()
    except UndecodableError as error:
        return (), (
            Problem(code="undecodable", path=original.given, message=str(error), hint="Save the file as UTF-8."),
        )
    except TooManyPartsError as error:
        return (), (refusal(original, str(error), "Save the page or the mail again."),)
    except _NoTextError as error:
        return (), (refusal(original, str(error), error.hint),)


class _NoTextError(ValueError):
    """An original without an article in it. Its text is a sentence for the user."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def refusal(original: Original, message: str, hint: str) -> Problem:
    """Return the problem of a file that is not imported."""
    return Problem(code="not-importable", path=original.given, message=message, hint=hint)


def _around(config: SiteConfig, path: str, shelf: Shelf) -> Surroundings:
    """Return surroundings in which addresses stay what they are: links to this site absolute, remote pictures so."""
    around = surroundings(config, shelf, {})
    return structs.replace(around, path=path, base_url=_NO_ADDRESS, load_remote=True)


def _shelf(original: Original, inside: Mapping[str, bytes]) -> Shelf:
    return Shelf(lambda name: inside[name] if name in inside else original.find(name))


# --- captures, saved pages, Markdown --------------------------------------------------------------


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
        raise _NoTextError("This file holds no page.", "Save the page again, as a single file (.mhtml).")
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
        raise _NoTextError(message, "Split it.")
    shelf = _shelf(original, inside)
    around = _around(config, path, shelf)
    source = read(SourceFile(path=path, data=data, digest="", seen=original.changed, seen_by="file-time"), around)
    markdown = split(source.text).body.strip("\n") if source.kind == "markdown" else ""
    return Found(source=source, around=around, shelf=shelf, stem=original.stem, markdown=markdown)


# --- mails and feeds ------------------------------------------------------------------------------


def _mail(original: Original, config: SiteConfig) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    mime = read_mime(original.data)
    inside, called = pictures_of(mime)
    shelf = _shelf(original, inside)
    around = _around(config, original.path, shelf)
    reader = reader_of(mime.headers)
    html, left, kept = _mail_body(original, mime, called, reader, around.language)
    if not re.sub(r"<[^>]*>", "", html).strip():
        raise _NoTextError("This mail has no text.", "Open it, and save what it says as .txt.")
    fields = mail_fields({**mime.headers, "subject": without_address(mime.headers.get("subject", ""), reader)})
    found = _made(original.path, fields, _placed(html, around), around, shelf, stem=original.stem)
    attached = [part for part in mime.parts if part.attached and not part.type.startswith("image/")]
    names = [part.filename or part.type for part in attached]
    problems = [_for_one_reader(original, said)] if (said := tuple(left_words(left))) else []
    return (found,), (*problems, *kept, *([_attachments(original, names)] if names else ()))


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
    if page:
        html, left = without_personal(with_parts(page.text(), names, page.location), reader)
        html, problems = with_kept_pieces(html, page.location, language, original.given)
        if body := fragment(html):
            return body, left, problems
    html, left = without_personal(plain_mail(plain.text()), reader) if plain else ("", Left())
    return html, left, ()


def _feed(original: Original, config: SiteConfig) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    text = clean_text(decode(original.data).text)[0]
    shelf = _shelf(original, {})
    around = _around(config, original.path, shelf)
    every = entries_of(text, around.zone)
    entries = tuple(_once(every))
    made = [_entry(original, entry, around, shelf) for entry in entries[:MOST]]
    found = tuple(one for one, _ in made)
    if not found:
        hint = "Save the feed again, or its pages one by one."
        return (), (refusal(original, "No entries were found in this feed.", hint),)
    cut = [str(entry.fields["title"].value) for entry in entries[:MOST] if entry.cut and "title" in entry.fields]
    problems = list(dict.fromkeys(problem for _, left in made for problem in left))
    problems += [_cut(original, cut, len(found))] if cut else []
    problems += [_twice(original, len(every) - len(entries))] if len(every) > len(entries) else []
    problems += [_too_many(original, len(entries))] if len(entries) > MOST else []
    return found, tuple(problems)


def _once(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the entries, of those with the same name the first: feeds begin with the newest."""
    seen: set[str] = set()
    for entry in entries:
        if entry.id not in seen:
            yield entry
        seen |= {entry.id} - {""}


def _twice(original: Original, number: int) -> Problem:
    return Problem(
        code="left-behind",
        severity="warning",
        path=original.given,
        message=f"{number:,} entries of this feed have the name of another one (guid or id), and are left out.",
        hint="The first of each is imported; look into the feed if the others say something else.",
    )


def _entry(original: Original, entry: Entry, around: Surroundings, shelf: Shelf) -> tuple[Found, tuple[Problem, ...]]:
    language = str(entry.fields["lang"].value) if "lang" in entry.fields else around.language
    html, problems = with_kept_pieces(entry.html, entry.address, language, original.given)
    made = _made(original.path, entry.fields, _placed(fragment(html), around, entry.address), around, shelf)
    return structs.replace(made, entry=entry.id), problems


def _cut(original: Original, titles: list[str], number: int) -> Problem:
    named = ", ".join(f'"{title[:60]}"' for title in titles[:3]) + (" …" if len(titles) > 3 else "")
    return Problem(
        code="text-cut",
        severity="warning",
        path=original.given,
        message=f"The feed gives only the beginning of {len(titles):,} of its {number:,} entries: {named}.",
        hint="For the whole text, save the pages of these entries in a browser and import them.",
    )


def _too_many(original: Original, number: int) -> Problem:
    return Problem(
        code="left-behind",
        severity="warning",
        path=original.given,
        message=f"Only the first {MOST:,} of the {number:,} entries of this feed are imported.",
        hint="Split it, and import the rest.",
    )


def _placed(html: str, around: Surroundings, address: str = "") -> str:
    """Return blocks whose own pictures have the addresses that the shelf gives them; those of nobody go.

    Other addresses are understood from `address`.
    """
    soup = tree(html)
    for link in soup.find_all("a", href=True):
        link["href"] = urljoined(address, str(link["href"]))
    for image in soup.find_all("img"):
        source = str(image.get("src", ""))
        asset = around.assets.get(FOLDER + source)
        image["src"] = around.base_path + asset.output if asset else urljoined(address, source)
        if not asset and not is_web_address(str(image["src"])):
            (image.find_parent("figure") or image).decompose()
    return str(soup)


def _made(
    path: str, fields: Mapping[str, Field], html: str, around: Surroundings, shelf: Shelf, *, stem: str = ""
) -> Found:
    kind: Kind = "saved_page"
    source = SourceReading(
        path=path,
        kind=kind,
        encoding="",
        text="",
        fields=fields,
        lines={},
        reading=Reading(kind=kind, fields=fields, html=html),
        problems=(),
    )
    return Found(source=source, around=around, shelf=shelf, stem=stem)
