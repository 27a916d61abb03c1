"""The desk's pages: values into HTML, by templates of its own. Texts are escaped; bodies came through the sanitizer."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from yoyak.messages.catalogue import speak, texts
from yoyak.model.message import Words, say
from yoyak.model.types import SafeHtml

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
