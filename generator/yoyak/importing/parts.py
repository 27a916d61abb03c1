"""Links to parts of pages (``/2023/ferry/#fares``): when everything is written, they lead to where the part is now.

An old address leads on to the new page, and loses the part on the way. Programs make ids of headings in ways of their
own, so that a part is known by its words; where the same words stand twice, by its number.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from html import unescape
from unicodedata import normalize
from urllib.parse import quote, unquote, urlsplit

from yoyak.front_matter.read import split
from yoyak.front_matter.yaml_text import one_line
from yoyak.importing.originals import Shelf
from yoyak.importing.origins.old_links import page_key, with_old_addresses
from yoyak.model.message import Problem, say, warning
from yoyak.model.types import Record
from yoyak.pipeline.parse import surroundings
from yoyak.readers.markdown import read_markdown
from yoyak.settings.config import SiteConfig
from yoyak.text.names import slugify
from yoyak.text.urls import quote_path

_TO_PART = r"(?:#|\.(?:md|markdown|mdx)\b)"
_MAY_LEAD = re.compile(
    rf"(?:\]\(\s*(?:<[^>\n]*|[^\s()]*)|^ {{0,3}}\[[^\]\n]+\]:[^\n]*|href\s*=\s*[\"'][^\"']*){_TO_PART}", re.MULTILINE
)
_ID = re.compile(r"<\w+[^>]*?\sid=\"([^\"]*)\"")
_HEADING = re.compile(r"<h[1-6][^>]*?\sid=\"([^\"]*)\"[^>]*>(.*?)</h[1-6]>", re.DOTALL | re.IGNORECASE)
_SHOWN = 5
_HINT = say("left-behind.no-place.hint", example="## Fares {#fares}")


class LinkTargets(Record, kw_only=True):
    """An article of this import as a place that links lead to."""

    url: str
    old: tuple[str, ...]
    """The addresses that it had."""
    original: str
    held: bool = False
    """Readers do not see it yet."""
    anchors: Mapping[str, str] = {}
    """Ids that headings had there and have no longer, with the words of each."""


def may_lead(text: str, *, to_any: bool = False) -> bool:
    """Tell whether a text may have links to parts of pages or to files, or `to_any` page."""
    return _MAY_LEAD.search(text) is not None or (to_any and ("](" in text or "href" in text or "]:" in text))


def with_parts(
    places: Mapping[str, LinkTargets], read: Callable[[str], str], config: SiteConfig
) -> Callable[[str, str], tuple[str, tuple[Problem, ...]]]:
    """Return what gives an article, of its path and text, whose links lead to the parts that they mean, and what is
    said of those that are gone. `read` gives the text of an article by its path.
    """
    files = {_file(one.original): path for path, one in places.items()}
    pages = {page_key(old): path for path, one in places.items() for old in (*one.old, one.url)}

    @cache
    def ids_of(path: str) -> Mapping[str, str]:
        found = ids_in(body_of(read(path)), config)
        theirs = {_key(old): found[_key(words)] for old, words in places[path].anchors.items() if _key(words) in found}
        return {**found, **theirs}

    def linked(path: str, text: str) -> tuple[str, tuple[Problem, ...]]:
        gone: dict[str, str] = {}
        hidden: dict[str, None] = {}

        def change(written: str) -> str:
            before, mark, part = written.partition("#")
            beside = posixpath.join(posixpath.dirname(places[path].original), unquote(before))
            near = files.get(_file(beside), "") if before and before[0] != "/" else ""
            target = near or (_target_of(before, path, pages, config) if "{" not in written else "")
            if target not in (path, "") and places[target].held:
                hidden[written] = None
                return ""
            if not target or not (mark or near):
                return written
            whole = _like(before, places[target].url, config) if target != path else ""
            if near and whole:
                whole = quote_path(posixpath.relpath(near, posixpath.dirname(path)))
            if not part.strip():
                return whole or written
            if found := ids_of(target).get(_key(unquote(part))):
                return f"{whole}#{quote(found)}"
            gone[written if whole else f"#{part}"] = unquote(part)
            return whole

        body = body_of(text)
        made = with_old_addresses(body, change)
        return text[: len(text) - len(body)] + made, tuple(_problems(places[path].original, gone, hidden))

    return linked


def _file(path: str) -> str:
    return normalize("NFC", posixpath.normpath(path))


def _target_of(before: str, path: str, pages: Mapping[str, str], config: SiteConfig) -> str:
    """Return the article that an address without its part leads to; an empty text when it is none of these."""
    if not before:
        return path
    found = _on_this_site(before, config)
    below = found.removeprefix(config.base_path.rstrip("/"))
    return "" if not found or "?" in before else pages.get(page_key(found)) or pages.get(page_key(below), "")


def anchors_in(html: str) -> dict[str, str]:
    """Return the words of the headings of HTML that have an id, by their ids."""
    found = _HEADING.findall(re.sub(r"\sid\s*=\s*'([^'\"]*)'", r' id="\1"', html))
    return {given: unescape(re.sub(r"<[^>]*>", "", words)) for given, words in reversed(found)}


def body_of(text: str) -> str:
    """Return what stands below the front matter."""
    return split(text).body if text.startswith("---") else text


def ids_in(body: str, config: SiteConfig) -> Mapping[str, str]:
    """Return the ids of a text by the names that programs may know them by."""
    html = read_markdown(body, surroundings(config, Shelf(lambda _: None), {})).html
    headings = [(given, unescape(re.sub(r"<[^>]*>", "", words))) for given, words in _HEADING.findall(html)]
    chosen = [given for given, words in headings if not re.fullmatch(_made_of(words), given)]
    names = {_key(given): given for given in reversed(chosen)}
    times: Counter[str] = Counter()
    for given, words in headings:
        names.setdefault(f"{_key(words)}{times[_key(words)] or ''}", given)
        times[_key(words)] += 1
    for given in _ID.findall(html):
        names.setdefault(_key(given), given)
    return {name: given for name, given in names.items() if name}


def _made_of(words: str) -> str:
    """Return the pattern of ids that yoyak makes of a heading's words."""
    return re.escape(slugify(words) or "part") + r"(-\d+)?"


def _key(name: str) -> str:
    """Return the letters and digits of an id: programs part them by ``-`` or ``_`` or nothing."""
    return re.sub(r"[\W_]+", "", normalize("NFKC", name)).casefold()


def _on_this_site(address: str, config: SiteConfig) -> str:
    """Return the path of an address of this site; an empty text of one elsewhere."""
    if address.startswith(config.base_url.rstrip("/") + "/"):
        return urlsplit(address).path
    return address if address.startswith("/") and not address.startswith("//") else ""


def _like(written: str, url: str, config: SiteConfig) -> str:
    """Return the address of a page, whole when it was written so."""
    own = urlsplit(config.base_url)
    return url if written.startswith("/") else f"{own.scheme}://{own.netloc}{url}"


def _problems(original: str, gone: Mapping[str, str], hidden: Iterable[str]) -> Iterator[Problem]:
    """Yield what is said of links to parts that are not there: those in the text itself, such as notes, together."""
    own = [f'"{one_line(part, 60)}"' for written, part in gone.items() if written.startswith("#")]
    if own:
        more = " …" if len(own) > _SHOWN else ""
        yield warning("left-behind.no-place-here", original, hint=_HINT, places=f"{', '.join(own[:_SHOWN])}{more}")
    for written, part in gone.items():
        if not written.startswith("#"):
            link, place = one_line(written, 120), one_line(part, 60)
            yield warning("left-behind.no-place", original, hint=_HINT, link=link, place=place)
    yield from (warning("left-behind.held-link", original, link=one_line(written, 120)) for written in hidden)
