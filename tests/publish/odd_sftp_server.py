"""An SFTP server that is not OpenSSH's: it knows no posix-rename, asks for a password, and has names of its own."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import paramiko
from paramiko.sftp_attr import SFTPAttributes

PASSWORD = "p'a s%s:w@rd/한글"


class Server(paramiko.ServerInterface):
    """Takes one password, as an answer to a question only."""

    def get_allowed_auths(self, username: str) -> str:
        return "keyboard-interactive"

    def check_auth_interactive(self, username: str, submethods: str) -> Any:
        return paramiko.InteractiveQuery("", "", ("비밀번호: ", False))

    def check_auth_interactive_response(self, responses: list[str]) -> int:
        return int(paramiko.AUTH_SUCCESSFUL if responses == [PASSWORD] else paramiko.AUTH_FAILED)

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return int(paramiko.OPEN_SUCCEEDED)


class Files(paramiko.SFTPServerInterface):
    """Serves a folder as the root, and renames over nothing."""

    def __init__(self, server: Server, root: Path) -> None:
        super().__init__(server)
        self.root = root

    def _at(self, path: str) -> str:
        return str(self.root) + self.canonicalize(path)

    def canonicalize(self, path: str) -> str:
        return os.path.normpath(f"/home/desk/{path}") if not path.startswith("/") else os.path.normpath(path)

    def _try(self, work: Any, *arguments: Any) -> Any:
        try:
            work(*arguments)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)
        return paramiko.SFTP_OK

    def list_folder(self, path: str) -> Any:
        try:
            names = [found.name for found in Path(self._at(path)).iterdir()]
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)
        return [SFTPAttributes.from_stat(os.lstat(f"{self._at(path)}/{name}"), name) for name in names]

    def stat(self, path: str) -> Any:
        return self._status(os.stat, path)

    def lstat(self, path: str) -> Any:
        return self._status(os.lstat, path)

    def _status(self, ask: Any, path: str) -> Any:
        try:
            return SFTPAttributes.from_stat(ask(self._at(path)))
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)

    def open(self, path: str, flags: int, attr: Any) -> Any:
        try:
            number = os.open(self._at(path), flags, 0o600)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)
        file = os.fdopen(number, "wb" if flags & os.O_WRONLY else "rb")
        handle = paramiko.SFTPHandle(flags)
        handle.readfile = handle.writefile = file
        handle.stat = lambda: SFTPAttributes.from_stat(os.fstat(number))
        handle.chattr = lambda attr: self._try(os.fchmod, number, attr.st_mode)
        return handle

    def remove(self, path: str) -> Any:
        return self._try(os.remove, self._at(path))

    def rename(self, oldpath: str, newpath: str) -> Any:
        if os.path.lexists(self._at(newpath)):
            return paramiko.SFTP_FAILURE
        return self._try(os.rename, self._at(oldpath), self._at(newpath))

    def posix_rename(self, oldpath: str, newpath: str) -> Any:
        return paramiko.SFTP_OP_UNSUPPORTED

    def mkdir(self, path: str, attr: Any) -> Any:
        return self._try(os.mkdir, self._at(path), 0o700)

    def rmdir(self, path: str) -> Any:
        return self._try(os.rmdir, self._at(path))

    def chattr(self, path: str, attr: Any) -> Any:
        return self._try(os.chmod, self._at(path), attr.st_mode)


@contextmanager
def odd_server(root: Path, key: Any) -> Iterator[int]:
    """Serve `root`, which has a folder home/desk, with the host's key; give the port."""
    (root / "home" / "desk").mkdir(parents=True)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                transport = paramiko.Transport(listener.accept()[0])
                transport.add_server_key(key)
                transport.set_subsystem_handler("sftp", paramiko.SFTPServer, Files, root)
                with suppress(paramiko.SSHException, EOFError):
                    transport.start_server(server=Server())

    threading.Thread(target=serve, daemon=True).start()
    yield int(listener.getsockname()[1])
    listener.close()
