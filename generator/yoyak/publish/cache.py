"""The repository of our own below ``.yoyak/deploy/`` in which a git deploy works. It is a cache: when it is broken, it
is thrown away once and made anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from yoyak.messages.errors import YoyakError
from yoyak.paths import DEPLOY
from yoyak.publish.plan import DeployRequest
from yoyak.publish.repository import GitError, GitSilenceError, git

T = TypeVar("T")


def with_cache(request: DeployRequest, work: Callable[[Path], T]) -> T:
    """Return what `work` gives for the cache; it is called again with a new one when the cache was broken.

    What git says does not tell whether the cache or the host is at fault, so the cache is looked at.
    """
    cache = cache_of(request)
    try:
        return work(_opened(cache))
    except (GitError, YoyakError, FileExistsError, NotADirectoryError) as error:
        if isinstance(error, YoyakError) and not isinstance(error.__cause__, GitError):
            raise
        if isinstance(error.__cause__ or error, GitSilenceError) or _sound(cache):
            raise
    _discard(cache)
    return work(_opened(cache))


def cache_of(request: DeployRequest) -> Path:
    """Return where a target's cache is."""
    return Path(request.site, DEPLOY, f"{request.name}.git")


def _opened(cache: Path) -> Path:
    if not (cache / "HEAD").is_file():
        cache.mkdir(parents=True, exist_ok=True)
        git(cache, "init", "--quiet", "--bare", "--template=", "--initial-branch=main")
    return cache


def _sound(cache: Path) -> bool:
    """Tell whether git finds nothing wrong with the cache, and no lock lies in it.

    The target's lock is ours, so that no other deploy works there: such a lock is of a git that was killed.
    """
    if cache.is_symlink() or not cache.is_dir() or next(cache.rglob("*.lock"), None):
        return False
    try:
        git(cache, "fsck", "--no-progress", "--no-dangling")
    except GitError:
        return False
    return True


def _discard(cache: Path) -> None:
    if cache.is_dir() and not cache.is_symlink():
        shutil.rmtree(cache)
    else:
        cache.unlink(missing_ok=True)
