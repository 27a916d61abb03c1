"""The numbers of editions: counted upward from the oldest, and from each number that the desk writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from unicodedata import normalize

from yoyak.grouping.publication import Issues, window_of
from yoyak.model.message import Problem, say, warning
from yoyak.model.types import Note, Place, Record
from yoyak.settings.config import SiteConfig
from yoyak.text.calendar import Window, edition_key, edition_window

_DIGITS = re.compile(r"[0-9]{1,9}")
_MOST_IN_ONE = 9
"""Numbers that a double issue may have: ``128-129``."""
_MOST_MISSING = 5000
"""Missing editions that are counted one by one."""


class Counted(Record, kw_only=True):
    """An edition that has a number."""

    key: str
    window: Window
    note: Note | None
    written: str
    """What its file says; empty when it is counted."""


def numbers_of(
    articles: tuple[Place, ...], issues: Issues, config: SiteConfig
) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """Return the numbers of editions by key, and a warning for each number that does not follow the one before it.

    An edition is counted when it has an article that is no draft and not in review, also when it is held back itself
    or all of its articles have expired: so the number of an edition stays as it is while others come and go.
    """
    said = {key: str(note.fields["number"]) for key, note in issues.files.items() if note.fields["number"]}
    if config.first_number is None:
        return said, ()
    numbers, gaps = _counted(tuple(_in_order(articles, said, issues, config)), config.first_number, config)
    return {**said, **numbers}, gaps


def _in_order(
    articles: tuple[Place, ...], said: Mapping[str, str], issues: Issues, config: SiteConfig
) -> Iterator[Counted]:
    """Yield the editions that are counted, the oldest first."""
    keys = {issues.key_of.get(one.path, "") for one in articles if one.status == "approved"}
    windows = {key: window for key in keys if (window := window_of(key, issues, config))}
    for key, window in sorted(windows.items(), key=lambda one: (one[1].start, one[1].end, one[0])):
        yield Counted(key=key, window=window, note=issues.files.get(key), written=said.get(key, ""))


def _counted(
    editions: tuple[Counted, ...], first: int, config: SiteConfig
) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    numbers: dict[str, str] = {}
    problems: list[Problem] = []
    last, before, covered = first - 1, "", date.min
    for edition in editions:
        missing = _missing(covered, edition.window.start, config) if before else ()
        covered = max(covered, edition.window.end)
        own = _numbers_in(edition.written)
        numbers[edition.key] = edition.written or str(last + 1)
        if edition.written and not own:
            continue  # a special issue with a name, which takes no number
        begins, ends = own or (last + 1, last + 1)
        if before and (problem := _gap(edition, begins, before, last, missing)):
            problems.append(problem)
        last, before = ends, edition.key
    return numbers, tuple(problems)


def _numbers_in(written: str) -> tuple[int, int] | None:
    """Return the first and the last number that a text has: ``제128호`` has one, ``128-129`` of a double issue two."""
    found = [int(digits) for digits in _DIGITS.findall(normalize("NFKC", written))]
    if not found:
        return None
    is_range = len(found) > 1 and 0 < found[-1] - found[-2] <= _MOST_IN_ONE
    return (found[-2] if is_range else found[-1], found[-1])


def _gap(edition: Counted, begins: int, before: str, last: int, missing: tuple[str, ...]) -> Problem | None:
    """Return a warning when a number does not follow the one before it, or when an edition is missing between them."""
    line, column = edition.note.lines.get("number", (0, 0)) if edition.note else (0, 0)
    path = edition.note.path if edition.note else "site.yaml"
    values = {"edition": edition.key, "number": str(begins), "before": before, "last": str(last)}
    if edition.written:
        if begins == 1 or last < begins <= last + 1 + len(missing):
            return None
        hint = say("number-gap.written.hint", number=str(last + 1))
        return warning("number-gap.written", path, line, column, hint=hint, **values)
    if not missing:
        return None
    name = f"content/editions/{edition.key}.md"
    hint = say("number-gap.hint", path=name, same=str(begins), other=str(begins + len(missing)))
    return warning("number-gap", path, line, column, hint=hint, **values, count=len(missing), missing=missing[0])


def _missing(after: date, until: date, config: SiteConfig) -> tuple[str, ...]:
    """Return the keys of the editions of the calendar that lie between two days, neither of which is one of theirs."""
    keys: list[str] = []
    day = after
    while len(keys) < _MOST_MISSING and (until - day).days > 1:
        key = edition_key(day + timedelta(days=1), config.cadence, config.week_starts)
        window = edition_window(key, config.cadence, config.week_starts)
        if window is None or window.end >= until:
            break
        if window.start > after:
            keys.append(key)
        day = window.end
    return tuple(keys)
