"""Why a file of content/ is not on the site, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import PurePosixPath
from unicodedata import normalize
from urllib.parse import unquote

from msgspec import structs

from yoyak.files.site_files import spelled_by_the_disk
from yoyak.grouping.coming import moment_text
from yoyak.grouping.publication import ribbon_of, starts_at
from yoyak.incremental.stale_pages import Change
from yoyak.messages.catalogue import sentence
from yoyak.model.message import Message, Words, errors, say
from yoyak.model.types import Held, Place
from yoyak.pipeline.load import ARTICLE_ENDINGS, is_edition
from yoyak.review.changes import changes, first_words
from yoyak.review.files import seen_at
from yoyak.review.seen import seen_of
from yoyak.review.state import why_review_holds
from yoyak.store.stamps import ignored
from yoyak.store.store import place_in
from yoyak.text.file_kinds import ASSET_ENDINGS, NOT_SHOWN_ENDINGS, fault_of
from yoyak.text.names import path_key, slug_of_path
from yoyak.why.explanation import Explanation, and_more
from yoyak.why.freshness import change_of, words_of
from yoyak.why.held_editions import held_edition_at, held_record, why_held
from yoyak.why.memory import Memory

NEAR = 3


def absent(found: Explanation, path: str, memory: Memory) -> Explanation:
    """Return an explanation with all reasons why a file is not on the site."""
    place = spelled_by_the_disk(memory.folder, PurePosixPath(path).parts)
    if place is None:
        missing = say("absent.gone" if path in memory.files else "absent.no-file")
        return structs.replace(found, reasons=(missing,), near=near_files(path, memory))
    if place.is_dir():
        return structs.replace(found, reasons=(say("absent.folder"),))
    problems = memory.problems(path)
    wrong = errors(problems)
    reasons: list[Words] = list(_of_name(path))
    if not reasons:
        reasons = [*_of_reading(path, memory, has_errors=bool(wrong)), *_of_failure(path, memory)]
    if problems and not reasons:
        reasons = [_KEPT_OFF if wrong else say("absent.skipped")]
    changes = tuple(_changes(change_of(path, memory), path))
    return structs.replace(found, reasons=tuple(reasons or (_UNKNOWN,)), problems=problems, changes=changes)


_KEPT_OFF = say("absent.error")
_UNKNOWN = say("absent.unknown")


def near_files(path: str, memory: Memory) -> tuple[str, ...]:
    """Return files that may have been meant: the same in other letters or another folder, else similar ones."""
    known = sorted({*memory.files, *memory.listed})
    same = [one for one in known if path_key(one) == path_key(path)]
    name = path_key(PurePosixPath(path).name)
    elsewhere = [one for one in known if path_key(PurePosixPath(one).name) == name]
    return tuple(dict.fromkeys((*same, *elsewhere, *close(path, known))))[:NEAR]


def close(word: str, known: Iterable[str]) -> list[str]:
    """Return what is spelled much like a path, nearest first: names in the same folder, else whole paths."""
    folder, _, last = word.rpartition("/")
    beside = {one.rpartition("/")[2]: one for one in known if one.rpartition("/")[0] == folder}
    found = [beside[name] for name in get_close_matches(last, list(beside), n=NEAR, cutoff=0.6)]
    return found or get_close_matches(word, list(known), n=NEAR, cutoff=0.8)


# --- reasons in the order in which they count ---------------------------------------------------------


def _of_name(path: str) -> Iterator[Message]:
    """Yield what the name of a file, or of a folder above it, keeps off."""
    for part in PurePosixPath(path).parts[1:]:
        if part == "_sources":
            yield say("absent.originals")
        elif part.startswith(("_", ".")):
            yield say("absent.name", part=part, mark=part[0])
        elif ignored(part):
            yield say("absent.editor", part=part)
        else:
            continue
        return
    folder = PurePosixPath(path).parent.name
    ending = PurePosixPath(path).suffix.lower()
    if folder.endswith("_files") and ending not in ASSET_ENDINGS:
        yield say("absent.saved", folder=folder)
    elif ending not in ARTICLE_ENDINGS | ASSET_ENDINGS | NOT_SHOWN_ENDINGS:
        known = ", ".join(sorted(ARTICLE_ENDINGS))
        yield say("absent.ending", ending=ending, known=known) if ending else say("absent.no-ending", known=known)


def _of_reading(path: str, memory: Memory, *, has_errors: bool) -> Iterator[Message]:
    """Yield what the last reading of a file says of its being away."""
    if path not in memory.listed:
        return
    reading = memory.readings.get(path)
    if path not in memory.files and reading is None:
        yield say("absent.new")
    elif (held := held_record(path, memory)) and is_edition(path):
        yield why_held(held, memory)
    elif has_errors:
        yield _KEPT_OFF
    elif reading and (place := memory.reviews.held(path, reading).place):
        yield from _of_place(place_in(place, memory.zone), memory)
    elif path in memory.assets:
        yield from _of_picture(path, memory)
    elif path.startswith("content/editions/") and not memory.failure:
        yield say("absent.edition", key=PurePosixPath(path).stem)


def _of_picture(path: str, memory: Memory) -> Iterator[Message]:
    asset = memory.assets[path].asset
    users = [one for one, read in memory.readings.items() if asset and read.place and asset.output in read.place.assets]
    if users:
        yield say("absent.picture", names=and_more(users, 1), first=users[0])
    elif asset and asset.fault:
        what, todo = fault_of(asset.fault)
        yield say("absent.fault", what=what, todo=todo)
    elif asset:
        yield say("absent.unused")


def _of_place(place: Place, memory: Memory) -> Iterator[Message]:
    """Yield why an article that was read well is not shown at this moment."""
    reason = ribbon_of(place, memory.now)
    record = held_record(place.path, memory)
    if place.review and reason == place.review.ribbon:
        yield from _of_review(place, memory)
        return
    if reason is None and record and record.reason == "edition":
        yield from _of_edition(record, memory)
    elif reason is None and not memory.failure:
        yield say("absent.due")
    starts = starts_at(place)
    if reason == "draft":
        yield say("absent.draft")
        yield say("absent.draft.hint.review" if memory.config.review.required else "absent.draft.hint")
    elif reason == "review":
        yield say("absent.review")
    elif reason == "scheduled" and starts:
        key = "publish_at" if place.publish_at else "date"
        yield say("absent.scheduled", moment=moment_text(starts), key=key)
    elif reason == "embargoed" and place.embargo_until:
        yield say("absent.embargoed", moment=moment_text(place.embargo_until))
    elif reason == "expired" and place.expires_at:
        yield say("absent.expired", moment=moment_text(place.expires_at))


def _of_review(place: Place, memory: Memory) -> Iterator[Message]:
    """Yield why review holds an article back, what changed since an approval, and who can bring it further."""
    assert place.review
    held = place.review
    yield from why_review_holds(held.ribbon, held.by, held.waits_for, held.said)
    if place.review.ribbon == "stale" and (changed := _changed(place.path, memory)):
        yield say("absent.review.changed", changed=changed)
    yield say("absent.review.hint", command=f"yoyak review show {place.path}")


def _changed(path: str, memory: Memory) -> Words:
    """Return what changed since the last approval, as the last build read the article; empty when nobody knows."""
    review = memory.reviews.review(path, memory.readings[path])
    then = seen_at(memory.folder, path, review.seen) if review and review.seen else None
    if then is None:
        return ""
    article = memory.store.article(path, memory.zone)
    html = memory.store.body(article.body) if article.body else ""
    return first_words(changes(then, seen_of(article, html, memory.config.base_path)))


def _of_edition(record: Held, memory: Memory) -> Iterator[Message]:
    """Yield that an article waits for its edition, and why that is held back."""
    yield say("absent.with-edition")
    if edition := held_edition_at(record.edition, memory):
        yield why_held(edition, memory)


def _of_failure(path: str, memory: Memory) -> Iterator[Message]:
    """Yield what the last build failed of, when that may be why a file is not there."""
    if not memory.failure or path not in memory.listed:
        return
    reported = {line for problem in memory.problems(path) for line in (sentence(problem), *problem.write)}
    own = [line for line in memory.failure if line.startswith(f"{path}:")]
    lines = [line for line in own or memory.failure[:1] if line not in reported]
    yield say("absent.failed.because", lines=" ".join(lines)) if lines else say("absent.failed")


def _changes(change: Change, path: str) -> Iterator[Message]:
    if change == "changed":
        yield say("absent.change", path=path, change=words_of(change))


# --- Why an address is not on the site: what waits for it, and what may have been meant --------------------------


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
        yield from _missing_edition(wanted.removeprefix("editions/"), memory)
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


def _missing_edition(wanted: str, memory: Memory) -> Iterator[Message]:
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
