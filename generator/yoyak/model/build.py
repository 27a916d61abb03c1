"""A build as its caller sees it: what is asked of it, what may be put into it, what it did, and which files it left.

Apart from the build itself, so that a build with nothing to do imports nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

from msgspec import json

from yoyak.model.message import Message, Problem, Words
from yoyak.model.types import Held, Record
from yoyak.paths import PORTABLE, STORE, plain_path

# --- what is asked of a build ------------------------------------------------------------------------------------


class BuildRequest(Record, kw_only=True):
    folder: Path
    """The site folder."""
    output: Path | None = None
    """Default: output/ in the site folder; of a portable build `PORTABLE`."""
    base_url: str = ""
    """An address in the place of the site's own, as a target of a deploy may have one; normalised."""
    preview: bool = False
    portable: bool = False
    """Write relative addresses, so that pages open from a folder without a server."""
    at: datetime | None = None
    """The clock; None for SOURCE_DATE_EPOCH or the real one."""
    keep_going: bool = False
    """Publish the rest when some files have errors."""
    allow_foreign_marks: bool = False
    """Publish texts with marks of other programs as they are."""
    check_only: bool = False
    """Find all problems, write nothing."""
    plan_only: bool = False
    """With `check_only`: make no page, only see what changes when."""
    since: datetime | None = None
    """When the list of what changes begins; None for the clock."""
    jobs: int | None = 1
    """Processes to use; None for one on each core."""
    clean: bool = False
    """Forget what earlier builds remembered."""
    verify: bool = False
    """Build again from nothing afterwards, and compare every byte."""

    profile: bool = False
    """Measure where the time goes, page by page and file by file."""

    @property
    def stops_at_marks(self) -> bool:
        """Tell whether marks of other programs in what readers would see stop the build."""
        return not (self.preview or self.keep_going or self.allow_foreign_marks)

    @property
    def target(self) -> Path:
        """The output folder, absolute."""
        usual = PORTABLE if self.portable else Path("output")
        return plain_path(self.output or self.folder.resolve() / usual)

    @property
    def store(self) -> Path:
        """Where what is remembered of builds into this output folder lies."""
        return self.folder.resolve() / STORE


# --- what may be put into it: how a function runs over many items, and whom to tell ------------------------------


T = TypeVar("T")
R = TypeVar("R")


class Limits(NamedTuple):
    """What one item may take."""

    seconds: float
    """Of the processor, so that a machine that is busy with other things stops nothing."""
    memory: int
    """Bytes of address space beside what the worker has already."""
    answer: int
    """Bytes of a result."""


class Runaway(Record, kw_only=True):
    """What stands in the place of a result: the function was stopped, or failed, on this one item."""

    why: Literal["time", "memory", "depth", "crash", "fault"]
    told: str = ""
    """What a program would print, for a fault or a crash."""
    trace: str = ""
    """Where in the program it failed, for a fault."""


class MapLike(Protocol):
    """Runs a function over items, perhaps side by side; the results come in the order of the items."""

    def __call__(self, function: Callable[[T], R], items: Sequence[T], /) -> Iterable[R]: ...


class GuardedMap(Protocol):
    """A map that may give a `Runaway` for an item; the other items have their results. Every `MapLike` is one."""

    def __call__(self, function: Callable[[T], R], items: Sequence[T], /) -> Iterable[R | Runaway]: ...


AnyMap = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]
"""Either of them, of whatever items."""


class Progress(Protocol):
    """Told the name of a stage, how many items it has (0: not counted), and how many of them are done."""

    def __call__(self, name: str, items: int, done: int = 0, /) -> None: ...


def counted(items: Sequence[T], name: str, progress: Progress | None) -> Iterator[T]:
    """Yield the items, and of several report each as done when the next one is asked for."""
    for done, item in enumerate(items):
        if progress and len(items) > 1:
            progress(name, len(items), done)
        yield item


Counted = Callable[[int, int], object]
"""Told how many items a map has, and for how many of them there are results; now and then also without news."""


# --- what it did: its report, its suggestions and its profile ----------------------------------------------------


class TermUse(Record, kw_only=True):
    """A spelling of a term and one place that has it."""

    name: str
    articles: int
    path: str
    line: int = 0
    """1-based; 0 when it is not known."""


class Suggestion(Record, kw_only=True):
    """What a desk could do to keep its terms tidy, or an article that is there twice. It is no problem."""

    kind: Literal["merge-tags", "add-tags", "same-text"]
    message: Words
    hint: Words
    """What to write, and where."""
    path: str
    line: int = 0
    uses: tuple[TermUse, ...]
    """The tags that it is about; of a merge the one that stays first."""


class Spent(Record, kw_only=True):
    """What something took: all pages of a template, or one file."""

    name: str
    seconds: float
    items: int


class Profile(Record, kw_only=True):
    """Where the time and the memory of a build went. Seconds of what ran side by side add up to more than a stage."""

    stages: Mapping[str, float]
    templates: tuple[Spent, ...] = ()
    """The seconds of the pages of each, the most expensive first."""
    templates_by_jinja: tuple[str, ...] = ()
    """Those that Jinja's own environment rendered, since the quick one could not."""
    readers: tuple[Spent, ...] = ()
    """By `Kind` of file, and ``own files`` for those of editions, themes and pages."""
    slowest_files: tuple[Spent, ...] = ()
    slowest_pages: tuple[Spent, ...] = ()
    """By output path."""
    files_read: int = 0
    files_known: int = 0
    pages_made: int = 0
    pages_kept: int = 0
    views_made: int = 0
    """Of articles, for pages."""
    views_remembered: int = 0
    store_seconds: float = 0
    """Of reading and writing its file, workers included."""
    store_bytes: int = 0
    memory: int = 0
    """The most bytes that the build's process had in memory; 0 where nobody tells."""
    memory_of_workers: int = 0
    """Of the largest one."""


class Coming(Record, kw_only=True):
    """Something that changes on the site by itself, when its time has come."""

    at: datetime
    kind: str
    """The key that decides (``publish_at``), or ``edition-begins`` and ``edition-ends``."""
    path: str
    """Of the file; empty for an edition without one."""
    title: str
    url: str = ""
    """Of the article's page."""
    effect: Words
    """What happens, in a sentence."""


class BuildReport(Record, kw_only=True):
    """What a build did, for a person and for a program."""

    articles: int
    unlisted: int = 0
    """How many of them have a page and stand in no list."""
    pages: int
    written: tuple[str, ...] = ()
    """New files, relative to output/."""
    changed: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    held: tuple[Held, ...]
    left_out: tuple[str, ...]
    """Source files that an error kept off the site."""
    problems: tuple[Problem, ...]
    seconds: Mapping[str, float] = {}
    """By stage."""
    output: str
    """The folder to look at."""
    language: str = "en"
    """Of the site: in which its dates are worded."""
    clock: datetime | None = None
    """The time for which the site was built."""
    bundle: str = ""
    """The file that holds all pages, if one was asked for."""
    bundle_size: int = 0
    """Its bytes."""
    bundle_pictures: int = 0
    """How many of them are pictures."""
    suggestions: tuple[Suggestion, ...] = ()
    """Only of a check."""
    coming: tuple[Coming, ...] = ()
    """Only of a preview and of a plan: what changes by itself from `BuildRequest.since` on."""
    complete: bool = False
    """False when problems stopped the build: output/ is as it was."""
    reasons: Mapping[str, Words] = {}
    """Why each page that differs now was made again, in a sentence; by its output path."""
    rendered: int = 0
    """Pages that were made again; some may have come out the same."""
    notes: tuple[Message, ...] = ()
    """What was odd about the store; the output is right all the same."""
    differing: tuple[str, ...] = ()
    """Only of a build with `verify`: files that a build from nothing would have made otherwise."""
    profile: Profile | None = None
    """Only of a build with `profile`."""


# --- the manifest: which files a built site has; the build writes it, the preview and a deploy read it -----------


MANIFEST = ".yoyak-manifest.json"
"""Where it stands in a built site."""
MANIFEST_FORMAT = 1


class Manifest(Record, kw_only=True):
    """Every file of one build but the manifest itself."""

    format: int
    preview: bool
    base_url: str
    files: Mapping[str, str]
    """SHA-256 in hex by path."""


def encode_manifest(manifest: Manifest) -> bytes:
    """Return a manifest as JSON that a person can read; paths are sorted."""
    return json.format(json.encode(manifest, order="deterministic"), indent=1) + b"\n"


def decode_manifest(data: bytes) -> Manifest:
    """Return the manifest that `data` holds. Whether its paths are safe to use is for its reader to ask.

    Raises:
        ValueError: it holds none.
    """
    return json.decode(data, type=Manifest)
