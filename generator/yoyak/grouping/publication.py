"""Which articles, own pages and editions are published at an instant, and why the others are not."""

from __future__ import annotations

from datetime import datetime

from msgspec import structs

from yoyak.model.types import Held, Note, Place, ReviewHold, Ribbon, Status


def ribbon_of(article: Place, now: datetime) -> Ribbon | None:
    """Return why an article is not published at `now`; None when it is.

    What an editor decided counts before what the clock says: a draft with a date in the future is a draft.
    """
    if article.status == "draft":
        return article.status
    if article.review:
        return article.review.ribbon
    if article.status == "review":
        return article.status
    if article.expires_at and article.expires_at <= now:
        return "expired"
    if article.embargo_until and article.embargo_until > now:
        return "embargoed"
    return "scheduled" if (starts := starts_at(article)) and starts > now else None


def ribbon_of_page(note: Note) -> Ribbon | None:
    """Return why a page of content/pages is not published; None when it is."""
    status: Status = note.fields.get("status", "approved")
    return None if status == "approved" or status == "unlisted" else status


def ribbon_of_edition(note: Note, now: datetime) -> Ribbon | None:
    """Return why the edition that a file of content/editions is about is held back at `now`; None when it is out."""
    if note.faulty:
        return "unread"
    status: Status = note.fields.get("status", "approved")
    if status != "approved":
        return status
    starts = edition_starts_at(note)
    return "scheduled" if starts and starts > now else None


def edition_starts_at(note: Note) -> datetime | None:
    """Return the instant from which an approved edition is out, when its file says one."""
    starts: datetime | None = note.fields.get("publish_at")
    return starts


def is_unlisted(page: Note) -> bool:
    """Tell whether an own page asks to be found by those only who know its address."""
    return bool(page.fields.get("status") == "unlisted")


def starts_at(article: Place) -> datetime | None:
    """Return the instant from which an approved article may be seen, as far as it says one.

    ``publish_at`` is the desk's word, so it also lets out an article whose date is later.
    """
    return article.publish_at or article.date


def held_back(article: Place, reason: Ribbon) -> Held:
    """Return the record of an article that stays out."""
    until = {"embargoed": article.embargo_until, "scheduled": starts_at(article)}.get(reason)
    review = article.review if article.review and article.review.ribbon == reason else None
    return _with_review(Held(path=article.path, reason=reason, until=until), review)


def held_edition(key: str, note: Note | None, reason: Ribbon, review: ReviewHold | None = None) -> Held:
    """Return the record of an edition that stays out; one that only review holds back may have no file."""
    until = edition_starts_at(note) if note and reason == "scheduled" else None
    path, title = (note.path, note.title) if note else (f"content/editions/{key}.md", "")
    held = Held(path=path, title=title, reason=reason, until=until, edition=key)
    return _with_review(held, review if review and review.ribbon == reason else None)


def _with_review(held: Held, review: ReviewHold | None) -> Held:
    if review is None:
        return held
    return structs.replace(held, review=True, by=review.by, waits_for=review.waits_for, said=review.said)


def newest_first(article: Place) -> tuple[float, str, str]:
    """Return the sorting key of lists: newest first, undated last, then by slug and path."""
    return (-article.date.timestamp() if article.date else float("inf"), article.slug, article.path)
