"""Values as exports of blogs write them: moments, paths, texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from bs4.element import Tag

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


# --- marks that a blog's page shows to its owner: who else may see a post --------------------------------------------


_MARK = re.compile(
    r"(?:이 글은 )?(?:전체 ?공개|공개|비공개|이웃 ?공개|서로 ?이웃 ?공개|서로 ?이웃|이웃만|나만 ?보기|보호"
    r"|보호된|임시 ?저장|예약|예약 ?발행|초안|삭제됨|휴지통|멤버십|구독자 ?전용"
    r"|private|protected|draft|public|secret|scheduled|password|members only)"
    r"(?: ?글| ?포스트)?(?:입니다)?\.?",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"^(?:ico_?|icon_?|is-|status-|visibility-)?(?:lock|secret|private|protected|draft|scheduled)$", re.IGNORECASE
)
_KEY = re.compile(r"(?:공개 ?(?:여부|설정|범위)|상태|status|visibility)\s*[:：]\s*([^\s|<]{1,20})", re.IGNORECASE)
_LONGEST = 40


def status_marks(page: Tag, body: Tag | None) -> tuple[str, ...]:
    """Return the marks outside of a post's text, each once; a choice of a form is none."""
    found: list[str] = []
    for tag in page.find_all(True):
        if tag.name in ("option", "script", "style", "title") or _is_inside(tag, body):
            continue
        for meta in (
            str(tag.get(name, "")) for name in ("alt", "title", "aria-label", "data-visibility", "data-status")
        ):
            found += [meta.strip()] if _MARK.fullmatch(meta.strip()) else []
        if tag.name == "meta" and re.search("visib|status", str(tag.get("name", ""))):
            found.append(str(tag.get("content", "")).strip())
        found += [name for name in tag.get("class") or () if _CLASS.match(name)]
        words = " ".join("".join(tag.find_all(string=True, recursive=False)).split()).strip("[]() ")
        if words and len(words) <= _LONGEST:
            key = _KEY.search(words)
            found += [key[1]] if key else [words] if _MARK.fullmatch(words) else []
    return tuple(dict.fromkeys(mark.removesuffix(".") for mark in found if mark))


def _is_inside(tag: Tag, body: Tag | None) -> bool:
    return body is not None and (tag is body or any(above is body for above in tag.parents) or tag.name == "select")
