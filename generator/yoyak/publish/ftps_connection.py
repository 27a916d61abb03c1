"""A connection to an FTP server under TLS, and what the servers of rented web space need of it."""

from __future__ import annotations

import ftplib
import io
import re
import socket
import ssl
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.model.targets import FtpsTarget
from yoyak.publish.file_host import AtHost
from yoyak.publish.host_paths import checked_host, checked_user, lost, password_of, password_variable, unreachable
from yoyak.publish.texts import shown
from yoyak.text.secrets import hidden, spelled

CHUNK = 1 << 16
_IDLE = 30
"""Seconds after which the system says that the connection is still needed, while a large file goes through another."""


class Connection(ftplib.FTP_TLS):
    """An FTP connection whose data are protected, too, with the session of the commands as servers demand."""

    password = ""
    _asks_long = False
    """Whether EPSV is asked for instead of PASV."""

    def getline(self) -> str:
        if isinstance(self.file, io.TextIOWrapper) and self.file.errors == "strict":
            self.file.reconfigure(errors="surrogateescape")  # old servers greet in another encoding
        return super().getline()

    def makepasv(self) -> tuple[str, int]:
        """Ask where to connect for data. The address is always that of the server: it may only know its inner one."""
        assert self.sock is not None
        peer = self.sock.getpeername()
        if not self._asks_long and self.af == socket.AF_INET:
            try:
                return peer[0], ftplib.parse227(self.sendcmd("PASV"))[1]  # noqa: S321 - under TLS
            except (ftplib.error_perm, ftplib.error_reply):
                self._asks_long = True
        return peer[0], ftplib.parse229(self.sendcmd("EPSV"), peer)[1]  # noqa: S321

    def ntransfercmd(self, cmd: str, rest: int | str | None = None) -> tuple[socket.socket, int | None]:
        """Open a connection for data. vsftpd and others take it only with the TLS session of this one."""
        bare, size = ftplib.FTP.ntransfercmd(self, cmd, rest)  # noqa: S321
        assert isinstance(self.sock, ssl.SSLSocket)
        try:
            return self.context.wrap_socket(bare, server_hostname=self.host, session=self.sock.session), size
        except OSError:
            bare.close()
            self.voidresp()  # why: it tells more than the broken handshake
            raise

    def retrieve(self, command: str, *, most: int | None = None) -> bytes:
        """Return the data that a command gives, at most `most` bytes of them."""
        data = bytearray()
        with self.transfercmd(command) as connection:
            while (most is None or len(data) < most) and (chunk := connection.recv(CHUNK)):
                data += chunk
            whole = most is None or len(data) < most
            _end(connection)
        try:
            self.voidresp()
        except ftplib.Error:
            if whole:
                raise
        return bytes(data[:most])

    def store(self, path: str, file: IO[bytes]) -> None:
        with self.transfercmd(f"STOR {path}") as connection:
            try:
                while chunk := file.read(CHUNK):
                    connection.sendall(chunk)
            except TimeoutError:
                raise
            except OSError:
                self.voidresp()  # why the server ended it, such as a full disk
                raise
            _end(connection)
        self.voidresp()

    def without_password(self, said: object) -> str:
        """Return an answer of the server for a person."""
        return shown(hidden(str(said), spelled([self.password]))).rstrip(". ")


def _end(connection: socket.socket) -> None:
    """End TLS as it has to be ended; many servers do not wait for that, or answer with nothing."""
    with suppress(OSError, ValueError):
        if isinstance(connection, ssl.SSLSocket):
            connection.unwrap()


def connected(target: FtpsTarget, name: str, site: Path, *, seconds: float) -> Connection:
    """Return a connection that is logged in and protected; `seconds` of silence end it."""
    host, user = checked_host(target.host), checked_user(target.user, name)
    if not user:
        raise YoyakError(say("host.bad-user", user="''"))
    connection = Connection(context=_context(target, site), timeout=seconds, encoding="utf-8")
    connection.password = password_of(name)
    if not connection.password:
        raise YoyakError(say("ftps.no-password", variable=password_variable(name)))
    try:
        _connect(connection, host, target.port)
        _protect(connection, host)
        _log_in(connection, host, user, name)
    except BaseException as error:
        connection.close()
        if isinstance(error, ftplib.Error):
            said = connection.without_password(error)
            raise YoyakError(say("ftps.no-session", host=host, port=str(target.port), said=said)) from error
        if isinstance(error, (OSError, EOFError)):
            raise lost(f"ftps://{host}", host, error, seconds=seconds) from error
        raise
    return connection


def _context(target: FtpsTarget, site: Path) -> ssl.SSLContext:
    file = site / Path(target.ca).expanduser() if target.ca else None
    try:
        return ssl.create_default_context(cafile=file)
    except (OSError, ValueError) as error:
        raise YoyakError(say("ftps.bad-ca", file=ascii(target.ca)[1:-1])) from error


def _connect(connection: Connection, host: str, port: int) -> None:
    try:
        connection.connect(host, port)
    except socket.gaierror as error:
        raise unreachable(host, port, say("host.no-such-name")) from error
    except TimeoutError:
        raise
    except OSError as error:
        raise unreachable(host, port, error.strerror or str(error)) from error
    assert connection.sock is not None
    connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if hasattr(socket, "TCP_KEEPIDLE"):
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, _IDLE)


def _protect(connection: Connection, host: str) -> None:
    try:
        connection.auth()
    except (ftplib.error_perm, ftplib.error_reply) as error:
        said = connection.without_password(error)
        raise YoyakError(say("ftps.no-tls", host=host, said=said)) from error
    except ssl.SSLCertVerificationError as error:
        raise YoyakError(say("ftps.bad-certificate", host=host, why=error.verify_message)) from error
    except ssl.SSLError as error:
        raise YoyakError(say("ftps.no-tls", host=host, said=str(error.reason or error))) from error


def _log_in(connection: Connection, host: str, user: str, name: str) -> None:
    try:
        connection.login(user, connection.password)
    except (ftplib.error_perm, ftplib.error_reply) as error:
        said = connection.without_password(error)
        variable = password_variable(name)
        raise YoyakError(say("ftps.no-login", user=user, host=host, said=said, variable=variable)) from error
    try:
        connection.prot_p()
    except (ftplib.error_perm, ftplib.error_reply) as error:
        raise YoyakError(say("ftps.no-tls", host=host, said=connection.without_password(error))) from error
    with suppress(ftplib.Error):
        connection.sendcmd("OPTS UTF8 ON")
    connection.voidcmd("TYPE I")


# --- lists -------------------------------------------------------------------------------------------------------
# What FTP servers answer when they are asked what is there: MLSD says it in facts, LIST in lines for a person.

_UNIX = re.compile(
    r"(?P<kind>[-bcdlps])\S{9,11}\s+\d+\s+\S+(?:\s+\S+)?\s+(?P<size>\d+)\s+"
    r"(?:\S+\s+\d{1,2}\s+[\d:]{4,5}|\d{4}-\d\d-\d\d\s+\d\d:\d\d(?::\d\d)?)\s(?P<name>.+)"
)
_DOS = re.compile(r"\d\d-\d\d-\d\d(?:\d\d)?\s+\d\d:\d\d(?:[AP]M)?\s+(?:<(?P<kind>\w+)>|(?P<size>\d+))\s+(?P<name>.+)")
_FOLDERS = ("dir", "cdir", "pdir")


def of_facts(line: str) -> tuple[str, AtHost]:
    """Return the name and the kind that a line of MLSD or MLST says (RFC 3659 §7).

    >>> of_facts(" type=file;size=12;perm=r; a b.html")
    ('a b.html', AtHost(kind='file', size=12))
    """
    written, _, name = line.lstrip(" ").partition(" ")
    facts = dict(fact.lower().partition("=")[::2] for fact in written.split(";") if fact)
    kind, size = facts.get("type", "file"), facts.get("size", "")
    if kind == "file":
        return name, AtHost(kind="file", size=int(size) if size.isdecimal() else None)
    return name, AtHost(kind="folder" if kind in _FOLDERS else "other")


def mlsd(lines: Iterable[str]) -> dict[str, AtHost]:
    """Return what the lines of an MLSD say is in a folder, by name."""
    return {name: thing for name, thing in map(of_facts, lines) if name.rpartition("/")[2] not in ("", ".", "..")}


def unix_or_dos(lines: Iterable[str]) -> dict[str, AtHost]:
    """Return what the lines of a LIST say is in a folder, by name.

    A line that is not understood is something, too: it stands under its own text.
    """
    found = dict(filter(None, map(_of_line, lines)))
    return {name: thing for name, thing in found.items() if name not in (".", "..")}


def _of_line(line: str) -> tuple[str, AtHost] | None:
    if not line.strip() or re.fullmatch(r"(total|합계)\s+\d+\s*", line):
        return None
    if unix := _UNIX.fullmatch(line):
        name = unix["name"].partition(" -> ")[0] if unix["kind"] == "l" else unix["name"]
        return name, _thing({"-": "file", "d": "folder"}.get(unix["kind"], "other"), unix["size"])
    if dos := _DOS.fullmatch(line):
        kind = {"DIR": "folder", None: "file"}.get(dos["kind"], "other")
        return dos["name"], _thing(kind, dos["size"])
    return line, AtHost(kind="other")


def _thing(kind: str, size: str | None) -> AtHost:
    if kind == "file":
        return AtHost(kind="file", size=int(size) if size else None)
    return AtHost(kind="folder" if kind == "folder" else "other")
