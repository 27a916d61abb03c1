"""Which article, and which note or hold of it, a command line means."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import PurePosixPath
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from yoyak.desk.records import Records
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Words, joined, listed, say
from yoyak.model.review import Event, Thread
from yoyak.pipeline.load import is_note
from yoyak.text.urls import has_scheme

_NUMBER = re.compile(r"#?([1-9][0-9]{0,5})")
_MARK = re.compile(r"[0-9a-f]{4,6}|[0-9]{8}T[0-9]{4}Z[\w-]*")
"""How a name of an event begins, or the mark that it ends with."""
_LOCAL = ("localhost", "127.0.0.1", "[::1]")
_SHOWN = 5


def articles_at(records: Records, asked: Sequence[str]) -> tuple[str, ...]:
    """Return the paths of the articles that are meant, each once.

    Raises:
        YoyakError: one of them is no article, or it may be several.
    """
    return tuple(dict.fromkeys(article_at(records, one) for one in asked))


def article_at(records: Records, asked: str) -> str:
    """Return the path of the article or the edition that is meant: by its file, its address, its slug or its key.

    Raises:
        YoyakError: there is none, it cannot be read, or it may be several.
    """
    paths = frozenset(records.paths())
    files = [normalize("NFC", one) for one in _files(str(records.folder), asked)]
    if found := next((one for one in files if one in paths), None):
        return found
    there = next((one for one in files if one.startswith("content/") and (records.folder / one).is_file()), "")
    named = [] if there else _named(records, asked, paths)
    if not named and (edition := _edition(records, files, asked)):
        return edition
    if there:
        raise YoyakError(say("review.not-for-it" if is_note(there) else "review.no-article", path=there))
    if len(named) > 1:
        raise YoyakError(say("review.several-articles", asked=asked, paths=_some(sorted(named))))
    if unread := [path for path in records.survey.parts.readings if not named and _is_file_called(path, asked)]:
        raise YoyakError(say("review.no-article", path=unread[0]))
    if not named:
        raise YoyakError(joined(say("review.no-such-article", asked=asked), _near(records, asked)))
    return named[0]


def reviewed_paths(records: Records) -> tuple[str, ...]:
    """Return the paths of all that can be reviewed: articles, and editions."""
    return (*records.paths(), *records.editions)


def _named(records: Records, asked: str, paths: Iterable[str]) -> list[str]:
    """Return those that have this address, else those that are called so."""
    address, paths = _address(records, asked), tuple(paths)
    by_address = [path for path in paths if below(records, _url(records, path)) == address] if address else []
    return by_address or [path for path in paths if _is_called(records, path, asked)]


def _files(folder: str, asked: str) -> Iterator[str]:
    """Yield the paths below the site that a text may name, seen from here and from the site."""
    if "\0" in asked or has_scheme(asked):
        return
    for place in (os.path.abspath(asked), os.path.normpath(f"{folder}{os.sep}{asked}")):  # noqa: PTH100
        for path in (place, os.path.realpath(place)):
            if path.startswith(f"{folder}{os.sep}"):
                yield path[len(folder) + 1 :].replace(os.sep, "/")


def _address(records: Records, asked: str) -> str:
    """Return the address below the site's that is meant; empty for one of another site, and for no address."""
    text = asked
    if has_scheme(asked):
        try:
            parts, home = urlsplit(asked), urlsplit(records.config.base_url)
        except ValueError:
            return ""
        if parts.netloc != home.netloc and parts.hostname not in _LOCAL:
            return ""
        text = parts.path
    elif "/" not in asked:
        return ""
    return below(records, text)


def below(records: Records, address: str) -> str:
    """Return an address without the site's own, and without what a server does not need."""
    text = normalize("NFC", unquote(address.partition("#")[0].partition("?")[0])).strip("/")
    base = unquote(records.config.base_path).strip("/")
    text = text.removeprefix("output/").removesuffix("index.html").strip("/")
    return text[len(base) :].strip("/") if base and f"{text}/".startswith(f"{base}/") else text


def _edition(records: Records, files: Sequence[str], asked: str) -> str:
    """Return the path of the edition that is meant, or an empty text; it may have no file."""
    key = _address(records, asked).removeprefix("editions/") or _plain(asked)
    known = {path.casefold(): path for path in records.editions}
    wanted = (one.casefold() for one in (*files, f"content/editions/{key}.md"))
    return next((known[one] for one in wanted if one in known), "")


def _url(records: Records, path: str) -> str:
    place = records.survey.parts.readings[path].place
    return place.url if place else ""


def _is_called(records: Records, path: str, asked: str) -> bool:
    """Tell whether an article has a slug, or a file of this name."""
    slug = below(records, _url(records, path)).rpartition("/")[2]
    return _is_file_called(path, asked) or _plain(asked) == slug.casefold()


def _is_file_called(path: str, asked: str) -> bool:
    name = PurePosixPath(path)
    return _plain(asked) in (name.name.casefold(), name.stem.casefold())


def _plain(asked: str) -> str:
    return normalize("NFC", unquote(asked)).strip("/").casefold()


def _near(records: Records, asked: str) -> Words:
    """Return which article may have been meant, in words."""
    paths = sorted(records.paths())
    slugs = {below(records, _url(records, path)).rpartition("/")[2]: path for path in paths}
    known = slugs | {PurePosixPath(path).stem: path for path in paths}
    close = get_close_matches(PurePosixPath(asked).stem, list(known), n=1, cutoff=0.6)
    return say("review.no-such-article.near", path=known[close[0]]) if close else ""


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")


# --- events -------------------------------------------------------------------------------------


def is_event(text: str) -> bool:
    """Tell whether a text is meant as an event: a number, a name, or the mark that a name ends with."""
    return bool(_NUMBER.fullmatch(text) or _MARK.fullmatch(_name(text)))


def thread_at(records: Records, asked: str, file: str | None) -> tuple[str, Thread]:
    """Return the article and the note that are meant, by its number in ``review show`` or by its event.

    Raises:
        YoyakError: there is none, or it may be several.
    """
    number = _NUMBER.fullmatch(asked)
    if file is None and number and not _MARK.fullmatch(asked):
        raise YoyakError(say("review.number-of-what", number=number[1]))
    reviewed = (path for path in reviewed_paths(records) if records.survey.reviews.of(path))
    paths = [article_at(records, file)] if file is not None else [*reviewed]
    if file is not None and number:
        threads = records.review(paths[0]).threads
        if int(number[1]) <= len(threads):
            return paths[0], threads[int(number[1]) - 1]
    found = [(path, one) for path in paths for one in records.review(path).threads if _is_meant(one, asked)]
    if len(found) > 1:
        names = _some([f"{one.note.name} ({path})" for path, one in found])
        raise YoyakError(say("review.several-events", asked=asked, names=names))
    if not found:
        raise YoyakError(say("review.no-note", asked=asked))
    return found[0]


def event_at(events: Iterable[Event], asked: str) -> Event:
    """Return the event that is meant, among some.

    Raises:
        YoyakError: there is none, or it may be several.
    """
    found = [one for one in events if is_named(one.name, asked)]
    if len(found) > 1:
        raise YoyakError(say("review.several-events", asked=asked, names=listed([one.name for one in found])))
    if not found:
        raise YoyakError(say("review.no-event", asked=asked))
    return found[0]


def is_named(name: str, asked: str) -> bool:
    """Tell whether a text is the name of an event, the beginning of it, or the mark that it ends with."""
    text = _name(asked)
    return name == text or (len(text) >= 14 and name.startswith(text)) or name.endswith(f"-{text}")


def _name(asked: str) -> str:
    """Return the name of an event that may be given as a file."""
    return asked.rpartition("/")[2].removesuffix(".yaml")


def _is_meant(thread: Thread, asked: str) -> bool:
    return any(is_named(one.name, asked) for one in (thread.note, *thread.replies))
