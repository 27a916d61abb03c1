"""Where the preview of a site runs, for a command that wants to show a page in it."""

from __future__ import annotations

import os
import re
import stat
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import quote

from filelock import FileLock, Timeout

from yoyak.paths import STORE

_NOTE = re.compile(r"preview-(\d{1,5})\.lock")
_PATIENCE = 15.0
"""Seconds in which a running preview shows a page that was just written."""


@contextmanager
def noted(folder: Path, port: int) -> Iterator[None]:
    """Note the port of a preview as long as it runs.

    Each preview of a site has a note of its own, which it locks: the lock of one that was killed is gone with it.
    """
    place = folder / STORE / f"preview-{port}.lock"
    lock = FileLock(place)
    with suppress(OSError):
        if not _is_file(place):
            place.unlink(missing_ok=True)  # it may be a link to something else, or a pipe
        lock.acquire(timeout=1)
    try:
        yield
    finally:
        with suppress(OSError):
            if lock.is_locked:
                place.unlink(missing_ok=True)
        lock.release()


def port_of(folder: Path) -> int:
    """Return the port at which a preview of a site runs, the lowest of several; 0 when there is none."""
    try:
        names = os.listdir(folder / STORE)  # noqa: PTH208 - names
    except OSError:
        return 0
    ports = sorted(int(found[1]) for found in map(_NOTE.fullmatch, names) if found)
    return next((port for port in ports if 0 < port < 1 << 16 and runs_at(folder, port)), 0)


def runs_at(folder: Path, port: int) -> bool:
    """Tell whether a preview of a site holds the note of this port."""
    note = folder / STORE / f"preview-{port}.lock"
    if not _is_file(note):
        return False
    lock = FileLock(note)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    return False


def _is_file(place: Path) -> bool:
    try:
        return stat.S_ISREG(place.lstat().st_mode)
    except OSError:
        return False


def page_in_preview(folder: Path, path: str) -> str:
    """Return the address of a page in the running preview as soon as it is there; empty when no preview shows it."""
    port = port_of(folder)
    if not port:
        return ""
    address = f"http://127.0.0.1:{port}{quote(path, safe='/%')}"
    end = monotonic() + _PATIENCE
    while monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return address if answer.status == HTTPStatus.OK else ""
        except urllib.error.HTTPError:
            sleep(0.2)  # it is still being built
        except OSError:
            return ""
    return ""
