"""The text of a page that its scripts would have put there: data of Next.js, Nuxt, Apollo and other stores."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import escape, unescape
from typing import Any
from urllib.parse import unquote

from yoyak.readers.saved_page.literals import string_at
from yoyak.readers.saved_page.stream import BARE, values_of_stream
from yoyak.readers.saved_page.tree import Script

_NEXT_PUSH = re.compile(r"self\.__next_f\.push\((\[.*\])\)\s*;?\s*$", re.DOTALL)
_CALLS = r"(?:(?:JSON\.parse|decodeURI(?:Component)?|(?:un)?escape|(?:window\.)?atob)\(\s*)"
_GIVEN = re.compile(rf"(?:=\s*(?P<calls>{_CALLS}*)|JSON\.parse\(\s*(?P<more>{_CALLS}*))(?=[{{\[\"'`])")
_STORE = re.compile(r"""(?:__\w+|[Ss]tate|[Dd]ata|[Pp]rops|[Cc]ontent)["'\]\s]*$""")
_PARAGRAPH = re.compile(r"<(?P<name>p|h[2-4]|blockquote|li)\b[^>]*>.*?</(?P=name)>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,2000}>")
_BORDER = re.compile(r"(?:</?(?:div|br|section|article|p|h\d)\b[^<>]{0,2000}>\s*)+", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/]{120,}={0,2}")
_LINE = re.compile(r"p|paragraph|(?:text-?)?block|(?P<head>h\d|heading.?\w*)", re.IGNORECASE)
"""What editors call a line of text that they keep in pieces."""
_AROUND_LINES = re.compile(r"\.(?:content|children)\[\]")
_PROSE = re.compile(r"""[.!?…。！？।۔؟][\s"'”’»」』)]*$|[다요죠까]\.?$""")
_OTHER = re.compile(
    r"relat|recommend|comment|teaser|sidebar|footer|menu|navigation|popular|latest|author|bio", re.IGNORECASE
)
_LONGEST = 20_000_000
_LEAST = 120
_MOST_STORES = 50


def rendered_by_scripts(scripts: Iterable[Script]) -> str:
    """Return the article's HTML that data for scripts carries, or an empty text.

    The texts of each place of the data (``article.body[].text``) are one candidate; the one with the most prose is it.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for value in values_of_scripts(scripts):
        for path, text in _texts(value):
            groups[path or f"{BARE}{len(groups)}"].append(text)  # texts without a place have nothing in common
    best = max(groups, key=lambda path: _prose(path, groups[path]), default="")
    return _html(groups[best]) if best and _prose(best, groups[best]) >= _LEAST else ""


def values_of_scripts(scripts: Iterable[Script]) -> Iterator[Any]:
    """Yield the data that scripts are or assign, and the rows of the stream that they push."""
    pushed: list[str] = []
    for bare in (script.text.strip() for script in scripts if len(script.text) < _LONGEST):
        if bare.startswith(("{", "[")):
            yield _parsed(bare)
        elif found := _NEXT_PUSH.search(bare):
            pushed += [text for _, text in _texts(_parsed(found[1]))]
        else:
            yield from _assigned(bare)
    for text in values_of_stream("".join(pushed)):
        known = _parsed(text)
        yield text if known is None else known


def _assigned(code: str) -> Iterator[Any]:
    """Yield the values that a script gives to its stores: ``window.__STATE__ = {…}``, ``= JSON.parse("…")``."""
    decoder = json.JSONDecoder(strict=False)
    at, tried = 0, 0
    while tried < _MOST_STORES and (found := _GIVEN.search(code, at)):
        at, calls = found.end(), found["calls"] if found["more"] is None else f"JSON.parse{found['more']}"
        told = "parse" in calls or "atob" in calls
        if not told and not _STORE.search(code[max(0, found.start() - 80) : found.start()]):
            continue
        tried += 1
        try:
            written, at = string_at(code, at) if code[at] in "\"'`" else decoder.raw_decode(code, at)
        except (ValueError, RecursionError):
            continue
        text = _unpacked(written) if "atob" in calls and isinstance(written, str) else written
        text = unquote(text) if isinstance(text, str) and ("decode" in calls or "unesc" in calls) else text
        value = _parsed(text) if isinstance(text, str) else text
        if value is not None or "parse" not in calls:
            yield text if value is None else value


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    """Yield the texts in a JSON value in order, each with its place, in which the numbers of items do not count."""
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            inner = _unpacked(value)
            if inner == value:
                yield path, value
            else:
                waiting.append((path, inner))
        elif isinstance(value, list):
            waiting += [(f"{path}[]", item) for item in reversed(value)]
        elif isinstance(value, dict) and (line := _line(value)):
            yield f"{_AROUND_LINES.split(path)[0]} lines", line
        elif isinstance(value, dict):
            waiting += [(f"{path}.{key}"[-400:], item) for key, item in reversed(list(value.items()))]


def _unpacked(text: str) -> Any:
    """Return what a text holds that is no text: JSON, HTML whose signs are written as references, either in base64."""
    if len(text) > _PACKED and _BASE64.fullmatch(text):
        try:
            text = b64decode(f"{text}==").decode()
        except ValueError:
            return text
    if len(text) > _PACKED and text[0] in "{[" and text[-1] in "}]":
        return text if (value := _parsed(text)) is None else value
    return unescape(text) if "&lt;" in text[:_PACKED] and "<" not in text else text


_PACKED = 120


def _line(node: Mapping[str, Any]) -> str:
    """Return a line of text that an editor keeps in pieces, each with its look or its link; of a heading, as HTML."""
    kind = next((node[key] for key in ("type", "_type", "nodeType") if isinstance(node.get(key), str)), "")
    pieces, of_line = node.get("content", node.get("children")), _LINE.fullmatch(kind)
    if not (of_line and isinstance(pieces, list) and any(_piece(one) for one in pieces)):
        return ""
    found, waiting = list[str](), pieces[::-1]
    while waiting:
        one = waiting.pop()
        inner = one.get("content", one.get("children")) if isinstance(one, dict) else one
        if text := _piece(one):
            found.append(text)
        elif isinstance(inner, list):
            waiting += inner[::-1]
    text = "".join(found)
    return f"<h2>{escape(text)}</h2>" if of_line["head"] else text


def _piece(value: Any) -> str:
    text = value.get("text", value.get("value")) if isinstance(value, dict) else ""
    return text if isinstance(text, str) else ""


def _prose(path: str, texts: list[str]) -> float:
    """Return the characters of prose in the texts of one place."""
    size = 0
    for text in texts:
        if "<p" in text or "<P" in text:
            size += sum(_width(_TAG.sub("", found[0])) for found in _PARAGRAPH.finditer(text))
            continue
        for line in map(str.strip, _BORDER.split(text)):
            if _width(line) >= 40 and _PROSE.search(line[-20:]) and (" " in line or _NARROW.search(line)):
                size += _width(_TAG.sub("", line))
    return size * (0.3 if _OTHER.search(path) else 1.0)


def size_of(text: str) -> int:
    """Return the characters of a text; one of Chinese or Japanese says as much as two."""
    return len(text) + len(_WIDE.findall(text))


_WIDE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_NARROW = re.compile("[\u3040-\u30ff\u4e00-\u9fff가-힣]")


def _width(text: str) -> int:
    return len(text) + len(_NARROW.findall(text))


def _html(texts: Iterable[str]) -> str:
    parts: list[str] = []
    for text in dict.fromkeys(texts):
        if _BORDER.search(text):
            parts.append(f"<div>{text}</div>")
        elif text.strip():
            lines = [line for line in text.split("\n") if line.strip()]
            parts += [f"<p>{line if _TAG.search(line) else escape(line)}</p>" for line in lines]
    return "".join(parts)
