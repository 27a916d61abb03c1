"""What Hugo's sections hand down to the pages below them: ``cascade``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from yoyak.importing.origins.folders import listed, lowered, table
from yoyak.model.types import Record

_TARGETED = ("target", "_target")


class Cascade(Record, kw_only=True):
    folder: str
    """Below content/, with a slash before it; everything in it may be meant."""
    lang: str
    target: Mapping[str, Any]
    values: Mapping[str, Any]


def cascades(value: Any, folder: str, lang: str) -> Iterator[Cascade]:
    """Yield what the ``cascade`` of a section, or of the settings, hands down."""
    for rule in listed(value):
        found = lowered(table(rule))
        target = next((table(found[key]) for key in _TARGETED if key in found), {})
        values = {key: inner for key, inner in found.items() if key not in _TARGETED}
        yield Cascade(folder=folder, lang=lang, target=target, values=values)


def handed_down(rules: list[Cascade], path: str, kind: str, lang: str) -> dict[str, Any]:
    """Return what a page inherits; what is nearer to it counts for more."""
    found: dict[str, Any] = {}
    for rule in sorted(rules, key=lambda rule: len(rule.folder)):
        inside = rule.folder == "/" or path == rule.folder or path.startswith(f"{rule.folder}/")
        if inside and rule.lang in ("", lang) and aims_at(rule.target, path, kind, lang):
            found = {**found, **rule.values}
    return found


def aims_at(target: Mapping[str, Any], path: str, kind: str, lang: str) -> bool:
    """Tell whether a rule means a page. What is not understood of it means every page."""
    known = {"path": path, "kind": kind, "lang": lang}
    return all(
        name not in known or any(_fits(str(one), known[name]) for one in listed(wanted))
        for name, wanted in target.items()
    )


def _fits(pattern: str, value: str) -> bool:
    return any(
        fnmatchcase(value, one.lower()) or (one.endswith("/**") and value == one[:-3].lower())
        for one in _spelled_out(pattern)
    )


def _spelled_out(pattern: str) -> Iterator[str]:
    """Yield the patterns that one with braces stands for: ``{/posts/**,/news/**}``."""
    found = re.search(r"\{([^{}]*)\}", pattern)
    for part in found[1].split(",") if found else ():
        assert found
        yield from _spelled_out(pattern[: found.start()] + part.strip() + pattern[found.end() :])
    if not found:
        yield pattern
