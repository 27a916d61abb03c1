"""Values as exports of blogs write them: moments, paths, texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from yoyak.model.message import Words, say
from yoyak.text.calendar import Moment, fits_calendar, read_moment
from yoyak.text.old_status import verdict

_SHOWN = re.compile(r"<(?:img|iframe|video|audio|embed|object|amp-img)\b", re.IGNORECASE)
EMPTY = say("left.draft-without-text")


def moment_of(value: Any, zone: ZoneInfo) -> Moment | None:
    """Return a moment: of text, or of seconds or milliseconds since 1970; None of what is none."""
    written = " ".join(str(value if value is not None else "").split())
    try:
        if re.fullmatch(r"\d{9,13}", written):
            seconds = int(written) / (1000 if len(written) > 11 else 1)
            return Moment(value=datetime.fromtimestamp(seconds, UTC).astimezone(zone), day_only=False)
        found = read_moment(written, zone) if written else None
    except (ValueError, OverflowError, OSError):
        return None
    return found if found and found.value.year > 1970 and fits_calendar(found.value, zone) else None


_TIMED = re.compile(r"expir|publish|schedul|embargo|until|unavailable|takedown", re.IGNORECASE)


def who_sees(values: Mapping[str, Any], zone: ZoneInfo) -> tuple[tuple[Words, ...], dict[str, Moment]]:
    """Return what custom fields say of who may see an article: why it is held back, and moments by yoyak's keys.

    A moment that cannot be read holds back.
    """
    decided = verdict({key: _as_day(key, value) for key, value in values.items()})
    moments = {key: moment_of(written, zone) for key, written in decided.dates.items()}
    unread = [
        say("held.own-field", key=key, value=decided.dates[key][:40]) for key, value in moments.items() if value is None
    ]
    return (*decided.held, *unread), {key: value for key, value in moments.items() if value is not None}


def _as_day(key: str, value: Any) -> Any:
    """Return seconds or milliseconds since 1970 as a day with its hour, where a key is about time."""
    written = str(value).strip()
    if not re.fullmatch(r"1\d{9}|1\d{12}", written) or not _TIMED.search(key):
        return value
    return datetime.fromtimestamp(int(written[:10]), UTC).isoformat(sep=" ")


def path_of(address: str) -> str:
    """Return the path of a page by its address, which may be a path already; empty when it names no page."""
    parts = urlsplit(address.strip())
    return unquote(parts.path) if parts.path.startswith("/") and parts.path != "/" and not parts.query else ""


def plain(html: str) -> str:
    """Return what a title or a summary says, without marks."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def shows_something(html: str) -> bool:
    """Tell whether a text has words, a picture or a film in it."""
    return bool(plain(html).strip() or _SHOWN.search(html))
