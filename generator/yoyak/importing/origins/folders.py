"""What is common to sites of Jekyll and Hugo: their dates, their addresses, the names of their pages."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from yoyak.importing.heads import ForeignHead, head_of
from yoyak.importing.originals import SkippedItem
from yoyak.importing.origins.old_pages import html_as_block
from yoyak.model.message import Words
from yoyak.text.names import slugify

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mkdown")
HTML = (".html", ".htm")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".bmp", ".tif", ".tiff", ".heic", ".pdf")


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


def body_in(path: str, text: str) -> str:
    """Return what stands below the head of a text; of HTML as one block."""
    body = head_and_body(text).body
    return html_as_block(body) if path.lower().endswith(HTML) else body


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


def left_folders(files: Iterable[str], whose: Mapping[str, Words]) -> Iterator[SkippedItem]:
    """Yield the folders that hold no texts, each once, with what is in them."""
    tops = dict.fromkeys(path.partition("/")[0] for path in files if "/" in path)
    yield from (SkippedItem(what=f"{top}/", why=whose[top]) for top in tops if top in whose)
