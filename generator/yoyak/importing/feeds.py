"""RSS and Atom files: one article of each entry.

feedparser knows the many dialects of feeds. It is given text that was decoded here, as a stream: a text it might take
for an address, and fetch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import structs

from yoyak.importing.entries import (
    entry_ids,
    feed_text,
    has_key,
    is_cut,
    link_at_end,
    with_closed_tags,
    with_enclosures,
    with_known_tags,
    without_counters,
)
from yoyak.importing.failures import each, entry_failed
from yoyak.importing.found import Member, Readings, around_of, made, placed, refusal, shelf_of, stated
from yoyak.importing.fragments import fragment, with_kept_pieces
from yoyak.importing.head import first_words
from yoyak.importing.json_feeds import is_json_feed, json_feed
from yoyak.importing.originals import Original, Shelf, SkippedItem
from yoyak.importing.pieces import tree
from yoyak.model.message import Problem, Words, say
from yoyak.model.sources import Field
from yoyak.model.types import Person, Record
from yoyak.readers.around import Surroundings
from yoyak.readers.people import clean_people
from yoyak.readers.saved_page.data import moment_of
from yoyak.readers.saved_page.inline import urljoined
from yoyak.settings.config import SiteConfig
from yoyak.text.decoding import clean_text
from yoyak.text.logins import without_login
from yoyak.text.mail_dates import MailMoment, mail_moment
from yoyak.text.old_status import verdict
from yoyak.text.sanitize import without_controls
from yoyak.text.tracking import page_key, without_tracking
from yoyak.text.urls import is_web_address

_STATUS = re.compile(r"(?:\w+_)?(?:draft|status|visibility|private|unlisted)")
"""Names of elements that say who may see an entry, as feedparser gives them: ``app:draft`` is ``app_draft``."""
MOST = 2000
"""Entries of one feed; the newest stand first in nearly all."""


class FeedItem(Record, kw_only=True):
    """One entry of a feed."""

    fields: Mapping[str, Field]
    html: str
    address: str
    id: str
    """What the feed calls it, whatever its address and its title become; empty when it does not."""
    cut: bool
    """Only the beginning of its text is in the feed."""
    held: tuple[Words, ...] = ()
    """Why it is no public entry, each a sentence."""


class Feed(Record, kw_only=True):
    """A feed as far as it could be read."""

    entries: tuple[FeedItem, ...] = ()
    failed: tuple[Problem, ...] = ()
    """Why some entries cannot be read."""
    lost: int = 0
    """Entries that begin in the file, and that its parser does not find."""
    before: bool = False
    broken_off: bool = False
    unread: int = 0


def feed_of(data: bytes, zone: ZoneInfo, given: str) -> Feed:
    """Return the entries of a feed in its order, none when it has none that can be read; and why some cannot.

    `given` is how messages call the feed.

    Raises:
        UndecodableError: too much of it is in no encoding that can be told.
    """
    if is_json_feed(data):
        read = json_feed(data)
        found = _entries(read.entries, read.feed, zone, given)
        return structs.replace(found, broken_off=read.broken_off, unread=read.unread)
    text = feed_text(data)
    parsed = _parsed(text.text)
    if parsed is None:
        return Feed(lost=text.items, before=text.before, broken_off=text.broken_off)
    found = _entries(parsed.entries, parsed.feed, zone, given)
    return structs.replace(
        found,
        lost=max(0, text.items - len(parsed.entries)),
        before=text.before,
        broken_off=text.broken_off,
        unread=text.unread,
    )


def _parsed(text: str) -> Any:
    import feedparser

    try:
        return feedparser.parse(
            BytesIO(_without_declaration(text).encode()),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=True,
        )
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError):  # of broken names and dates
        return None


def _entries(entries: Sequence[Any], feed: Any, zone: ZoneInfo, given: str) -> Feed:
    outlet = _words(feed.get("title_detail") or feed.get("title", ""))
    names = entry_ids(entries, feed)
    found, problems = each(
        zip(entries, names, strict=True),
        lambda named: _entry(*named, outlet, feed, zone),
        lambda named, error: entry_failed(given, _plain_title(named[0]), error),
    )
    return Feed(entries=tuple(found), failed=tuple(problems))


def _plain_title(entry: Any) -> str:
    """Return what an entry that cannot be read is called."""
    try:
        return _clean(re.sub(r"<[^>]*>", " ", str(entry.get("title") or entry.get("link") or "")))
    except Exception:  # noqa: BLE001 - it is asked after another failure
        return ""


def _without_declaration(text: str) -> str:
    """Return XML without the line that names an encoding, which it is no longer in, and without a document type."""
    bare = re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text)
    return re.sub(r"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", "", bare, count=1, flags=re.DOTALL)


def _entry(entry: Any, name: str, outlet: str, feed: Any, zone: ZoneInfo) -> FeedItem:
    summary = str(entry.get("summary", ""))
    text = max([*entry.get("content", ()), entry.get("summary_detail") or {"value": summary}], key=_length)
    html = with_known_tags(str(text.get("value", "")))
    if text.get("type") == "text/plain" or "<" not in html:
        lines = (line for line in str(text.get("value", "")).split("\n") if line.strip())
        html = "".join(f"<p>{escape(line, quote=False) if '<' in line else line}</p>" for line in lines)
    address = _address(entry, feed)
    short = summary if summary != str(text.get("value", "")) else ""
    language = str(entry.get("language") or feed.get("language", ""))
    return FeedItem(
        fields=dict(_fields(entry, outlet, language, zone, summary=short, text=html, address=address)),
        html=with_enclosures(without_counters(html), entry),
        address=address or _home(feed),
        id=name,
        cut=is_cut(_clean(tree(html).get_text(" ")), link_at_end(html)),
        held=verdict({key.rpartition("_")[2]: entry[key] for key in entry if _STATUS.fullmatch(key)}).held,
    )


def _length(text: Any) -> int:
    return len(str(text.get("value", "")))


def _home(feed: Any) -> str:
    """Return from where the relative addresses of a feed are understood."""
    address = _clean(str(feed.get("link", "")))
    return address if is_web_address(address) else ""


def _fields(
    entry: Any, outlet: str, language: str, zone: ZoneInfo, *, summary: str, text: str, address: str
) -> Iterator[tuple[str, Field]]:
    yield from _titles(entry, text)
    yield from _dates(entry, zone)
    source = entry.get("source")
    if named := _words(source.get("title", "")) if isinstance(source, dict) else outlet:
        yield "source", stated(named, 0.75, "title of the feed")
    if address:
        yield "source_url", stated(address, 0.95, "link of the entry")
    if people := tuple(_people(entry)):
        yield "authors", stated(people, 0.85, "author of the entry")
    terms = (_words(tag.get("label")) or _words(tag.get("term")) for tag in entry.get("tags", ()))
    if tags := tuple(dict.fromkeys(filter(None, terms))):
        yield "tags", stated(tags, 0.85, "categories of the entry")
    if words := _words(summary):
        yield "summary", stated(words, 0.9, "summary of the entry")
    if spoken := re.match(r"[A-Za-z]{2,3}(?=-|$)", language):
        yield "lang", stated(spoken.group().lower(), 0.85, "language of the feed")


def _titles(entry: Any, text: str) -> Iterator[tuple[str, Field]]:
    if title := _words(entry.get("title_detail") or entry.get("title", "")):
        yield "title", stated(title, 0.95, "title of the entry")
        return
    words = _clean(tree(text).get_text(" ")) or _clean(re.sub(r"[<>]", " ", text))
    yield from first_words(words, "first words of the entry")


def _dates(entry: Any, zone: ZoneInfo) -> Iterator[tuple[str, Field]]:
    published = _moment(str(dict.get(entry, "published", "")), zone)
    updated = _moment(str(dict.get(entry, "updated", "")), zone)
    if published:
        yield "date", dated(published, "published of the entry", 0.95)
    elif updated:
        yield "date", dated(updated, "updated of the entry", 0.7)
    if updated and published and updated.moment != published.moment:  # feedparser takes one for the other
        yield "updated", dated(updated, "updated of the entry", 0.95)


def dated(found: MailMoment, rule: str, confidence: float) -> Field:
    """Return a date with what makes its hour unsure."""
    return (
        stated(found.moment, 0.6, f"{rule}; {found.doubt}") if found.doubt else stated(found.moment, confidence, rule)
    )


def _people(entry: Any) -> Iterator[Person]:
    for person in entry.get("authors", ()):
        name, email = _words(person.get("name", "")), _clean(str(person.get("email", "")))
        if people := clean_people([name]) if re.search("[가-힣]", name) else ():
            yield from (structs.replace(one, email=one.email or email or None) for one in people)
        elif name or email:
            yield Person(name=name or email.partition("@")[0], email=email or None)


def _address(entry: Any, feed: Any) -> str:
    named = (
        entry.get("feedburner_origlink"),
        entry.get("link"),
        *(part.get("src") for part in entry.get("content", ())),
    )
    written = (urljoined(_home(feed), _clean(str(one))) for one in named if one)
    return next((without_login(without_tracking(address)) for address in written if is_web_address(address)), "")


def _moment(written: str, zone: ZoneInfo) -> MailMoment | None:
    if found := mail_moment(written, zone):
        return found
    moment = moment_of(written, zone) if written else None
    return MailMoment(moment=moment) if moment else None


def _words(value: Any) -> str:
    """Return a text of a feed, which may be HTML, as words on one line."""
    text = str(value.get("value", "") if isinstance(value, dict) else value or "")
    is_html = isinstance(value, dict) and "html" in str(value.get("type", ""))
    plain = tree(with_closed_tags(text)).get_text(" ") if is_html or ("<" in text and ">" in text) else text
    return _clean(plain)


def _clean(text: str) -> str:
    return " ".join(without_controls(clean_text(text)[0]).split())


# --- a feed as readings: one for each entry, and what its small print makes of them ----------------------------------


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
        lambda entry: _reading(original, entry, around, shelf),
        lambda entry, error: entry_failed(original.given, _called(entry), error),
    )
    found = tuple(one for one, _ in read)
    if not found and not unread and not failed:
        return Readings(problems=(refusal(original, say("no-entries"), say("no-entries.hint")),))
    cut = [str(entry.fields["title"].value) for entry in entries[:MOST] if entry.cut and "title" in entry.fields]
    problems = list(dict.fromkeys(problem for _, left in read for problem in left))
    if cut:
        named = ", ".join(f'"{title[:60]}"' for title in cut[:3]) + (" …" if len(cut) > 3 else "")
        problems.append(original.warning("text-cut", cut=len(cut), number=len(found), titles=named))
    problems += _damages(original, feed)
    if len(every) > len(entries):
        problems.append(original.warning("left-behind.entries-twice", count=len(every) - len(entries)))
    if len(entries) > MOST:
        hint = say("split-rest.hint")
        problems.append(original.warning("left-behind.feed-cut", hint=hint, most=MOST, number=len(entries)))
    keyed = has_key(original.data)
    return Readings(
        found=found,
        problems=(*unread, *failed, *problems),
        origin=f"feed {original.name}" if keyed else "",
        left=(SkippedItem(what=original.given, why=_KEYED),) if keyed else (),
        kept_on_request=True,
    )


def _called(entry: FeedItem) -> str:
    return str(entry.fields["title"].value) if "title" in entry.fields else entry.address


def _once(entries: Iterable[FeedItem]) -> Iterator[FeedItem]:
    """Yield the entries, of those with the same name, or the same address and text, the first: it is the newest."""
    seen: set[object] = set()
    for entry in entries:
        same = (page_key(entry.address), _called(entry), entry.html) if entry.address else None
        if entry.id not in seen and same not in seen:
            yield entry
        seen |= {entry.id, same} - {"", None}


def _damages(original: Original, feed: Feed) -> Iterator[Problem]:
    """Yield what is wrong with the file of a feed that could be read all the same."""
    said = {
        "original-damaged.broken-off": feed.broken_off,
        "original-damaged.above": feed.before,
        "original-damaged.entries": feed.lost,
        "original-damaged.feed": feed.unread,
    }
    again = say("original-damaged.feed.hint")
    for key, found in said.items():
        if found:
            yield original.warning(key, hint=again, **({} if found is True else {"count": found}))


def _reading(
    original: Original, entry: FeedItem, around: Surroundings, shelf: Shelf
) -> tuple[Member, tuple[Problem, ...]]:
    language = str(entry.fields["lang"].value) if "lang" in entry.fields else around.language
    html, problems = with_kept_pieces(entry.html, entry.address, language, original.given)
    one = made(original.path, entry.fields, placed(fragment(html), around, entry.address), around, shelf)
    old = structs.replace(one.old, held=entry.held, entry=entry.id)
    named = structs.replace(one, title=_called(entry), of_feed=True, feed_address=entry.address, old=old)
    return named, problems
