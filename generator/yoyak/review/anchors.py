"""Where a note stands now: exact words in one block, or nowhere. Nothing is found by likeness or by its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple
from unicodedata import normalize

from yoyak.model.message import Message, listed, say
from yoyak.model.review import Anchor, TextBlock
from yoyak.model.types import Record
from yoyak.review.words import tokens

CONTEXT = 32
"""Letters before and after the quoted words that are kept with them."""
_SPACES = re.compile(r"\s+")
_LETTERS = re.compile(r"[^\W\d_]+")
"""What stands before a number and is joined to it: ``제3호``, and a word with the number of a footnote."""
_PLACES = 5
"""Places that a message names."""


class AnchorPlace(Record, kw_only=True):
    """Where a note stands."""

    block: int | None
    """From 0; None for a note on the whole article."""
    start: int = 0
    end: int = 0
    """In `TextBlock.text`: all of it for a note on the whole block."""


class Orphan(Record, kw_only=True):
    """A note whose words stand nowhere, or nobody can tell where. It is shown with its old words."""

    reason: Literal["gone", "several"]
    count: int = 0
    """How often the words are there."""


class _Occurrence(NamedTuple):
    block: int
    start: int
    end: int


def find(anchor: Anchor, blocks: Sequence[TextBlock]) -> AnchorPlace | Orphan:
    """Return where a note stands.

    First in its own block, where the words stand between their neighbours. Else where these exact words stand once in
    the whole text, or once between these neighbours. A part of another word or number is not the words.
    """
    if not anchor.block and not anchor.quote:
        return AnchorPlace(block=None)
    if not anchor.quote:
        return _whole(anchor.block, blocks)
    places = [*_places(anchor, blocks)]
    own = [place for place in places if blocks[place.block].id == anchor.block and _between(place, anchor, blocks)]
    if len(own) == 1:
        return _found(own[0])
    if len(places) > 1:
        places = [place for place in places if _between(place, anchor, blocks)] or places
    return _found(places[0]) if len(places) == 1 else Orphan(reason="several" if places else "gone", count=len(places))


def anchor_of(blocks: Sequence[TextBlock], quote: str, hint: str = "") -> Anchor | Message:
    """Return the anchor of words that somebody quotes, or why they name no place; `hint` is the id of their block.

    Without words it is the anchor of the block `hint`, or of the article.
    """
    if not quote.strip():
        known = not hint or any(block.id == hint for block in blocks)
        return Anchor(block=hint) if known else say("anchor.no-block", block=hint)
    wanted = Anchor(quote=quote)
    places = [*_places(wanted, blocks)] or [*_places(wanted, blocks, inside=True)]
    places = [place for place in places if blocks[place.block].id == hint] or places
    if not places:
        return _not_there(quote, blocks)
    if len(places) > 1:
        return say("anchor.several", quote=_short(quote), count=len(places), places=_listed(places, blocks))
    return anchor_at(blocks, places[0].block, places[0].start, places[0].end)


def anchor_at(blocks: Sequence[TextBlock], block: int, start: int, end: int) -> Anchor:
    """Return the anchor of the words from `start` to `end` of a block."""
    text = blocks[block].text
    return Anchor(
        block=blocks[block].id,
        quote=text[start:end],
        before=text[max(0, start - CONTEXT) : start],
        after=text[end : end + CONTEXT],
    )


def _whole(block: str, blocks: Sequence[TextBlock]) -> AnchorPlace | Orphan:
    """Return the block with an id; when it was one of several with the same words, the one that is left."""
    same = [number for number, other in enumerate(blocks) if other.id == block]
    alike = [number for number, other in enumerate(blocks) if other.id.rpartition("-")[0] == block.rpartition("-")[0]]
    if len(same) != 1 and len(alike) != 1:
        return Orphan(reason="several" if alike else "gone", count=len(alike))
    number = (same if len(same) == 1 else alike)[0]
    return AnchorPlace(block=number, end=len(blocks[number].text))


def _found(place: _Occurrence) -> AnchorPlace:
    return AnchorPlace(block=place.block, start=place.start, end=place.end)


def _places(anchor: Anchor, blocks: Sequence[TextBlock], *, inside: bool = False) -> Iterator[_Occurrence]:
    """Yield where the words of an anchor stand whole, or also `inside` of longer words, but never inside a number."""
    for number, block in enumerate(blocks):
        quote = _as_in(block, anchor.quote)
        at = block.text.find(quote) if quote else -1
        while at >= 0:
            if _stands(block.text, at, at + len(quote), _cut(anchor), inside=inside):
                yield _Occurrence(number, at, at + len(quote))
            at = block.text.find(quote, at + 1)


def _as_in(block: TextBlock, quote: str) -> str:
    """Return quoted words as the text of a block has them: white space is one space, but in code."""
    text = normalize("NFC", quote)
    return text.strip("\n") if "pre" in block.path.split("/") else _SPACES.sub(" ", text).strip()


def _cut(anchor: Anchor) -> tuple[bool, bool]:
    """Tell whether the words of an anchor began and ended within a word or a number from the first."""
    text, start = anchor.before + anchor.quote + anchor.after, len(anchor.before)
    return bool(_divided(text, start)), bool(_divided(text, start + len(anchor.quote)))


def _stands(text: str, start: int, end: int, cut: tuple[bool, bool], *, inside: bool) -> bool:
    """Tell whether the words at a place are these words: not the end of a longer one, not a part of a number."""
    for at, was_cut in zip((start, end), cut, strict=True):
        divided = _divided(text, at)
        if divided and not was_cut and not (divided == "word" and (inside or (at == end and "가" <= text[at] <= "힣"))):
            return False
    return True


def _divided(text: str, at: int) -> Literal["", "word", "number"]:
    """Return what a place is in the middle of. Only what stands around it is looked at."""
    start = max(text.rfind(" ", 0, at), at - 2 * CONTEXT, 0)
    start = max(text.rfind(" ", 0, start), start - CONTEXT, 0)
    end = start
    for token in tokens(text[start : at + 2 * CONTEXT]):
        begin = end + len(token.space)
        end = begin + len(token.text)
        if begin < at < end:
            before = _LETTERS.match(token.text)
            in_letters = token.word or (before is not None and at <= begin + before.end())
            return "word" if in_letters else "number" if token.number else ""
    return ""


def _between(place: _Occurrence, anchor: Anchor, blocks: Sequence[TextBlock]) -> bool:
    """Tell whether the words at a place have the neighbours that an anchor says."""
    text = blocks[place.block].text
    return text[: place.start].endswith(anchor.before) and text[place.end :].startswith(anchor.after)


def _not_there(quote: str, blocks: Sequence[TextBlock]) -> Message:
    """Return that words are not there, or that they are a part of a number, or stand in two paragraphs."""
    words = _SPACES.sub(" ", normalize("NFC", quote)).strip()
    inside = any(words in block.text for block in blocks)
    over_two = words in " ".join(block.text for block in blocks)
    key = "anchor.in-number" if inside else "anchor.two-blocks" if over_two else "anchor.not-there"
    return say(key, quote=_short(quote))


def _listed(places: Sequence[_Occurrence], blocks: Sequence[TextBlock]) -> Message | str:
    shown = [
        say("anchor.place", number=place.block + 1, words=_around(blocks[place.block].text, place))
        for place in places[:_PLACES]
    ]
    return listed([*shown, *(["…"] if len(places) > _PLACES else [])])


def _around(text: str, place: _Occurrence) -> str:
    start, end = max(0, place.start - 12), place.end + 12
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _short(quote: str) -> str:
    line = _SPACES.sub(" ", quote).strip()
    return line if len(line) <= 60 else f"{line[:59]}…"
