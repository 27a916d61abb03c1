"""Prove that output/ is exactly what a good production build wrote, before any of it leaves the house."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from yoyak.files.site_files import Refused, read_of_output
from yoyak.messages.errors import YoyakError
from yoyak.model.types import Record
from yoyak.paths import failed_build
from yoyak.publish import manifest
from yoyak.publish.texts import listed
from yoyak.publish.tree import entries, sha256_of
from yoyak.text.leftovers import is_leftover

BUILD = 'Run "yoyak build" and deploy again.'


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


def read_output(*, site: Path, output: Path) -> Built:
    """Return the built site of `output`, or refuse with what to do: only a whole, untouched build is deployed."""
    _require_good_build(site, output)
    data = _manifest_bytes(output)
    listing = manifest.read_manifest(data, where=str(output / manifest.NAME))
    if listing.preview:
        raise YoyakError(f"{output} holds a preview: it shows drafts and scheduled articles. {BUILD}")
    if not listing.files:
        raise YoyakError(f"{output} holds no page. An empty site is not deployed.")
    files = {**listing.files, manifest.NAME: hashlib.sha256(data).hexdigest()}
    found = dict(entries(output))
    _require_whole(output, files, found)
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
        lines = mark.read_text(encoding="utf-8", errors="replace").split("\n")
        why = f" ({lines[0].strip()})" if lines[0].strip() else ""
        raise YoyakError(f"The last build failed{why}, so output/ is older than the content. Mend it. {BUILD}")


def _manifest_bytes(output: Path) -> bytes:
    try:
        return read_of_output(output, manifest.NAME)
    except (FileNotFoundError, NotADirectoryError, Refused) as error:
        raise YoyakError(f"{output} has no {manifest.NAME}, so it is not a site that yoyak built. {BUILD}") from error


def _require_whole(output: Path, files: Mapping[str, str], found: Mapping[str, os.stat_result]) -> None:
    _refuse(output, "lacks files that the build wrote", files.keys() - found.keys(), BUILD)
    strange = {path for path in found.keys() - files.keys() if not _hidden(path)}
    _refuse(output, "has files that no build wrote", strange, "Move them away, or into content/, and deploy again.")
    special = {path for path in files if not stat.S_ISREG(found[path].st_mode)}
    _refuse(output, "has links or other things in the place of files", special, f"Remove them. {BUILD}")
    edited = {path for path, digest in files.items() if sha256_of(output, path) != digest}
    _refuse(output, "has files that were changed after the build", edited, f"Remove them. {BUILD}")


def _refuse(output: Path, what: str, paths: set[str], remedy: str) -> None:
    if paths:
        raise YoyakError(f"{output} {what}: {listed(sorted(paths))}. {remedy}")


def _hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/")) or is_usual(path)


def is_usual(path: str) -> bool:
    """Tell whether nobody expects a file to be deployed: the folder's own .gitignore, and what programs leave."""
    return path in (".gitignore", ".gitkeep") or is_leftover(path.rpartition("/")[2])
