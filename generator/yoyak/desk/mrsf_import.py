"""Take the comments of an MRSF sidecar back: new ones become notes, where their exact words stand, else orphans."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import normalize

from yoyak.desk.arrivals import Arrival, Arrivals, refuse, why_refused
from yoyak.desk.asked import reviewed_paths
from yoyak.desk.mrsf import (
    ENDING,
    JSON_ENDING,
    OURS,
    TYPES,
    Comment,
    Sidecar,
    person_in,
    read_sidecar,
    text_of,
    words_of,
)
from yoyak.desk.records import Records
from yoyak.desk.shown import source_of
from yoyak.desk.source_lines import spot_of
from yoyak.model.message import Words, say
from yoyak.model.review import Anchor, Event, NoteKind, Seen
from yoyak.model.types import Person
from yoyak.review.anchors import anchor_of
from yoyak.review.events import instant, named

_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_BROKEN_LINK = re.compile(r"\]\([^()\s]*\)?|!?\[|\]")
"""What is left of a link of which only a part was selected."""
_LINE_MARK = re.compile(r"(?m)^\s{0,3}(?:#{1,6}\s+|[-*+]\s+|\d{1,9}[.)]\s+|(?:>\s?)+)")
_MARK = re.compile(r"(?<!\\)(?:\*+|~~|`+|(?<!\w)_+|_+(?!\w))")
_QUOTE = 2000
_PLACES = 50
"""Paragraphs with the same words that are looked at."""
_NOBODY = (datetime.min.replace(tzinfo=UTC), Person(name=""), "")


def arriving(records: Records, file: str, data: bytes, who: Callable[[], Person]) -> Arrivals:
    """Return the events that a sidecar holds and that are not here yet.

    Raises:
        YoyakError: it is no sidecar, or is about no article of this site; then nothing of it is to be written.
    """
    sidecar = read_sidecar(file, data)
    if sidecar.reasons:
        raise refuse(file, sidecar.reasons)
    path = _article(records, file, sidecar.document)
    if not path:
        raise refuse(file, [say("review.mrsf.no-article", document=sidecar.document[:200])])
    return _Taken(records, file, path, sidecar, who).arrivals()


def _article(records: Records, file: str, document: str) -> str:
    """Return the article that a sidecar is about: as it says, seen from the site or from above it, or by its place."""
    parts = normalize("NFC", document.replace("\\", "/")).split("/")
    if ".." in parts or document.startswith("/"):
        return ""
    paths = frozenset(reviewed_paths(records))
    said = "/".join(part for part in parts if part != ".")
    below = [said.split("/", number)[-1] for number in range(said.count("/") + 1)]
    if found := next((one for one in below if one in paths), None):
        return found
    beside = normalize("NFC", Path(file).resolve().as_posix().removesuffix(ENDING).removesuffix(JSON_ENDING))
    return next((one for one in paths if beside.endswith(f"/{one}") and one.endswith(parts[-1])), "")


class _Taken:
    """The comments of one sidecar, each compared with what is here."""

    def __init__(self, records: Records, file: str, path: str, sidecar: Sidecar, who: Callable[[], Person]) -> None:
        self.records, self.file, self.path, self.sidecar, self.who = records, file, path, sidecar, who
        self.seen: Seen = records.seen(path)
        self.source = source_of(records, path)
        self.here = {one.name: one for one in records.events(path)}
        said = (one for one in self.here.values() if one.event in ("note", "request-changes", "reply"))
        self.by_words = {(one.at, one.by, one.text): one for one in said}
        self.threads = {one.note.name: one for one in records.review(path).threads}
        self.told: list[Words] = []
        self.events: list[Event] = []
        self.known = 0
        self.names: dict[str, str] = {}
        """The event of each comment by its id; of a reply that of the note that it answers."""
        self.notes: dict[str, int] = {}
        """The numbers of the comments that are notes, by their events."""

    def arrivals(self) -> Arrivals:
        """Return what is to be written.

        Raises:
            YoyakError: a comment cannot be right.
        """
        if self.sidecar.newer:
            self.told.append(say("review.mrsf.newer", version=self.sidecar.newer))
        if self.sidecar.others:
            self.told.append(say("review.mrsf.other-keys", keys=", ".join(key for key, _ in self.sidecar.others)[:200]))
        taken = [(number, self._take(number, comment)) for number, comment in _in_order(self.sidecar.comments)]
        reasons = [say("review.mrsf.comment", number=number, why=why) for number, why in taken if why]
        if reasons:
            raise refuse(self.file, reasons)
        self._resolve()
        events = tuple(
            Arrival(path=self.path, event=one, seen=self.seen, is_theirs=one.event != "resolve") for one in self.events
        )
        return Arrivals(events=events, known=self.known, told=tuple(self.told))

    def _take(self, number: int, comment: Comment) -> Words:
        """Take one comment; return why it cannot be right, or nothing."""
        parent = comment.get("reply_to") or ""
        root = self.names.get(parent, "")
        there = self.here.get(comment["id"]) or self.by_words.get(words_of(comment) or _NOBODY)
        event = there or self._event(number, comment, root)
        if not isinstance(event, Event):
            return event
        if there or any(one.name == event.name for one in self.events):
            self.known += 1
        else:
            self.events.append(event)
            if parent and not root:
                self.told.append(say("review.mrsf.no-parent", number=number, id=str(parent)[:80]))
        is_note = event.event in ("note", "request-changes")
        self.names[comment["id"]] = event.name if is_note else event.answers
        if is_note:
            self.notes.setdefault(event.name, number)
        return ""

    def _event(self, number: int, comment: Comment, root: str) -> Event | Words:
        at = instant(comment["timestamp"])
        if at is None:
            return say("review.refused.time", at=comment["timestamp"][:60])
        instead = comment.get(f"{OURS}instead") or ""
        event = Event(
            name="",
            event="reply" if root else "note",
            by=person_in(comment["author"]),
            at=at,
            seen=self.seen.digest,
            kind="comment" if root else self._kind(comment),
            anchor=None if root else self._anchor(number, comment),
            text=text_of(comment),
            instead=instead if isinstance(instead, str) else "",
            answers=root,
        )
        return why_refused(event) or named(event)

    def _kind(self, comment: Comment) -> NoteKind:
        kind = TYPES.get(str(comment.get("type") or "comment"), "comment")
        return "comment" if kind == "suggestion" and not comment.get(f"{OURS}instead") else kind

    def _anchor(self, number: int, comment: Comment) -> Anchor | None:
        """Return where a comment stands: its exact words, or the paragraph of its line; words that are gone stay."""
        quote, line = comment.get("selected_text") or "", comment.get("line")
        digest = comment.get("selected_text_hash")
        if quote and digest and hashlib.sha256(quote.encode()).hexdigest() != digest:
            self.told.append(say("review.mrsf.hash", number=number))
        if not quote:
            return self._of_line(number, line) if isinstance(line, int) else None
        for words in dict.fromkeys((quote, plain_words(quote), _BROKEN_LINK.sub("", plain_words(quote)))):
            found = anchor_of(self.seen.blocks, words)
            place = found if isinstance(found, Anchor) else self._at_line(words, line)
            if place and len(place.quote) <= _QUOTE:
                return place
        if len(quote) > _QUOTE:
            self.told.append(say("review.mrsf.long-quote", number=number))
            return None
        self.told.append(say("review.mrsf.orphan", number=number, quote=" ".join(quote.split())[:60]))
        return Anchor(quote=" ".join(plain_words(quote).split()))

    def _at_line(self, words: str, line: object) -> Anchor | None:
        """Return the one of several places that stands in a line of the file."""
        text = " ".join(words.split())
        hints = [block.id for block in self.seen.blocks if text in block.text][:_PLACES]
        found = [anchor_of(self.seen.blocks, words, hint) for hint in hints] if isinstance(line, int) else []
        places = {one.block: one for one in found if isinstance(one, Anchor)}
        there = [one for one in places.values() if self._line(one) == line]
        return there[0] if len(there) == 1 else None

    def _line(self, anchor: Anchor) -> int:
        spot = spot_of(self.source, anchor.quote, anchor.before, anchor.after)
        return spot.line if spot else 0

    def _of_line(self, number: int, line: int) -> Anchor | None:
        lines = self.source.split("\n")
        words = " ".join(plain_words(lines[line - 1]).split()) if 0 < line <= len(lines) else ""
        blocks = [one for one in self.seen.blocks if words and words in one.text]
        if len(blocks) == 1:
            return Anchor(block=blocks[0].id)
        self.told.append(say("review.mrsf.line", number=number, line=line))
        return None

    def _was_resolved(self, name: str) -> bool:
        return any(one.event == "resolve" and one.answers == name for one in self.here.values())

    def _resolve(self) -> None:
        """Add that notes are done which the sidecar calls resolved."""
        for name, number in self.notes.items():
            comment = self.sidecar.comments[number - 1]
            thread = self.threads.get(name)
            if comment["resolved"] and (thread is None or (thread.open and not self._was_resolved(name))):
                by, now = self.who(), datetime.now(UTC)
                event = Event(name="", event="resolve", by=by, at=now, seen=self.seen.digest, answers=name)
                self.events.append(named(event))
            elif thread and thread.open == comment["resolved"]:
                key = "review.mrsf.reopened" if comment["resolved"] else "review.mrsf.resolved-here"
                self.told.append(say(key, number=number))


def _in_order(comments: Iterable[Comment]) -> Iterator[tuple[int, Comment]]:
    """Yield the comments with their numbers, each behind the one that it replies to."""
    waiting = dict(enumerate(comments, 1))
    while waiting:
        ids = {one["id"] for one in waiting.values()}
        ready = [number for number, one in waiting.items() if one.get("reply_to") not in ids] or [*waiting]
        yield from ((number, waiting.pop(number)) for number in ready)


def plain_words(markdown: str) -> str:
    """Return words of a Markdown file without the marks around them."""
    text = _LINK.sub(r"\1", _LINE_MARK.sub("", markdown))
    return html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", _MARK.sub("", text)))
