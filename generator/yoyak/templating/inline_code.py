"""What templates write into pages themselves that a browser runs: scripts, styles, and attributes with either.

A Content-Security-Policy allows such a text by its hash. So it has to be the same on every page: one with a value of
the page in it cannot be allowed, and is given with its line.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Literal, NamedTuple

from yoyak.model.types import Record

Kind = Literal["script", "handler", "link"]

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_ELEMENT = re.compile(r"<(script|style)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_SRC = re.compile(r"(?:^|\s)src\s*=", re.IGNORECASE)
_TYPE = re.compile(r"(?:^|\s)type\s*=\s*[\"']?([^\"'\s>]*)", re.IGNORECASE)
_RUNS = re.compile(
    r"|module|importmap|speculationrules|(?:text|application)/(?:x-)?(?:java|ecma|j)script.*", re.IGNORECASE
)
_HANDLER = re.compile(r"<[a-z][^<>]*\s(on[a-z]+)\s*=", re.IGNORECASE)
_STYLED = re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE)
_JAVASCRIPT = re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE)
_VALUE = re.compile(r"(?<==)\s*(?:\"[^\"]*\"|'[^']*')")
_MARK = re.compile(r"\{[{%]")
_EVERY_MARK = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


class Unknown(NamedTuple):
    """Code that no hash can allow."""

    template: str
    line: int
    kind: Kind


class InlineCode(Record, kw_only=True):
    """What templates write into pages that a browser runs."""

    scripts: tuple[str, ...]
    """The sources that allow it, such as ``'sha256-…'``."""
    styles: tuple[str, ...]
    """The same of styles; ``'unsafe-inline'`` when they are attributes, or differ from page to page."""
    unknown: tuple[Unknown, ...]


def inline_code(templates: Mapping[str, str]) -> InlineCode:
    """Return what all templates that make pages write, by their texts."""
    scripts: set[str] = set()
    styles: set[str] = set()
    unknown: list[Unknown] = []
    for name, written in sorted(templates.items()):
        if not name.endswith(".html"):
            continue
        text = _blank(_COMMENT, written)
        for tag, body, line in _elements(text):
            if tag == "style":
                styles.add("'unsafe-inline'" if _MARK.search(body) else _hash(body))
            elif _MARK.search(body):
                unknown.append(Unknown(name, line, "script"))
            else:
                scripts.add(_hash(body))
        outside = _blank(_EVERY_MARK, _blank(_ELEMENT, text))
        unknown += [Unknown(name, _line(outside, found.start()), "link") for found in _JAVASCRIPT.finditer(outside)]
        names = _blank(_VALUE, outside)
        unknown += [Unknown(name, _line(names, found.start(1)), "handler") for found in _HANDLER.finditer(names)]
        if _STYLED.search(names):
            styles.add("'unsafe-inline'")
    # A browser that finds a hash does not heed 'unsafe-inline'.
    found = ("'unsafe-inline'",) if "'unsafe-inline'" in styles else tuple(sorted(styles))
    return InlineCode(scripts=tuple(sorted(scripts)), styles=found, unknown=tuple(unknown))


def _elements(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield the tag, the text and the line of each script that runs and is no file, and of each style."""
    for found in _ELEMENT.finditer(text):
        tag, attributes, body = found[1].lower(), found[2], found[3]
        kind = _TYPE.search(attributes)
        runs = kind is None or _RUNS.fullmatch(kind[1]) or _MARK.search(kind[1])
        if tag == "style" or (runs and not _SRC.search(attributes)):
            yield tag, body, _line(text, found.start())


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """Return a text with a space, and its line ends, in the place of each match."""
    return pattern.sub(lambda found: " " + "\n" * found[0].count("\n"), text)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
