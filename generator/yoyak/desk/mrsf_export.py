"""Write the notes of an article as an MRSF sidecar, for editors' plug-ins; what others wrote there stays."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from yoyak.desk.arrivals import refuse
from yoyak.desk.mrsf import (
    ENDING,
    LIMIT,
    OURS,
    POSITIONS,
    Comment,
    Sidecar,
    author_of,
    read_sidecar,
    sidecar_text,
    words_of,
)
from yoyak.desk.records import Records
from yoyak.desk.shown import source_of
from yoyak.desk.source_lines import spot_of
from yoyak.files.handles import reached
from yoyak.files.parts import written_beside
from yoyak.files.site_files import read_below
from yoyak.front_matter.yaml_nodes import Mapping, Scalar, compose
from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.model.review import Event, Seen, Thread
from yoyak.model.types import Record
from yoyak.review.anchors import Orphan, find

_TYPES = {"suggestion": "suggestion", "fact": "accuracy", "rights": "rights"}
_QUOTE = 4096
_SETTINGS = ".mrsf.yaml"


class ExportedSidecar(Record, kw_only=True):
    path: str
    """Of the article."""
    sidecar: str
    """Its path below the site."""
    comments: int
    kept: int
    """Comments of the file that are no events here; they stay in it."""
    written: bool
    """False when it says the same already."""


def export_sidecar(records: Records, path: str) -> ExportedSidecar:
    """Write the sidecar of an article.

    Raises:
        YoyakError: there is one that cannot be read, or the disk does not take it.
    """
    place = f"{_root(records.folder)}{path}{ENDING}"
    before = _before(records.folder, place)
    ours = {one["id"]: one for one in _Comments(records, path, before).all()}
    there = {one["id"]: one for one in before.comments}
    kept = [name for name in there if name not in ours]
    data = sidecar_text(path, tuple((there | ours).values()), dict(before.others)).encode()
    written = data != _bytes(records.folder, place)
    if written:
        _write(records.folder, place, data)
    return ExportedSidecar(path=path, sidecar=place, comments=len(ours), kept=len(kept), written=written)


def _root(folder: Path) -> str:
    """Return where sidecars are, as ``.mrsf.yaml`` of the site says: a folder with a slash, or nothing."""
    data = _bytes(folder, _SETTINGS)
    node = compose(data.decode(errors="replace"), _SETTINGS, 1, frozenset(("sidecar_root",))).node if data else None
    entries = node.entries if isinstance(node, Mapping) else ()
    root = next((one.text for key, one in entries if key.text == "sidecar_root" and isinstance(one, Scalar)), "")
    parts = [part for part in root.replace("\\", "/").split("/") if part not in ("", ".")]
    if ".." in parts or root.startswith("/"):
        raise YoyakError(say("review.mrsf.outside", root=root[:200]))
    return "".join(f"{part}/" for part in parts)


def _bytes(folder: Path, place: str) -> bytes:
    root = os.path.realpath(folder)
    try:
        return read_below(root, f"{root}{os.sep}{place.replace('/', os.sep)}", LIMIT, links="none")
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise YoyakError(say("review.mrsf.unread", sidecar=place, why=error.strerror or str(error))) from error


def _before(folder: Path, place: str) -> Sidecar:
    """Return what the sidecar says that is there. One with remarks of a person in it is left alone."""
    data = _bytes(folder, place)
    if not data:
        return Sidecar()
    if any(line.lstrip().startswith(b"#") for line in data.split(b"\n")):
        raise YoyakError(say("review.mrsf.remarks", sidecar=place))
    found = read_sidecar(place, data)
    if found.reasons:
        raise refuse(place, found.reasons)
    return found


def _write(folder: Path, place: str, data: bytes) -> None:
    try:
        with reached(os.path.realpath(folder), place, makes=True) as target, written_beside(target, data) as part:
            part.replace(target)
    except OSError as error:
        raise YoyakError(say("review.mrsf.unwritten", sidecar=place, why=error.strerror or str(error))) from error


class _Comments:
    """The notes of an article as comments."""

    def __init__(self, records: Records, path: str, before: Sidecar) -> None:
        self.seen: Seen = records.seen(path)
        self.source = source_of(records, path)
        self.threads = records.review(path).threads
        self.by_id = {one["id"]: one for one in before.comments}
        self.by_words = {words_of(one): one for one in before.comments}

    def all(self) -> Iterator[Comment]:
        """Yield the notes, each with its replies behind it."""
        for thread in self.threads:
            note = self._comment(thread.note, resolved=not thread.open)
            yield note | self._place(thread, note)
            for reply in thread.replies:
                yield {**self._comment(reply, resolved=not thread.open), "reply_to": note["id"]}

    def _comment(self, event: Event, *, resolved: bool) -> dict[str, Any]:
        """Return an event as a comment; one that came from this file keeps its id, and keys of others."""
        text = event.text or f"→ {event.instead}"
        found: dict[str, Any] = {
            "id": event.name,
            "author": author_of(event.by),
            "timestamp": event.at.isoformat(timespec="milliseconds"),
            "text": text,
            "resolved": resolved,
        }
        if event.kind in _TYPES and event.event == "note":
            found["type"] = _TYPES[event.kind]
        if event.event == "request-changes":
            found["type"] = "issue"
        if event.instead:
            found[f"{OURS}instead"] = event.instead
            found |= {} if event.text else {f"{OURS}text": False}
        known = self.by_id.get(event.name) or self.by_words.get((event.at, event.by, event.text))
        return {**known, "resolved": resolved} if known else found

    def _place(self, thread: Thread, note: Comment) -> dict[str, Any]:
        """Return where a note stands. Of a comment that others wrote only the line may be another one."""
        found = self._found(thread)
        is_ours = note["id"] == thread.note.name
        return {key: value for key, value in found.items() if is_ours or (key == "line" and key in note)}

    def _found(self, thread: Thread) -> dict[str, Any]:
        if thread.anchor is None:
            return {}
        found = find(thread.anchor, self.seen.blocks)
        if isinstance(found, Orphan) or found.block is None:
            return _selected(thread.anchor.quote) if thread.anchor.quote else {}
        text = self.seen.blocks[found.block].text
        spot = spot_of(self.source, text[found.start : found.end], text[: found.start], text[found.end :])
        if spot is None:
            return _selected(thread.anchor.quote) if thread.anchor.quote else {}
        raw = self.source[spot.start : spot.end]
        start = spot.start - (self.source.rfind("\n", 0, spot.start) + 1)
        end = spot.end - (self.source.rfind("\n", 0, spot.end) + 1)
        lines = (spot.line, spot.line + raw.count("\n"), start, end)
        return {**dict(zip(POSITIONS, lines, strict=True)), **_selected(raw)}


def _selected(quote: str) -> dict[str, Any]:
    quote = quote[:_QUOTE]
    return {"selected_text": quote, "selected_text_hash": hashlib.sha256(quote.encode()).hexdigest()}
