"""What is common to sites of Jekyll and Hugo: their settings, their pages by address, their links."""

from __future__ import annotations

import json
import posixpath
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

from yoyak.importing.heads import ForeignHead, head_of
from yoyak.importing.originals import SkippedItem
from yoyak.importing.pieces import outside
from yoyak.model.message import Message, Problem, Words, say
from yoyak.model.types import Record
from yoyak.text.names import slugify
from yoyak.text.urls import has_scheme, host_of

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mkdown")
HTML = (".html", ".htm")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".bmp", ".tif", ".tiff", ".heic", ".pdf")
_REPEATED = 50
"""Anchors that a file of settings may refer to: each may repeat what others repeat."""
_YES, _NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


# --- settings ------------------------------------------------------------------------------------------


def start_of(path: Path) -> str:
    """Return how a text begins; nothing of what cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(20_000).decode("utf-8", "replace")
    except OSError:
        return ""


def unread_settings(path: str, hint: Message) -> Problem:
    """Return the error for settings of another program that cannot be read."""
    return Problem(code="not-importable", severity="error", path=path, message=say("settings-unread"), hint=hint)


def settings_of(text: str, name: str) -> Mapping[str, Any] | None:
    """Return the values of a file of settings, TOML, YAML or JSON by its name; None when it cannot be read."""
    try:
        if name.endswith(".toml"):
            return tomllib.loads(text)
        if name.endswith(".json"):
            found = json.loads(text)
            return found if isinstance(found, dict) else None
    except (ValueError, RecursionError):
        return None
    if len(re.findall(r"[:\s\[,]\*\w", text)) > _REPEATED:
        return None
    try:
        loaded = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes texts, lists and mappings only
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return {} if loaded in (None, "") else loaded if isinstance(loaded, dict) else None


def lowered(value: Any) -> Any:
    """Return settings with their keys in lower case: Hugo does not tell them apart."""
    return {str(key).lower(): lowered(inner) for key, inner in value.items()} if isinstance(value, Mapping) else value


def is_yes(value: Any) -> bool:
    return str(value).strip().lower() in _YES


def is_no(value: Any) -> bool:
    return str(value).strip().lower() in _NO


def listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [] if value in (None, "") else [value]


def table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


_MOMENT = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?"
    r"[ ]*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)


def moment(value: Any) -> datetime | None:
    """Return a date of a head, with its zone when it names one."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day without a zone
    if not (found := _MOMENT.match(str(value).strip())):
        return None
    parts = [int(part or 0) for part in found.groups()[:6]]
    zone = (found[7] or "").replace("UTC", "Z").replace("GMT", "Z")
    try:
        return datetime.fromisoformat("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}".format(*parts) + zone)
    except ValueError:
        return None


def is_future(day: datetime | None) -> bool:
    """Tell whether a date may lie in the future, in whatever zone it is."""
    return bool(day) and day.replace(tzinfo=None) > datetime.now() - timedelta(days=1)  # type: ignore[union-attr] # noqa: DTZ005


def head_and_body(text: str) -> ForeignHead:
    """Return what stands above a text and what below; nothing above when there is no head."""
    return head_of(text) or ForeignHead(values={}, body=re.sub(r"\A\ufeff?---[ \t]*\n\s*---[ \t]*(?:\n|\Z)", "", text))


# --- addresses ------------------------------------------------------------------------------------------


def tidied(address: str) -> str:
    """Return a path with one slash between its parts, and one at its beginning."""
    path = re.sub(r"/{2,}", "/", f"/{address}")
    whole = posixpath.normpath(path)
    return whole if whole == "/" or not path.endswith("/") else f"{whole}/"


def path_of(base_url: Any) -> str:
    """Return the path of a site's address, without a slash at its end: ``/blog``."""
    try:
        return unquote(urlsplit(str(base_url)).path).rstrip("/")
    except ValueError:
        return ""


def known_as(address: str) -> str:
    """Return by what an address is known: with or without ``index.html``, ``.html`` and slashes it is one page."""
    return re.sub(r"(?:/index)?\.html?$", "", unquote(address).rstrip("/")).strip("/").lower()


def once(address: str, taken: set[str]) -> str:
    """Return an address, or nothing when another page has it; it is `taken` then."""
    if address in taken:
        return ""
    taken.add(address)
    return address


def named(paths: Mapping[str, str]) -> Mapping[str, str]:
    """Return names that are told apart, by path: of two pages with one name the folder stands before it."""
    times = Counter(slugify(name) for name in paths.values())
    taken: Counter[str] = Counter()
    found: dict[str, str] = {}
    for path, name in paths.items():
        folders = [part for part in path.split("/")[:-1] if part.strip("_") not in ("posts", "content", name)]
        slug = slugify(name if times[slugify(name)] == 1 or not folders else f"{folders[-1]}-{name}")
        taken[slug] += 1
        found[path] = slug if taken[slug] == 1 else f"{slug}-{taken[slug]}"
    return found


# --- links and pictures of a text --------------------------------------------------------------------------

_CODE = re.compile(
    r"^[ \t]*(?:`{3,}|~{3,}).*?(?:^[ \t]*(?:`{3,}|~{3,})[ \t]*$|\Z)|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
    r"|\{%-?\s*(?P<tag>raw|highlight)\b.*?%\}.*?\{%-?\s*end(?P=tag)\s*-?%\}"
    r"|\{\{(?P<mark>[<%])\s*highlight\b.*?\{\{(?P=mark)\s*/highlight\s*[%>]\}\}|<pre\b.*?</pre>",
    re.DOTALL | re.MULTILINE,
)
_TARGET = r"(?:\{\{.*?\}\}|\{%.*?%\}|[^\s()\"{}<>]|\((?:[^()\s]*)\))+"
_LINK = re.compile(
    rf"(?P<open>!?\[(?:[^\[\]]|!?\[[^\[\]]*\](?:\([^()\s]*\))?)*\]\(\s*<?)(?P<to>{_TARGET})"
    rf"|(?P<defined>^ {{0,3}}\[[^\]\n]+\]:[ \t]*<?)(?P<def>{_TARGET})"
    r"|(?P<attribute><(?:a|img|source|video|audio|iframe)\b[^>]*?\s(?:href|src)\s*=\s*(?P<quote>[\"']))(?P<value>(?:\{\{.*?\}\}|\{%.*?%\}|[^\"'{}])*)(?=(?P=quote))",
    re.MULTILINE,
)


def with_addresses(text: str, change: Callable[[str], str]) -> str:
    """Return a text whose addresses of links and pictures are what `change` makes of them; code stays as it is."""
    return outside(_CODE, text, lambda part: _changed(part, change))


def _changed(text: str, change: Callable[[str], str]) -> str:
    def one(found: re.Match[str]) -> str:
        opening = found["open"] or found["defined"] or found["attribute"]
        inside = "" if not found["open"] else _LINK.sub(one, opening[opening.index("[") + 1 :])
        whole = opening if not inside else opening[: opening.index("[") + 1] + inside
        address = found["to"] or found["def"] or found["value"] or ""
        changed = change(address)
        plain = found["attribute"] is None and changed != address  # a mark that nobody understands stays as it is
        return whole + (changed.replace(" ", "%20") if plain else changed)

    return _LINK.sub(one, text)


class Links(Record, kw_only=True):
    """What leads where on an old site."""

    base_url: str
    base: str
    """The path of the site's address, without a slash at its end."""
    addresses: Mapping[str, str]
    """By what each is known (`known_as`)."""
    files: Mapping[str, str]
    """Addresses by the path of the file."""

    def of(self, written: str, path: str, address: str, root: str = "") -> str:
        """Return what a link means in the file `path`, whose page is at `address`; `root` is where ``/`` of files is.

        What leads to a part of a page does so still; what the part is called here is seen when all is written.
        """
        if has_scheme(written) or written.startswith(("//", "#")):
            own = self.own(written)
            page = self.addresses.get(known_as(own)) if own else None
            return page + part_of(written) if page else written
        target = re.split(r"[?#]", written, maxsplit=1)[0]
        below = root if target.startswith("/") else posixpath.dirname(path)
        file = posixpath.normpath(posixpath.join(below, unquote(target).lstrip("/")))
        if found := self.files.get(file):
            return found + part_of(written)
        whole = posixpath.normpath(
            posixpath.join(address if address.endswith("/") else f"{address}/..", unquote(target))
        )
        page = self.addresses.get(known_as(whole)) or self.addresses.get(known_as(self.base + whole))
        return page + part_of(written) if page and target.strip("/.") else written

    def own(self, written: str) -> str | None:
        """Return the path of an address on the old site itself; None of one elsewhere."""
        if not self.base_url or not host_of(self.base_url) or host_of(written) != host_of(self.base_url):
            return None
        return unquote(urlsplit(written).path) or "/"


def part_of(written: str) -> str:
    """Return the part of a page that an address names, with its sign: ``#fares``."""
    return "".join(written.partition("#")[1:])


def as_markdown(html: str) -> str:
    """Return HTML so that Markdown takes it as HTML: without blank lines, and without spaces before its lines."""
    kept = re.split(r"(<(?:pre|textarea)\b.*?</(?:pre|textarea)>)", html, flags=re.DOTALL | re.IGNORECASE)
    tight = (part if number % 2 else re.sub(r"\n\s*", "\n", part) for number, part in enumerate(kept))
    return "".join(tight).strip() + "\n"


def left_folders(files: Iterable[str], whose: Mapping[str, Words]) -> Iterator[SkippedItem]:
    """Yield the folders that hold no texts, each once, with what is in them."""
    tops = dict.fromkeys(path.partition("/")[0] for path in files if "/" in path)
    yield from (SkippedItem(what=f"{top}/", why=whose[top]) for top in tops if top in whose)
