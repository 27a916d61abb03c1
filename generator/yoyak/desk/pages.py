"""The desk's pages: values into HTML, by templates of its own. Texts are escaped; bodies came through the sanitizer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from yoyak.desk.records import Records
from yoyak.messages.catalogue import speak, texts
from yoyak.model.message import Words, say
from yoyak.model.review import Event
from yoyak.model.types import Person, Record, SafeHtml
from yoyak.review.state import key_of
from yoyak.show.show import show_file

DESK = "/_desk/"
_FOLDER = Path(__file__).parent / "templates"


def page(name: str, language: str, **values: Any) -> str:
    """Return a page of the desk in one of the catalogue's languages."""

    def words(key: str, /, **more: Any) -> str:
        return speak(say(f"desk.{key}", **more), language)

    def spoken(message: Words) -> str:
        return speak(message, language)

    def named(kind: str, value: str) -> str:
        """Return the words for a value of the data, such as a state; what has none as it is."""
        key = f"desk.{kind}.{value}"
        return speak(say(key), language) if key in texts(language) else value

    return (
        _environment()
        .get_template(name)
        .render(language=language, t=words, spoken=spoken, named=named, link=link, safe=_safe, **values)
    )


def link(page: str, **query: str) -> str:
    """Return the address of a page of the desk."""
    return f"{DESK}{page}?{urlencode(query)}" if query else f"{DESK}{page}"


def _safe(html: SafeHtml) -> Markup:
    """Return a body, which came through the sanitizer, as what it is."""
    return Markup(html)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


# --- Who looks at the desk, and what this person may say there ---------------------------------------------------

_OF_OWN = ("resolve", "reopen", "reattach")
_VERDICTS = ("approve", "request-changes")


class Visitor(Record, kw_only=True):
    person: Person
    token: str
    """Which the forms carry."""
    guest: bool = False
    """Came by a link: may not edit, submit or hold."""
    may_approve: bool = True

    def may(self, what: str, answered: Event | None = None) -> bool:
        """Tell whether this person may write an event of a kind, and on the event that it answers."""
        if not self.guest or what in ("note", "reply"):
            return True
        if what in _OF_OWN:
            return answered is not None and key_of(answered.by) == key_of(self.person)
        return what in _VERDICTS and self.may_approve

    def may_answer(self, what: str, name: str, events: Iterable[Event]) -> bool:
        """Tell the same of the event that a form names."""
        return self.may(what, next((one for one in events if one.name == name), None))


# --- How the file of an article was read: what was left out and by which rule, and which titles lost -------------


class HowRead(Record, kw_only=True):
    titles: tuple[str, ...]
    """Those that lost, best first."""
    lines: tuple[tuple[int, str, str, bool], ...]
    """Of a capture: number, text, label with its rule, and whether it was kept."""
    left_out: tuple[tuple[str, str], ...]
    """Of a saved page: words, and why."""


def how_read(records: Records, path: str) -> HowRead | None:
    """Return how a capture or a saved page was read; None for what its author wrote as it is."""
    shown = show_file(records.folder / path, records.folder, records.config.now)
    if shown.kind == "markdown":
        return None
    title = shown.fields.get("title")
    labels = {one.n: one for one in shown.lines}
    lines = tuple(
        (number, text, f"{labels[number].label}: {labels[number].rule}", labels[number].kept)
        for number, text in enumerate(shown.text, 1)
        if number in labels
    )
    return HowRead(
        titles=tuple(str(one) for one in title.alternatives) if title else (),
        lines=lines if shown.kind == "capture" else (),
        left_out=tuple((one.text, one.rule) for one in shown.left_out),
    )
