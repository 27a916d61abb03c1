"""What is online: the files of a target, read one by one. Whoever can write there may have changed them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import Request, build_opener

from yoyak.files.site_files import Refused, read_below
from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.model.targets import FolderTarget, GitTarget
from yoyak.publish import manifest
from yoyak.publish.git import GitBranch
from yoyak.publish.guards import safe_folder
from yoyak.publish.plan import DeployRequest
from yoyak.publish.release_folder import live_release
from yoyak.publish.releases import RELEASES
from yoyak.publish.repository import GitError, git, with_cache
from yoyak.text.secrets import shown_address

MOST = 16_000_000
"""Bytes of one file that are read."""
_SECONDS = 20


class Online(NamedTuple):
    """A place where a site is online."""

    where: str
    """The place as a person would name it; without any password."""
    read: Callable[[str], bytes | None]
    """Gives the bytes of a file, or None when there is no such file.

    Raises:
        OSError: the place does not answer.
        YoyakError: the same, in words.
    """


@contextmanager
def online(request: DeployRequest, base_url: str) -> Iterator[Online]:
    """Give what is online at a target: a folder or a branch by its files, any other by the web."""
    kind: object = request.target
    match kind:
        case FolderTarget() as target:
            folder = safe_folder(target.path, site=Path(request.site), output=Path(request.output))
            if target.mode == "release":
                folder = folder / RELEASES / (live_release(folder) or ".none")
            yield Online(str(folder), lambda path: _of_folder(folder, path))
        case GitTarget():
            branch = GitBranch(request, None)
            cache, commit = with_cache(request, lambda cache: (cache, branch.last_commit(cache)))
            yield Online(branch.where, lambda path: _of_commit(cache, commit, path))
        case _:
            yield Online(shown_address(base_url), lambda path: of_web(base_url, path))


def manifest_online(place: Online) -> manifest.Manifest | None:
    """Return the manifest that is online; None when there is none of ours.

    Raises:
        YoyakError: it is no manifest, or the place does not answer.
    """
    data = place.read(manifest.NAME)
    return manifest.read_manifest(data, where=f"{place.where}: {manifest.NAME}") if data is not None else None


def _of_folder(folder: Path, path: str) -> bytes | None:
    root = os.path.realpath(folder)
    try:
        return read_below(root, f"{root}{os.sep}{path.replace('/', os.sep)}", MOST, links="none")
    except (FileNotFoundError, NotADirectoryError, Refused):
        return None


def _of_commit(cache: Path, commit: str, path: str) -> bytes | None:
    if not commit:
        return None
    try:
        return git(cache, "cat-file", "blob", f"{commit}:{path}")
    except GitError:
        return None


def url_of(base_url: str, path: str) -> str:
    """Return the address of a file of the output."""
    name = path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path
    return urljoin(base_url, quote(name))


def of_web(base_url: str, path: str) -> bytes | None:
    """Return a file of a site by HTTP; nothing of another host is read.

    Raises:
        YoyakError: the host does not answer.
    """
    url = url_of(base_url, path)
    if urlsplit(url).scheme not in ("http", "https"):
        raise YoyakError(say("difference.no-web", url=shown_address(base_url)))
    try:
        asked = Request(url, headers={"User-Agent": "yoyak"})  # noqa: S310 - its scheme is known
        with build_opener().open(asked, timeout=_SECONDS) as answer:
            if urlsplit(answer.url).hostname != urlsplit(url).hostname:
                return None
            return bytes(answer.read(MOST))
    except HTTPError as error:
        if error.code in (404, 410, 403):
            return None
        raise YoyakError(say("difference.unread", url=shown_address(url), why=str(error.code))) from error
    except (URLError, OSError, ValueError) as error:
        why = str(getattr(error, "reason", error))
        raise YoyakError(say("difference.unread", url=shown_address(url), why=why)) from error
