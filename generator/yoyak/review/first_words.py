"""What changed, in one line: names of fields and the first words of them, and how many paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yoyak.model.message import Words, say
from yoyak.review.changes import Changes, FieldChange, summary
from yoyak.review.words import WordPiece

_FIELDS = 2
_PIECES = 3
_LONGEST = 30
"""Letters of one side of a change."""
NAMED = frozenset(
    "title subtitle summary lang date updated source source_url author rights rights_notice theme tag label image "
    "image_alt image_caption image_credit correction".split()
)
"""Fields that have a name in the catalogue; others are called as they are written."""


def first_words(found: Changes) -> Words:
    """Return a few words about changes, such as ``title: 물가[가→는]; 2 paragraphs changed``."""
    parts = [*_parts(found)]
    words: Words = parts[0] if parts else say("changes.none")
    for part in parts[1:]:
        words = say("changes.and", before=words, next=part)
    return words


def _parts(found: Changes) -> Iterator[Words]:
    for change in found.fields[:_FIELDS]:
        yield say("changes.field", name=_name(change), words=marked(change.words))
    if len(found.fields) > _FIELDS:
        yield say("changes.fields", count=len(found.fields) - _FIELDS)
    counts = summary(found)
    changed = next((block.words for block in found.blocks if block.kind == "changed"), ())
    if counts.blocks_changed:
        words = marked(changed) if not found.fields else ""
        count = say("changes.changed", count=counts.blocks_changed)
        yield say("changes.field", name=count, words=words) if words else count
    for kind, number in (
        ("added", counts.blocks_added), ("removed", counts.blocks_removed), ("moved", counts.blocks_moved)
    ):  # fmt: skip
        if number:
            yield say(f"changes.{kind}", count=number)


def _name(change: FieldChange) -> Words:
    return say(f"changes.name.{change.name}") if change.name in NAMED else change.name


def marked(words: Sequence[WordPiece]) -> str:
    """Return the first changes of a text, each with the beginning of its word: ``물가[가→는] [2.50%→2.75%]``."""
    shown: list[str] = []
    for number, piece in enumerate(words):
        if not piece.same and len(shown) < _PIECES:
            shown.append(f"{_beginning(words[:number])}[{_cut(piece.before)}→{_cut(piece.after)}]")
    more = sum(not piece.same for piece in words) > _PIECES
    return " ".join(shown) + (" …" if more else "")


def _beginning(words: Sequence[WordPiece]) -> str:
    """Return what is joined to the front of a change."""
    text = words[-1].before if words else ""
    return text.rsplit(None, 1)[-1][-_LONGEST:] if text and not text[-1].isspace() else ""


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
