"""The small print of feeds: what makes two entries one, a text that is cut, and a ``<`` that is a letter."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from yoyak.importing.pieces import tree
from yoyak.readers.saved_page.inline import urljoined
from yoyak.text.tracking import page_key
from yoyak.text.urls import host_of

_LONGEST = 300
_NAMES_ONE_ENTRY = re.compile(r"(?:https?|tag|urn|uuid):\S+$", re.IGNORECASE)
_CUT = re.compile(
    r"(?:\.{4,}|\s(?:\.{3}|…)|(?<![다요죠까])(?:\.{3}|…)|[\[(]\s?(?:\.{3}|…|⋯|more)[^\])]{0,20}[\])]"
    r"|(?:^|[.…!?。\])”\"»]|다)\s*[\[(]?(?:continue reading|keep reading"
    r"|read (?:more|on\b|the (?:rest|full|whole)|full)|weiterlesen|lire la suite|seguir leyendo|leia mais"
    r"|続きを読む|阅读(?:全文|更多)|(?:계속|더|전체|이어서|이어)\s?(?:읽기|보기)|원문\s?(?:보기|읽기)|기사\s?(?:전문|원문)?\s?보기|자세히\s?보기)[^.!?]{0,80}?)"
    r"[\s.…»›→>\])]*$",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(?=/?([a-zA-Z][a-zA-Z0-9:-]*))")
_KNOWN = frozenset(
    """a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas caption
    center cite code col colgroup data dd del details dfn dialog dir div dl dt em embed fieldset figcaption
    figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins
    kbd label legend li link main map mark math menu meta meter nav nobr noframes noscript object ol optgroup
    option output p param picture pre progress q rb rp rt rtc ruby s samp script search section select slot
    small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead
    time title tr track tt u ul var video wbr""".split()
)
_EMPTY = frozenset(("br", "hr", "img", "wbr", "input", "link", "meta", "source"))


def entry_ids(entries: Sequence[Any], feed: Any) -> tuple[str, ...]:
    """Return by what name each entry is known again; an empty text for those that their address names.

    A number or a word names an entry only inside of its feed, so its host stands before it. What has no name and no
    address of its own is called by a digest of what it says.
    """
    home = _plain(feed.get("link"))
    written = [(_plain(entry.get("id")), page_key(urljoined(home, _plain(entry.get("link"))))) for entry in entries]
    places = Counter(name for name, _ in set(written))
    pages = Counter(link for _, link in written)
    place = host_of(home) or _plain(feed.get("title"))
    return tuple(
        _id(name, link.partition("/")[0] or place)
        if name and places[name] == 1
        else ("" if link and pages[link] == 1 else f"{place} {_digest(entry)}".strip())
        for entry, (name, link) in zip(entries, written, strict=True)
    )


def _digest(entry: Any) -> str:
    says = [entry.get("id"), entry.get("title"), dict.get(entry, "published"), entry.get("summary")]
    says += [part.get("value") for part in entry.get("content", ())]
    return hashlib.sha256("\n".join(map(_plain, says)).encode()).hexdigest()[:24]


def _id(name: str, host: str) -> str:
    if name.lower().startswith(("http://", "https://")):
        return f"https://{page_key(name)}"[:_LONGEST]
    if _NAMES_ONE_ENTRY.match(name):
        return name[:_LONGEST]
    return f"{host} {name}".strip()[:_LONGEST] if name and host else ""


def _plain(value: Any) -> str:
    return " ".join(str(value or "").split())


def is_cut(words: str, last_link: str = "") -> bool:
    """Tell whether a text says of itself that it is only a beginning.

    `last_link` are the words of the link at its end.
    """
    return _CUT.search(words[-120:]) is not None or (bool(last_link) and _CUT.match(last_link) is not None)


def link_at_end(html: str) -> str:
    """Return the words of the link that HTML ends with; empty when it ends with something else."""
    soup = tree(html)
    links = soup.find_all("a")
    words = " ".join(links[-1].get_text(" ").split()) if links else ""
    return words if words and " ".join(soup.get_text(" ").split()).endswith(words) else ""


def with_known_tags(html: str) -> str:
    """Return HTML in which ``<`` before a name that no element has is a letter: ``<Squid Game>`` is a title."""
    return _with_tags(html, lambda name: name in _KNOWN or "-" in name or ":" in name)


def with_closed_tags(line: str) -> str:
    """Return one line of HTML in which ``<`` is a letter too when the element is never closed: ``a<b and c>d``."""
    closed = {name.lower() for name in re.findall(r"</([a-zA-Z][a-zA-Z0-9]*)", line)}
    return _with_tags(line, lambda name: name in _KNOWN and (name in closed or name in _EMPTY))


def _with_tags(html: str, is_element: Callable[[str], bool]) -> str:
    return _TAG.sub(lambda found: "<" if is_element(found[1].lower()) else "&lt;", html)
