"""Files of a site as values: what load finds (files, pictures, templates), and how a file was read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple

from yoyak.containers import Metadata
from yoyak.model.message import Problem
from yoyak.model.types import BodyLink, Kind, Record

# --- what `yoyak.pipeline.load` and `load_looks` find ------------------------------------------------------------


class FileStamp(NamedTuple):
    """What one file looks like without being opened."""

    size: int
    mtime_ns: int
    inode: int
    mode: int = 0
    """0 of a file of the output: its rights decide nothing."""
    sure: bool = True
    """False when it was written so shortly before it was looked at that another write might not show."""


NO_FILE = FileStamp(0, 0, 0)


def unchanged(before: FileStamp, now: FileStamp) -> bool:
    """Tell whether a file has surely the bytes that it had: one with another stamp has to be read."""
    return before.sure and before == now


def stamp_of(found: Any, *, sure: bool = True) -> FileStamp:
    """Return the stamp of a file of which `os.stat` gave this."""
    return FileStamp(found.st_size, found.st_mtime_ns, found.st_ino, found.st_mode, sure)


def output_stamp(found: Any) -> FileStamp:
    """Return the stamp of a file of the output of which `os.lstat` gave this."""
    return FileStamp(found.st_size, found.st_mtime_ns, found.st_ino)


class SourceFile(Record, kw_only=True):
    """One file below content/ as the disk had it."""

    path: str
    """Relative to the site folder, posix, NFC: ``content/2024/07/summit.md``."""
    data: bytes
    digest: str
    """SHA-256 of `data`, hex."""
    stamp: FileStamp = NO_FILE
    """Of the file that was read, by its handle; `NO_FILE` when its bytes come from elsewhere."""
    seen: datetime | None = None
    """When a capture came into the site; asked for only when it has dates without a year."""
    seen_by: Literal["", "git", "file-time"] = ""
    """Who says so: its first commit, or its own time of change."""


class Asset(Record, kw_only=True):
    """A picture or another file that articles may show; published only when a published page refers to it."""

    path: str
    """Relative to the site folder, posix, NFC."""
    location: str
    """Where the disk has it, absolute."""
    digest: str
    """SHA-256 of the bytes that are published, hex."""
    source: str = ""
    """The same of the file, when metadata are taken out of what is published; else empty."""
    metadata: Metadata = "remove"
    """What of its metadata is published."""
    output: str
    """Where it is published, e.g. ``assets/harbour.3f9a1c0b2d.svg``; with a fault ``assets/`` and its path."""
    width: int = 0
    """Pixels; 0 when the file does not say."""
    height: int = 0
    fault: str = ""
    """Why it is not published, a key of `yoyak.text.file_kinds.FAULTS`: who shows it is told so. Empty for most."""


def asset_with_fault(path: str, location: str, digest: str, fault: str) -> Asset:
    """Return a file that is there and cannot be shown. Its address tells which file it is, until it is reported."""
    return Asset(path=path, location=location, digest=digest, output=f"{ASSETS}{path}", fault=fault)


ASSETS = "assets/"
"""The folder of the output that pictures are published in."""
FOR_EVER = "public, max-age=31536000, immutable"
"""The Cache-Control of files with a hash in their names."""


class Listed(Record, kw_only=True):
    """One file below content/ that was found and not read yet."""

    path: str
    """Relative to the site folder, posix, NFC."""
    location: str
    """Where the disk has it, absolute."""


class Listing(Record, kw_only=True):
    """Everything below content/, sorted by path, unread."""

    articles: tuple[Listed, ...] = ()
    editions: tuple[Listed, ...] = ()
    themes: tuple[Listed, ...] = ()
    pages: tuple[Listed, ...] = ()
    assets: tuple[Listed, ...] = ()
    others: tuple[str, ...] = ()
    """Paths of files that are neither, or may not be read: so that nothing says that they are not there."""
    has_public: bool = False
    """Whether there is a folder content/public/."""
    problems: tuple[Problem, ...] = ()

    @property
    def texts(self) -> tuple[Listed, ...]:
        """Every article and note."""
        return (*self.articles, *self.editions, *self.themes, *self.pages)

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path below content/."""
        kinds = (self.articles, self.editions, self.themes, self.pages, self.assets)
        return (*(listed.path for kind in kinds for listed in kind), *self.others)


class Content(Record, kw_only=True):
    """Everything that load found, sorted by path."""

    articles: tuple[SourceFile, ...]
    editions: tuple[SourceFile, ...]
    themes: tuple[SourceFile, ...]
    pages: tuple[SourceFile, ...]
    assets: Mapping[str, Asset]
    """By `Asset.path`."""
    paths: tuple[str, ...] = ()
    """Of every file below content/."""
    problems: tuple[Problem, ...] = ()


class Looks(Record, kw_only=True):
    """The templates and the house's own assets."""

    originals: Mapping[str, str]
    """yoyak's templates by name."""
    overrides: Mapping[str, str]
    """The site's own by name."""
    assets: Mapping[str, HouseAsset]
    """By name below templates/assets: ``style.css``."""
    problems: tuple[Problem, ...] = ()
    """Of the site's own: addresses that lead nowhere."""


class HouseAsset(Record, kw_only=True):
    output: str
    """Where it is published: ``assets/style.3f9a1c0b2d.css``."""
    data: bytes


# --- what a reader found in a file, where, and how sure it is ----------------------------------------------------


class Evidence(Record, kw_only=True):
    """Where a value was found: a line of the file or a CSS selector, and the rule that took it."""

    rule: str
    line: int | None = None
    selector: str | None = None


class Field(Record, kw_only=True):
    """One value of an article with its provenance."""

    value: Any
    confidence: float
    """0 to 1; what front matter says is 1."""
    evidence: tuple[Evidence, ...] = ()
    alternatives: tuple[Any, ...] = ()
    """Runners-up, best first."""


BlockKind = Literal["paragraph", "heading", "quote", "list", "table", "figure", "caption"]


class Block(Record, kw_only=True):
    """A piece of a body in reading order."""

    kind: BlockKind
    text: str
    line: int | None = None
    credit: str | None = None
    html: str = ""
    """The block as unsafe HTML where text alone would lose its links, items or cells."""


class LineLabel(Record, kw_only=True):
    """What one non-blank line of a capture was taken for. Kept and left-out lines are the whole file."""

    n: int
    label: str
    rule: str
    confidence: float
    kept: bool


class LeftOut(Record, kw_only=True):
    """Words of a saved page that are no part of its article."""

    text: str
    rule: str
    """Why."""
    selector: str
    """The element around them, as the page calls it."""


class Reading(Record, kw_only=True):
    """What a reader found in one file. The names of `fields` are those of front matter, plus
    ``label`` (the page's own theme), ``rights_notice`` and ``dateline``."""

    kind: Kind
    fields: Mapping[str, Field]
    html: str
    """The body as HTML that has not been through the door yet."""
    blocks: tuple[Block, ...] = ()
    lines: tuple[LineLabel, ...] = ()
    links: tuple[BodyLink, ...] = ()
    problems: tuple[Problem, ...] = ()
