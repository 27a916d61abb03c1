"""What changed between two readings of an article: fields by name, blocks in their order, words in each of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Literal

from yoyak.model.review import Seen, TextBlock
from yoyak.model.types import Record
from yoyak.review.pairs import BlockPair, pairs
from yoyak.review.words import STEPS, Steps, WordPiece, difference

_WHOLE = 4 * STEPS
"""Steps for all blocks together; a block that finds none left is shown as replaced."""

BlockKind = Literal["same", "changed", "added", "removed", "moved"]


class FieldChange(Record, kw_only=True):
    """A field that says something else. One with several values, such as `tag`, has them in one text, a line each."""

    name: str
    words: tuple[WordPiece, ...]


class BlockChange(Record, kw_only=True):
    """A block, where it stands now; one that was removed, where it stood."""

    kind: BlockKind
    """``moved`` when nothing else changed."""
    before: TextBlock | None = None
    after: TextBlock | None = None
    was: int | None = None
    """Which block it was, from 0."""
    moved: bool = False
    """Also of one that is ``changed``: the others stayed in their order."""
    words: tuple[WordPiece, ...] = ()
    markup: tuple[WordPiece, ...] = ()
    """Of a block whose words are the same: what changed in `TextBlock.line`, such as the address of a link."""


class Summary(Record, kw_only=True):
    """How much changed. A word that became another one is changed, neither added nor removed."""

    fields: int = 0
    blocks_added: int = 0
    blocks_removed: int = 0
    blocks_changed: int = 0
    blocks_moved: int = 0
    words_added: int = 0
    words_removed: int = 0
    words_changed: int = 0


class Changes(Record, kw_only=True):
    fields: tuple[FieldChange, ...]
    """Only those that changed: in the order that they have now, then those that are gone."""
    blocks: tuple[BlockChange, ...]
    """All of them."""

    def __bool__(self) -> bool:
        return bool(self.fields) or any(block.kind != "same" for block in self.blocks)


def changes(before: Seen, after: Seen) -> Changes:
    """Return what a reader would find changed."""
    if before.fields == after.fields and before.blocks == after.blocks:
        return Changes(fields=(), blocks=tuple(_same(number, block) for number, block in enumerate(after.blocks)))
    return Changes(fields=tuple(_fields(before, after)), blocks=tuple(_blocks(before.blocks, after.blocks)))


def summary(found: Changes) -> Summary:
    """Return how much changed."""
    kinds = [block.kind for block in found.blocks]
    words = [*(field.words for field in found.fields), *(block.words for block in found.blocks)]
    counts = [_counted(piece) for pieces in words for piece in pieces]
    return Summary(
        fields=len(found.fields),
        blocks_added=kinds.count("added"),
        blocks_removed=kinds.count("removed"),
        blocks_changed=kinds.count("changed"),
        blocks_moved=sum(block.moved for block in found.blocks),
        words_added=sum(max(0, now - was) for was, now in counts),
        words_removed=sum(max(0, was - now) for was, now in counts),
        words_changed=sum(min(was, now) for was, now in counts),
    )


def _counted(piece: WordPiece) -> tuple[int, int]:
    return (0, 0) if piece.same else (len(piece.before.split()), len(piece.after.split()))


def _fields(before: Seen, after: Seen) -> Iterator[FieldChange]:
    old, new = _values(before), _values(after)
    for name in dict.fromkeys((*new, *old)):
        was, now = old.get(name, ""), new.get(name, "")
        if was != now:
            yield FieldChange(name=name, words=difference(was, now))


def _values(seen: Seen) -> dict[str, str]:
    """Return the values by name, several of one name as lines."""
    found: dict[str, str] = {}
    for name, value in seen.fields:
        found[name] = f"{found[name]}\n{value}" if name in found else value
    return found


def _blocks(before: Sequence[TextBlock], after: Sequence[TextBlock]) -> Iterator[BlockChange]:
    """Yield the blocks as they are now, and each one that is gone behind the block that it stood behind."""
    found = {pair.now: pair for pair in pairs([_key(block) for block in before], [_key(block) for block in after])}
    stayed = {pair.was for pair in found.values()}
    removed = deque(number for number in range(len(before)) if number not in stayed)
    steps = Steps(_WHOLE)
    for number, block in enumerate(after):
        pair = found.get(number)
        while pair and not pair.moved and removed and removed[0] < pair.was:
            yield _removed(removed[0], before[removed.popleft()])
        if not pair:
            yield BlockChange(kind="added", after=block, words=difference("", block.text))
            continue
        yield _kept(pair, before[pair.was], block, steps)
    yield from (_removed(was, before[was]) for was in removed)


def _key(block: TextBlock) -> str:
    """Return what makes a block the same one as before: its words, or of one without words what it shows."""
    return block.text or block.line


def _same(number: int, block: TextBlock) -> BlockChange:
    return BlockChange(kind="same", before=block, after=block, was=number, words=difference(block.text, block.text))


def _removed(number: int, block: TextBlock) -> BlockChange:
    return BlockChange(kind="removed", before=block, was=number, words=difference(block.text, ""))


def _kept(pair: BlockPair, before: TextBlock, after: TextBlock, steps: Steps) -> BlockChange:
    same = (before.text, before.path, before.line) == (after.text, after.path, after.line)
    return BlockChange(
        kind="changed" if not same else "moved" if pair.moved else "same",
        before=before,
        after=after,
        was=pair.was,
        moved=pair.moved,
        words=difference(before.text, after.text, steps),
        markup=difference(before.line, after.line, steps) if before.text == after.text and not same else (),
    )
