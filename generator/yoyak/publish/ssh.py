"""Run a script of our own on another machine by ssh: with its user's keys and settings, and without any question.

All that is sent is one function and its call: of a script that did not arrive whole nothing is done. A value reaches
the script in quotes only.
"""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import IO

from yoyak.messages.errors import YoyakError
from yoyak.model.message import Message, joined, say
from yoyak.model.types import Record
from yoyak.publish.running import Ended, SilenceError, run
from yoyak.text.secrets import words_without_secrets

LIMIT = 120.0
"""Seconds of silence after which another machine is given up."""
_OPTIONS = (
    "BatchMode=yes", "StrictHostKeyChecking=yes", "ConnectTimeout=30", "ServerAliveInterval=15",
    "ServerAliveCountMax=4", "ForwardAgent=no", "ForwardX11=no", "ClearAllForwardings=yes", "PermitLocalCommand=no",
)  # fmt: skip
_HOST = re.compile(r"(?:(?P<user>\w[\w.+-]*)@)?(?P<name>\w[\w.-]*|\[[0-9a-fA-F:.]+\])")
_SYSTEM = (
    "bin", "boot", "dev", "etc", "home", "lib", "lib32", "lib64", "media", "mnt", "opt", "proc", "root", "run", "sbin",
    "srv", "sys", "tmp", "usr", "var", "Applications", "Library", "System", "Users", "Volumes", "private",
    "usr/bin", "usr/lib", "usr/local", "usr/share", "var/lib", "var/log", "var/www",
)  # fmt: skip
"""Folders that hold much else: a site gets one below them."""
_WORDS_OF_UNKNOWN_HOSTS = ("Host key verification failed", "No matching host key", "REMOTE HOST IDENTIFICATION")


class SshHost(Record, frozen=True, kw_only=True):
    """A folder on another machine."""

    host: str
    """As ssh takes it: ``user@name``, without brackets."""
    for_rsync: str
    """As rsync takes it: an IPv6 address is in brackets."""
    port: int | None
    path: str
    """Absolute, or relative to the home folder there."""

    @property
    def where(self) -> str:
        """The place as a person would name it."""
        return f"{self.for_rsync}:{self.path.removeprefix('./')}"

    @property
    def shell(self) -> list[str]:
        """The words that start ssh, with the settings of RSYNC_RSH if it is set."""
        options = [word for option in _OPTIONS for word in ("-o", option)]
        port = [] if self.port is None else ["-p", str(self.port)]
        try:
            program = shlex.split(os.environ.get("RSYNC_RSH", "")) or ["ssh"]
        except ValueError as error:
            raise YoyakError(say("deploy.bad-rsync-rsh")) from error
        return [*program, *options, *port]


def host_at(host: str, path: str, port: int | None) -> SshHost:
    """Return the place that a target of site.yaml names.

    Raises:
        YoyakError: ssh, rsync or a shell could take it for something else, or it is no folder for a site.
    """
    found = _HOST.fullmatch(host)
    if not found:
        raise YoyakError(say("deploy.bad-host", host=ascii(host)))
    plain = found["name"].strip("[]")
    user = f"{found['user']}@" if found["user"] else ""
    return SshHost(host=f"{user}{plain}", for_rsync=host, port=port, path=_path(path))


def _path(path: str) -> str:
    parts = path.split("/")
    odd = not path.strip() or not path.isprintable() or path.startswith("-") or re.search(r"[$`*?\[\]{}\\]", path)
    if odd or ".." in parts or (path.startswith("~") and parts[0] != "~"):
        raise YoyakError(say("deploy.bad-path", path=repr(path)))
    plain = str(PurePosixPath(path))
    if plain in ("~", "."):
        raise danger(path, say("deploy.danger.home"))
    if plain.lstrip("/") in ("", *_SYSTEM) and plain.startswith("/"):
        raise danger(path, say("deploy.danger.system"))
    relative = plain.removeprefix("~/")
    return relative if relative.startswith("/") else f"./{relative}"


def danger(folder: str, why: Message) -> YoyakError:
    """Return why nothing may be deployed to a folder."""
    return YoyakError(say("deploy.danger", folder=folder, why=why))


def ask(host: SshHost, script: str, *, waiting: Callable[[], None]) -> bytes:
    """Return what a script of the POSIX shell prints on the other machine after the line that says that it began.

    Raises:
        YoyakError: the machine cannot be reached, or the script failed.
    """
    whole = f"main() {{\nset -u\numask 022\nunset CDPATH\nprintf '%s\\n' '{_BEGIN}'\n{script}\n}}\nmain </dev/null\n"
    with tempfile.TemporaryFile() as data:
        data.write(os.fsencode(whole))
        data.seek(0)
        command = [*host.shell, "-T", "--", host.host, "exec sh -s"]
        ended = started(command, host, data=data, waiting=waiting)
    noise, began, answer = ended.answer.partition(f"{_BEGIN}\n".encode())
    if ended.code or not began:
        raise unreached(host, ended.said or noise, code=ended.code)
    return answer


_BEGIN = "yoyak: here"


def started(
    command: list[str],
    host: SshHost,
    *,
    data: IO[bytes] | None = None,
    waiting: Callable[[], None],
    heard: Callable[[bytes], None] | None = None,
) -> Ended:
    """Run ssh or rsync, and return how it ended.

    Raises:
        YoyakError: it is not installed, or nothing came from the other machine for `LIMIT` seconds.
    """
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        return run(command, environment=environment, data=data, limit=LIMIT, waiting=waiting, heard=heard)
    except FileNotFoundError as error:
        raise YoyakError(say("deploy.no-program", program=command[0])) from error
    except SilenceError as error:
        silent = say("deploy.silent", host=host.host, seconds=f"{LIMIT:g}", remote=host.where)
        raise YoyakError(joined(silent, say("deploy.silent.hint"))) from error


def unreached(host: SshHost, said: bytes, *, code: int) -> YoyakError:
    """Return what is said of a machine that ssh did not reach, or on which a script failed."""
    lines = [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    words = words_without_secrets("".join(c for c in (lines or [f"exit code {code}"])[-1] if c.isprintable()))
    if any(word in line for line in lines for word in _WORDS_OF_UNKNOWN_HOSTS):
        return YoyakError(say("deploy.unknown-host", host=host.host))
    if code == 255:
        return YoyakError(say("deploy.unreached", host=host.host, said=words))
    return YoyakError(say("deploy.host-failed", host=host.where, said=words))
