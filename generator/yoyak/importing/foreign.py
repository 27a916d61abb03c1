"""Markdown of other generators: what Jekyll, Hugo, Pelican and their kin write above a text, in yoyak's own keys."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from yoyak.importing.originals import OldText
from yoyak.importing.yaml_text import flow, one_line
from yoyak.schema import FrontMatter
from yoyak.text.yaml_nodes import Mapping as YamlMapping
from yoyak.text.yaml_nodes import Node, Scalar, Sequence, compose

_YAML = re.compile(r"\ufeff?---[ \t]*\n(?P<head>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\ufeff?\+\+\+[ \t]*\n(?P<head>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LINES = re.compile(
    r"\ufeff?(?P<head>(?:title|date|authors?|category|tags|slug|summary|modified|status|lang): .*\n"
    r"(?:[a-z_]+: .*\n|[ \t]+\S.*\n)*)(?:\n|\Z)",
    re.IGNORECASE,
)
_SAME = {
    "lastmod": "updated", "modified": "updated", "last_modified_at": "updated", "updated_at": "updated",
    "last_modified": "updated", "publishdate": "date", "published_at": "date", "author": "authors", "writer": "authors",
    "byline": "authors", "tag": "tags", "keywords": "tags", "description": "summary", "excerpt": "summary",
    "deck": "subtitle", "standfirst": "subtitle", "subhead": "subtitle", "language": "lang", "locale": "lang",
    "permalink": "aliases", "url": "aliases", "redirect_from": "aliases", "cover": "image", "thumbnail": "image",
    "feature_image": "image", "featured_image": "image", "hero": "image", "canonical_url": "source_url",
    "original_url": "source_url", "canonical": "source_url", "publisher": "source", "category": "label",
    "section": "label", "categories": "tags",
}  # fmt: skip
_DEFAULTS = {
    "draft": ("false", "no"), "published": ("true", "yes"), "status": ("published",),
    "layout": ("post", "posts", "page", "default", "single"), "comments": ("true", "false"), "toc": ("true", "false"),
    "math": ("true", "false"), "mathjax": ("true", "false"), "type": ("post", "posts"),
}  # fmt: skip
"""What says nothing, or nothing that a digest could follow: no comment repeats it."""
_LISTS = frozenset(("tags", "authors", "aliases", "themes"))
_PLAIN = frozenset((
    "title", "subtitle", "summary", "lang", "slug", "source", "source_url", "label", "dateline", "date", "updated",
    "captured", "publish_at", "expires_at", "weight", "rights",
))  # fmt: skip


def translated(text: str) -> OldText | None:
    """Return a text with its front matter in yoyak's keys; None when it has none of another generator."""
    for pattern, read in ((_YAML, _yaml), (_TOML, _toml), (_LINES, _plain_lines)):
        match = pattern.match(text)
        values = read(match["head"]) if match else None
        if match and values:
            found, left = _own_keys(values)
            head = "".join(f"{key}: {flow(value)}\n" for key, value in found.items())
            comments = tuple(f"{key}: {one_line(flow(value), 150)}" for key, value in left.items())
            return OldText(text=f"---\n{head}---\n{text[match.end() :]}", comments=comments)
    return None


def _yaml(head: str) -> Mapping[str, Any] | None:
    node = compose(head, "", 1, frozenset(FrontMatter.__struct_fields__) | set(_SAME)).node
    value = _value(node) if isinstance(node, YamlMapping) else None
    return value if isinstance(value, dict) else None


def _value(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [_value(item) for item in node.items]
    return {key.text: _value(value) for key, value in node.entries}


def _toml(head: str) -> Mapping[str, Any] | None:
    try:
        return tomllib.loads(head)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _plain_lines(head: str) -> Mapping[str, Any] | None:
    """Return Pelican's head: ``Key: value`` lines down to the first blank one."""
    found: dict[str, Any] = {}
    for line in re.sub(r"\n[ \t]+", " ", head).splitlines():
        key, _, value = line.partition(":")
        name = key.strip().lower()
        listed = name in ("tags", "authors", "keywords")
        found[name] = [part.strip() for part in value.split(",")] if listed else value.strip()
    return found


def _own_keys(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the keys that yoyak knows with their values, and the others."""
    found: dict[str, Any] = {}
    left: dict[str, Any] = {}
    for written, value in values.items():
        key = _SAME.get(written.lower(), written.lower())
        made = dict(_converted(key, value))
        if not made and value not in ("", None, [], {}) and str(value).lower() not in _DEFAULTS.get(key, ()):
            left[written] = value
        for name, item in made.items():
            if name in _LISTS and name in found:
                found[name] = list(dict.fromkeys([*map(_hashable, found[name]), *map(_hashable, item)]))
            else:
                found.setdefault(name, item)
    return found, left


def _hashable(item: Any) -> Any:
    return item if isinstance(item, str) else item.get("name", "")


def _converted(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield yoyak's key and value for one of another generator; nothing when it has none."""
    if key in ("draft", "published"):
        if str(value).lower() == ("true" if key == "draft" else "false"):
            yield "status", "draft"
    elif key == "status":
        if str(value).lower() in ("draft", "review", "approved"):
            yield "status", str(value).lower()
    elif key == "image":
        yield from _image(value)
    elif key in _LISTS:
        items = value if isinstance(value, list) else [value]
        yield key, [_person(item) if key == "authors" else str(item) for item in items if item]
    elif key in _PLAIN and not isinstance(value, list | dict):
        yield key, str(value)
    elif key == "label" and isinstance(value, list):
        yield "tags", [str(item) for item in value]


def _person(item: Any) -> Any:
    if not isinstance(item, dict):
        return str(item)
    return {key: str(item[key]) for key in ("name", "email") if item.get(key)}


def _image(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, str) and value:
        yield "image", {"src": value}
    elif isinstance(value, dict):
        named = (value.get(key) for key in ("src", "url", "path", "image", "file"))
        source = next((address for address in named if isinstance(address, str)), "")
        kept = {key: str(value[key]) for key in ("alt", "caption", "credit") if isinstance(value.get(key), str)}
        if source:
            yield "image", {"src": source, **kept}
