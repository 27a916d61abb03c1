"""An explanation in lines for a person. All of it goes through `printable`: names of files may hold anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from yoyak.incremental.reasons import VIEW_WORDS
from yoyak.messages.problems import sentence
from yoyak.model.types import View
from yoyak.pages.types import TYPE_OF
from yoyak.text.columns import padded, printable
from yoyak.text.counting import counted
from yoyak.why.explanation import Explanation

MOST = 20
"""How many pages of a file are printed."""
_FEW = 5
"""How many articles of one view are printed."""
_WIDTH = 13
_HOUSE = "yoyak/"


def lines_of(found: Explanation) -> Iterator[str]:
    """Yield what is known of a page or a file: what it is first, then row by row."""
    for row in (*_head(found), *_rows(found)):
        yield printable(row)


def _head(found: Explanation) -> Iterator[str]:
    if found.what == "nothing":
        yield f"{found.name} (no page)"
        return
    kind = (TYPE_OF[found.kind].label or f"{found.kind} page") if found.kind else found.what
    yield f"{found.name} ({kind}{'' if found.on_site else ', not on the site'})"


def _rows(found: Explanation) -> Iterator[str]:
    yield from _of_page(found) if found.what == "page" else _of_file(found)
    for problem in found.problems:
        yield _row("told", sentence(problem))
        yield from (_row("", line) for line in problem.write)
    for number, reason in enumerate(found.reasons):
        yield _row("" if number else "why", reason)
    if found.near:
        yield _row("did you mean", ", ".join(found.near))
    if found.on_site and not found.changes:
        yield _row("up to date", "yes: nothing that it depends on has changed since the last build")
    yield from _changes(found)


def _changes(found: Explanation) -> Iterator[str]:
    for number, change in enumerate(found.changes):
        label, no = ("up to date", "no: ") if found.on_site else ("since then", "")
        yield _row("" if number else label, change if number else no + change)


def _of_page(found: Explanation) -> Iterator[str]:
    written = f", written {found.written:%Y-%m-%d %H:%M:%S %Z}" if found.written else ""
    yield _row("file", f"{found.file}{written}")
    if found.leads_to:
        yield _row("leads to", unquote(found.leads_to))
    for number, source in enumerate(found.sources):
        yield _row("" if number else "made of", source)
    first = True
    for view, paths in found.shows.items():
        shown = [path for path in paths if not (view == "own" and path in found.sources)]
        if shown:
            yield _row("shows" if first else "", _shown(view, shown))
            first = False
    own = [name for name in found.templates if not name.startswith(_HOUSE)]
    house = [name.removeprefix(_HOUSE) for name in found.templates if name.startswith(_HOUSE)]
    yield _row("templates", ", ".join((*own, f"yoyak's {', '.join(house)}")) if house else ", ".join(own))
    yield _row("settings", _some(found.settings, len(found.settings)))


def _shown(view: View, paths: Sequence[str]) -> str:
    return f"{counted(len(paths), 'article')} {VIEW_WORDS[view]}: {_some(paths, _FEW)}"


def _of_file(found: Explanation) -> Iterator[str]:
    if found.url:
        yield _row("address", unquote(found.url))
    if found.file:
        yield _row("file", found.file)
    for number, source in enumerate(found.sources):
        yield _row("" if number else "read from", f"{source}{', which the first covers' if number else ''}")
    if found.ribbon == "unlisted":
        yield _row("unlisted", "it has a page, which is in no list, feed or sitemap (`status: unlisted`)")
    elif found.ribbon:
        yield _row("waits", f"{found.ribbon}; the last build was a preview, which shows it all the same")
    if found.edition:
        yield _row("edition", found.edition)
    for label, terms in (("themes", found.themes), ("tags", found.tags)):
        if terms:
            yield _row(label, ", ".join(term.title for term in terms))
    if found.shown_on:
        yield from _pages(found)


def _pages(found: Explanation) -> Iterator[str]:
    many = len(found.shown_on)
    what = {"template": "read by", "asset": "named by", "settings": "read by"}.get(found.what, "shown on")
    if found.what == "settings":
        yield _row(what, f"every page: {counted(many, 'page')}")
        return
    yield _row(what, counted(many, "page"))
    for url in found.shown_on[:MOST]:
        yield _row("", unquote(url))
    if many > MOST:
        yield _row("", f"and {many - MOST:,} more; --json has all")


def _some(names: Sequence[str], most: int) -> str:
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _row(label: str, text: str) -> str:
    return f"  {padded(label, _WIDTH)}{text}"
