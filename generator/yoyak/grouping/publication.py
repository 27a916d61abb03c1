"""What is published at an instant, why the rest is not, and in which edition each article stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from functools import cache
from typing import get_args

from msgspec import structs

from yoyak.model.message import Problem, Words, problem_of, say
from yoyak.model.types import Cadence, Held, Note, Place, Record, ReviewHold, Ribbon, Status
from yoyak.settings.config import SiteConfig
from yoyak.text.calendar import EXAMPLES, Window, edition_key, edition_window, meant_key
from yoyak.text.names import slugify

# --- which articles, own pages and editions are published at an instant, and why the others are not --------------


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


# --- which edition each article stands in, and which are held back: decided before any is made -------------------


class Issues(Record, kw_only=True):
    """The editions of a site as its files and its calendar have them."""

    files: Mapping[str, Note] = {}
    """By key; one that is not understood is faulty."""
    windows: Mapping[str, Window] = {}
    """Of the editions with their own days, by key."""
    held: Mapping[str, Ribbon] = {}
    """Why an edition is held back, by key."""
    reviews: Mapping[str, ReviewHold] = {}
    """What review says of those that it holds back, by key."""
    key_of: Mapping[str, str] = {}
    """The key of the edition that an article stands in, by the article's path."""


def issues_of(
    articles: Iterable[Place],
    notes: tuple[Note, ...],
    config: SiteConfig,
    reviews: Mapping[str, ReviewHold] | None = None,
) -> tuple[Issues, tuple[Problem, ...]]:
    """Return in which edition each article stands, published or not, and the problems of the files of editions.

    `reviews` say which editions review holds back, by key.
    """
    if config.cadence == "none":
        return Issues(), ()
    files, problems = _by_key(notes, config.cadence)
    spans = {key: window for key, note in files.items() if (window := own_days(note))}
    found = dict(_faults(files, spans, config))
    problems += tuple(found[key] for key in sorted(found))
    files = {key: structs.replace(note, faulty=True) if key in found else note for key, note in files.items()}
    overlaps = tuple(_overlaps(spans))
    taken = {key for pair in overlaps for key in pair}
    problems += tuple(_overlap(files[first], files[second]) for first, second in overlaps)
    files = {key: structs.replace(note, faulty=True) if key in taken else note for key, note in files.items()}
    key_of = _keys_of(articles, notes, spans, config)
    reviews = {key: hold for key, hold in (reviews or {}).items() if key in files or key in key_of.values()}
    own = {key: ribbon for key, note in files.items() if (ribbon := ribbon_of_edition(note, config.now))}
    held = {key: hold.ribbon for key, hold in reviews.items()} | own
    return Issues(files=files, windows=spans, held=held, reviews=reviews, key_of=key_of), problems


def window_of(key: str, issues: Issues, config: SiteConfig) -> Window | None:
    """Return the days of an edition; None when nothing says them."""
    return issues.windows.get(key) or edition_window(key, config.cadence, config.week_starts)


def ribbons_of(articles: Iterable[Place], issues: Issues, config: SiteConfig) -> dict[str, Ribbon]:
    """Return why articles are not published, by their paths: for reasons of their own, or since their edition waits."""
    waits = issues.held if config.release == "together" else {}
    ribbons: dict[str, Ribbon] = {}
    for article in articles:
        if own := ribbon_of(article, config.now):
            ribbons[article.path] = own
        elif waits and article.status != "unlisted" and issues.key_of.get(article.path, "") in waits:
            ribbons[article.path] = "edition"
    return ribbons


# --- files ----------------------------------------------------------------------------------------


def _by_key(notes: Iterable[Note], cadence: Cadence) -> tuple[dict[str, Note], tuple[Problem, ...]]:
    """Return the files of editions by key. Two of one edition are a problem, and neither says when it goes out."""
    named: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        named[_key_of_file(note, cadence)].append(note)
    problems = (
        problem_of("same-edition", other.path, edition=key, path=first.path)
        for key, (first, *others) in sorted(named.items())
        for other in others
    )
    files = {key: structs.replace(found[0], faulty=True) if found[1:] else found[0] for key, found in named.items()}
    return files, tuple(problems)


def _key_of_file(note: Note, cadence: Cadence) -> str:
    """Return the key of a file; of one whose name has a slip the key that it can only mean."""
    if _has_days(note) or edition_window(note.slug, cadence):
        return note.slug
    return meant_key(note.slug, cadence) or note.slug


def _has_days(note: Note) -> bool:
    return bool(note.fields.get("from") or note.fields.get("to"))


def own_days(note: Note | None) -> Window | None:
    """Return the days that the file of an edition gives; of a wrong pair all that may be meant."""
    if note is None:
        return None
    days = sorted(note.fields[key].date() for key in ("from", "to") if note.fields.get(key))
    return Window(start=days[0], end=days[-1]) if days else None


def _faults(
    files: Mapping[str, Note], spans: Mapping[str, Window], config: SiteConfig
) -> Iterator[tuple[str, Problem]]:
    """Yield the key and the problem of each file whose name or days are not understood."""
    for key, note in files.items():
        if note.faulty:
            continue  # that is reported already
        if key in spans:
            if fault := _fault_of_days(key, note, config):
                yield key, fault
        elif not edition_window(note.slug, config.cadence):
            yield key, _no_key(note, config.cadence)


def _no_key(note: Note, cadence: Cadence) -> Problem:
    example = f"{meant_key(note.slug, cadence) or EXAMPLES[cadence]}.md"
    days = _regular_days(note.slug)
    hint = say("bad-edition.file.hint", example=example)
    if days:
        first, last = f"from: {days.start}", f"to: {days.end}"
        hint = say("bad-edition.file.hint-days", example=example, first=first, last=last)
    return problem_of("bad-edition.file", note.path, hint=hint, key=note.slug, cadence=say(f"cadence.{cadence}"))


def _regular_days(key: str) -> Window | None:
    """Return the days of a key of any cadence."""
    return next((window for cadence in get_args(Cadence) if (window := edition_window(key, cadence))), None)


def _fault_of_days(key: str, note: Note, config: SiteConfig) -> Problem | None:
    """Return what is wrong with an edition with its own days."""
    first, last = note.fields.get("from"), note.fields.get("to")
    if not first or not last:
        there, missing = ("from", "to") if first else ("to", "from")
        return _bad_days(note, there, say("bad-span.one", there=there, missing=missing), say("bad-span.hint"))
    for name, moment in (("from", first), ("to", last)):
        if moment.time() != time():
            return _bad_days(note, name, say("bad-span.time", key=name), say("write", line=f"{name}: {moment.date()}"))
    if last < first:
        return _bad_days(note, "to", say("bad-span.order"), say("bad-span.hint"))
    if slugify(key) != key and not _regular_days(key):
        hint = say("bad-span.name.hint", example=f"{slugify(key) or '2024-summer'}.md")
        return _bad_days(note, "", say("bad-span.name", key=key), hint)
    regular = edition_window(key, config.cadence, config.week_starts)
    if regular and not (first.date() <= regular.start and regular.end <= last.date()):
        message = say("bad-span.part", key=key, first=str(regular.start), last=str(regular.end))
        return _bad_days(note, "from", message, say("bad-span.part.hint"))
    return None


def _bad_days(note: Note, key: str, message: Words, hint: Words) -> Problem:
    line, column = note.lines.get(key, (0, 0))
    return Problem(code="bad-span", path=note.path, message=message, hint=hint, line=line, column=column)


def _overlaps(spans: Mapping[str, Window]) -> Iterator[tuple[str, str]]:
    """Yield the keys of each two editions with their own days that share a day: the earlier one first."""
    order = sorted(spans, key=lambda key: (spans[key].start, spans[key].end, key))
    longest = ""
    for key in order:
        if longest and spans[key].start <= spans[longest].end:
            yield longest, key
        if not longest or spans[key].end > spans[longest].end:
            longest = key


def _overlap(first: Note, second: Note) -> Problem:
    line, column = second.lines.get("from", (0, 0))
    return problem_of(
        "overlapping-editions", second.path, line, column, edition=second.slug, other=first.slug, path=first.path
    )


# --- articles -------------------------------------------------------------------------------------


def _keys_of(
    articles: Iterable[Place], notes: Iterable[Note], spans: Mapping[str, Window], config: SiteConfig
) -> dict[str, str]:
    """Return the key of each article's edition: where it is pinned, else what it says itself, else by its date."""
    files = sorted(
        ((_key_of_file(note, config.cadence), note) for note in notes), key=lambda one: (one[0], one[1].path)
    )
    pinned = {slug: key for key, note in files for slug in note.fields["pins"]}

    @cache
    def by_date(day: date) -> str:
        own = (key for key, window in spans.items() if window.start <= day <= window.end)
        return next(own, "") or edition_key(day, config.cadence, config.week_starts)

    found = {
        article.path: pinned.get(article.slug)
        or article.edition
        or (by_date(article.date.date()) if article.date else "")
        for article in articles
    }
    return {path: key for path, key in found.items() if key}
