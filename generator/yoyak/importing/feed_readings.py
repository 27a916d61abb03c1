"""A feed as readings: one for each entry, and what its small print makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from msgspec import structs

from yoyak.importing.failures import each, entry_failed
from yoyak.importing.feeds import MOST, Feed, FeedItem, feed_of
from yoyak.importing.found import Member, Readings, around_of, made, placed, refusal, shelf_of
from yoyak.importing.fragments import fragment, with_kept_pieces
from yoyak.importing.originals import Original, Shelf, SkippedItem
from yoyak.model.message import Problem, say
from yoyak.readers.around import Surroundings
from yoyak.settings.config import SiteConfig
from yoyak.text.tracking import page_key

_KEYED = say("left.keyed-feed")


def feed_readings(original: Original, config: SiteConfig) -> Readings:
    """Return the entries of a feed."""
    shelf = shelf_of(original, {})
    around = around_of(config, original.path, shelf)
    feed = feed_of(original.data, around.zone, original.given)
    every, unread = feed.entries, feed.failed
    entries = tuple(_once(every))
    read, failed = each(
        entries[:MOST],
        lambda entry: _entry(original, entry, around, shelf),
        lambda entry, error: entry_failed(original.given, _title(entry), error),
    )
    found = tuple(one for one, _ in read)
    if not found and not unread and not failed:
        hint = say("no-entries.hint")
        return Readings(problems=(refusal(original, say("no-entries"), hint),))
    cut = [str(entry.fields["title"].value) for entry in entries[:MOST] if entry.cut and "title" in entry.fields]
    problems = list(dict.fromkeys(problem for _, left in read for problem in left))
    problems += [_cut(original, cut, len(found))] if cut else []
    problems += _damages(original, feed)
    problems += [_twice(original, len(every) - len(entries))] if len(every) > len(entries) else []
    problems += [_too_many(original, len(entries))] if len(entries) > MOST else []
    keyed = has_key(original.data)
    return Readings(
        found=found,
        problems=(*unread, *failed, *problems),
        origin=f"feed {original.name}" if keyed else "",
        left=(SkippedItem(what=original.given, why=_KEYED),) if keyed else (),
        kept_on_request=True,
    )


def _title(entry: FeedItem) -> str:
    return str(entry.fields["title"].value) if "title" in entry.fields else entry.address


def _once(entries: Iterable[FeedItem]) -> Iterator[FeedItem]:
    """Yield the entries, of those with the same name, or the same address and text, the first: it is the newest."""
    seen: set[object] = set()
    for entry in entries:
        same = (page_key(entry.address), _title(entry), entry.html) if entry.address else None
        if entry.id not in seen and same not in seen:
            yield entry
        seen |= {entry.id, same} - {"", None}


def _damages(original: Original, feed: Feed) -> Iterator[Problem]:
    """Yield what is wrong with the file of a feed that could be read all the same."""
    again = say("original-damaged.feed.hint")
    said = (
        (say("original-damaged.broken-off"), feed.broken_off),
        (say("original-damaged.above"), feed.before),
        (say("original-damaged.entries", count=feed.lost), feed.lost),
        (say("original-damaged.feed", count=feed.unread), feed.unread),
    )
    for message, found in said:
        if found:
            yield original.warning("original-damaged", message, again)


def _twice(original: Original, number: int) -> Problem:
    return original.doubt("left-behind.entries-twice", count=number)


def _entry(
    original: Original, entry: FeedItem, around: Surroundings, shelf: Shelf
) -> tuple[Member, tuple[Problem, ...]]:
    language = str(entry.fields["lang"].value) if "lang" in entry.fields else around.language
    html, problems = with_kept_pieces(entry.html, entry.address, language, original.given)
    one = made(original.path, entry.fields, placed(fragment(html), around, entry.address), around, shelf)
    old = structs.replace(one.old, held=entry.held)
    named = structs.replace(one, entry=entry.id, title=_title(entry), of_feed=True, feed_address=entry.address, old=old)
    return named, problems


def _cut(original: Original, titles: list[str], number: int) -> Problem:
    named = ", ".join(f'"{title[:60]}"' for title in titles[:3]) + (" …" if len(titles) > 3 else "")
    return original.doubt("text-cut", cut=len(titles), number=number, titles=named)


def _too_many(original: Original, number: int) -> Problem:
    return original.warning(
        "left-behind", say("left-behind.feed-cut", most=MOST, number=number), say("split-rest.hint")
    )


# --- Feeds for one subscriber: their own address has a key in it, which a copy of their file would give away -----

_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)\b.*</(?:\w+:)?(?:item|entry)\s*>", re.DOTALL | re.IGNORECASE)
_OF_JSON = re.compile(r"\"(?:feed_url|next_url|home_page_url|url|href)\"\s*:\s*\"((?:\\.|[^\"\\])*)\"")
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)
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
        addresses = _ADDRESS.findall(unescape(_ENTRY.sub(" ", text)))
    return any(_KEY.search(_WORDS.sub("/", address)) for address in addresses)


def _before_items(text: str) -> str:
    """Return the JSON of a feed without the list of its entries, as far as it can be told."""
    start, end = text.find('"items"'), text.rfind("]")
    return text if start < 0 or end < start else text[:start] + text[end:]
