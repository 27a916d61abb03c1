"""The manifest as a deploy reads it: beside a deployed site it says which of the host's files are ours."""

from __future__ import annotations

import re
from collections.abc import Iterable

from yoyak.messages.errors import YoyakError
from yoyak.model.build import MANIFEST as NAME
from yoyak.model.build import MANIFEST_FORMAT, Manifest, decode_manifest
from yoyak.model.message import say

_ODD = re.compile(r"[\\\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""What no name of a file may have: a backslash, what controls, and halves of characters."""

__all__ = ["NAME", "Manifest", "is_safe", "listed", "read_manifest", "require_safe"]


def read_manifest(data: bytes, *, where: str) -> Manifest:
    """Return the manifest that `data` holds; `where` names the file in messages.

    Its paths are safe below any folder, whoever wrote it: the one found at a host may not be from us.
    """
    try:
        manifest = decode_manifest(data)
    except ValueError as error:
        raise YoyakError(say("deploy.bad-manifest", where=where, error=str(error))) from error
    if manifest.format != MANIFEST_FORMAT:
        raise YoyakError(say("deploy.other-version", where=where))
    require_safe(manifest.files, where=where)
    return manifest


def listed(manifest: Manifest | None) -> frozenset[str]:
    """Return the paths that a manifest says are ours, its own with them; none without one."""
    return frozenset((*manifest.files, NAME)) if manifest else frozenset()


def require_safe(paths: Iterable[str], *, where: str) -> None:
    """Refuse a list with a path that leads out of its folder, into a repository, or that a host may misread."""
    unsafe = sorted(path for path in paths if not is_safe(path))
    if unsafe:
        raise YoyakError(say("deploy.unsafe-path", where=where, path=ascii(unsafe[0])))


def is_safe(path: str) -> bool:
    """Tell whether `path` stays below the folder that it is joined to, on every system, and outside ``.git``."""
    parts = path.split("/")
    leads_out = any(part in ("", ".", "..") or part.casefold() == ".git" for part in parts)
    drive = len(parts[0]) > 1 and parts[0][1] == ":"
    return not leads_out and not drive and not _ODD.search(path)
