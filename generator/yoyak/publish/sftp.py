"""Web space behind SFTP, as a host of plain files."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.model.targets import SftpTarget
from yoyak.publish.file_host import AtHost
from yoyak.publish.host_paths import checked_folder, lost, require_own_folder
from yoyak.publish.journal import ASIDE_FILE, JOURNAL, PART, part_at_host
from yoyak.publish.plan import folders_of
from yoyak.publish.ssh_login import Login, logged_in, login_of, paramiko

_CHUNK = 1 << 15
"""What every server takes in one message."""
_WINDOW = 64
"""Answers to so many messages may be outstanding: two megabytes."""


def open_sftp(target: SftpTarget, name: str, site: Path, *, seconds: float) -> SftpHost:
    """Return an open connection to the target's folder; `seconds` of silence end it.

    Raises:
        YoyakError: The target cannot be meant, the server cannot be reached, or does not let us in.
    """
    login = login_of(target, name, site)
    folder = checked_folder(target.path, login_folder=False)
    client = logged_in(login, seconds=seconds)
    try:
        return SftpHost(client, login, folder, seconds=seconds)
    except BaseException:
        client.close()
        raise


class SftpHost:
    """An open connection to a folder."""

    lanes = 1

    def __init__(self, client: Any, login: Login, folder: str, *, seconds: float) -> None:
        self._client, self._login, self._seconds = client, login, seconds
        self._server = f"sftp://{login.written}{'' if login.port == 22 else f':{login.port}'}"
        self.where = f"{self._server}/{folder.removeprefix('/')}"
        self._folders: dict[str, bool] = {}
        """By path, whether a folder is there that is no link, of those that were asked for."""
        self._sets_modes: dict[int, bool] = {}
        """By mode, whether the server gives new files or folders another one."""
        self._replaces = True
        """Whether the server replaces a file by a rename."""
        self._first = True
        with self._asking():
            self._sftp = client.open_sftp()
            self._sftp.get_channel().settimeout(seconds)
            self._root, self._exists = self._found_root(folder)
        self.where = f"{self._server}{self._root}"

    def _found_root(self, folder: str) -> tuple[str, bool]:
        home = self._sftp.normalize(".")
        written = folder if folder.startswith("/") else f"{home.rstrip('/')}/{folder}"
        above, _, name = written.rpartition("/")
        status = or_none(self._sftp.stat, written)
        if status is None:
            if not is_folder(or_none(self._sftp.stat, above or "/")):
                raise YoyakError(say("host.no-parent", where=self.where, folder=above or "/"))
            real = f"{self._sftp.normalize(above or '/').rstrip('/')}/{name}"
        elif is_folder(status):
            real = str(self._sftp.normalize(written))
        else:
            raise YoyakError(say("host.is-a-file", where=self.where))
        require_own_folder(self.where, real, home)
        return real, status is not None

    def read(self, path: str, *, most: int) -> bytes | None:
        with self._asking(path), suppress(FileNotFoundError), self._sftp.open(self._at(path), "rb") as file:
            file.prefetch(min(file.stat().st_size or 0, most))
            return bytes(file.read(most))
        return None

    def look(self, paths: Sequence[str]) -> Mapping[str, AtHost]:
        found = {path: self._lstat(path) for path in paths}
        return {path: thing(status) for path, status in found.items() if status is not None}

    def listed(self, folder: str, *, most: int | None = None) -> Mapping[str, AtHost]:
        with self._asking(folder), suppress(FileNotFoundError):
            found = listing(self._sftp, self._at(folder))
            return {name: thing(status) for name, status in found[:most]}
        return {}

    def write(self, path: str, file: IO[bytes], *, size: int, sha256: str, new: bool) -> None:  # noqa: ARG002
        self._make_folders(path)
        with self._asking(path):
            part = self._at(part_at_host(path))
            if self._first and path != JOURNAL:
                self._clear_parts()
            try:
                self._fill(part, file)
                self._put_in_place(part, self._at(path), new=new)
            except OSError as error:
                with suppress(*broken()):
                    self._sftp.remove(part)
                if new and path == JOURNAL and isinstance(error, FileNotFoundError):  # one that goes on has removed it
                    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from error
                raise

    def remove(self, paths: Sequence[str]) -> None:
        for path in paths:
            if self._without_links(path):
                with self._asking(path):
                    self._remove(self._at(path))

    def clear(self, folders: Sequence[str]) -> None:
        for folder in folders:
            if self._without_links(f"{folder}/"):
                with self._asking(folder):
                    self._clear(folder)

    def close(self) -> None:
        self._client.close()

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}" if path else self._root

    @contextmanager
    def _asking(self, path: str = "") -> Iterator[None]:
        """Turn what the server or the connection says into words for a person, with the path."""
        try:
            yield
        except broken() as error:
            shown = f"{self.where}/{path}" if path else self.where
            alive = self._client.get_transport().is_active() and not self._channel_closed()
            if isinstance(error, TimeoutError) or not isinstance(error, OSError) or not alive:
                raise lost(self.where, self._login.written, error, seconds=self._seconds) from error
            if error.errno is None:
                raise YoyakError(say("host.no-reason", path=shown, said=str(error))) from error
            error.filename = shown
            raise

    def _channel_closed(self) -> bool:
        return hasattr(self, "_sftp") and bool(self._sftp.get_channel().closed)

    def _lstat(self, path: str) -> Any:
        with self._asking(path):
            return or_none(self._sftp.lstat, self._at(path))

    def _without_links(self, path: str) -> bool:
        """Tell whether all folders above a path are there and none is a link."""
        for folder in folders_of(path):
            if folder not in self._folders:
                self._folders[folder] = is_folder(self._lstat(folder))
            if not self._folders[folder]:
                return False
        return True

    def _make_folders(self, path: str) -> None:
        if not self._exists:
            self._make_folder("")
            self._exists = True
        for folder in folders_of(path):
            if self._folders.get(folder):
                continue
            status = self._lstat(folder)
            if status is None:
                self._make_folder(folder)
            elif not is_folder(status):
                raise YoyakError(say("deploy.link-there", folder=f"{self.where}/{folder}"))
            self._folders[folder] = True

    def _make_folder(self, folder: str) -> None:
        with self._asking(folder):
            place = self._at(folder)
            self._sftp.mkdir(place, 0o755)
            self._set_mode(0o755, lambda: self._sftp.stat(place), lambda mode: self._sftp.chmod(place, mode))

    def _set_mode(self, mode: int, ask: Callable[[], Any], change: Callable[[int], object]) -> None:
        """Let web servers read what is new, where the server does not see to that by itself: asked once."""
        if mode not in self._sets_modes:
            self._sets_modes[mode] = stat.S_IMODE(ask().st_mode or 0) != mode
        if self._sets_modes[mode]:
            with suppress(PermissionError):
                change(mode)

    def _clear_parts(self) -> None:
        """Remove what deploys left that were cut short, or somebody's link: the journal says that none goes on."""
        for name in [name for name, _ in listing(self._sftp, self._root) if name.startswith(PART)]:
            or_none(self._sftp.remove, self._at(name))
        self._first = False

    def _fill(self, part: str, file: IO[bytes]) -> None:
        """Send the bytes without waiting for each answer, but hear them all: one may tell of a full disk."""
        with self._sftp.open(part, "wx") as there:
            self._set_mode(0o644, there.stat, there.chmod)
            chunk, number = file.read(_CHUNK), 0
            while chunk:
                following, number = file.read(_CHUNK), number + 1
                there.set_pipelined(bool(following) and number % _WINDOW != 0)  # if not, it waits for all answers
                there.write(chunk)
                chunk = following
            there.set_pipelined(False)

    def _put_in_place(self, part: str, goal: str, *, new: bool) -> None:
        if new:
            self._rename_to_free(part, goal)
        elif not (self._replaces and self._renamed_over(part, goal)):
            self._replaces = False
            self._exchange(part, goal)

    def _rename_to_free(self, part: str, goal: str) -> None:
        try:
            self._sftp.rename(part, goal)
        except OSError as error:
            if or_none(self._sftp.lstat, goal) is not None:
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from error
            raise

    def _renamed_over(self, part: str, goal: str) -> bool:
        """Rename a file over another at once; tell whether the server can do that at all."""
        try:
            self._sftp.posix_rename(part, goal)
        except OSError as error:
            if error.errno is not None or isinstance(error, TimeoutError) or "unsupported" not in str(error).lower():
                raise
            return False
        return True

    def _exchange(self, part: str, goal: str) -> None:
        """Replace a file by two renames: for a moment there is none."""
        status, aside = or_none(self._sftp.lstat, goal), self._at(ASIDE_FILE)
        if is_folder(status):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if status is not None:
            self._sftp.rename(goal, aside)
        try:
            self._sftp.rename(part, goal)
        except OSError:
            if status is not None:
                with suppress(*broken()):
                    self._sftp.rename(aside, goal)
            raise
        if status is not None:
            self._sftp.remove(aside)

    def _remove(self, place: str) -> None:
        try:
            self._sftp.remove(place)
        except FileNotFoundError:
            return
        except OSError:
            status = or_none(self._sftp.lstat, place)
            if status is not None and not is_folder(status):
                raise

    def _clear(self, folder: str) -> None:
        try:
            self._sftp.rmdir(self._at(folder))
        except OSError:  # not empty, or gone; or the connection is
            or_none(self._sftp.lstat, self._at(folder))
        else:
            self._folders.pop(folder, None)


# --- What SFTP servers answer, as paramiko gives it --------------------------------------------------------------


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
