"""Prove that output/ is exactly what a good production build wrote, before any of it leaves the house."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping, Set
from pathlib import Path

from yoyak.files.site_files import Refused, read_of_output
from yoyak.messages.errors import YoyakError
from yoyak.model.build import Progress
from yoyak.model.message import Message, Words, joined, say
from yoyak.model.types import Record
from yoyak.paths import failed_build
from yoyak.publish import manifest
from yoyak.publish.seen import edited, entries
from yoyak.publish.texts import listed
from yoyak.text.names import is_leftover
from yoyak.text.secrets import shown_address

BUILD = say("deploy.build-again")


class Built(Record, frozen=True, kw_only=True):
    """A built site whose files were all compared with its manifest."""

    folder: str
    base_url: str
    files: Mapping[str, str]
    """SHA-256 in hex by path, the manifest's own with them."""
    sizes: Mapping[str, int]
    """In bytes, by path."""
    left_out: tuple[str, ...]
    """Hidden files that no build wrote, such as ``.htaccess``. They stay here."""


def read_output(
    *, site: Path, output: Path, preview: bool = False, base_url: str = "", progress: Progress | None = None
) -> Built:
    """Return the built site of `output`, or refuse with what to do: only a whole, untouched build is deployed.

    It has to be a preview if `preview` says so, and none else; and to be built for `base_url`, if one is given.
    """
    _require_good_build(site, output)
    data = _manifest_bytes(output)
    listing = manifest.read_manifest(data, where=str(output / manifest.NAME))
    if listing.preview != preview:
        wrong = "deploy.preview" if listing.preview else "deploy.no-preview"
        raise YoyakError(joined(say(wrong, output=str(output)), BUILD))
    if base_url and listing.base_url != base_url:
        there = shown_address(listing.base_url)
        raise YoyakError(joined(say("deploy.other-address", output=str(output), there=there, url=base_url), BUILD))
    if not listing.files:
        raise YoyakError(say("deploy.empty", output=str(output)))
    files = {**listing.files, manifest.NAME: hashlib.sha256(data).hexdigest()}
    found = dict(entries(output))
    _require_whole(site, output, files, found, progress)
    return Built(
        folder=str(output),
        base_url=listing.base_url,
        files=files,
        sizes={path: found[path].st_size for path in files},
        left_out=tuple(sorted(path for path in found.keys() - files.keys() if not is_usual(path))),
    )


def _require_good_build(site: Path, output: Path) -> None:
    mark = failed_build(site, output)
    if mark.is_file():
        why = mark.read_text(encoding="utf-8", errors="replace").split("\n")[0].strip()
        failed = say("deploy.failed-build.why", why=why) if why else say("deploy.failed-build")
        raise YoyakError(joined(failed, BUILD))


def _manifest_bytes(output: Path) -> bytes:
    try:
        return read_of_output(output, manifest.NAME)
    except (FileNotFoundError, NotADirectoryError, Refused) as error:
        no_manifest = say("deploy.no-manifest", output=str(output), name=manifest.NAME)
        raise YoyakError(joined(no_manifest, BUILD)) from error


def _require_whole(
    site: Path, output: Path, files: Mapping[str, str], found: Mapping[str, os.stat_result], progress: Progress | None
) -> None:
    missing = files.keys() - found.keys()
    _refuse(missing, say("deploy.lacks", output=str(output), names=_names(missing)), BUILD)
    strange = {path for path in found.keys() - files.keys() if not _hidden(path)}
    _refuse(strange, say("deploy.strange", output=str(output), names=_names(strange)))
    special = {path for path in files if not stat.S_ISREG(found[path].st_mode)}
    _refuse(special, say("deploy.special", output=str(output), names=_names(special)), BUILD)
    other = edited(site, output, files, found, progress)
    _refuse(other, say("deploy.edited", output=str(output), names=_names(other)), BUILD)


def _refuse(paths: Set[str], what: Message, remedy: Words = "") -> None:
    if paths:
        raise YoyakError(joined(what, remedy))


def _names(paths: Set[str]) -> Words:
    return listed(sorted(paths))


def _hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/")) or is_usual(path)


def is_usual(path: str) -> bool:
    """Tell whether nobody expects a file to be deployed: the folder's own .gitignore, and what programs leave."""
    return path in (".gitignore", ".gitkeep") or is_leftover(path.rpartition("/")[2])


def read_built(output: Path, path: str, files: Mapping[str, str]) -> bytes:
    """Return a file of output/, or refuse when it is not the one of the plan any more."""
    data = read_of_output(output, path)
    if hashlib.sha256(data).hexdigest() != files[path]:
        raise YoyakError(say("deploy.changed-meanwhile", path=str(output / path)))
    return data
