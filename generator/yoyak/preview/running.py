"""Where the preview of a site runs, for a command that wants to show a page in it."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import quote

from yoyak.paths import STORE

_FILE = "preview-port"
_PATIENCE = 15.0
"""Seconds in which a running preview shows a page that was just written."""


@contextmanager
def noted(folder: Path, port: int) -> Iterator[None]:
    """Note the port of a preview as long as it runs."""
    place = folder / STORE / _FILE
    with suppress(OSError):
        place.unlink(missing_ok=True)  # it may be a link to something else, or a pipe
        with place.open("x", encoding="ascii") as file:
            file.write(f"{port}\n")
    try:
        yield
    finally:
        with suppress(OSError):
            if port_of(folder) == port:
                place.unlink()


def port_of(folder: Path) -> int:
    """Return the port that a preview of a site noted; 0 when there is none."""
    place = folder / STORE / _FILE
    try:
        port = int(place.read_text(encoding="ascii")) if place.is_file() and not place.is_symlink() else 0
    except (OSError, ValueError):
        return 0
    return port if 0 < port < 1 << 16 else 0


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
