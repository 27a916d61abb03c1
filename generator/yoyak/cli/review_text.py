"""What the verbs of review print for a person. All of it goes through `printable`: anybody may have written it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from msgspec import structs

from yoyak.messages.catalogue import speak
from yoyak.model.message import Message, Value, Words, joined, listed, say
from yoyak.model.types import Ribbon
from yoyak.review.state import why_review_holds
from yoyak.text.columns import columns, padded, printable

if TYPE_CHECKING:
    from yoyak.desk.acts import Act
    from yoyak.desk.incoming import TakenIn
    from yoyak.desk.mrsf_export import ExportedSidecar
    from yoyak.desk.shown import Difference, ListedReview, ReviewList, ShownEvent, ShownNote, ShownReview, ShownVerdict
    from yoyak.model.review import Review
    from yoyak.review.words import WordPiece

_WIDTH = 12
_HELD: dict[str, Ribbon] = {
    "in-review": "review", "stale": "stale", "changes-requested": "changes-requested", "on-hold": "on-hold"
}  # fmt: skip
_LATER = ("scheduled", "embargoed", "expired")


def act_lines(acts: Iterable[Act]) -> Iterator[str]:
    """Yield what was recorded, and how each article stands afterwards."""
    acts = tuple(acts)
    for number, one in enumerate(acts):
        what = say(f"review.what.{one.what}")
        yield _line(say("review.recorded", path=one.path, what=what, event=one.event))
        for why in one.why_not:
            yield _line(why, 4)
        if one.words:
            yield _line(one.words, 4)
        if number + 1 == len(acts) or acts[number + 1].path != one.path:
            yield _line(_state_of(one.review), 4)


def list_lines(found: ReviewList) -> Iterator[str]:
    """Yield the articles that wait, by what has to be done, and how many there are."""
    width = max((columns(speak(_state_word(one.state))) for one in found.articles), default=0)
    for one in found.articles:
        notes = say("review.notes", count=one.open_notes) if one.open_notes else ""
        yield printable(f"{padded(speak(_state_word(one.state)), width)}  {one.path}  {one.title}")
        if more := joined(*_why_held(one), notes):
            yield _line(more, 4)
    if found.articles:
        yield ""
    waiting = sum(one.state != "approved" for one in found.articles)
    if found.approved is None:
        yield _said("review.counted.for", waiting=waiting)
    else:
        yield _said("review.counted", waiting=waiting, approved=found.approved)
    if found.others:
        yield _said("review.counted.others", count=found.others)
    if found.unread:
        yield _said("review.counted.unread", count=found.unread)


def show_lines(found: ShownReview, zone: ZoneInfo, *, first: bool = True) -> Iterator[str]:
    """Yield how an article stands, row by row."""
    if not first:
        yield ""
    yield printable(f"{found.path}: {found.title}")
    yield from _row("state", _state_of(found))
    if found.changed:
        yield from _row("changed", found.changed)
    if found.ribbon in _LATER:
        yield from _row("", say(f"absent.is.{found.ribbon}"))
    elif found.state == "approved" and found.ribbon in ("draft", "review"):
        yield from _row("", say("review.front-matter-holds", status=found.ribbon))
    yield from _rows("verdicts", (_verdict(one, zone) for one in found.verdicts))
    yield from _rows("holds", (_said_by(one, zone) for one in found.holds))
    there = [one for one in found.notes if one.open and one.place not in ("gone", "several")]
    gone = [one for one in found.notes if one.open and one.place in ("gone", "several")]
    yield from _rows("notes", (line for one in there for line in _note(one, zone)))
    yield from _rows("gone", (line for one in gone for line in _note(one, zone)))
    if done := sum(not one.open for one in found.notes):
        yield from _row("resolved", say("review.resolved", count=done))
    yield from _rows("void", (f"{name}.yaml" for name in found.void))
    yield from _row("seen", found.seen)


def difference_lines(found: Difference, zone: ZoneInfo) -> Iterator[str]:
    """Yield what changed, word by word, in the marks of ``git diff --word-diff``."""
    since = found.since
    who = say("review.when-who", when=f"{since.at.astimezone(zone):%Y-%m-%d %H:%M}", name=since.by.name)
    yield ""
    yield _said("review.changes-since", what=say(f"review.what.{since.event}"), who=who)
    if not found.changes:
        yield _said("changes.none")
    for field in found.changes.fields:
        yield _text(f"{field.name}: {marked(field.words)}")
    for number, block in enumerate(found.changes.blocks, 1):
        if block.kind != "same":
            label = say(f"review.block.{'moved' if block.kind == 'changed' and block.moved else block.kind}")
            words = marked(block.markup) if block.markup else marked(block.words)
            yield _text(f"{number} ({speak(label)}): {words}")


def marked(pieces: Sequence[WordPiece]) -> str:
    """Return a text in which ``[-words that are gone-]`` and ``{+new words+}`` are marked."""
    shown = []
    for one in pieces:
        gone = f"[-{one.before}-]" if one.before else ""
        shown.append(one.before if one.same else f"{gone}{f'{{+{one.after}+}}' if one.after else ''}")
    return "".join(shown)


def as_answer(found: ShownReview, difference: Difference | None) -> dict[str, Any]:
    """Return how an article stands for a program."""
    answer = structs.asdict(found)
    if difference is None:
        return answer
    changed = [
        {"kind": one.kind, "moved": one.moved, "number": number, "words": marked(one.markup or one.words)}
        for number, one in enumerate(difference.changes.blocks, 1)
        if one.kind != "same"
    ]
    fields = {one.name: marked(one.words) for one in difference.changes.fields}
    return {**answer, "changes": {"since": difference.since.name, "fields": fields, "blocks": changed}}


def import_lines(found: TakenIn) -> Iterator[str]:
    """Yield what was taken in of a file, what was known, and what a person should look at."""
    for one in found.added:
        what = say(f"review.what.{one.what}")
        yield _line(say("review.taken", path=one.path, what=what, name=one.by, event=one.event))
    for words in found.told:
        yield _line(words, 4)
    yield _line(say("review.taken.counted", file=found.file, count=len(found.added), known=found.known))


def export_lines(found: Iterable[ExportedSidecar]) -> Iterator[str]:
    """Yield which sidecars were written."""
    for one in found:
        key = "review.exported" if one.written else "review.exported.same"
        yield _line(say(key, sidecar=one.sidecar, count=one.comments))
        if one.kept:
            yield _line(say("review.exported.kept", count=one.kept, sidecar=one.sidecar), 4)


# --- words --------------------------------------------------------------------------------------


def _state_word(state: str) -> Message:
    return say(f"review.state.{state}")


def _state_of(found: Review | ShownReview) -> Words:
    why = joined(*_why_held(found))
    return say("review.is", state=_state_word(found.state), why=why) if why else _state_word(found.state)


def _why_held(found: Review | ShownReview | ListedReview) -> Iterator[Words]:
    """Yield why review holds something back and for whom it waits, in the words of builds."""
    if found.state == "approved":
        if found.by:
            yield say("review.approved-by", names=listed(found.by))
        return
    if found.state == "draft":
        yield say("review.draft")
        return
    yield from why_review_holds(_HELD[found.state], found.by, found.waits_for, found.said)
    if found.missing > 1:
        yield say("review.missing", count=found.missing)


def _verdict(one: ShownVerdict, zone: ZoneInfo) -> str:
    what = say(f"review.what.{one.what}")
    scope = f" ({speak(listed([say(f'review.scope.{name}') for name in one.scope]))})" if one.scope else ""
    text = f" “{_short(one.text)}”" if one.text and one.what == "approve" else ""
    said = f"{_when(one, zone)} {one.by}: {speak(what)}{scope}{text}"
    if one.counts and one.what != "approve":
        return said  # whether a request stands is the state of the article
    return f"{said}; {speak(say('review.counts') if one.counts else say(f'review.why-not.{one.why_not}'))}"


def _said_by(one: ShownEvent, zone: ZoneInfo) -> str:
    return "  ".join(filter(None, (f"{_when(one, zone)} {one.by}", one.text)))


def _note(one: ShownNote, zone: ZoneInfo) -> Iterator[str]:
    where = f", {speak(say('show.line', line=one.line))}" if one.line else ""
    quote = f": “{_short(one.quote)}”" if one.quote else ""
    kind = speak(say("review.what.request-changes" if one.what == "request-changes" else f"review.kind.{one.kind}"))
    several = f" ({speak(say('review.several-places'))})" if one.place == "several" else ""
    yield f"{one.number}  {_when(one, zone)} {one.by}, {kind}{where}{quote}{several}"
    yield from (f"   {line}" for line in one.text.splitlines() if line.strip())
    if one.instead:
        yield f"   → {one.instead}"
    for reply in one.replies:
        text = " ".join(reply.text.split())
        yield f"   {_when(reply, zone)} {reply.by}: {text}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def _when(one: ShownEvent, zone: ZoneInfo) -> str:
    return f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}"


def _rows(label: str, texts: Iterable[str]) -> Iterator[str]:
    for number, text in enumerate(texts):
        yield from _row("" if number else label, text)


def _row(label: str, words: Words) -> Iterator[str]:
    name = speak(say(f"review.row.{label}")) if label else ""
    yield f"  {padded(name, _WIDTH)}{_line(words)}"


def _line(words: Words, indent: int = 0) -> str:
    return " " * indent + printable(speak(words))


def _text(text: str) -> str:
    return "\n".join(map(printable, text.split("\n")))


def _said(key: str, /, **values: Value) -> str:
    return printable(speak(say(key, **values)))
