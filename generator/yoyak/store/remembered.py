"""What the store keeps, as values, and how they become bytes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, msgpack

from yoyak.model.build import BuildReport
from yoyak.model.message import Problem
from yoyak.model.review import Event, VoidEvent
from yoyak.model.sources import Asset, FileStamp
from yoyak.model.types import BodyLink, Person, Place, Record


class Read(Struct, frozen=True, array_like=True):
    """One thing beside a file that its reading asked for: what it got decides whether it holds still."""

    what: str
    """``asset``, ``address``, ``name`` or ``gone``."""
    name: str
    value: str
    """Empty when there was none: absence counts, too."""


class ReadingRow(Struct, frozen=True, array_like=True, kw_only=True):
    """What reading one source file gave, apart from its text."""

    key: str
    """The digest of the file, with the day on which it was first seen if that counts."""
    setting: bytes
    """A digest of the settings and rules that readers read."""
    day: str
    """The day of the build's clock, when the reading may depend on it; else empty."""
    reads: tuple[Read, ...]
    place: Place | None
    """None for a file that gives no article."""
    digests: bytes
    """Of the article's part of each view, by `yoyak.pages.shown`."""
    body: str
    """The digest of its body, or empty."""
    problems: tuple[Problem, ...]
    title: str = ""
    """The headline, by which other articles may link to it."""
    links: tuple[BodyLink, ...] = ()
    """Of its body: those that lead to no page, or all of them when there is no article."""
    seen: str = ""
    """The digest of what a reader gets of it, where there is review."""
    authors: tuple[Person, ...] = ()
    """The same."""


class FileRow(Struct, frozen=True, array_like=True):
    """What a file looked like when the output was last written, and what it said."""

    stamp: FileStamp
    key: str
    """The digest of its bytes; empty for what is not an article."""
    place: bytes
    """A digest of the article's place; empty for no article."""


class AssetRow(Struct, frozen=True, array_like=True):
    """A picture, by what its file looked like."""

    stamp: FileStamp
    location: str
    metadata: str
    """What of its metadata was to be published."""
    asset: Asset | None
    problems: tuple[Problem, ...]


class ReviewRow(Struct, frozen=True, array_like=True):
    """The events of one folder of content/_reviews/, by what its files looked like."""

    stamps: bytes
    events: tuple[Event, ...]
    void: tuple[VoidEvent, ...]


class StandingRow(Struct, frozen=True, array_like=True):
    """How an article stands in the site, and where it is shown."""

    standing: bytes
    digests: bytes
    outputs: tuple[str, ...]
    """The output paths of the pages that show any view of it."""


class PageRow(Struct, frozen=True, array_like=True):
    """A page as it was last written."""

    url: str
    kind: str
    origin: str
    fingerprint: bytes
    digest: str
    stamp: FileStamp
    broken: tuple[str, ...]
    fragments: tuple[tuple[str, str, str], ...]
    """Of `yoyak.check.links.PageLinks`."""
    foreign: tuple[tuple[str, str, bool], ...] = ()
    """Of `yoyak.check.links.PageLinks`."""


class RecipeRow(Struct, frozen=True, array_like=True):
    """What decides a page, in parts, so that a change can be named."""

    template: str
    recipe: bytes
    templates: bytes
    """A digest of its templates, and of all else that they read."""
    frame: bytes
    shown: bytes
    """The digests of what it shows, in the order of the recipe's `shows`."""
    ids: tuple[str, ...]


class StateHead(Record, kw_only=True):
    """What of a `BuildState` says whether there is anything to do: it is kept in a row of its own, too."""

    program: bytes
    request: str
    site: bytes
    """A digest of the stamps of the site's files; empty when one was not sure."""
    output: bytes
    """The same of the files of the output, when all were in their places."""
    git: str
    """The stamps of git's own files, when a reading asked git; else empty."""
    timezone: str
    valid_from: datetime | None
    valid_until: datetime | None
    day: str
    """The day of the clock, if any reading depends on it."""
    report: BuildReport


class BuildState(StateHead, kw_only=True):
    """The whole of the last build that was written."""

    config: bytes
    """`SiteConfig`, encoded."""
    chrome: bytes
    frame: bytes
    templates: Mapping[str, bytes]
    """The digest of every template and house asset, by name."""
    inputs: Mapping[str, bytes]
    """By page template: a digest of what its pages read of templates, chrome and assets."""
    problems_of: Mapping[str, tuple[Problem, ...]]
    """What reading each article told, by path; most told nothing."""
    problems: tuple[Problem, ...]
    """All others, but those of links."""
    counts: Mapping[str, int]
    """Rows of each table that must all be there."""
    anchored: tuple[str, ...]
    """The urls of pages of which another page names a place."""
    named: bool = False
    """Headlines decide more than what is shown: where a link leads, or which article has an old address."""

    def head(self) -> StateHead:
        return StateHead(**{name: getattr(self, name) for name in StateHead.__struct_fields__})


_encoder = msgpack.Encoder()
encode = _encoder.encode
"""Return a value as bytes."""

_DECODERS: dict[Any, msgpack.Decoder[Any]] = {}


def decode(data: bytes, kind: Any) -> Any:
    """Return the value of a type that bytes hold.

    Raises:
        ValueError: they hold none.
    """
    decoder = _DECODERS.get(kind)
    if decoder is None:
        decoder = _DECODERS[kind] = msgpack.Decoder(kind)
    return decoder.decode(data)
