"""Web space behind FTP under TLS, as a host of plain files."""

from __future__ import annotations

import errno
import ftplib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import IO

from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.model.targets import FtpsTarget
from yoyak.publish.file_host import AtHost
from yoyak.publish.ftps_connection import Connection, connected, mlsd, of_facts, unix_or_dos
from yoyak.publish.host_paths import checked_folder, lost, require_own_folder
from yoyak.publish.journal import ASIDE_FILE, JOURNAL, LOCK, PART, part_at_host
from yoyak.publish.plan import folders_of

_LOCK_TRIES = 30
_NOT_UNDERSTOOD = ("500", "501", "502", "504")


def open_ftps(target: FtpsTarget, name: str, site: Path, *, seconds: float) -> FtpsHost:
    """Return an open connection to the target's folder; `seconds` of silence end it.

    Raises:
        YoyakError: The target cannot be meant, the server cannot be reached, or does not let us in.
    """
    folder = checked_folder(target.path, login_folder=True)
    connection = connected(target, name, site, seconds=seconds)
    try:
        return FtpsHost(connection, target, folder, seconds=seconds)
    except BaseException:
        connection.close()
        raise


class FtpsHost:
    """An open connection to a folder."""

    lanes = 1

    def __init__(self, ftp: Connection, target: FtpsTarget, folder: str, *, seconds: float) -> None:
        self._ftp, self._host, self._seconds = ftp, target.host, seconds
        self._server = f"ftps://{target.host}{'' if target.port == 21 else f':{target.port}'}"
        self.where = f"{self._server}/{folder.removeprefix('/')}"
        self._links: dict[str, frozenset[str]] = {}
        """By folder, the names of links in it, of those that were listed."""
        self._folders: set[str] = set()
        """Folders that are there for certain."""
        self._first = True
        with self._asking():
            self._features = self._read_features()
            self._root, self._exists = self._found_root(folder)
        self.where = f"{self._server}{self._root or '/'}"

    def _read_features(self) -> frozenset[str]:
        try:
            lines = self._ftp.sendcmd("FEAT").splitlines()
        except ftplib.Error:
            return frozenset()
        return frozenset(line.split()[0].upper() for line in lines if line.startswith(" ") and line.strip())

    def _found_root(self, folder: str) -> tuple[str, bool]:
        """Return the folder's path without a slash at its end, and whether it is there."""
        home = self._ftp.pwd()
        if folder == ".":
            return home.rstrip("/"), True
        written = folder if folder.startswith("/") else f"{home.rstrip('/')}/{folder}"
        above, _, name = written.rpartition("/")
        there = self._enter(written)
        if not there and self._is_file(written):
            raise YoyakError(say("host.is-a-file", where=self.where))
        if not there and not self._enter(above or "/"):
            raise YoyakError(say("host.no-parent", where=self.where, folder=above or "/"))
        real = self._ftp.pwd() if there else f"{self._ftp.pwd().rstrip('/')}/{name}"
        require_own_folder(self.where, real, home)
        return real.rstrip("/"), there

    def read(self, path: str, *, most: int) -> bytes | None:
        with self._asking(path):
            for again in (True, False):  # another deploy may put its journal there in this moment
                try:
                    return self._ftp.retrieve(f"RETR {self._at(path)}", most=most)
                except ftplib.error_perm:
                    if self._look(self._at(path)) is None:
                        return None
                    if not again:
                        raise
            return None

    def look(self, paths: Sequence[str]) -> Mapping[str, AtHost]:
        found = {}
        for path in paths:
            with self._asking(path):
                thing = self._look(self._at(path))
            if thing:
                found[path] = thing
        return found

    def listed(self, folder: str, *, most: int | None = None) -> Mapping[str, AtHost]:
        with self._asking(folder):
            if not self._enter(self._at(folder) or "/"):
                return {}
            if "MLST" not in self._features:
                return dict([*self._list().items()][:most])
            return dict([*mlsd(self._lines("MLSD")).items()][:most])

    def write(self, path: str, file: IO[bytes], *, size: int, sha256: str, new: bool) -> None:  # noqa: ARG002
        with self._asking(path):
            self._make_folders(path)
            part = self._at(part_at_host(path))
            if self._first and path != JOURNAL:
                self._clear_parts()
            try:
                self._ftp.store(part, file)
                if new and path == JOURNAL:
                    self._put_first(part, self._at(path))
                else:
                    self._put_in_place(part, self._at(path))
            except (ftplib.Error, FileExistsError):
                self._delete(part)
                raise

    def remove(self, paths: Sequence[str]) -> None:
        for path in paths:
            with self._asking(path):
                if self._below_link(path) or self._delete(self._at(path)):
                    continue
                thing = self._look(self._at(path))
                if thing and thing.kind != "folder":
                    self._ftp.delete(self._at(path))  # for what the server says

    def clear(self, folders: Sequence[str]) -> None:
        for folder in folders:
            with self._asking(folder):
                if not self._below_link(f"{folder}/") and not self.listed(folder):  # some remove what is in it, too
                    self._enter("/")  # none is removed from inside
                    with suppress(ftplib.error_perm):
                        self._ftp.rmd(self._at(folder))
                    self._folders.discard(folder)

    def close(self) -> None:
        with suppress(ftplib.Error, OSError, EOFError):
            self._ftp.quit()
        self._ftp.close()

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}" if path else self._root

    @contextmanager
    def _asking(self, path: str = "") -> Iterator[None]:
        """Turn what the server or the connection says into words for a person, with the path."""
        shown = f"{self.where}/{path}" if path else self.where
        try:
            yield
        except ftplib.Error as error:
            said = self._ftp.without_password(error)
            raise YoyakError(say("ftps.refused", path=shown, said=said)) from error
        except (IsADirectoryError, FileExistsError) as error:
            error.filename = shown
            raise
        except (OSError, EOFError) as error:
            raise lost(self.where, self._host, error, seconds=self._seconds) from error

    def _look(self, place: str) -> AtHost | None:
        if "MLST" in self._features:
            try:
                return of_facts(self._ftp.sendcmd(f"MLST {place}").splitlines()[1])[1]
            except ftplib.error_perm as error:
                if not str(error).startswith(_NOT_UNDERSTOOD):
                    return None
            except IndexError:
                pass
            self._features -= {"MLST"}
        if self._enter(place):
            return AtHost(kind="folder")
        return AtHost(kind="file", size=self._size(place)) if self._is_file(place) else None

    def _is_file(self, place: str) -> bool:
        """Tell whether a file is there; of a server that tells no sizes, by the list of its folder."""
        try:
            return self._ftp.size(place) is not None
        except ftplib.error_perm as error:
            if not str(error).startswith(_NOT_UNDERSTOOD):
                return False
        folder, _, name = place.rpartition("/")
        return self._enter(folder or "/") and name in self._list()

    def _size(self, place: str) -> int | None:
        with suppress(ftplib.error_perm):
            return self._ftp.size(place)
        return None

    def _enter(self, place: str) -> bool:
        try:
            self._ftp.cwd(place)
        except ftplib.error_perm:
            return False
        return True

    def _list(self) -> dict[str, AtHost]:
        """Return what is in the folder that was entered. No path is said: servers take signs in one for patterns."""
        try:
            return unix_or_dos(self._lines("LIST -a"))
        except ftplib.error_perm:
            return unix_or_dos(self._lines("LIST"))

    def _lines(self, command: str) -> list[str]:
        text = self._ftp.retrieve(command).decode("utf-8", "surrogateescape")
        return [line.removesuffix("\r") for line in text.split("\n") if line.strip("\r")]

    def _links_in(self, folder: str) -> frozenset[str]:
        """Return the names of links in a folder. Only a LIST tells them from what they lead to."""
        if folder not in self._links:
            found = self._list() if self._enter(self._at(folder) or "/") else {}
            self._links[folder] = frozenset(name for name, thing in found.items() if thing.kind == "other")
        return self._links[folder]

    def _below_link(self, path: str) -> bool:
        parted = (folder.rpartition("/") for folder in folders_of(path))
        return any(name in self._links_in(above) for above, _, name in parted)

    def _make_folders(self, path: str) -> None:
        if not self._exists:
            self._ftp.mkd(self._root)
            self._exists = True
        for folder in folders_of(path):
            if folder in self._folders:
                continue
            # A list of every folder would cost more than what is sent; links stand at the top, if anywhere.
            linked = "/" not in folder and folder in self._links_in("")
            thing = AtHost(kind="other") if linked else self._look(self._at(folder))
            if thing is None:
                self._ftp.mkd(self._at(folder))
            elif thing.kind != "folder":
                raise YoyakError(say("deploy.link-there", folder=f"{self.where}/{folder}"))
            self._folders.add(folder)

    def _clear_parts(self) -> None:
        """Remove what deploys left that were cut short, or somebody's link: the journal says that none goes on."""
        left = {name: one.kind for name, one in self.listed("").items() if name.startswith(PART)}
        for name in [name for name, kind in left.items() if kind != "folder"]:
            self._delete(self._at(name))
        if left.get(LOCK) == "folder":
            with suppress(ftplib.error_perm):
                self._ftp.rmd(self._at(LOCK))
        self._first = False

    def _put_first(self, part: str, goal: str) -> None:
        """Put a file in place if none is there. A rename would replace it; only a folder is made by one or nobody."""
        lock = self._at(LOCK)
        for _ in range(_LOCK_TRIES):  # whoever has it, has it for two commands; then it is of one that was killed
            with suppress(ftplib.error_perm):
                self._ftp.mkd(lock)
                break
            sleep(0.1)
        try:
            if self._look(goal) or not self._look(part):  # a deploy that goes on has removed it
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
            self._put_in_place(part, goal)
        finally:
            with suppress(ftplib.error_perm):
                self._ftp.rmd(lock)

    def _put_in_place(self, part: str, goal: str) -> None:
        try:
            self._ftp.rename(part, goal)
        except ftplib.error_perm:
            self._exchange(part, goal)

    def _exchange(self, part: str, goal: str) -> None:
        """Replace a file by two renames, at a server that does not rename over one: for a moment there is none."""
        there, aside = self._look(goal), self._at(ASIDE_FILE)
        if there and there.kind == "folder":
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if there:
            self._ftp.rename(goal, aside)
        try:
            self._ftp.rename(part, goal)
        except ftplib.Error:
            if there:
                with suppress(ftplib.Error):
                    self._ftp.rename(aside, goal)
            raise
        if there:
            self._delete(aside)

    def _delete(self, place: str) -> bool:
        try:
            self._ftp.delete(place)
        except ftplib.error_perm:
            return False
        return True
