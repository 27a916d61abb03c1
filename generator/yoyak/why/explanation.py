"""The answer of ``yoyak why`` to one argument, as a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from yoyak.model.message import Problem, Words, say
from yoyak.model.types import Record, View

What = Literal[
    "page", "article", "edition file", "theme file", "own page file", "rules file", "picture", "template", "asset",
    "settings", "other file", "nothing",
]  # fmt: skip


class TermName(Record, kw_only=True):
    """A theme or a tag that an article stands under."""

    title: str
    url: str


class Explanation(Record, kw_only=True):
    """What is known of one page or file. What does not apply is empty."""

    asked: str
    what: What
    on_site: bool
    """True when the output has it, or something that it decides."""
    name: str
    """The address of a page, the path of a file."""
    kind: str = ""
    """Of a page: as `yoyak.pages.types` has it."""
    url: str = ""
    """Root-relative and percent-encoded."""
    file: str = ""
    """Relative to the output folder."""
    written: datetime | None = None
    """When that file was written."""
    leads_to: str = ""
    """Of an old address: the url where it leads."""
    sources: tuple[str, ...] = ()
    """Source files that the page is made of, but for what it shows of other articles."""
    shows: Mapping[View, tuple[str, ...]] = {}
    """Articles by the view in which the page shows them, in its order."""
    templates: tuple[Words, ...] = ()
    """``templates/article.html`` for one of the site's own, ``yoyak/article.html`` for one of yoyak's."""
    settings: tuple[str, ...] = ()
    """Keys of site.yaml."""
    shown_on: tuple[str, ...] = ()
    """Urls of the pages that a file decides or is shown on."""
    edition: str = ""
    """The key of the edition that an article is in."""
    themes: tuple[TermName, ...] = ()
    tags: tuple[TermName, ...] = ()
    ribbon: str = ""
    """Why an article waits that a preview shows all the same."""
    reasons: tuple[Words, ...] = ()
    """Why it is not on the site, in sentences that say what to do."""
    problems: tuple[Problem, ...] = ()
    changes: tuple[Words, ...] = ()
    """What has changed since the last build, in sentences; empty when the output is up to date."""
    near: tuple[str, ...] = ()
    """What may have been meant."""


def and_more(names: Sequence[str], most: int) -> Words:
    """Return the first names of several, and how many more there are."""
    first, more = ", ".join(names[:most]), len(names) - most
    return say("why.names.more", names=first, count=more) if more > 0 else first
