"""The JSON-LD of a saved page: what it says about itself for search engines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

from yoyak.readers.saved_page.tree import Script


def saved_from(text: str) -> str:
    """Return the address that a browser noted when it saved the page, or an empty text."""
    found = re.search(r"<!--\s*saved from url=\(\d+\)(https?://[^\s<>\"]+)\s*-->", text[:5000])
    return found[1] if found else ""


def json_objects(scripts: Iterable[Script]) -> tuple[Mapping[str, Any], ...]:
    """Return the objects of JSON-LD scripts in order, with those in lists; of broken scripts what is whole."""
    return tuple(item for script in scripts if "ld+json" in script.kind for item in _objects(_bare(script.text)))


def _objects(text: str) -> list[Mapping[str, Any]]:
    for written in (text, _mended(text)):
        try:
            return list(_flat(json.loads(written, strict=False)))
        except (ValueError, RecursionError):
            continue
    found = {key: json.loads(f'"{value}"', strict=False) for key, value in _PAIR.findall(text)}
    return [{"@type": "NewsArticle", **found}] if "headline" in found or "datePublished" in found else []


_PAIR = re.compile(
    r'"(headline|datePublished|dateModified|articleSection|description)"\s*:\s*"((?:[^"\\\x00-\x1f]|\\["\\/bfnrt])*)"'
)


def _mended(text: str) -> str:
    """Return JSON without the slips that systems make: references of HTML, commas before a bracket, joined objects."""
    plain = unescape(text) if "&quot;" in text else text
    return "[" + re.sub(r"\}\s*\{", "},{", re.sub(r",(\s*[}\]])", r"\1", plain)) + "]"


def _bare(script: str) -> str:
    """Return a script without the comment and CDATA marks that some systems put round JSON."""
    text = re.sub(
        r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\s*\]\]>|\]\]>)\s*$", "", script
    )
    return text.strip().rstrip(";")


def _flat(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _flat(item)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(key), list | dict):
                yield from _flat(value[key])
