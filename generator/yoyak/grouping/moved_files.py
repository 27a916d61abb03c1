"""Which file an address that was deployed belongs to now: a file that was moved is found by its title and its date."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from urllib.parse import unquote

from msgspec import structs

from yoyak.model.addresses import ANSWERS, OF_FILES, Addresses, Remembered
from yoyak.model.types import Note, Place
from yoyak.text.names import fold, path_key


def below_base(deployed: Sequence[Remembered], base_path: str) -> tuple[Remembered, ...]:
    """Return addresses, and answers without the site's path, which a person may have typed.

    ``/digest/a/`` of a site at ``/digest/`` is ``/a/``, unless the site had a folder of that name.
    """
    base = unquote(base_path)
    typed = [one for one in deployed if base != "/" and one.address.startswith(base)]
    if not all(one.kind in ANSWERS for one in typed):
        return tuple(deployed)
    found = {one.address: one for one in deployed if one not in typed}
    for one in typed:
        address = "/" + one.address.removeprefix(base)
        if address not in found or found[address].kind not in ANSWERS:
            found[address] = structs.replace(one, address=address)
    return tuple(found.values())


def mark_of(title: str, date: datetime | None) -> str:
    """Return what an article or a page is recognised by under another file name."""
    day = date.date().isoformat() if date else ""
    return hashlib.blake2b(f"{fold(title)}\n{day}".encode(), digest_size=4).hexdigest()


def addresses_known(
    remembered: Iterable[Remembered],
    places: Iterable[Place],
    notes: Iterable[Note],
    titles: Mapping[str, str],
    files: Iterable[str],
    base_path: str,
) -> Addresses:
    """Return what a build knows of the addresses that were deployed.

    `places` are all articles, published or not, `titles` theirs by path, `files` all files of content/.
    """
    lines, places, there = tuple(remembered), tuple(places), frozenset(files)
    if not lines:
        return Addresses(files=there, first=_first_addresses((), places, {}, base_path))
    of_files = [one for one in lines if one.kind in OF_FILES]
    gone = {one.name for one in of_files} - there
    known = {one.name for one in of_files}
    marks: dict[str, set[str]] = defaultdict(set)
    for place in places if gone else ():
        if place.path not in known:
            marks[mark_of(titles.get(place.path, ""), place.date)].add(place.path)
    for note in notes if gone else ():
        if note.path.startswith("content/pages/") and note.path not in known:
            marks[mark_of(note.title, None)].add(note.path)
    found = {(one.name, *marks[one.mark]) for one in of_files if one.name in gone and len(marks.get(one.mark, ())) == 1}
    moved = _one_to_one(found)
    return Addresses(
        remembered=lines,
        moved=moved,
        files=there,
        first=_first_addresses(tuple(one for one in of_files if one.kind == "article"), places, moved, base_path),
        titles_decide=bool(gone),
    )


def _one_to_one(found: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """Return new paths by old ones; of two files that would be one now, nothing is known."""
    olds: dict[str, list[str]] = defaultdict(list)
    for old, new in sorted(found):
        olds[new].append(old)
    return {paths[0]: new for new, paths in olds.items() if len(paths) == 1}


def _first_addresses(
    lines: tuple[Remembered, ...], places: Iterable[Place], moved: Mapping[str, str], base_path: str
) -> dict[str, str]:
    """Return the address of which the id of each article in feeds is made: that at which it was deployed first.

    An article at an address that was another one's gets an id of its own.
    """
    found: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for one in lines:
        found[moved.get(one.name, one.name)].append((bool(one.first), one.first or one.address))
    first = {path: min(of_lines)[1] for path, of_lines in found.items()}
    owner = {path_key(address.strip("/")): path for path, address in sorted(first.items())}
    paths = {place.path for place in places}
    return {place.path: first.get(place.path) or _own_first(place, owner, paths, base_path) for place in places}


def _own_first(place: Place, owner: Mapping[str, str], paths: set[str], base_path: str) -> str:
    def is_taken(address: str) -> bool:
        return path_key(address.strip("/")) in owner

    if place.aliases and owner.get(path_key(place.aliases[0].strip("/")), "") not in paths:
        return place.aliases[0]
    plain = "/" + unquote(place.url.removeprefix(base_path))
    number, address = 2, plain
    while is_taken(address):
        address, number = f"{plain.rstrip('/')}~{number}", number + 1
    return address
