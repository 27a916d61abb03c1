"""Which edition each article stands in, and which editions are held back: all that is decided before any is made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from functools import cache
from typing import get_args

from msgspec import structs

from yoyak.grouping.publication import ribbon_of, ribbon_of_edition
from yoyak.model.message import Problem, Words, say
from yoyak.model.types import Cadence, Note, Place, Record, ReviewHold, Ribbon
from yoyak.settings.config import SiteConfig
from yoyak.text.editions import EXAMPLES, Window, edition_key, edition_window, meant_key
from yoyak.text.slugs import slugify


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
        Problem(
            code="same-edition",
            path=other.path,
            message=say("same-edition", edition=key, path=first.path),
            hint=say("same-edition.hint"),
        )
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
    message = say("bad-edition.file", key=note.slug, cadence=say(f"cadence.{cadence}"))
    example = f"{meant_key(note.slug, cadence) or EXAMPLES[cadence]}.md"
    days = _regular_days(note.slug)
    hint = say("bad-edition.file.hint", example=example)
    if days:
        first, last = f"from: {days.start}", f"to: {days.end}"
        hint = say("bad-edition.file.hint-days", example=example, first=first, last=last)
    return Problem(code="bad-edition", path=note.path, message=message, hint=hint)


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
    return Problem(
        code="overlapping-editions",
        path=second.path,
        line=line,
        column=column,
        message=say("overlapping-editions", edition=second.slug, other=first.slug, path=first.path),
        hint=say("overlapping-editions.hint"),
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
