"""Change a folder so that a crash leaves each file old or new, never half. No link below the folder is followed."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from yoyak.files.parts import sync_folder
from yoyak.files.site_files import open_output
from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.publish.journal import PART, part_of
from yoyak.publish.plan import folders_of

CHUNK = 1 << 20
FILE_MODE = 0o644
FOLDER_MODE = 0o755
_NO_LINKS = (errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EACCES)
"""What a file system says that has no second name for a file, or not for this one."""
_OF_THE_DISK = (errno.EIO, errno.ENOSPC, errno.EDQUOT)
"""Errors that may have passed at the next deploy."""


def make_folder(folder: Path) -> None:
    """Make a folder that web servers can read, if it is not there."""
    if not folder.exists():
        folder.mkdir()
        folder.chmod(FOLDER_MODE)


def copy_file(output: Path, root: Path, path: str, digest: str) -> None:
    """Copy a file of `output` to the same path below `root`, or leave that when its SHA-256 is not `digest`."""
    _make_folders(root, path)
    _write(root, path, _checked(output, path, digest))


def link_file(source: Path, root: Path, path: str) -> bool:
    """Make a file below `root` the same as that of `source`, and tell whether the file system can do that."""
    _make_folders(root, path)
    place = _place(root, path)
    try:
        os.link(_place(source, path), place, follow_symlinks=False)
    except OSError as error:
        if error.errno in _NO_LINKS:
            return False
        _name(error, place)
        raise
    return True


def carry_over(source: Path, root: Path, path: str) -> None:
    """Give `root` what `source` has at `path`, and a deploy did not put there: a file or a link."""
    if link_file(source, root, path):
        return
    if (source / path).is_symlink():
        (root / path).symlink_to((source / path).readlink())
    else:
        _write(root, path, _checked(source, path, ""))


def write_file(root: Path, path: str, data: bytes) -> None:
    """Write `data` to `path` below `root`, which exists."""
    _write(root, path, iter([data]))


def remove_file(root: Path, path: str) -> None:
    """Remove a file, if it is there and no link leads to it."""
    if _linked_folder(root, path):
        return
    place = _place(root, path)
    try:
        os.unlink(place)  # noqa: PTH108
    except (FileNotFoundError, NotADirectoryError):  # or its folder is a file now
        return
    except OSError as error:
        _name(error, str(root), place if path.rpartition("/")[2].startswith(PART) else "")
        raise


def remove_empty_folders(root: Path, paths: Iterable[str]) -> bool:
    """Remove the folders above `paths` that are empty, deepest first; never `root` itself.

    Tells whether an error of the disk left none of them.
    """
    folders, failed = {folder for path in paths for folder in folders_of(path)}, False
    for folder in sorted(folders, key=lambda folder: (-folder.count("/"), folder)):
        if not _linked_folder(root, f"{folder}/."):
            try:
                os.rmdir(_place(root, folder))  # noqa: PTH106
            except OSError as error:  # else not empty, gone, or not ours to remove
                failed = failed or error.errno in _OF_THE_DISK
    return not failed


def sync_folders(root: Path, paths: Iterable[str]) -> None:
    """Make the names of `paths` last through a power failure."""
    folders = {folder for path in paths for folder in ("", *folders_of(path))}
    for folder in (_place(root, name) if name else str(root) for name in sorted(folders)):
        try:
            sync_folder(folder)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            _name(error, folder)
            raise


def _checked(output: Path, path: str, digest: str) -> Iterator[bytes]:
    """Yield the bytes of a file of `output`; fail at their end when they are not those of `digest`, if it is given."""
    sha256 = hashlib.sha256()
    with naming(output / path), os.fdopen(open_output(output, path), "rb") as file:
        while chunk := file.read(CHUNK):
            sha256.update(chunk)
            yield chunk
    if digest and sha256.hexdigest() != digest:
        raise YoyakError(say("deploy.changed-meanwhile", path=str(output / path)))


def _write(root: Path, path: str, chunks: Iterator[bytes]) -> None:
    part = root / part_of(path)
    with naming(root / path, written_as=part):
        part.unlink(missing_ok=True)
        try:
            _fill(part, chunks)
            part.replace(root / path)
        except BaseException:
            with contextlib.suppress(OSError):  # the next deploy removes it; the first error is the one to report
                part.unlink(missing_ok=True)
            raise


def _fill(part: Path, chunks: Iterator[bytes]) -> None:
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as file:
        file.writelines(chunks)
        file.flush()
        if sys.platform != "win32":
            os.fchmod(file.fileno(), FILE_MODE)
        os.fsync(file.fileno())


@contextlib.contextmanager
def naming(path: Path, *, written_as: Path | None = None) -> Iterator[None]:
    """Give an error of the system the name of the file that a person knows: a write has none, a part another."""
    try:
        yield
    except OSError as error:
        _name(error, str(path), str(written_as))
        raise


def _name(error: OSError, place: str, written_as: str = "") -> None:
    named = [os.fsdecode(name) for name in (error.filename, error.filename2) if name is not None]
    if not named or written_as in named:
        error.filename, error.filename2 = place, None


# --- for each of the many files of a release: no objects ---------------------------------------------------------


def _place(root: Path, path: str) -> str:
    return f"{root}{os.sep}{path}"


def _make_folders(root: Path, path: str) -> None:
    for name in folders_of(path):
        folder = _place(root, name)
        try:
            mode = os.lstat(folder).st_mode
        except FileNotFoundError:
            mode = 0
        if stat.S_ISLNK(mode):
            raise YoyakError(say("deploy.link-there", folder=folder))
        if not stat.S_ISDIR(mode):
            os.mkdir(folder)  # noqa: PTH102
            os.chmod(folder, FOLDER_MODE)  # noqa: PTH101


def _linked_folder(root: Path, path: str) -> bool:
    return any(os.path.islink(_place(root, folder)) for folder in folders_of(path))  # noqa: PTH114
