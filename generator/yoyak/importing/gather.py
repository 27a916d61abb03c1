"""What the user named becomes originals: files as they are, folders with everything in them that can be read."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from unicodedata import normalize

from yoyak.files.site_files import Refused, open_below, read_below, read_whole, unread
from yoyak.importing.json_feeds import is_json_feed
from yoyak.importing.originals import Original, SkippedItem
from yoyak.importing.origins.archives import is_export_folder
from yoyak.importing.origins.old_pages import OldFile, OldSite
from yoyak.importing.origins.table import opened
from yoyak.importing.origins.walking import tree_of
from yoyak.importing.packed import MOST, Find, finder
from yoyak.importing.readings import LIMIT
from yoyak.importing.results import NO_ENDING
from yoyak.importing.sniff import ENDINGS, is_ghost
from yoyak.model.message import Problem, Words, say
from yoyak.model.types import Record
from yoyak.text.file_kinds import ASSET_ENDINGS
from yoyak.text.names import is_leftover
from yoyak.text.old_status import held_by_name
from yoyak.text.urls import host_of

_SAVED_BESIDE = re.compile(r"(?:_files|\.files|_fichiers|-Dateien|_archivos|_arquivos|_file|_bestanden)$")


_INDEX = re.compile(r"index\.(?:md|markdown|mdx)", re.IGNORECASE)
_LATEST = datetime(9998, 1, 1, tzinfo=UTC).timestamp()
"""Some disks keep times of change beyond the calendar."""


class FoundFile(NamedTuple):
    """A file to import."""

    given: str
    """What messages call it."""
    path: Path
    folder: Path | None = None
    """The folder that was named, when it was found in one: no link in it is followed."""
    old: tuple[OldSite, OldFile] | None = None
    """What it is of an old site."""


class Gathered(Record, kw_only=True):
    """The files to import, in their order."""

    places: tuple[FoundFile, ...]
    left: tuple[SkippedItem, ...]
    skipped: dict[str, int]
    """Files of folders that are of no kind to import, by their ending."""
    problems: tuple[Problem, ...]


def gather(named: Sequence[str], site: Path, wanted: str = "") -> Gathered:
    """Return the files that are meant; each once. `wanted` is the program that folders come from, if it is known."""
    places: dict[str, FoundFile] = {}
    skipped: Counter[str] = Counter()
    problems: list[Problem] = []
    left: list[SkippedItem] = []
    for given in named:
        place = Path(given)
        if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*://", given):
            problems.append(_refused(given, say("address-given"), say("address-given.hint")))
        elif not given or not os.path.lexists(place):
            problems.append(_refused(given, say("no-such-file"), say("no-such-file.hint")))
        elif not place.is_dir():
            places.setdefault(os.path.realpath(place), FoundFile(given, place))
        elif trouble := _of_the_site(place.resolve(), site.resolve()):
            problems.append(_refused(given, *trouble))
        elif found := opened(place, wanted):
            for file in found.files:
                places[os.path.realpath(file.place)] = FoundFile(str(file.place), file.place, place, (found, file))
            problems += found.problems
            left += found.left
        elif is_export_folder(*_all_in(place), wanted):
            places.setdefault(os.path.realpath(place), FoundFile(given, place))
        else:
            for path in _below(place, skipped, problems, left):
                places.setdefault(os.path.realpath(path), FoundFile(str(path), path, place))
    return Gathered(places=tuple(places.values()), left=tuple(left), skipped=dict(skipped), problems=tuple(problems))


def _of_the_site(folder: Path, site: Path) -> tuple[Words, Words] | None:
    """Return why a folder cannot be imported: what is in it is the site itself."""
    content = site / "content"
    if folder == site or folder in site.parents:
        return say("site-in-folder"), say("site-in-folder.hint")
    if content in (folder, *folder.parents) and (content / "_sources") not in (folder, *folder.parents):
        return say("folder-in-content"), say("folder-in-content.hint")
    return None


def _refused(given: str, message: Words, hint: Words) -> Problem:
    return Problem(code="not-importable", path=_shown(given) or '""', message=message, hint=hint)


def _shown(given: str) -> str:
    return given.encode("utf-8", "backslashreplace").decode()


def _below(folder: Path, skipped: Counter[str], problems: list[Problem], left: list[SkippedItem]) -> Iterator[Path]:
    """Yield the files below a folder that can be imported, sorted by their names; no link is followed."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: normalize("NFC", entry.name))
    except OSError as error:
        message = say("unreadable-folder", why=unread(error))
        problems.append(_refused(str(folder), message, say("look-at-rights.hint")))
        return
    pages = {PurePosixPath(entry.name).stem for entry in found if entry.name.lower().endswith((".html", ".htm"))}
    for entry in found:
        is_folder = entry.is_dir(follow_symlinks=False)
        if (is_leftover(entry.name) and not is_folder) or entry.name in _MACHINES:
            continue
        if why := _passed_over(entry.name, is_link=entry.is_symlink(), is_folder=is_folder):
            left.append(SkippedItem(what=_shown(entry.path), why=why))
            continue
        if is_folder:
            if _SAVED_BESIDE.sub("", entry.name) not in pages:
                yield from _below(Path(entry.path), skipped, problems, left)
        elif (ending := PurePosixPath(entry.name).suffix.lower()) in ENDINGS and not _is_other_json(entry.path):
            yield Path(entry.path)
        elif ending not in ASSET_ENDINGS - {".pdf"}:  # pictures are taken by the pages that show them
            skipped[ending or NO_ENDING] += 1


def _is_other_json(path: str) -> bool:
    """Tell whether a file of a folder is JSON, as settings and data are, and neither a feed nor an export."""
    if not path.lower().endswith(".json"):
        return False
    try:
        data = read_below(os.path.dirname(path), path, LIMIT, links="none")  # noqa: PTH120
        return not is_json_feed(data) and not is_ghost(data)
    except OSError:
        return True


_MACHINES = frozenset(".git .github .vscode .idea .obsidian .DS_Store .gitignore .gitkeep .trash".split())
_WALKED = re.compile(r"_(posts|drafts?|pages|articles|content|unpublished|notes|private|wip|[^a-z].*)$", re.IGNORECASE)
"""Folders that begin with ``_`` and hold articles; others hold what a program keeps, such as ``_layouts``."""


def _passed_over(name: str, *, is_link: bool, is_folder: bool) -> Words:
    """Return what something is that is not looked into; empty for what is."""
    if is_link:
        return say("left.link")
    ending = PurePosixPath(name).suffix.lower()
    if is_folder:
        folder = name.startswith(".") and not held_by_name(f"{name}/x")
        return say("left.hidden-folder") if folder else say("left.program-folder") if _is_of_a_program(name) else ""
    return say("left.hidden-file") if name.startswith(".") and ending in ENDINGS else ""


def _is_of_a_program(name: str) -> bool:
    return name.startswith("_") and not _WALKED.match(name) and not held_by_name(f"{name}/x")


def original_of(found: FoundFile, wanted: str = "") -> Original | Problem:
    """Return a file with its bytes, or why it cannot be read."""
    given, place, folder, old = found
    if place.is_dir():
        return _whole_folder(given, place)
    try:
        data, state = _opened_once(place, folder)
    except Refused as error:
        return _refused(given, *_told(error))
    except OSError as error:
        return _refused(given, say("unreadable-file", why=unread(error)), say("look-at-rights.hint"))
    name = normalize("NFC", os.fsencode(place.name).decode("utf-8", "replace"))
    changed = datetime.fromtimestamp(min(max(0, state.st_mtime), _LATEST), UTC)
    if old is None:
        above = place.relative_to(folder.parent) if folder else Path(place.absolute().parent.name, name)
        is_index = folder not in (None, place.parent) and _INDEX.fullmatch(name)
        return Original(
            given=_shown(given),
            name=name,
            index_of=normalize("NFC", place.parent.name) if is_index else "",
            data=data,
            changed=changed,
            find=finder(place.parent),
            held=held_by_name(str(above)),
            wanted=wanted,
        )
    site, file = old
    return Original(
        given=_shown(given),
        name=file.path,
        data=data,
        changed=changed,
        find=file.find,
        translate=file.translate,
        origin=f"{' '.join(filter(None, (site.generator, host_of(site.base_url))))}: {file.path}",
    )


def _whole_folder(given: str, place: Path) -> Original:
    """Return an export that is a folder."""
    names, find = _all_in(place)
    return Original(
        given=_shown(given),
        name=normalize("NFC", place.resolve().name) or "export",
        data="\n".join((str(place.resolve()), *names)).encode("utf-8", "surrogatepass"),
        find=find,
        names=names,
    )


def _all_in(folder: Path) -> tuple[tuple[str, ...], Find]:
    """Return the files below a folder by their paths, sorted, and what gives each; no link is followed."""
    tree = tree_of(folder)
    return tuple(tree.files)[:MOST], lambda name: tree.data(name, LIMIT)


def _opened_once(place: Path, folder: Path | None) -> tuple[bytes, os.stat_result]:
    """Return a file's bytes and its status, both of one handle. Only a file that was named itself may be a link."""
    if folder:
        root = os.path.realpath(folder)
        location = os.path.join(root, place.relative_to(folder))  # noqa: PTH118
    else:
        location = os.path.realpath(place)
        root = os.path.dirname(location)  # noqa: PTH120
    handle = open_below(root, location, LIMIT, links="none")
    try:
        return read_whole(handle, LIMIT), os.fstat(handle)
    finally:
        os.close(handle)


def _told(error: Refused) -> tuple[Words, Words]:
    """Return why a file was refused, and what to do."""
    if error.why == "link":
        return say("exchanged-by-link"), say("exchanged-by-link.hint")
    if error.why == "kind":
        return say("not-regular-file"), say("not-regular-file.hint")
    size = say("file-too-large", size=error.size, most=LIMIT)
    return size, say("split-or-paste.hint")


_TOGETHER = 16
_BYTES_TOGETHER = 64_000_000
"""Originals that are read at a time: each may have megabytes of pictures."""


def batches(places: Sequence[FoundFile]) -> Iterator[Sequence[FoundFile]]:
    """Yield the files in portions that fit in memory together."""
    batch: list[FoundFile] = []
    size = 0
    for place in places:
        length = place.path.stat().st_size if place.path.is_file() else 0
        if batch and (len(batch) == _TOGETHER or size + length > _BYTES_TOGETHER):
            yield batch
            batch, size = [], 0
        batch.append(place)
        size += length
    yield batch
