"""What a run did, as values: the report of a build, its suggestions and its profile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from yoyak.model.message import Message, Words
from yoyak.model.problems import Problem
from yoyak.model.types import Held, Record


class TermUse(Record, kw_only=True):
    """A spelling of a term and one place that has it."""

    name: str
    articles: int
    path: str
    line: int = 0
    """1-based; 0 when it is not known."""


class Suggestion(Record, kw_only=True):
    """What a desk could do to keep its terms tidy. It is no problem, and nothing is done by itself."""

    kind: Literal["merge-tags", "add-tags"]
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
