"""The review panel of a bundle: what it knows of the site, its script, its style and its words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from yoyak.model.types import Record
from yoyak.templating.language import Language, message

_HERE = Path(__file__).parent
_PARTS = (_HERE.parent / "review" / "blocks.js", _HERE / "places.js", _HERE / "notes.js", _HERE / "panel.js")
_PLACE = "/* parts */"
"""Where the script of a bundle has the scripts of its panel inside."""
_WORDS = "bundle."
_OF_PANEL = "review."


class ReviewedPage(Record, kw_only=True):
    """What a reviewer writes about on one page."""

    path: str
    """Of the article or the edition."""
    title: str
    digest: str
    """Of the words that a reader gets: what a verdict is bound to."""
    seen: str
    """These words, as a file that a reviewer saves has them."""
    blocks: tuple[tuple[str, str], ...]
    """Name and text of each paragraph."""


class PanelPages(Record, kw_only=True):
    """What the panel of a bundle knows."""

    site: str
    """`base_url`."""
    name: str
    """Title of the site: by both, a browser keeps the notes of different sites apart."""
    pages: Mapping[str, ReviewedPage]
    """By the name that the bundle has for the page."""


def script(*, panel: bool) -> str:
    inside = "\n".join(part.read_text(encoding="utf-8") for part in _PARTS) if panel else ""
    return (_HERE / "bundle.js").read_text(encoding="utf-8").replace(_PLACE, inside)


def style(*, panel: bool) -> str:
    """Return the style of what a bundle adds to its pages."""
    names = ("bundle.css", "panel.css") if panel else ("bundle.css",)
    return "".join((_HERE / name).read_text(encoding="utf-8") for name in names)


def words(spoken: Language, reviewed: PanelPages | None) -> dict[str, str]:
    """Return what the script of a bundle says, and of which site it is."""
    names = [key.removeprefix(_WORDS) for key in spoken.messages if key.startswith(_WORDS)]
    shown = [name for name in names if name != "needs" and (reviewed or not name.startswith(_OF_PANEL))]
    found = {"lang": spoken.code} | {name: message(spoken, f"bundle.{name}") for name in shown}
    return found | ({"site": reviewed.site, "name": reviewed.name} if reviewed else {})


def page_values(reviewed: PanelPages | None, key: str) -> dict[str, Any]:
    """Return what the panel reads of a page; nothing of one that nobody reviews."""
    page = reviewed.pages.get(key) if reviewed else None
    return {"review": page} if page else {}
