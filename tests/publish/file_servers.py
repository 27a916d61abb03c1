"""Servers of this machine to which sites are deployed: sshd, and FTP under TLS; and a line to one that can be cut."""

from __future__ import annotations

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from yoyak.model.targets import FtpsTarget, SftpTarget

FTP_USER, FTP_PASSWORD = "desk@example.org", "p'a s%s:w@rd/한글"


def needed(name: str, *places: str) -> str:
    """Return a program's path; a test without it is skipped, or fails where everything has to be there."""
    found = next(filter(None, [shutil.which(name), *(place for place in places if Path(place).exists())]), None)
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail(f"{name} is missing")
    pytest.skip(f"{name} is missing")


class SshServer(NamedTuple):
    port: int
    root: Path
    """Where who logs in arrives."""
    home: Path
    """Of the person who deploys: with keys, and the server's key as known."""
    host_key: Path

    def target(self, path: str = "www", **keys: str) -> SftpTarget:
        return SftpTarget(host="127.0.0.1", port=self.port, path=path, **keys)


@contextmanager
def sshd(folder: Path, home: Path) -> Iterator[SshServer]:
    """Run sshd as whoever runs the tests, with a key of its own; `home` gets a key that it takes."""
    program = needed("sshd", "/usr/sbin/sshd")
    sftp = needed("sftp-server", "/usr/lib/openssh/sftp-server", "/usr/libexec/openssh/sftp-server")
    root, port = folder / "sshd-root", free_port()
    root.mkdir()
    ssh = home / ".ssh"
    ssh.mkdir(mode=0o700)
    for file in (folder / "host_key", ssh / "id_ed25519"):
        subprocess.run(("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file), check=True)
    kind, key, *_ = (folder / "host_key.pub").read_text().split()
    (ssh / "known_hosts").write_text(f"[127.0.0.1]:{port} {kind} {key}\n")
    settings = (
        f"Port {port}", "ListenAddress 127.0.0.1", f"HostKey {folder}/host_key", f"PidFile {folder}/sshd.pid",
        f"AuthorizedKeysFile {ssh}/id_ed25519.pub", "StrictModes no", "UsePAM no", "PasswordAuthentication no",
        "PermitRootLogin yes", f"Subsystem sftp {sftp} -d {root}", "MaxStartups 100", "LogLevel ERROR",
    )  # fmt: skip
    (folder / "sshd_config").write_text("\n".join(settings) + "\n")
    with suppress(OSError):
        Path("/run/sshd").mkdir(exist_ok=True)  # sshd asks for it when root starts it
    process = subprocess.Popen(
        (program, "-D", "-e", "-f", folder / "sshd_config"), stderr=subprocess.PIPE, start_new_session=True
    )
    with ended(process):
        until_open(port, process)
        yield SshServer(port, root, home, folder / "host_key")


class FtpServer(NamedTuple):
    port: int
    root: Path
    certificate: Path

    def target(self, path: str = "www", **keys: str) -> FtpsTarget:
        host, ca = "localhost", str(self.certificate)
        return FtpsTarget(**{"host": host, "ca": ca, **keys}, user=FTP_USER, port=self.port, path=path)

    def commands(self) -> list[str]:
        """Return what the server was asked since this was called last."""
        file = Path(f"{self.root}.commands")
        said = file.read_text(encoding="utf-8", errors="replace").splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return said

    def cut_at(self, number: int | None) -> None:
        """Let the server cut the connection at a command, counted from now on."""
        file = Path(f"{self.root}.cut")
        file.unlink(missing_ok=True) if number is None else file.write_text(str(number))


@contextmanager
def ftpd(
    folder: Path, *oddities: str, root: Path | None = None, certificate: Path | None = None
) -> Iterator[FtpServer]:
    """Run an FTP server under TLS; the oddities stand in ftp_server.py."""
    pytest.importorskip("pyftpdlib")
    root, certificate = root or folder / "ftp-root", certificate or folder / "certificate.pem"
    root.mkdir(exist_ok=True)
    if not certificate.exists():
        make_certificate(certificate)
    program = Path(__file__).with_name("ftp_server.py")
    process = subprocess.Popen(
        (sys.executable, program, root, certificate, ",".join(oddities)),
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True,
    )  # fmt: skip
    with ended(process):
        assert process.stdout
        yield FtpServer(int(process.stdout.readline()), root, certificate)


def make_certificate(file: Path, name: str = "localhost") -> None:
    """Write a certificate for a host that signs itself, with its key."""
    key = file.with_suffix(".key")
    names = ("-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}")
    new = ("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
    command = (needed("openssl"), *new, *names, "-keyout", key, "-out", file)
    subprocess.run(command, check=True, capture_output=True)
    file.write_text(file.read_text() + key.read_text())


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def ended(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> Iterator[None]:
    """End a server, and what it started, at the end."""
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        if process.poll() is not None:
            pytest.fail(f"the server ended: {process.stderr.read().decode() if process.stderr else ''}")
        time.sleep(0.02)
    pytest.fail("the server does not answer")


class Line:
    """A line to a port, which counts what goes to the server and can be cut there."""

    def __init__(self, to: int) -> None:
        self.to = to
        self.cut_at: int | None = None
        """At the piece of this number, counted over all connections since `restart`."""
        self.pieces = self.sent = self.received = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def restart(self, cut_at: int | None = None) -> None:
        self.pieces = self.sent = self.received = 0
        self.cut_at = cut_at

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near = self.listener.accept()[0]
                threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with near, suppress(OSError), socket.create_connection(("127.0.0.1", self.to)) as far:
            while True:
                for ready in select.select([near, far], [], [])[0]:
                    data = ready.recv(1 << 16)
                    if not data:
                        return
                    if ready is near:
                        self.pieces, self.sent = self.pieces + 1, self.sent + len(data)
                        if self.cut_at is not None and self.pieces >= self.cut_at:
                            far.sendall(data[: len(data) // 2])
                            return
                    else:
                        self.received += len(data)
                    (far if ready is near else near).sendall(data)

    def close(self) -> None:
        self.listener.close()


def in_child(work: Callable[[], object]) -> int:
    """Run something in a child process and return its process ID."""
    child = os.fork()
    if child == 0:
        code = 70
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child
