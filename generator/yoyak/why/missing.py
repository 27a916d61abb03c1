"""Why an address is not on the site: what waits for it, and what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize
from urllib.parse import unquote

from yoyak.grouping.publication import ribbon_of
from yoyak.model.message import Message, errors, say
from yoyak.model.types import Place
from yoyak.pipeline.load import is_edition
from yoyak.store.store import place_in
from yoyak.text.names import path_key, slug_of_path
from yoyak.why.absence import NEAR, close
from yoyak.why.explanation import Explanation
from yoyak.why.held_editions import held_edition_at, held_record, why_held
from yoyak.why.memory import Memory

_MOST = 20_000
"""Addresses that are compared letter by letter: it takes a second."""
_HASH = re.compile(r"\.[0-9a-f]{10}(?=\.|$)")


def explain_missing(asked: str, address: str, memory: Memory) -> Explanation:
    """Return why no page has an address below the site's root."""
    reasons = tuple(_reasons(address, memory))
    return Explanation(
        asked=asked,
        what="nothing",
        on_site=False,
        name=f"{unquote(memory.config.base_path)}{address}",
        reasons=reasons or (say("absent.no-address"),),
        near=() if reasons else tuple(_near(address, memory)),
    )


def explain_elsewhere(asked: str, memory: Memory) -> Explanation:
    """Return that an address is one of another site."""
    reason = say("absent.elsewhere", address=memory.config.base_url)
    return Explanation(asked=asked, what="nothing", on_site=False, name=asked, reasons=(reason,))


def _reasons(address: str, memory: Memory) -> Iterator[Message]:
    """Yield what would have the address if it were on the site."""
    base = memory.config.base_path
    wanted = path_key(address.strip("/"))
    there = {row.url for row in memory.pages.values()}
    if wanted.startswith("editions/"):
        yield from _of_edition(wanted.removeprefix("editions/"), memory)
    for path, reading in memory.readings.items():
        if reading.place is None:
            if errors(reading.problems) and wanted == f"articles/{slug_of_path(path)}":
                yield say("absent.address.error", path=path)
            continue
        place = place_in(reading.place, memory.zone)
        if place.url in there:
            continue
        if path_key(unquote(place.url.removeprefix(base)).strip("/")) == wanted:
            yield say("absent.address.waiting", path=path, why=_why(place, memory))
        elif any(path_key(alias.strip("/")) == wanted for alias in place.aliases):
            yield say("absent.address.old", path=path, why=_why(place, memory))


def _of_edition(wanted: str, memory: Memory) -> Iterator[Message]:
    keys = (one.edition for one in memory.state.report.held if is_edition(one.path))
    key = next((key for key in keys if path_key(key) == wanted), "")
    if held := held_edition_at(key, memory):
        yield why_held(held, memory)


def _why(place: Place, memory: Memory) -> Message:
    held = held_record(place.path, memory)
    ribbon = ribbon_of(place, memory.now) or (held.reason if held and held.reason == "edition" else None)
    return say(f"absent.is.{ribbon}" if ribbon and ribbon != "unlisted" else "absent.is.missing")


def _near(address: str, memory: Memory) -> Iterator[str]:
    """Yield addresses that may have been meant: the same in other letters or another folder, else similar ones."""
    base = unquote(memory.config.base_path)
    names = {_plain(output): f"{base}{output.removesuffix('index.html')}" for output in sorted(memory.outputs)}
    wanted = _plain(address)
    if wanted in names:
        yield names[wanted]
        return
    last = wanted.rpartition("/")[2]
    found = [name for name in names if last and name.rpartition("/")[2] == last]
    top = wanted.partition("/")[0]
    known = [name for name in names if name.partition("/")[0] == top] or list(names)
    found += close(wanted, known[:_MOST])
    above = wanted.rpartition("/")[0]
    while above and above not in names:
        above = above.rpartition("/")[0]
    found += [above] if above else []
    for name in list(dict.fromkeys(found))[:NEAR]:
        yield names[name]


def _plain(path: str) -> str:
    """Return a path without the hash of its content, its ``index.html`` and the case of its letters."""
    plain = path_key(normalize("NFC", path).strip("/")).removesuffix("index.html").strip("/")
    return _HASH.sub("", plain)
