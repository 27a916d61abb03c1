"""What people say and decide: one event each, and how the article stands afterwards."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from yoyak.desk.asked import is_named
from yoyak.desk.records import Records, event_now
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Message, Words, listed, say
from yoyak.model.review import Anchor, Event, Review, Thread, Verdict
from yoyak.model.schema import ReviewKeys
from yoyak.model.types import Person, Record
from yoyak.pipeline.load import is_edition
from yoyak.review.anchors import anchor_of
from yoyak.review.events import named, read_event, written
from yoyak.review.state import standing_holds

_ANY_DIGEST = "0" * 64
_LONGEST = 20_000


class Act(Record, kw_only=True):
    """Something that was just recorded."""

    path: str
    event: str
    """The name of its file without the ending."""
    what: str
    review: Review
    """How the article stands now."""
    why_not: tuple[Words, ...] = ()
    """Why an approval does not count."""
    words: Words = ""
    """What more is to be known."""


def act(records: Records, path: str, what: str, by: Person, **values: Any) -> Act:
    """Record an event on an article as it is now.

    Raises:
        YoyakError: it cannot be written, and nothing is.
    """
    event = event_now(what, by, **values)
    require_readable(event)
    made = records.add(path, event)
    review = records.review(path, (made,))
    verdict = next((one for one in review.verdicts if one.event.name == made.name), None)
    why_not = why_not_counted(records, path, verdict, review) if verdict and what == "approve" else ()
    return Act(path=path, event=made.name, what=what, review=review, why_not=why_not)


def note(records: Records, path: str, by: Person, on: str, **values: Any) -> Act:
    """Record a note on words of an article, or on the whole of it."""
    return act(records, path, "note", by, anchor=anchor_on(records, path, on) if on else None, **values)


def anchor_on(records: Records, path: str, words: str) -> Anchor:
    """Return where words stand in an article.

    Raises:
        YoyakError: they are not there, or several times.
    """
    found = anchor_of(records.seen(path).blocks, words)
    if isinstance(found, Message):
        raise YoyakError(say("review.in-article", path=path, why=found))
    return found


def answer(records: Records, path: str, thread: Thread, what: str, by: Person, **values: Any) -> Act:
    """Record an answer to a note: reply, resolve, reopen or reattach."""
    if (what == "resolve" and not thread.open) or (what == "reopen" and thread.open):
        key = "review.reopen.already" if thread.open else "review.resolve.already"
        raise YoyakError(say(key, event=thread.note.name, path=path))
    done = act(records, path, what, by, answers=thread.note.name, **values)
    request = thread.note
    stands = done.review.state == "changes-requested" and request.event == "request-changes" and what == "resolve"
    return structs.replace(done, words=say("review.resolve.stands", name=request.by.name)) if stands else done


def release(records: Records, path: str, by: Person, only: str = "") -> tuple[Act, ...]:
    """Release the holds that stand, or one of them, with an event for each.

    Raises:
        YoyakError: none stands.
    """
    holds = standing_holds(records.events(path))
    if not holds:
        raise YoyakError(say("review.no-hold", path=path))
    chosen = tuple(one for one in holds if not only or is_named(one.name, only))
    if not chosen:
        raise YoyakError(say("review.no-such-hold", event=only, path=path, names=listed([one.name for one in holds])))
    made = [records.add(path, event_now("release", by, answers=hold.name)) for hold in chosen]
    review = records.review(path, made)
    return tuple(Act(path=path, event=one.name, what="release", review=review) for one in made)


def policy_for(records: Records, path: str) -> ReviewKeys:
    """Return what site.yaml asks for an article, or for an edition."""
    policy = records.config.review
    return structs.replace(policy, required=policy.editions) if is_edition(path) else policy


def why_not_counted(records: Records, path: str, verdict: Verdict, review: Review) -> tuple[Words, ...]:
    """Return why an approval lets nothing out, in sentences that say what to do."""
    by, policy = verdict.event.by, policy_for(records, path)
    found: list[Words] = []
    if verdict.why_not:
        why = "no-address" if verdict.why_not == "reviewer" and not by.email else verdict.why_not
        found.append(say(f"review.not-counted.{why}", name=by.name, email=by.email or ""))
    if policy.required and review.state == "draft":
        found.append(say("review.not-counted.draft"))
    if not policy.required:
        found.append(
            say("review.not-counted.policy", line=f"review: {{{'editions' if is_edition(path) else 'required'}: true}}")
        )
        if (ribbon := records.entry(path).ribbon) in ("draft", "review"):
            found.append(say("review.front-matter-holds", status=ribbon))
    return tuple(found)


def require_readable(event: Event) -> None:
    """Make sure that an event can be read back as it is.

    Raises:
        YoyakError: it is too long, or has letters that no file can hold.
    """
    if len(event.text) > _LONGEST:
        raise YoyakError(say("review.too-long", count=_LONGEST))
    if not is_readable(event):
        raise YoyakError(say("review.unreadable"))


def is_readable(event: Event) -> bool:
    """Tell whether an event is read back as it is, whatever its digest."""
    try:
        event = named(structs.replace(event, seen=event.seen or _ANY_DIGEST))
        return read_event(event.name, written(event)) == event
    except UnicodeEncodeError:
        return False
