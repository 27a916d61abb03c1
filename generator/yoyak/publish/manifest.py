"""The manifest: which files a built site has. Beside a deployed site it says which of the host's files are ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from unicodedata import category

import msgspec

from yoyak.model import Record
from yoyak.problems import YoyakError

NAME = ".yoyak-manifest.json"
"""Where the build writes it, relative to output/."""


class Manifest(Record, frozen=True, kw_only=True):
    """Every file of one build but the manifest itself."""

    format: int
    preview: bool
    base_url: str
    files: Mapping[str, str]
    """SHA-256 in hex by path."""


def read_manifest(data: bytes, *, where: str) -> Manifest:
    """Return the manifest that `data` holds; `where` names the file in messages.

    Its paths are safe below any folder, whoever wrote it: the one found at a host may not be from us.
    """
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise YoyakError(f"{where} is not a list of files that yoyak wrote ({error}).") from error
    if manifest.format != 1:
        raise YoyakError(f"{where} is from another version of yoyak. Use the version that wrote it.")
    require_safe(manifest.files, where=where)
    return manifest


def require_safe(paths: Iterable[str], *, where: str) -> None:
    """Refuse a list with a path that leads out of its folder, into a repository, or that a host may misread."""
    unsafe = sorted(path for path in paths if not is_safe(path))
    if unsafe:
        raise YoyakError(f"{where} lists {unsafe[0]!a}, which is no path that yoyak writes.")


def is_safe(path: str) -> bool:
    """Tell whether `path` stays below the folder that it is joined to, on every system, and outside ``.git``."""
    parts = path.split("/")
    leads_out = any(part in ("", ".", "..") or part.casefold() == ".git" for part in parts)
    drive = len(parts[0]) > 1 and parts[0][1] == ":"
    return not leads_out and not drive and "\\" not in path and not any(category(c) in ("Cc", "Cs") for c in path)
