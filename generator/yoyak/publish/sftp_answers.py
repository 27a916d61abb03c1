"""What SFTP servers answer, as paramiko gives it."""

from __future__ import annotations

import stat
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any

from yoyak.publish.file_host import AtHost
from yoyak.publish.ssh_login import paramiko


def broken() -> tuple[type[Exception], ...]:
    """Return what paramiko raises when a server refuses, or does not answer."""
    library = paramiko()
    return (OSError, EOFError, UnicodeError, library.SSHException, library.SFTPError)


def or_none(ask: Callable[[str], Any], place: str) -> Any:
    """Return the answer of the server, or None when it says that nothing is there."""
    try:
        return ask(place)
    except FileNotFoundError:
        return None


def is_folder(status: Any) -> bool:
    return status is not None and stat.S_ISDIR(status.st_mode or 0)


def thing(status: Any) -> AtHost:
    mode = status.st_mode or stat.S_IFREG  # of a server that tells no kinds
    if stat.S_ISREG(mode):
        return AtHost(kind="file", size=status.st_size)
    return AtHost(kind="folder" if stat.S_ISDIR(mode) else "other")


def listing(sftp: Any, place: str) -> list[tuple[str, Any]]:
    """Return names and attributes of what is in a folder.

    paramiko's own function fails at a name that is no UTF-8, which old web space has.
    """
    library = import_module("paramiko.sftp")
    attributes = import_module("paramiko.sftp_attr").SFTPAttributes
    handle = sftp._request(library.CMD_OPENDIR, place.encode())[1].get_string()
    found = []
    with suppress(EOFError):
        while True:
            answer = sftp._request(library.CMD_READDIR, handle)[1]
            for _ in range(answer.get_int()):
                name = answer.get_string().decode("utf-8", "surrogateescape")
                answer.get_string()
                found.append((name, attributes._from_msg(answer)))
    sftp._request(library.CMD_CLOSE, handle)
    return [(name, status) for name, status in found if name not in (".", "..")]
