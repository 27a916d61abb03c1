"""Why a file of content/ is not on the site, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from difflib import get_close_matches
from pathlib import PurePosixPath

from msgspec import structs

from yoyak.files.spelling import spelled_by_the_disk
from yoyak.grouping.publication import ribbon_of, starts_at
from yoyak.messages.problems import sentence
from yoyak.model.problems import errors
from yoyak.model.types import Place
from yoyak.pipeline.load import ARTICLE_ENDINGS
from yoyak.store.stamps import ignored
from yoyak.store.store import place_in
from yoyak.text.file_kinds import ASSET_ENDINGS, FAULTS, NOT_SHOWN_ENDINGS
from yoyak.text.slugs import path_key
from yoyak.why.explanation import Explanation
from yoyak.why.freshness import Change, change_of, words_of
from yoyak.why.memory import Memory

NEAR = 3


def absent(found: Explanation, path: str, memory: Memory) -> Explanation:
    """Return an explanation with all reasons why a file is not on the site."""
    place = spelled_by_the_disk(memory.folder, PurePosixPath(path).parts)
    if place is None:
        near = near_files(path, memory)
        return structs.replace(found, reasons=tuple(_of_missing(path, memory)), near=near)
    if place.is_dir():
        return structs.replace(found, reasons=("This is a folder. Name a file in it.",))
    problems = memory.problems(path)
    wrong = errors(problems)
    reasons = list(_of_name(path))
    if not reasons:
        reasons = [*_of_reading(path, memory, has_errors=bool(wrong)), *_of_failure(path, memory)]
    if problems and not reasons:
        reasons = [_KEPT_OFF if wrong else "yoyak passes over it."]
    changes = tuple(_changes(change_of(path, memory), path))
    return structs.replace(found, reasons=tuple(reasons or (_UNKNOWN,)), problems=problems, changes=changes)


_KEPT_OFF = "An error keeps it off the site. Mend it, then build: yoyak build"
_FAILED = "The last build failed, so the output is as it was before."
_UNKNOWN = "The last build did not show it. Build again, and look at what it says: yoyak build"
_NEW = "It has come since the last build. Build: yoyak build"


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


def moment(value: datetime) -> str:
    """Return a moment as ``2024-07-12 09:00 KST``."""
    return f"{value:%Y-%m-%d %H:%M %Z}"


# --- reasons in the order in which they count ---------------------------------------------------------


def _of_missing(path: str, memory: Memory) -> Iterator[str]:
    if path in memory.files:
        yield "It is gone: the last build still read it."
    else:
        yield "There is no such file in this site."


def _of_name(path: str) -> Iterator[str]:
    """Yield what the name of a file, or of a folder above it, keeps off."""
    for part in PurePosixPath(path).parts[1:]:
        if part == "_sources":
            yield "content/_sources/ keeps the originals of imported articles; the articles are made of them, not they."
        elif part.startswith(("_", ".")):
            yield f'"{part}" begins with "{part[0]}": yoyak passes over such names. Rename it.'
        elif ignored(part):
            yield f'"{part}" looks like what an editor leaves behind: yoyak passes over such names. Rename it.'
        else:
            continue
        return
    folder = PurePosixPath(path).parent.name
    ending = PurePosixPath(path).suffix.lower()
    if folder.endswith("_files") and ending not in ASSET_ENDINGS:
        yield f"{folder}/ holds what a browser saved with a page; only its pictures are published. Move the file out."
    elif ending not in ARTICLE_ENDINGS | ASSET_ENDINGS | NOT_SHOWN_ENDINGS:
        known = ", ".join(sorted(ARTICLE_ENDINGS))
        what = f'the ending "{ending}"' if ending else "no ending"
        yield f"It has {what}: yoyak does not read such files. Articles end in {known}."


def _of_reading(path: str, memory: Memory, *, has_errors: bool) -> Iterator[str]:
    """Yield what the last reading of a file says of its being away."""
    if path not in memory.listed:
        return
    reading = memory.readings.get(path)
    if path not in memory.files and reading is None:
        yield _NEW
    elif has_errors:
        yield _KEPT_OFF
    elif reading and reading.place:
        yield from _of_place(place_in(reading.place, memory.zone), memory)
    elif path in memory.assets:
        yield from _of_picture(path, memory)
    elif path.startswith("content/editions/") and not memory.failure:
        yield f"There is no edition {PurePosixPath(path).stem}: no published article is in it."


def _of_picture(path: str, memory: Memory) -> Iterator[str]:
    asset = memory.assets[path].asset
    users = [one for one, read in memory.readings.items() if asset and read.place and asset.output in read.place.assets]
    if users:
        more = f" and {len(users) - 1} more" if len(users) > 1 else ""
        yield f"Only articles that are not on the site show it: {users[0]}{more}. Ask why: yoyak why {users[0]}"
    elif asset and asset.fault:
        fault = FAULTS[asset.fault]
        yield f"It {fault.what}. {fault.todo}"
    elif asset:
        yield "Nothing on the site shows it. A picture is published when an article or an own page shows it."


def _of_place(place: Place, memory: Memory) -> Iterator[str]:
    """Yield why an article that was read well is not shown at this moment."""
    reason = ribbon_of(place, memory.now)
    if reason is None and not memory.failure:
        yield "It may be shown at this time, and the last build did not know that yet. Build: yoyak build"
    starts = starts_at(place)
    if reason == "draft":
        if memory.config.review_required:
            yield "It is a draft: with `review: {required: true}` in site.yaml whatever has no status is one."
        else:
            yield "It is a draft (`status: draft`)."
        yield "Write `status: approved` when it is ready."
    elif reason == "review":
        yield "It is in review (`status: review`). Write `status: approved` when somebody has read it."
    elif reason == "scheduled" and starts:
        key = "publish_at" if place.publish_at else "date"
        yield f"It is scheduled until {moment(starts)} (`{key}`). The first build after that shows it."
    elif reason == "embargoed" and place.embargo_until:
        until = moment(place.embargo_until)
        yield f"It is under embargo until {until} (`embargo_until`). The first build after that shows it."
    elif reason == "expired" and place.expires_at:
        yield f"It expired on {moment(place.expires_at)} (`expires_at`). Change that date to show it again."


def _of_failure(path: str, memory: Memory) -> Iterator[str]:
    """Yield what the last build failed of, when that may be why a file is not there."""
    if not memory.failure or path not in memory.listed:
        return
    told = {line for problem in memory.problems(path) for line in (sentence(problem), *problem.write)}
    own = [line for line in memory.failure if line.startswith(f"{path}:")]
    lines = [line for line in own or memory.failure[:1] if line not in told]
    yield ": ".join(("The last build failed, so the output is as it was before", " ".join(lines))) if lines else _FAILED


def _changes(change: Change, path: str) -> Iterator[str]:
    if change == "changed":
        yield f"{path} {words_of(change)}; this is about what it said then. The next build reads it again."
