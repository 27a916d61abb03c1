"""What changed between two readings of an article: fields by name, blocks in their order, words in each of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from yoyak.model.message import Words, say
from yoyak.model.review import Seen, TextBlock
from yoyak.model.types import Record
from yoyak.review.words import STEPS, Steps, WordPiece, difference, matches

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


# --- What changed, in one line: names of fields and the first words of them, and how many paragraphs -------------


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
    changed = [block.words for block in found.blocks if block.kind == "changed"]
    if changed:
        words = marked(changed[0]) if not found.fields else ""
        count = say("changes.changed", count=len(changed))
        yield say("changes.field", name=count, words=words) if words else count
    kinds = [block.kind for block in found.blocks]
    moved = sum(block.moved for block in found.blocks)
    for kind, number in (("added", kinds.count("added")), ("removed", kinds.count("removed")), ("moved", moved)):
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


# --- Which block of a text became which block of another one -----------------------------------------------------


_WORD = re.compile(r"\w+")
_NEAR, _FAR = 0.4, 0.6
"""How much of their words two blocks share at least, between the same neighbours and elsewhere."""
_FEWEST = 4
"""Words that a block has at least which is looked for elsewhere."""
_COMMON = 30
"""Blocks with the same word; one that more have says nothing of which became which."""


class BlockPair(NamedTuple):
    was: int
    now: int
    moved: bool
    """It stands elsewhere among the blocks that stayed."""


def pairs(before: Sequence[str], after: Sequence[str]) -> list[BlockPair]:
    """Return the pairs of texts that are the same block, by their place in `after`.

    Equal texts first, then those that share words. Of blocks that crossed, the fewer have moved.
    """
    found = [(a + n, b + n) for a, b, length in matches(before, after, Steps(STEPS)) for n in range(length)]
    stayed = {was for was, _ in found}
    found += _equal(before, after, found)
    found += _like(before, after, sorted(pair for pair in found if pair[0] in stayed), found)
    in_order = _in_order(sorted(found, key=lambda pair: pair[1]))
    return [BlockPair(was, now, (was, now) not in in_order) for was, now in sorted(found, key=lambda pair: pair[1])]


def _left(texts: Sequence[str], taken: set[int]) -> list[int]:
    return [number for number in range(len(texts)) if number not in taken]


def _equal(before: Sequence[str], after: Sequence[str], found: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield equal texts that are not in order."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number in reversed(_left(before, {was for was, _ in found})):
        places[before[number]].append(number)
    for number in _left(after, {now for _, now in found}):
        if places[after[number]]:
            yield places[after[number]].pop(), number


def _like(
    before: Sequence[str], after: Sequence[str], anchors: list[tuple[int, int]], found: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield texts that share most of their words, the most alike first."""
    old = {number: _words(before[number]) for number in _left(before, {was for was, _ in found})}
    new = {number: _words(after[number]) for number in _left(after, {now for _, now in found})}
    gaps = [was for was, _ in anchors], [now for _, now in anchors]
    ranked = []
    for was, now in _candidates(old, new) | set(_side_by_side(old, new, gaps)):
        shared = (old[was] & new[now]).total()
        sizes = old[was].total(), new[now].total()
        near = bisect_right(gaps[0], was) == bisect_right(gaps[1], now)
        likeness = 2 * shared / (sum(sizes) or 1)
        if likeness >= (_NEAR if near else _FAR) and (near or min(sizes) >= _FEWEST):
            ranked.append((not near, -likeness, was, now))
    taken: set[tuple[str, int]] = set()
    for _, _, was, now in sorted(ranked):
        if not taken & {("was", was), ("now", now)}:
            taken |= {("was", was), ("now", now)}
            yield was, now


def _words(text: str) -> Counter[str]:
    """Return the beginnings of words, which stay when their endings change; numbers as they are."""
    return Counter(word if word[0].isdigit() else word[: max(2, len(word) // 2)] for word in _text_parts(text))


def _text_parts(text: str) -> Iterator[str]:
    """Yield words; of a text without spaces its letters two by two."""
    for word in _WORD.findall(text):
        if len(word) > 3 and "\u3040" <= word[0] <= "\u9fff":
            yield from (word[n : n + 2] for n in range(len(word) - 1))
        else:
            yield word


def _candidates(old: dict[int, Counter[str]], new: dict[int, Counter[str]]) -> set[tuple[int, int]]:
    """Return the places of blocks that share a word which few others have."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for was, words in old.items():
        for word in words:
            places[word].append(was)
    rare = {word: found for word, found in places.items() if len(found) <= _COMMON}
    return {(was, now) for now, words in new.items() for word in words for was in rare.get(word, ())}


def _side_by_side(
    old: Iterable[int], new: Iterable[int], gaps: tuple[list[int], list[int]]
) -> Iterator[tuple[int, int]]:
    """Yield the places of blocks that are the first, the second … between the same neighbours: rows of a table."""
    rows: defaultdict[int, list[int]] = defaultdict(list)
    for was in reversed([*old]):
        rows[bisect_right(gaps[0], was)].append(was)
    for now in new:
        if row := rows.get(bisect_right(gaps[1], now)):
            yield row.pop(), now


def _in_order(found: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the most pairs that do not cross (a longest increasing sequence); `found` is by place in `after`."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (was, _) in enumerate(found):
        at = bisect_right(ends, was)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1], last[at : at + 1] = [was], [number]
    kept, number = set(), last[-1] if last else -1
    while number >= 0:
        kept.add(found[number])
        number = before[number]
    return kept
