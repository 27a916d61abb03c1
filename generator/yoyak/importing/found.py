"""One article that stands in an original, as a reading; what every kind of original needs for it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import structs

from yoyak.importing.originals import FOLDER, Old, Original, Shelf, SkippedItem
from yoyak.importing.pieces import tree
from yoyak.model.message import Problem, Words
from yoyak.model.sources import Evidence, Field, Reading
from yoyak.model.types import Kind, Record
from yoyak.pipeline.parse import surroundings
from yoyak.readers.around import Surroundings
from yoyak.readers.bounds import within_bounds
from yoyak.readers.embargo import release_of
from yoyak.readers.saved_page.inline import urljoined
from yoyak.readers.source import SourceReading
from yoyak.settings.config import SiteConfig
from yoyak.text.decoding import UndecodableError, clean_text, file_text
from yoyak.text.urls import is_web_address

NO_ADDRESS = "https://yoyak.invalid/"


class Readings(Record, kw_only=True):
    """What stands in one original."""

    found: tuple[Member, ...] = ()
    problems: tuple[Problem, ...] = ()
    left: tuple[SkippedItem, ...] = ()
    origin: str = ""
    """By what name an original is known that is not to be kept, since it has more than articles in it."""
    kept_on_request: bool = False
    """It is kept all the same when the user says so (``--keep-originals``)."""


class Member(Record, kw_only=True):
    """One article that stands in an original."""

    source: SourceReading
    around: Surroundings
    shelf: Shelf
    stem: str
    """What its file may be called; empty when only its title can say."""
    within: str = "feed"
    """What messages call that which it is an entry of."""
    title: str = ""
    """What messages call an entry of a feed."""
    markdown: str = ""
    """Its body when it is Markdown already."""
    beside: Mapping[str, bytes] = {}
    """Files beside the original that its text is in."""
    old: Old = Old()
    of_feed: bool = False
    """It is an entry of a feed of the web."""
    feed_address: str = ""
    is_own: bool = False
    """It is the desk's own, and was not taken from anybody's page."""


class NoTextError(ValueError):
    """An original without an article in it."""

    def __init__(self, words: Words, hint: Words) -> None:
        super().__init__(words)
        self.words, self.hint = words, hint


def stated(value: object, confidence: float, rule: str) -> Field:
    """Return a value with how sure it is, and by what it was found."""
    return Field(value=value, confidence=confidence, evidence=(Evidence(rule=rule),))


def refusal(original: Original, message: Words, hint: Words) -> Problem:
    """Return the problem of a file that is not imported."""
    return Problem(code="not-importable", path=original.given, message=message, hint=hint)


def around_of(config: SiteConfig, path: str, shelf: Shelf) -> Surroundings:
    """Return surroundings in which addresses stay what they are: links to this site absolute, remote pictures so."""
    around = surroundings(config, shelf, {})
    return structs.replace(around, path=path, base_url=NO_ADDRESS, load_remote=True, cuts=True)


def shelf_of(original: Original, inside: Mapping[str, bytes]) -> Shelf:
    return Shelf(lambda name: inside[name] if name in inside else original.find(name))


def placed(html: str, around: Surroundings, address: str = "") -> str:
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


def made(
    path: str,
    fields: Mapping[str, Field],
    html: str,
    around: Surroundings,
    shelf: Shelf,
    *,
    stem: str = "",
) -> Member:
    kind: Kind = "saved_page"
    fields, cut = within_bounds(fields, path)
    release = release_of(html, kind, around, fields, ())
    source = SourceReading(
        path=path,
        kind=kind,
        fields={**fields, **release.fields},
        reading=Reading(kind=kind, fields=fields, html=html),
        problems=tuple(structs.replace(problem, line=0, column=0) for problem in (*release.problems, *cut)),
    )
    return Member(source=source, around=around, shelf=shelf, stem=stem)


# --- originals of which a few characters are in no encoding: the rest is read ----------------------------------------


_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_SURE = 10


def mostly_decoded(data: bytes, named: str = "") -> tuple[str, int]:
    """Return bytes as text, and how many characters of it are in no encoding: a few stay unread.

    Raises:
        UndecodableError: they are too many to be slips.
    """
    try:
        return file_text(data), 0
    except UndecodableError:
        declared = _DECLARED.search(data[:400])
        labels = (named, declared[1].decode() if declared else "", "utf-8", "cp949")
        tried = [label for label in labels if label]
        found = min((_replaced(data, codec) for codec in tried), key=lambda text: text.count("\ufffd"))
        unread = found.count("\ufffd")
        if unread * _SURE > sum(not char.isascii() for char in found) + _SURE * 2:
            raise
        return clean_text(found)[0], unread


def _replaced(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec, "replace")
    except LookupError:
        return "\ufffd" * len(data)
