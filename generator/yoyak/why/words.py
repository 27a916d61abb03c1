"""An explanation in lines for a person. All of it goes through `printable`: names of files may hold anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

from yoyak.messages.catalogue import sentence, speak
from yoyak.model.message import Words, say
from yoyak.model.types import View
from yoyak.pages.types import TYPE_OF
from yoyak.text.columns import padded, printable
from yoyak.why.explanation import Explanation, and_more

MOST = 20
"""How many pages of a file are printed."""
_FEW = 5
"""How many articles of one view are printed."""
_WIDTH = 13
_HOUSE = "yoyak/"


def lines_of(found: Explanation) -> Iterator[str]:
    """Yield what is known of a page or a file: what it is first, then row by row."""
    yield printable(speak(_head(found)))
    yield from map(printable, _rows(found))


def _head(found: Explanation) -> Words:
    if found.what == "nothing":
        return say("why.head.nothing", name=found.name)
    kind: Words = say(f"what.{found.what.replace(' ', '-')}")
    if found.kind:
        kind = TYPE_OF[found.kind].label
    return say("why.head" if found.on_site else "why.head.absent", name=found.name, kind=kind)


def _rows(found: Explanation) -> Iterator[str]:
    yield from _of_page(found) if found.what == "page" else _of_file(found)
    for problem in found.problems:
        yield _row("reported", sentence(problem))
        yield from (_row("", line) for line in problem.write)
    yield from _below("why", found.reasons)
    if found.near:
        yield _row("did-you-mean", ", ".join(found.near))
    if found.on_site and not found.changes:
        yield _row("up-to-date", say("why.up-to-date"))
    elif found.on_site:
        first, *others = found.changes
        yield from _below("up-to-date", (say("why.not-up-to-date", change=first), *others))
    else:
        yield from _below("since-then", found.changes)


def _of_page(found: Explanation) -> Iterator[str]:
    moment = f"{found.written:%Y-%m-%d %H:%M:%S %Z}" if found.written else ""
    yield _row("file", say("why.file-written", file=found.file, moment=moment) if moment else found.file)
    if found.leads_to:
        yield _row("leads-to", unquote(found.leads_to))
    yield from _below("made-of", found.sources)
    shown = [
        _shown(view, others)
        for view, paths in found.shows.items()
        if (others := [path for path in paths if not (view == "own" and path in found.sources)])
    ]
    yield from _below("shows", shown)
    yield _row("templates", _templates(found.templates))
    yield _row("settings", ", ".join(found.settings))


def _templates(names: Sequence[Words]) -> str:
    ours = [speak(name) for name in names if not (isinstance(name, str) and name.startswith(_HOUSE))]
    house = [name.removeprefix(_HOUSE) for name in names if isinstance(name, str) and name.startswith(_HOUSE)]
    return ", ".join((*ours, speak(say("why.built-in", names=", ".join(house)))) if house else ours)


def _shown(view: View, paths: Sequence[str]) -> Words:
    return say(f"why.shows.{view}", count=len(paths), names=and_more(paths, _FEW))


def _of_file(found: Explanation) -> Iterator[str]:
    if found.url:
        yield _row("address", unquote(found.url))
    if found.file:
        yield _row("file", found.file)
    covered = [say("why.covered", source=source) for source in found.sources[1:]]
    yield from _below("read-from", (*found.sources[:1], *covered))
    if found.ribbon == "unlisted":
        yield _row("unlisted", say("why.unlisted"))
    elif found.ribbon:
        yield _row("waits", say("why.waits", ribbon=say(f"ribbon.{found.ribbon}")))
    if found.edition:
        yield _row("edition", found.edition)
    for label, terms in (("themes", found.themes), ("tags", found.tags)):
        if terms:
            yield _row(label, ", ".join(term.title for term in terms))
    if found.shown_on:
        yield from _pages(found)


def _pages(found: Explanation) -> Iterator[str]:
    many = len(found.shown_on)
    label = {"template": "read-by", "asset": "named-by", "settings": "read-by"}.get(found.what, "shown-on")
    pages = say("count.pages", count=many)
    if found.what == "settings":
        yield _row(label, say("why.every-page", pages=pages))
        return
    yield _row(label, pages)
    for url in found.shown_on[:MOST]:
        yield _row("", unquote(url))
    if many > MOST:
        yield _row("", say("why.more-pages", count=many - MOST))


def _below(label: str, texts: Iterable[Words]) -> Iterator[str]:
    """Yield rows of which only the first has the label."""
    for number, text in enumerate(texts):
        yield _row("" if number else label, text)


def _row(label: str, text: Words) -> str:
    return f"  {padded(speak(say(f'why.row.{label}')) if label else '', _WIDTH)}{speak(text)}"
