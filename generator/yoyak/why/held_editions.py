"""Why an edition is held back, and what waits with it: as the last build reported it."""

from __future__ import annotations

from yoyak.model.message import Message, joined, say
from yoyak.model.types import Held
from yoyak.pipeline.load import is_edition
from yoyak.review.state import why_review_holds
from yoyak.why.memory import Memory


def held_record(path: str, memory: Memory) -> Held | None:
    """Return what the last build said of a file that it held back."""
    return next((one for one in memory.state.report.held if one.path == path), None)


def held_edition_at(key: str, memory: Memory) -> Held | None:
    """Return what the last build said of an edition that it held back."""
    return next((one for one in memory.state.report.held if one.edition == key and is_edition(one.path)), None)


def why_held(edition: Held, memory: Memory) -> Message:
    """Return in a sentence why an edition is held back and until when."""
    if edition.review:
        why = joined(*why_review_holds(edition.reason, edition.by, edition.waits_for, edition.said))
        return say("absent.edition.by-review", edition=edition.edition, why=why)
    until = edition.until.astimezone(memory.zone) if edition.until else None
    if until and until <= memory.now:
        return say("absent.edition.due", edition=edition.edition)
    moment = f"{until:%Y-%m-%d %H:%M %Z}" if until else ""
    return say(f"absent.edition.{edition.reason}", edition=edition.edition, path=edition.path, moment=moment)


def came_due(memory: Memory) -> tuple[str, ...]:
    """Return the files of editions whose time has come since the last build."""
    held = (one for one in memory.state.report.held if is_edition(one.path) and one.until)
    return tuple(one.path for one in held if one.until and one.until <= memory.now)
