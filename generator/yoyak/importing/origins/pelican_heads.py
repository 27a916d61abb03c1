"""Heads of Pelican's files: ``Key: value`` lines above Markdown, <meta> elements in HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from yoyak.importing.heads import ForeignHead, head_of
from yoyak.importing.origins.old_pages import html_as_block

_KEY = re.compile(r" {0,3}([\w-]+):[ \t]*(.*)")
_MORE = re.compile(r"(?: {4,}|\t)(.*)")
_META = re.compile(r"<meta\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_LISTS = ("tags", "authors", "author")
_ONCE = ("title", "date", "modified", "status", "slug", "category", "save_as", "url", "lang", "translation")


def head_in(path: str, text: str) -> ForeignHead:
    """Return the head and the body of a file; keys in small letters."""
    if path.lower().endswith((".html", ".htm")):
        return _of_html(text)
    fenced = head_of(text) if re.match(r"\ufeff?\s*(?:---|\+\+\+|\{)", text) else None
    found = fenced or _of_lines(text)
    return ForeignHead(values=_plain({key.lower(): value for key, value in found.values.items()}), body=found.body)


def _of_lines(text: str) -> ForeignHead:
    lines = text.lstrip("\ufeff").splitlines(keepends=True)
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    found: dict[str, list[str]] = {}
    key, at = "", start
    for at in range(start, len(lines) + 1):
        line = lines[at].rstrip("\r\n") if at < len(lines) else ""
        if match := _KEY.match(line):
            key = match[1].lower()
            found.setdefault(key, []).append(match[2].strip())
        elif key and (match := _MORE.match(line)):
            found[key].append(match[1].strip())
        else:
            break
    return ForeignHead(values={name: _said(name, value) for name, value in found.items()}, body="".join(lines[at:]))


def _said(name: str, value: list[str]) -> Any:
    kept = [one for one in value if one]
    if name in _LISTS and len(kept) > 1:
        return kept
    return kept[0] if name in _ONCE and kept else " ".join(kept)


def _of_html(text: str) -> ForeignHead:
    top, _, rest = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).partition("</head>")
    values: dict[str, Any] = {}
    if title := re.search(r"<title[^>]*>(.*?)</title>", top, re.IGNORECASE | re.DOTALL):
        values["title"] = unescape(" ".join(title[1].split()))
    for meta in _META.findall(top):
        given = {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(meta)}
        name = given.get("name", "").lower()
        if name:
            values["tags" if name == "keywords" else name] = given.get("content", given.get("contents", ""))
    inner = re.search(r"<body[^>]*>(.*?)(?:</body>|\Z)", rest or text, re.IGNORECASE | re.DOTALL)
    return ForeignHead(values=_plain(values), body=html_as_block(inner[1] if inner else rest))


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values in which lists are lists: Pelican parts them at ``;``, or else at ``,``."""
    return {key: _parted(value) if key in _LISTS and isinstance(value, str) else value for key, value in values.items()}


def _parted(value: str) -> list[str]:
    return [part.strip() for part in value.split(";" if ";" in value else ",") if part.strip()]
