"""The pattern that the addresses of an old site follow, as `permalinks:` of site.yaml: its articles can keep them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from yoyak.importing.article import Draft
from yoyak.model.types import Record
from yoyak.settings.checks import fault_of_permalinks
from yoyak.text.names import slugify
from yoyak.text.urls import PARTS, article_url, normal_pattern, parts_of

_FEWEST = 2
_MOST = 64
"""Patterns that one address is tried as."""


class OldAddress(NamedTuple):
    """What decides about the address of an article, and the one it had."""

    path: str
    """Its file."""
    address: str
    slug: str
    day: date | None
    theme: str


def address_of(draft: Draft, path: str, slug: str) -> OldAddress:
    """Return what decides about the address of an article that is written to `path`."""
    article = draft.article
    day = article.date.date() if article.date else None
    return OldAddress(path=path, address=draft.old.address, slug=slug, day=day, theme=article.themes[0])


class OldPattern(Record, kw_only=True):
    """A pattern that most old addresses follow."""

    pattern: str
    follow: int
    others: tuple[tuple[str, str], ...]
    """The old address and the file of each article that does not."""


def old_pattern(found: Sequence[OldAddress], base_path: str, current: str) -> OldPattern | None:
    """Return the pattern that more than half of some old addresses follow, if it is not the `current` one."""
    counts = Counter(pattern for one in found for pattern in set(_patterns(one, base_path)))
    for pattern, number in sorted(counts.items(), key=_rank)[:_MOST]:
        if number < _FEWEST or number * 2 <= len(found):
            return None
        if fault_of_permalinks(pattern) is None:
            others = tuple((one.address, one.path) for one in found if not _follows(one, pattern, base_path))
            kept = OldPattern(pattern=pattern, follow=len(found) - len(others), others=others)
            return None if pattern == current or kept.follow * 2 <= len(found) else kept
    return None


def _rank(counted: tuple[str, int]) -> tuple[int, int, bool, str]:
    """Return what sorts patterns: by articles, then with few words of one year or month alone, days after months."""
    pattern, number = counted
    parts = parts_of(pattern)
    return -number, -len(set(parts)), parts != tuple(sorted(parts, key=PARTS.index)), pattern


def _follows(one: OldAddress, pattern: str, base_path: str) -> bool:
    made = article_url(pattern, base_path, slug=one.slug, day=one.day, theme=one.theme)
    return _plain(made) == _plain(one.address)


def _plain(address: str) -> str:
    return normalize("NFC", unquote(address)).removesuffix("/index.html").rstrip("/")


def _patterns(one: OldAddress, base_path: str) -> Iterator[str]:
    """Yield the patterns that give an article the address it had."""
    address = normalize("NFC", unquote(one.address))
    if not address.startswith(base_path) or "?" in address:
        return
    parts = address.removesuffix("/index.html").removeprefix(base_path).strip("/").split("/")
    ending = next((end for end in (".html", ".htm") if parts[-1].endswith(end)), "")
    parts[-1] = parts[-1].removesuffix(ending)
    choices = [list(_names(part, one)) for part in parts]
    for number, made in enumerate(product(*choices)):
        if number == _MOST:
            return
        if sum(part.count(":slug") for part in made) == 1:
            yield normal_pattern("/".join(made) + ending)


def _names(part: str, one: OldAddress) -> Iterator[str]:
    """Yield what a part of an address may be in a pattern; the likeliest first."""
    names = {":slug": one.slug, ":theme": slugify(one.theme)}
    if day := one.day:
        whole = f"{day.year:04}-{day.month:02}-{day.day:02}"
        if part == f"{whole}-{one.slug}":
            yield ":year-:month-:day-:slug"
        names |= {
            ":year": whole[:4],
            ":month": whole[5:7],
            ":day": whole[8:],
            ":year:month": whole[:7].replace("-", ""),
        }
        names[":year-:month-:day"] = whole
    yield from (name for name, value in names.items() if value and normalize("NFC", value) == part)
    if ":" not in part:
        yield part
