"""Articles, notes and terms as values, for the tests of stages that take them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import structs

from yoyak.model.types import Article, Note, Place, SafeHtml, Term, place_of
from yoyak.settings.config import SiteConfig, settings_of_no_site

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
    defaults = {
        "number": "",
        "order": (),
        "pins": (),
        "status": "approved",
        "publish_at": None,
        "from": None,
        "to": None,
    }
    values = {"title": "", **defaults, **fields}
    faulty = bool(values.pop("faulty", False))
    path = f"content/editions/{key}.md"
    return Note(path=path, slug=key, title=values["title"], fields=values, html=SafeHtml(""), faulty=faulty)


def site_config(**more: Any) -> SiteConfig:
    """Return the settings of a weekly site in Seoul; its clock stands at noon of 10 July 2024."""
    config = settings_of_no_site(Path("/site"), at=at("2024-07-10 12:00"), environment={})
    return structs.replace(config, **{"preview": False, **more})


def theme(slug: str, title: str = "") -> Term:
    """Return a theme."""
    return Term(kind="theme", slug=slug, title=title or slug, url=f"/themes/{slug}/")
