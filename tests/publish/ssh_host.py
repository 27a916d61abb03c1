"""sshd on a free port of this machine, with keys and settings of its own, which a deploy reaches by RSYNC_RSH."""

from __future__ import annotations

import getpass
import os
import shlex
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

_SERVER = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/person.pub
PidFile {folder}/sshd.pid
StrictModes no
UsePAM no
KexAlgorithms curve25519-sha256
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
LogLevel VERBOSE
"""
_PERSON = """
Host *
  IdentityFile {folder}/person
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile {folder}/known_hosts
  GlobalKnownHostsFile /dev/null
  LogLevel ERROR
"""

_LONGEST = 80
"""Bytes. A socket's name has 104 on macOS, and ssh adds 17 while it makes one."""


class SshServer:
    """A running sshd."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.host = f"{getpass.getuser()}@127.0.0.1"
        self.shell = f"ssh -F {shlex.quote(str(folder / 'config'))}"


@contextmanager
def connected(server: SshServer) -> Iterator[str]:
    """Return a shell as of the server's, but each command goes through one connection that is kept open.

    Where the folder's name is longer than that of a socket may be, it is the server's.
    """
    place = server.folder / "c"
    if len(os.fsencode(place)) > _LONGEST:
        yield server.shell
        return
    shell = ["ssh", "-F", str(server.folder / "config"), "-S", str(place)]
    command = [*shell, "-M", "-N", "-p", str(server.port), server.host]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as master:
        try:
            _wait_until(place.exists, master)
            yield shlex.join(shell)
        finally:
            master.terminate()


@contextmanager
def serving_ssh(folder: Path) -> Iterator[SshServer]:
    """Start sshd and wait until it answers."""
    sshd = _program("sshd", "/usr/sbin/sshd")
    _program("rsync")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for name in ("host", "person"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    (folder / "sshd_config").write_text(_SERVER.format(port=port, folder=folder))
    (folder / "config").write_text(_PERSON.format(folder=folder))
    key = " ".join((folder / "host.pub").read_text().split()[:2])
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {key}\n")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    server = subprocess.Popen([sshd, "-D", "-e", "-f", folder / "sshd_config"], stderr=(folder / "log").open("wb"))
    try:
        _wait_until(lambda: _answers(port), server)
        yield SshServer(folder, port)
    finally:
        server.terminate()
        server.wait(10)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _wait_until(it_is_so: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    end = monotonic() + 10
    while monotonic() < end and process.poll() is None:
        if it_is_so():
            return
        sleep(0.01)
    pytest.fail(f"{process.args!r} did not start")


def _program(name: str, place: str = "") -> str:
    found = shutil.which(name) or (place if os.access(place, os.X_OK) else None)
    if found:
        return found
    missing = f"{name} is missing; `make test` installs it"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)
