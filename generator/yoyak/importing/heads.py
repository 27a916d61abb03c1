"""The head of a text of another program, as plain values, and what such values mean whichever program wrote them."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from yoyak.front_matter.typed import FOREIGN
from yoyak.front_matter.yaml_nodes import Mapping as YamlMapping
from yoyak.front_matter.yaml_nodes import compose, plain_values
from yoyak.front_matter.yaml_text import scalar
from yoyak.model.schema import FrontMatter
from yoyak.model.types import Record

_YAML = re.compile(r"\ufeff?\s*---[ \t]*\n(?P<head>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_BARE = re.compile(r"\ufeff?(?P<head>(?:[a-zA-Z_][\w-]*:(?: .*|)\n|[ \t]+\S.*\n|- .*\n)+)---[ \t]*(?:\n|\Z)")
"""Hexo takes a head without its first fence."""
_TOML = re.compile(
    r"\ufeff?(?:\+\+\+|---[ \t]*toml)[ \t]*\n(?P<head>.*?)^(?:\+\+\+|---)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_JSON = re.compile(r"\ufeff?\s*(?:---[ \t]*json[ \t]*\n|;;;[ \t]*\n)?\s*(?=\{)")
_BARE_JSON = re.compile(r"\ufeff?\s*(?P<head>\"\w+\"\s*:.*?)^;;;[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
"""Hexo's: the pairs of an object, without its braces, above ``;;;``."""
_AFTER_JSON = re.compile(r"[ \t]*\n?(?:(?:---|;;;)[ \t]*(?:\n|\Z))?")
_LINES = re.compile(
    r"\ufeff?(?P<head>(?:title|date|authors?|category|tags|slug|summary|modified|status|lang): .*\n"
    r"(?:[a-z_]+: .*\n|[ \t]+\S.*\n)*)(?:\n|\Z)",
    re.IGNORECASE,
)
_PROPERTIES = re.compile(
    r"\ufeff?(?P<title># [^\n]+\n\s*\n)(?P<head>(?:[^\s:#>*|<`-][^:\n]{0,40}: [^\n]+\n)+)(?:\s*\n|\Z)"
)
"""The title of a page of Notion, and its properties below it."""
_LISTED = frozenset(("tags", "authors", "keywords"))


class ForeignHead(Record, kw_only=True):
    """What stands above a text."""

    values: Mapping[str, Any]
    """Texts, lists and mappings; of TOML and JSON, their own types too."""
    body: str


def head_of(text: str) -> ForeignHead | None:
    """Return the head of a text and what stands below it; None when it has none that can be read."""
    found = _json_head(text)
    for pattern, read in () if found else _FORMS:
        match = pattern.match(text)
        values = read(match["head"]) if match else None
        if match and values:
            return ForeignHead(values=values, body=text[match.end() :])
    return found


def with_properties_above(text: str) -> str:
    """Return a page of Notion with its properties, which stand below its title, as a head."""
    found = _PROPERTIES.match(text)
    pairs = [line.partition(": ") for line in found["head"].splitlines()] if found else []
    head = "".join(f"{scalar(key.strip())}: {scalar(value.strip())}\n" for key, _, value in pairs)
    return f"---\n{head}---\n\n{found['title']}{text[found.end() :]}" if found else text


def body_of(text: str) -> str:
    """Return what stands below the head of a text; all of one without a head."""
    head = head_of(text)
    return head.body if head else text


def _yaml(head: str) -> Mapping[str, Any] | None:
    node = compose(head, "", 1, frozenset(FrontMatter.__struct_fields__) | FOREIGN).node
    value = plain_values(node) if isinstance(node, YamlMapping) else None
    return value if isinstance(value, dict) else None


def _toml(head: str) -> Mapping[str, Any] | None:
    try:
        return tomllib.loads(head)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _json_head(text: str) -> ForeignHead | None:
    opening = _JSON.match(text)
    try:
        values, end = json.JSONDecoder().raw_decode(text, opening.end()) if opening else (None, 0)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict) or not values:
        return None
    after = _AFTER_JSON.match(text, end)
    return ForeignHead(values=values, body=text[after.end() if after else end :])


def _pairs(head: str) -> Mapping[str, Any] | None:
    try:
        values = json.loads("{" + head.rstrip().rstrip(",") + "}")
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def _plain_lines(head: str) -> Mapping[str, Any] | None:
    """Return Pelican's head: ``Key: value`` lines down to the first blank one."""
    found: dict[str, Any] = {}
    for line in re.sub(r"\n[ \t]+", " ", head).splitlines():
        key, _, value = line.partition(":")
        name = key.strip().lower()
        found[name] = [part.strip() for part in value.split(",")] if name in _LISTED else value.strip()
    return found


_FORMS: Sequence[tuple[re.Pattern[str], Callable[[str], Mapping[str, Any] | None]]] = (
    (_TOML, _toml),
    (_YAML, _yaml),
    (_BARE_JSON, _pairs),
    (_BARE, _yaml),
    (_LINES, _plain_lines),
)


# --- values as other programs write them: terms in lists of lists and objects, people, pictures, days ----------------


_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});")
_NAMES = ("name", "title", "label", "term", "value", "slug")
_SOURCES = ("src", "url", "path", "image", "file", "href", "teaser", "og_image", "overlay_image", "feature")
_TAG = re.compile(r"</?(?:p|div|span|br|em|strong|b|i|u|a|code|mark|small|su[bp])(?:\s[^<>]*)?/?>", re.IGNORECASE)
_PARTS = (re.compile(r"\s(?=#)"), re.compile(r"[,、，]"), re.compile(r"[;|]"))
"""What parts the terms on one line: hashes before each, commas, or what is used when a term may have a comma."""
NOTHING = re.compile(r"null|Null|NULL|~")  # of YAML
_REPR = re.compile(r"\s*[\[(].*['\"].*[\])]\s*", re.DOTALL)
_DAY = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)")


def one_text(value: Any) -> str:
    """Return a value as text for people: entities are the characters that they stand for."""
    text = str(value)
    return unescape(text) if _ENTITY.search(text) else text


def words_of(value: Any) -> str:
    """Return a text for people without the HTML that it is written in."""
    text = str(value)
    if re.search(r"</\w+>|<br", text):
        text = " ".join(_TAG.sub(lambda tag: " " if re.match(r"</?(?:p|div|br)", tag[0]) else "", text).split())
    return one_text(text)


def terms(value: Any, *, spaced: bool = False) -> list[str]:
    """Return the names in a value, each once: of lists in lists, objects, tables, lists as Python prints them."""
    if isinstance(value, str) and _printed(value) is None:
        value = re.sub(r"^\s*\[(.*)\]\s*$", r"\1", one_text(value))
        hashes = all(word.startswith("#") for word in value.split())
        mark = next((one for one in _PARTS[not hashes :] if one.search(value)), None)
        parted = mark.split(value) if mark else value.split() if spaced else [value]
        return terms([one.lstrip("# ") if hashes else one for one in parted])
    return list(dict.fromkeys(name for name in _terms(value) if name and not NOTHING.fullmatch(name)))


def _terms(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        named = next((value[key] for key in _NAMES if isinstance(value.get(key), str)), None)
        yield from [one_text(named).strip()] if named is not None else _terms(list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _terms(item)
    elif isinstance(value, str) and (listed := _printed(value)) is not None:
        yield from _terms(listed)
    elif value is not None and not isinstance(value, bool):
        yield one_text(value).strip()


def _printed(text: str) -> list[Any] | None:
    """Return the list that a program printed as it prints its own data: ``['섬', '배편']``."""
    if not _REPR.fullmatch(text) or len(text) > 5000:
        return None
    try:
        found = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return list(found) if isinstance(found, list | tuple) else None


def people(value: Any) -> list[Any]:
    """Return the authors in a value: names, or mappings with a name and an address."""
    if isinstance(value, dict):
        kept = {key: str(value[key]) for key in ("name", "email") if value.get(key)}
        return [kept if "email" in kept else kept["name"]] if "name" in kept else []
    if isinstance(value, list | tuple):
        return [person for item in value for person in people(item)]
    text = one_text(value).strip() if value is not None and not isinstance(value, bool) else ""
    listed = _printed(text)
    return people(listed) if listed is not None else [text] if text else []


def image(value: Any) -> Iterator[dict[str, str]]:
    """Yield the first picture that a value names."""
    if isinstance(value, str) and value.strip():
        listed = _printed(value)
        yield from image(listed) if listed is not None else iter([{"src": value.strip()}])
    elif isinstance(value, list | tuple):
        yield from (found for item in value[:1] for found in image(item))
    elif isinstance(value, dict):
        source = next((value[key] for key in _SOURCES if isinstance(value.get(key), str) and value[key]), "")
        kept = {key: one_text(value[key]) for key in ("alt", "caption", "credit") if isinstance(value.get(key), str)}
        if source:
            yield {"src": source, **kept}


def day(value: Any) -> str:
    """Return a date or a time as yoyak reads it: ``2024/07/03`` is ``2024-07-03``."""
    return _DAY.sub(lambda found: f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}", str(value).strip(), count=1)
