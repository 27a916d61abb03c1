"""Output folders: which may be written to, what earlier builds wrote there, and on which disk they lie."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from yoyak.files.moves import there
from yoyak.files.site_files import read_of_output
from yoyak.messages.errors import YoyakError
from yoyak.model.build import MANIFEST, decode_manifest
from yoyak.model.message import say
from yoyak.paths import BUNDLE, HIDDEN, PREVIEW, PREVIEWS, SITES, STORE
from yoyak.text.names import is_leftover


def refuse_dangerous(folder: Path, site: Path) -> None:
    """Refuse an output folder that holds what a build reads.

    Raises:
        YoyakError: it does.
    """
    real, home = folder.resolve(), Path.home().resolve()
    forbidden = {site.resolve(), *site.resolve().parents, home, *home.parents}
    inside = _sources(site)
    if real in ((site / PREVIEW).resolve(), (site / BUNDLE).resolve()):
        return
    if real.parent in ((site / SITES).resolve(), (site / PREVIEWS).resolve()) and not folder.is_symlink():
        return
    if real in forbidden or any(real == place or place in real.parents or real in place.parents for place in inside):
        raise YoyakError(say("output.sources", folder=str(folder)))
    if folder.exists() and not folder.is_dir():
        raise YoyakError(say("output.file", folder=str(folder)))


def is_among_sources(file: Path, site: Path) -> bool:
    """Tell whether a file would lie in a folder that a build reads, or in the store."""
    return any(place in (file.parent.resolve(), *file.parent.resolve().parents) for place in _sources(site))


def _sources(site: Path) -> list[Path]:
    return [(site / name).resolve() for name in ("content", "templates", ".git", STORE)]


def refuse_full(folder: Path, before: Mapping[str, str] | None) -> None:
    """Refuse a folder with files that no build listed.

    Raises:
        YoyakError: it has some.
    """
    if before is None and folder.is_dir() and any(_is_work(entry.name) for entry in os.scandir(folder)):
        raise YoyakError(say("output.full", folder=str(folder), name=MANIFEST))


def files_of(folder: Path) -> dict[str, str]:
    """Return the digests of the files that an earlier build wrote, by path."""
    return listed_in(folder) or {}


def listed_in(folder: Path) -> dict[str, str] | None:
    """Return the digests of the files that an earlier build wrote, by path; None when none wrote here."""
    place = folder / MANIFEST
    found = there(place)
    if found is None or stat.S_ISLNK(found.st_mode):
        return None
    if not stat.S_ISREG(found.st_mode):
        raise YoyakError(say("write.foreign-file", path=str(place)))
    try:
        files = decode_manifest(read_of_output(folder, MANIFEST)).files
    except (OSError, ValueError):
        return None
    return {path: digest for path, digest in files.items() if is_inside(path)}


def is_inside(path: str) -> bool:
    """Tell whether a path of a manifest leads nowhere else."""
    return not {"", ".", ".."} & set(path.split("/"))


def _is_work(name: str) -> bool:
    """Tell whether somebody may miss a file of this name."""
    return not name.startswith(".") and not is_leftover(name)


def other_disk(one: Path, other: Path) -> bool:
    """Tell whether nothing can be renamed from one folder to the other; two mounts of one disk are two disks."""
    if one.stat().st_dev != other.stat().st_dev:
        return True
    try:
        (one / "nothing").rename(other / f"{HIDDEN}-nothing")
    except OSError as error:
        return error.errno == errno.EXDEV
    return False
