"""Entries of feeds: what makes two of them one, a cut text, films and files beside it, a ``<`` that is a letter."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from html import escape, unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from yoyak.importing.found import mostly_decoded
from yoyak.importing.pieces import is_dot, tree
from yoyak.model.types import Record
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


# --- what a feed names beside the text of an entry: films, sounds, pictures, files -----------------------------------


_ELEMENTS = {"audio": "audio", "video": "video", "image": "img"}
_ENDINGS = {
    "audio": re.compile(r"\.(?:mp3|m4a|aac|ogg|oga|opus|wav|flac)$", re.IGNORECASE),
    "video": re.compile(r"\.(?:mp4|m4v|webm|mov|ogv|mkv|avi)$", re.IGNORECASE),
    "image": re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)$", re.IGNORECASE),
}
_COUNTER = re.compile(
    r"^https?://(?:pixel\.wp\.com|stats\.wordpress\.com|[\w.]*(?:feedburner|feedsportal|doubleclick|google-analytics)\.com"
    r"|feeds?\.[\w.-]+/~r/|medium\.com/_/stat)|/(?:pixel|beacon|px|open|track)(?:\.(?:gif|png|php))?(?:[/?]|$)"
    r"|(?:1x1|blank|spacer|transparent|clear)\.(?:gif|png)(?:\?|$)|/piwik|matomo\.php|/b\.gif\?",
    re.IGNORECASE,
)


def with_enclosures(html: str, entry: Any) -> str:
    """Return the HTML of an entry with the films, sounds, pictures and files that the feed only names beside it."""
    return html + "".join(f"\n{piece}" for piece in _pieces(html, entry))


def _pieces(html: str, entry: Any) -> Iterator[str]:
    listed = [*entry.get("enclosures", ()), *entry.get("media_content", ())]
    shown = "<img" in html
    known: set[str] = set()
    for one in listed:
        address = _plain(one.get("href") or one.get("url"))
        if (
            "shockwave" in str(one.get("type", ""))
            or not address
            or address in known
            or address in html
            or escape(address) in html
        ):
            continue
        known.add(address)
        kind = _kind(address, f"{one.get('type', '')} {one.get('medium', '')}")
        if kind == "image":
            if not shown:
                yield f'<img src="{escape(address)}">'
            shown = True
        elif kind in _ELEMENTS:
            yield f'<p><{_ELEMENTS[kind]} src="{escape(address)}"></{_ELEMENTS[kind]}></p>'
        else:
            name = _plain(one.get("title")) or unquote(urlsplit(address).path.rpartition("/")[2]) or address
            yield f'<p><a href="{escape(address)}">{escape(name)}</a></p>'
    for one in entry.get("media_thumbnail", ())[:1]:
        if not shown and (address := _plain(one.get("url"))):
            yield f'<img src="{escape(address)}">'


def _kind(address: str, named: str) -> str:
    """Return ``audio``, ``video``, ``image``, or an empty text for another file."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    said = next((kind for kind in _ELEMENTS if kind in named), "")
    return said or next((kind for kind, ending in _ENDINGS.items() if ending.search(path)), "")


def without_counters(html: str) -> str:
    """Return HTML without the pictures that are there to be loaded, not to be seen."""
    if "<img" not in html.lower():
        return html
    soup = tree(html)
    for image in soup.find_all("img"):
        if is_dot(image) or (not str(image.get("alt", "")).strip() and _COUNTER.search(str(image.get("src", "")))):
            image.decompose()
    return str(soup)


# --- the text of a feed ------------------------------------------------------------------------------------------
# The text of a feed, so that it can be read: without what stands around it, and closed where it is broken off.

ROOT = re.compile(r"<(?P<root>(?:[\w.-]+:)?(?:rss|feed|rdf|channel))(?=[\s>])", re.IGNORECASE)
_PROLOG = re.compile(
    r"<\?.*?(?:\?>|>)|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>|[\s\ufeff]+", re.DOTALL | re.IGNORECASE
)
_TOKEN = re.compile(
    r"<!\[CDATA\[(?P<data>.*?)(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(?P<end>/?)(?P<name>[a-zA-Z_][\w:.-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*(?P<empty>/?)>",
    re.DOTALL,
)
_ITEM = re.compile(r"(?:[\w.-]+:)?(?:item|entry)", re.IGNORECASE)
_HALF = re.compile(r"<[^<>]*\Z|&[#\w]{0,12}\Z")


class FeedText(Record, kw_only=True):
    """A feed as XML that ends as it should."""

    text: str
    items: int
    """How many entries begin in it."""
    before: bool = False
    """Something stood before it, such as the error of a server."""
    broken_off: bool = False
    unread: int = 0
    """Characters that are in no encoding."""


def feed_text(data: bytes) -> FeedText:
    """Return the text of a feed.

    Raises:
        UndecodableError: too much of it is in no encoding that can be told.
    """
    text, unread = mostly_decoded(data)
    root = ROOT.search(_without_comments(text))
    if root is None:
        return FeedText(text=text, items=0, unread=unread)
    before = _PROLOG.sub("", text[: root.start()])
    closed, items, broken_off = _closed(text[root.start() :], root["root"])
    return FeedText(text=closed, items=items, before=bool(before), broken_off=broken_off, unread=unread)


def _without_comments(text: str) -> str:
    """Return a text in which comments are spaces, so that places stay what they are."""
    return re.sub(r"<!--.*?-->", lambda found: " " * len(found[0]), text, flags=re.DOTALL)


def _closed(text: str, root: str) -> tuple[str, int, bool]:
    """Return a feed with its end, how many entries begin in it, and whether the end was missing."""
    open_now: list[str] = []
    items = end = 0
    for token in _TOKEN.finditer(text):
        name = token["name"]
        if name is None:
            end = token.end()
            continue
        if token["end"]:
            if name in open_now:
                while open_now.pop() != name:
                    pass
            if name == root and not open_now and not re.search(r"<(?:item|entry)\b", text[token.end() :]):
                return text[: token.end()], items, False
        elif not token["empty"]:
            open_now.append(name)
        items += bool(not token["end"] and _ITEM.fullmatch(name))
        end = token.end()
    if not open_now or open_now[0] != root:
        return text, items, False
    cdata = text.rfind("<![CDATA[")
    if cdata >= 0 and "]]>" not in text[cdata:]:
        return f"{text}]]>" + "".join(f"</{name}>" for name in reversed(open_now)), items, True
    rest = _HALF.sub("", text[end:]) if "<" in text[end:] or "&" in text[end:] else text[end:]
    return text[:end] + rest + "".join(f"</{name}>" for name in reversed(open_now)), items, True


# --- Feeds for one subscriber: their own address has a key in it, which a copy of their file would give away -----

_WHOLE_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)\b.*</(?:\w+:)?(?:item|entry)\s*>", re.DOTALL | re.IGNORECASE)
_OF_JSON = re.compile(r"\"(?:feed_url|next_url|home_page_url|url|href)\"\s*:\s*\"((?:\\.|[^\"\\])*)\"")
_WEB = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)
_KEY = re.compile(
    r"//[^/?#]*:[^/?#]*@"
    r"|[?&;#][\w.-]*(?:token|key|auth|secret|passw|signature|session|subscriber)[\w.-]*=[^&#]{4,}"
    r"|[?&;#](?:sig|sid|hash|pw|pwd|uid|u|id|t|k|s|p|h)=[\w.%~-]{16,}"
    r"|/(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{20,}(?=[/.?#]|$)",
    re.IGNORECASE,
)
_WORDS = re.compile(r"/(?:[a-z]+|\d{1,8})(?:[-_](?:[a-z]+|\d{1,8}))+(?=[/.?#]|$)", re.IGNORECASE)
"""A part of a path that is words and numbers, and no key."""


def has_key(data: bytes) -> bool:
    """Tell whether an address that a feed gives itself, or its site, has a key in it."""
    # Addresses are ASCII, and so is UTF-16 without its zeros.
    text = data.replace(b"\0", b"").decode("ascii", errors="replace")
    if text.lstrip("\ufffd \t\r\n").startswith("{"):
        addresses = [found.replace("\\/", "/") for found in _OF_JSON.findall(_before_items(text))]
    else:
        addresses = _WEB.findall(unescape(_WHOLE_ENTRY.sub(" ", text)))
    return any(_KEY.search(_WORDS.sub("/", address)) for address in addresses)


def _before_items(text: str) -> str:
    """Return the JSON of a feed without the list of its entries, as far as it can be told."""
    start, end = text.find('"items"'), text.rfind("]")
    return text if start < 0 or end < start else text[:start] + text[end:]
