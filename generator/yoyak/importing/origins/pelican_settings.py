"""Settings of Pelican: what pelicanconf.py and publishconf.py say in plain values. Neither is ever run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from yoyak.importing.heads import ForeignHead, head_of
from yoyak.importing.origins.old_pages import html_as_block
from yoyak.model.types import Record

NAMES = {
    "PATH": ".", "SITEURL": "", "ARTICLE_URL": "", "ARTICLE_SAVE_AS": "", "ARTICLE_LANG_URL": "",
    "ARTICLE_LANG_SAVE_AS": "", "PAGE_URL": "", "PAGE_SAVE_AS": "", "PAGE_LANG_URL": "", "PAGE_LANG_SAVE_AS": "",
    "ARTICLE_PATHS": [""], "PAGE_PATHS": ["pages"], "ARTICLE_EXCLUDES": [], "PAGE_EXCLUDES": [],
    "STATIC_PATHS": ["images"], "DEFAULT_LANG": "en", "DEFAULT_CATEGORY": "misc", "DEFAULT_METADATA": {},
    "DEFAULT_DATE": "", "USE_FOLDER_AS_CATEGORY": True, "FILENAME_METADATA": r"(?P<date>\d{4}-\d{2}-\d{2}).*",
    "PATH_METADATA": "", "EXTRA_PATH_METADATA": {}, "AUTHOR": "", "TIMEZONE": "UTC", "SLUGIFY_SOURCE": "title",
    "SLUGIFY_USE_UNICODE": False, "SLUGIFY_PRESERVE_CASE": False, "WITH_FUTURE_DATES": True, "OUTPUT_PATH": "output",
    "CATEGORY_URL": "category/{slug}.html", "TAG_URL": "tag/{slug}.html", "AUTHOR_URL": "author/{slug}.html",
    "SLUG_REGEX_SUBSTITUTIONS": [
        (r"[^\w\s-]", ""), (r"(?u)\A\s*", ""), (r"(?u)\s*\Z", ""), (r"[-\s]+", "-"),
    ],
}  # fmt: skip
_DEFAULTS = {
    "ARTICLE_URL": "{slug}.html", "ARTICLE_LANG_URL": "{slug}-{lang}.html",
    "PAGE_URL": "pages/{slug}.html", "PAGE_LANG_URL": "pages/{slug}-{lang}.html",
}  # fmt: skip


class PelicanSettings(Record, kw_only=True):
    values: Mapping[str, Any]
    given: frozenset[str]
    unread: tuple[str, ...]
    """Names whose values are made by a program, or are of a kind that none of theirs is."""

    def pattern(self, name: str) -> str:
        """Return the pattern of an address: as it is set, else as its file is, else Pelican's own."""
        if name in self.given:
            return str(self.values[name])
        saved = name.replace("_URL", "_SAVE_AS")
        return str(self.values[saved]) if saved in self.given else _DEFAULTS[name]

    def is_saved(self, name: str) -> bool:
        saved = name.replace("_URL", "_SAVE_AS")
        return saved not in self.given or bool(self.values[saved])


def settings_in(*texts: str) -> PelicanSettings:
    """Return the settings that Python files set, the later ones first in right; what is no plain value is not read."""
    found: dict[str, Any] = {}
    unread: dict[str, None] = {}
    for text in texts:
        for name, value in _assigned(text, found):
            if value is None or not isinstance(value, _kind(NAMES[name])):
                unread[name] = None
            else:
                unread.pop(name, None)
                found[name] = value
    return PelicanSettings(values={**NAMES, **found}, given=frozenset(found), unread=tuple(unread))


def _kind(default: object) -> type | tuple[type, ...]:
    return (list, tuple) if isinstance(default, list) else (str, int, tuple) if default == "" else type(default)


def _assigned(text: str, known: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return
    below = (inner for node in body for inner in ast.walk(node) if inner not in body)
    for node in (*body, *below):  # what stands in a condition decides later than what is plain, and is not read
        is_plain = node in body
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            name = target.value if isinstance(target, ast.Subscript) else target
            if isinstance(name, ast.Name) and name.id in NAMES and isinstance(node, ast.Assign | ast.AnnAssign):
                yield name.id, _value(node.value, known) if is_plain and name is target else None


def _value(node: ast.expr | None, known: Mapping[str, Any]) -> Any:
    """Return a plain value, or the one of another setting; None for what only a program knows."""
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _value(node.left, known), _value(node.right, known)
        return left + right if isinstance(left, str) and isinstance(right, str) else None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict" and not node.args:
        pairs = {key.arg: _value(key.value, known) for key in node.keywords}
        return None if None in pairs or None in pairs.values() else pairs
    try:
        return ast.literal_eval(node) if node is not None else None
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None


# --- Heads of Pelican's files: ``Key: value`` lines above Markdown, <meta> elements in HTML ----------------------

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
