"""The values of editorial review: events, what a verdict saw, and the state that follows."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, get_args

from msgspec import Meta

from yoyak.model.schema import Called, Words
from yoyak.model.targets import Keys
from yoyak.model.types import Person, Record, Ribbon

EventKind = Literal[
    "note", "reply", "resolve", "reopen", "submit", "approve", "request-changes", "hold", "release", "reattach"
]
EVENT_KINDS: tuple[str, ...] = get_args(EventKind)
NoteKind = Literal["comment", "suggestion", "fact", "rights"]
Scope = Literal["facts", "law", "rights", "language"]
SCOPES: tuple[str, ...] = get_args(Scope)

Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
Quote = Annotated[str, Meta(max_length=2000)]


class ByKeys(Keys, kw_only=True):
    name: Called
    email: Called = ""


class AnchorKeys(Keys, kw_only=True):
    """Where in the rendered text a note stands: words of one block; without words the whole block."""

    block: Annotated[str, Meta(max_length=40)] = ""
    quote: Quote = ""
    before: Quote = ""
    after: Quote = ""


class EventKeys(Keys, kw_only=True):
    """The keys of a file of content/_reviews/."""

    event: EventKind
    by: ByKeys
    at: Annotated[str, Meta(max_length=40, description="ISO 8601.")]
    kind: Annotated[NoteKind, Meta(description="Of a note.")] = "comment"
    scope: Annotated[tuple[Scope, ...], Meta(description="What an approval looked at.")] = ()
    anchor: AnchorKeys | None = None
    text: Annotated[str, Meta(max_length=20_000)] = ""
    instead: Annotated[Words, Meta(description="The words that a suggestion puts in the place of the quoted ones.")] = (
        ""
    )
    answers: Annotated[str, Meta(max_length=120, description="The name of the event that this one answers.")] = ""
    seen: Annotated[Digest, Meta(description="The digest of what was looked at.")]


class Anchor(Record, kw_only=True):
    """Where a note stands: exact words in the normalised text of one block, with what stands before and after."""

    block: str = ""
    """The id of the block; empty for a note on the whole article."""
    quote: str = ""
    """Empty for a note on the whole block."""
    before: str = ""
    after: str = ""


class Event(Record, kw_only=True):
    """Something that a person said or decided: one file, written once."""

    name: str
    """The name of its file without the ending: ``20240703T0915Z-kim-3f9a2c``."""
    event: EventKind
    by: Person
    at: datetime
    seen: str
    """The digest of what was looked at."""
    kind: NoteKind = "comment"
    scope: tuple[Scope, ...] = ()
    anchor: Anchor | None = None
    text: str = ""
    instead: str = ""
    answers: str = ""


class VoidEvent(Record, kw_only=True):
    """A file that is no event: torn, incomplete, or of a kind that this version does not know."""

    name: str
    harmless: bool
    """It says of itself that it is an event without which an article is rather held back than let out."""


class TextBlock(Record, kw_only=True):
    """A block of a rendered text: a paragraph, an item, a heading, a row of a table, a figure."""

    id: str
    """A short digest of its text, and which of the blocks with the same text it is: ``3f9a2c1b-1``."""
    path: str
    """The elements that it stands in: ``p``, ``ul/li``, ``blockquote/p``, ``table/tr``."""
    text: str
    """Its words, NFC; white space is one space, but in code."""
    line: str
    """The same with its markup, on one line, as a `seen` text has it."""


class Seen(Record, kw_only=True):
    """The words and pictures that a reader gets of an article: what a verdict is about."""

    digest: str
    """SHA-256 of `seen_text`, hex."""
    fields: tuple[tuple[str, str], ...]
    """Name and value of each that is not empty: ``title``, ``authors`` …"""
    blocks: tuple[TextBlock, ...]


class Verdict(Record, kw_only=True):
    """An approval or a request for changes, and whether it counts now."""

    event: Event
    counts: bool
    why_not: Literal["", "words", "reviewer", "own", "submitter", "later"] = ""
    """Other words than now, no reviewer of site.yaml, its author's own, its submitter's own, a later one of theirs."""


class Thread(Record, kw_only=True):
    """A note with its answers."""

    note: Event
    replies: tuple[Event, ...] = ()
    open: bool = True
    anchor: Anchor | None = None
    """Where it stands now: its own, or that of the last event that attached it again."""


State = Literal["draft", "in-review", "changes-requested", "on-hold", "stale", "approved"]


class Review(Record, kw_only=True):
    """How an article stands in review: a pure function of it, its events and the policy."""

    state: State
    ribbon: Ribbon | None
    """Why review holds it back; None when it does not."""
    by: tuple[str, ...] = ()
    """Whose verdict or hold makes the state; of a stale one, who had approved."""
    waits_for: tuple[str, ...] = ()
    """Who can bring it further: names or addresses; empty when anybody may, or nothing is needed."""
    said: str = ""
    """The reason that was given for a hold or a request for changes; of several, the last."""
    missing: int = 0
    """Approvals."""
    seen: str = ""
    """Of a stale one: what the last approval saw."""
    verdicts: tuple[Verdict, ...] = ()
    threads: tuple[Thread, ...] = ()
    void: tuple[str, ...] = ()
    """Names of files that are no events."""
