"""What a page's data for scripts say of its article beside its headline: who wrote it, and when."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any
from urllib.parse import quote

from yoyak.model.sources import Evidence
from yoyak.readers.around import Candidate
from yoyak.readers.saved_page.states import values_of_scripts
from yoyak.readers.saved_page.tree import Script
from yoyak.readers.word_lists import by_group

_KEYS = {field: re.compile(rf"(?:{keys})", re.IGNORECASE) for field, keys in by_group("keys-of-stores").items()}
"""What the keys beside a headline are called, the likelier first."""
_SURE = {"title": 0.85, "published": 0.78, "updated": 0.76, "authors": 0.74, "source": 0.65}
_LEAST = 8  # characters of a headline that ``<title>`` begins with
_DEEP, _MOST, _HEAD = 2, 10, re.compile(r"title|head|subject|^name$", re.IGNORECASE)
_NAMED = ("name", "fullName", "displayName", "basic")


def said_in_stores(scripts: Sequence[Script], titles: Sequence[str]) -> Mapping[str, Sequence[Candidate]]:
    """Return what the objects that have the page's headline say of it; `titles` are what the page calls itself."""
    kept = [script for script in scripts if "ld+json" not in script.kind]
    parts = {part for title in titles for word in title.split()[:2] for part in _spelled(word)}
    if not any(part in script.text for script in kept for part in parts):
        return {}
    keys, found = {_folded(title) for title in titles}, defaultdict[str, list[Candidate]](list)
    for root in values_of_scripts(kept):
        for title, story in _stories(_linked(root), keys):
            for field, texts in {"title": [title], **story}.items():
                evidence = Evidence(rule="data-for-scripts", selector=field)
                found[field] += [Candidate(value=text, confidence=_SURE[field], evidence=evidence) for text in texts]
    return found


def _spelled(word: str) -> tuple[str, ...]:
    """Return how data may write a word: as it is, in the escapes of JSON, in those of a string, in an address's."""
    escaped = json.dumps(word)[1:-1]
    return word, escaped, escaped.replace("\\", "\\\\"), quote(word, errors="replace"), quote(escaped)


def _stories(root: Any, titles: set[str]) -> Iterator[tuple[str, Mapping[str, Sequence[str]]]]:
    """Yield the headline of each object that has it, and the texts beside it by field."""
    waiting: list[tuple[Any, Any]] = [(root, {})]
    seen: set[int] = set()
    refs = {}
    while waiting:
        value, above = waiting.pop()
        if id(value) in seen or not isinstance(value, dict | list):
            continue
        seen.add(id(value))
        if isinstance(value, list):
            waiting += [(item, above) for item in reversed(value)]
            continue
        refs.update({key: one for key, one in value.items() if ":" in key and isinstance(one, dict)})
        waiting += [(one, value) for one in reversed(list(value.values()))]
        if title := next((text for text in _texts(value) if _is_headline(text, titles)), ""):
            own, around = _beside(value, refs, _DEEP), _beside(above, refs, 1)
            yield title, {**around, **own}


def _texts(value: Mapping[str, Any]) -> Iterator[str]:
    """Yield the texts of an object, and those of small objects in it: ``{"headline": {"basic": …}}``."""
    for one in (one for key, one in value.items() if _HEAD.search(key)):
        yield from (text for text in ((one,) if not isinstance(one, dict) else one.values()) if isinstance(text, str))


def _is_headline(text: str, titles: set[str]) -> bool:
    folded = _folded(text) if len(text) < 400 else ""
    return len(folded) >= _LEAST and any(title.startswith(folded) for title in titles)


def _beside(value: Any, refs: Mapping[str, Any], deep: int) -> dict[str, Sequence[str]]:
    """Return the texts of an object by the field that their keys name; lists are read for names only."""
    told: dict[str, Sequence[str]] = {}
    for one in value.values() if deep and isinstance(value, dict) else ():
        told = {**_beside(one, refs, deep - 1), **told}
    for field, pattern in _KEYS.items() if isinstance(value, dict) else ():
        matches = [(match.lastindex or 0, one) for key, one in value.items() if (match := pattern.fullmatch(key))]
        for _, one in sorted(matches, key=lambda match: -match[0]):
            told[field] = _named(one, refs) or told.get(field, ())
    return told


def _named(value: Any, refs: Mapping[str, Any], deep: int = 4) -> list[str]:
    """Return the texts that a value is, or the names of what it points to; data of Nuxt may point in circles."""
    if not deep:
        return []
    if isinstance(value, dict):
        value = refs.get(str(value.get("__ref")), value)
        return next((names for key in _NAMED if (names := _named(value.get(key), {}, deep - 1))), [])
    if isinstance(value, list):
        return [text for one in value[:_MOST] for text in _named(one, refs, deep - 1)]
    return [str(value)] if isinstance(value, str | int) and not isinstance(value, bool) and value else []


def _linked(root: Any) -> Any:
    """Return the data of a page; in those of Nuxt, a list, objects hold the numbers of their values."""
    items = root if isinstance(root, list) else []
    for item in items:
        places = list(item.items() if isinstance(item, dict) else enumerate(item) if isinstance(item, list) else ())
        if all(type(at) is int and at < len(items) for _, at in places):
            for key, at in places:
                item[key] = items[at] if at >= 0 else None
    return root


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", unescape(text).casefold())
