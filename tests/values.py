"""Articles, notes and terms as values, for the tests of stages that take them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from yoyak.model.types import Article, Note, Place, SafeHtml, Term, place_of

SEOUL = ZoneInfo("Asia/Seoul")


def at(text: str) -> datetime:
    """Return an instant in Seoul: ``2024-07-03`` or ``2024-07-03 09:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


def article(slug: str = "a", date: str | None = "2024-07-03", **more: Any) -> Article:
    """Return an article with this slug."""
    values = {"title": slug, "themes": ("ai",), "lang": "ko", "kind": "markdown", **more}
    moment = at(date) if date else None
    return Article(path=f"content/{slug}.md", slug=slug, url=f"/articles/{slug}/", date=moment, **values)


def place(slug: str = "a", date: str | None = "2024-07-03", **more: Any) -> Place:
    """Return the place of an article with this slug."""
    return place_of(article(slug, date, **more))


def edition_note(key: str, **fields: Any) -> Note:
    """Return a parsed file of content/editions."""
    values = {"title": "", "number": "", "order": (), "pins": (), **fields}
    return Note(path=f"content/editions/{key}.md", slug=key, title=values["title"], fields=values, html=SafeHtml(""))


def theme(slug: str, title: str = "") -> Term:
    """Return a theme."""
    return Term(kind="theme", slug=slug, title=title or slug, url=f"/themes/{slug}/")
