"""Files that an address means: the one of exactly this path, else the only one that people would call the same."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from yoyak.model.message import Words, did_you_mean, joined, say
from yoyak.model.sources import Asset
from yoyak.readers.around import Surroundings
from yoyak.text.file_kinds import ASSET_ENDINGS, NOT_SHOWN_ENDINGS
from yoyak.text.names import as_meant, fitting
from yoyak.text.urls import beside

_NAMED = 3
"""Files that a message names at most."""


class ResolvedAddress(NamedTuple):
    """What an address means."""

    asset: Asset | None = None
    paths: tuple[str, ...] = ()
    """The files that fit, when none of them can be shown or there are several."""


def file_meant(address: str, path: str, around: Surroundings) -> ResolvedAddress:
    """Return the file that an address means. `path` is the address decoded, without what follows ``?`` or ``#``.

    A file of exactly this path is it. Else one is found whose path differs by normal form, spaces, invisible
    characters, case, or ``\\`` for ``/``; never one of several.
    """
    targets = tuple(dict.fromkeys(filter(None, _targets(address, path, around))))
    for target in targets:
        if asset := around.assets.get(target):
            return ResolvedAddress(asset)
    for target in targets:
        if paths := fitting(target, around.names.get(as_meant(target), "")):
            asset = around.assets.get(paths[0]) if len(paths) == 1 else None
            return ResolvedAddress(asset, () if asset else paths)
    return ResolvedAddress()


def _targets(address: str, path: str, around: Surroundings) -> Iterator[str]:
    """Yield the paths that an address may mean; a name may hold ``?``, ``#`` or ``%20`` itself."""
    for one in (path, address, unquote(address)):
        yield _below_content(one, around)
    if "%" in address:
        plain = posixpath.normpath(posixpath.join(posixpath.dirname(around.path), address))
        yield normalize("NFC", plain) if plain.startswith("content/") else ""


def _below_content(path: str, around: Surroundings) -> str:
    return "content" + path if path.startswith("/") else beside(around.path, path)


def why_no_picture(written: str, path: str, meant: ResolvedAddress, around: Surroundings) -> Words:
    """Return why an address shows no picture, as a sentence or two. It never denies a file that is there."""
    shown = written[:120]
    if len(meant.paths) > 1:
        names = ", ".join(f'"{_told_apart(one)}"' for one in meant.paths[:_NAMED])
        return say("missing-picture.several", written=shown, names=names)
    if meant.paths:
        name = _seen_from(meant.paths[0], around)
        if posixpath.splitext(name)[1].lower() in ASSET_ENDINGS:
            return say("missing-picture.refused", name=name)
        if not posixpath.splitext(name)[1]:
            return say("missing-picture.no-ending", name=name)
        return say("missing-picture.kind", name=name)
    near = _near(_below_content(path, around), around)
    return joined(say("missing-picture", written=shown), near)


def beside_or_anywhere(name: str, around: Surroundings) -> str:
    """Return how this file would write the address of the only file called `name` in any folder; else `name`."""
    found = around.names.get(f"*/{as_meant(posixpath.basename(name))}", "")
    return _seen_from(found, around) if found and "\n" not in found else name


def _told_apart(path: str) -> str:
    """Return a file's name with the spaces and invisible characters that hide in it spelled out."""
    from yoyak.text.odd_letters import called

    name = posixpath.basename(path)
    return "".join(one if one.isprintable() else f"[{called(one)}]" for one in name)


def _seen_from(path: str, around: Surroundings) -> str:
    return posixpath.relpath(path, posixpath.dirname(around.path))


def _near(target: str, around: Surroundings) -> Words:
    """Return a question that names the picture with the nearest name in the folder, or of this name in another one."""
    if not target:
        return ""
    folder, _, name = as_meant(target).rpartition("/")
    elsewhere = around.names.get(f"*/{name}", "")
    if elsewhere and "\n" not in elsewhere:
        return say("did-you-mean", word=_seen_from(elsewhere, around))
    there = [one for one in around.names.get(f"{folder}/", "").split("\n") if _is_picture(one)]
    return did_you_mean(_seen_from(target, around), [_seen_from(one, around) for one in there])


def _is_picture(path: str) -> bool:
    return posixpath.splitext(path)[1].lower() in ASSET_ENDINGS | NOT_SHOWN_ENDINGS
