"""The scripts of a saved page: taken out before the page is parsed, and read where they carry the article's data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from yoyak.model import Record

_TAG = re.compile(r"<(script|style|svg|noscript|template)\b[^<>]*>|<!--", re.IGNORECASE)
_ENDS = {
    name: re.compile(rf"</{name}\b[^>]*>" if name else "-->", re.IGNORECASE)
    for name in ("script", "style", "svg", "noscript", "template", "")
}
_LD = re.compile(r"application/ld\+json", re.IGNORECASE)
_NEXT_PUSH = re.compile(r"self\.__next_f\.push\((\[.*\])\)\s*;?\s*$", re.DOTALL)


class Split(Record, kw_only=True):
    """A page without its scripts, styles and comments, and the scripts."""

    markup: str
    data: tuple[str, ...]
    """The texts of ``application/ld+json`` scripts."""
    code: tuple[str, ...]
    """The texts of the others that may hold a client-rendered article."""
    saved_from: str
    """The address that a browser noted when it saved the page, or empty."""


def without_scripts(text: str) -> Split:
    """Return the page without what is no text of it; most of a news page's bytes. Linear, whatever is left open."""
    kept: list[str] = []
    data: list[str] = []
    code: list[str] = []
    unclosed: set[str] = set()
    at = 0
    while found := _TAG.search(text, at):
        kept.append(text[at : found.start()])
        end = _end(text, found, unclosed)
        if (found[1] or "").lower() == "script":
            (data if _LD.search(found.group()) else code).append(
                text[found.end() : end.start() if end else found.end()]
            )
        at = end.end() if end else found.end()
    kept.append(text[at:])
    relevant = tuple(script for script in code if "__next_f" in script or script.lstrip().startswith('{"props"'))
    return Split(
        markup=_closed_at_its_end("".join(kept)), data=tuple(data), code=relevant, saved_from=_saved_from(text)
    )


def _closed_at_its_end(markup: str) -> str:
    """Return markup whose last tag is closed: html.parser takes the square of the length of one that is not."""
    behind = markup.rfind(">") + 1
    return markup[:behind] + markup[behind:].replace("<", "&lt;")


def _end(text: str, found: re.Match[str], unclosed: set[str]) -> re.Match[str] | None:
    """Return what closes an element or a comment; nothing when it is left open, and then it is not looked for again."""
    name = (found[1] or "").lower()
    if name in unclosed or found.group().endswith("/>"):
        return None
    end = _ENDS[name].search(text, found.end())
    if end is None:
        unclosed.add(name)
    return end


def _saved_from(text: str) -> str:
    found = re.search(r"<!--\s*saved from url=\(\d+\)(https?://[^\s<>\"]+)\s*-->", text[:5000])
    return found[1] if found else ""


def json_objects(scripts: tuple[str, ...]) -> tuple[Mapping[str, Any], ...]:
    """Return the objects of JSON-LD scripts in order, with those in lists and ``@graph``; broken scripts give none."""
    found: list[Mapping[str, Any]] = []
    for script in scripts:
        try:
            found += _flat(json.loads(_bare(script), strict=False))
        except (ValueError, RecursionError):
            continue
    return tuple(found)


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


def rendered_by_scripts(code: tuple[str, ...]) -> str:
    """Return the HTML paragraphs that client-side code would have put on the page (Next.js), or an empty text."""
    texts: list[str] = []
    pushed: list[str] = []
    for script in code:
        if script.lstrip().startswith("{"):
            texts += _strings(script)
        elif found := _NEXT_PUSH.search(script.strip()):
            pushed += _strings(found[1])
    for row in "".join(pushed).split("\n"):
        # A row of the stream is an id and a JSON value, or an id and a text; rows may be cut anywhere between pushes.
        value = _NEXT_ROW.sub("", row)
        texts += _strings(value) or [value]
    return "".join(paragraph for text in texts for paragraph in _PARAGRAPH.findall(text))


_NEXT_ROW = re.compile(r"^[0-9a-f]+:(?:T[0-9a-f]+,)?")
_PARAGRAPH = re.compile(r"<p\b[^>]*>.*?</p>", re.DOTALL | re.IGNORECASE)


def _strings(source: str) -> list[str]:
    """Return the texts inside of a JSON value in order, without recursion."""
    try:
        waiting: list[Any] = [json.loads(source, strict=False)]
    except (ValueError, RecursionError):
        return []
    found: list[str] = []
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            waiting += reversed(list(value.values()))
    return found
