"""Change a folder so that a crash leaves each file old or new, never half. No link below the folder is followed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from yoyak.files.site_files import open_output
from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.publish.journal import PART, part_of
from yoyak.publish.plan import folders_of

CHUNK = 1 << 20
FILE_MODE = 0o644
FOLDER_MODE = 0o755


def copy_file(output: Path, root: Path, path: str, digest: str) -> None:
    """Copy a file of `output` to the same path below `root`, or leave that when its SHA-256 is not `digest`."""
    _make_folders(root, path)
    _write(root, path, _checked(output, path, digest))


def write_file(root: Path, path: str, data: bytes) -> None:
    """Write `data` to `path` below `root`, which exists."""
    _write(root, path, iter([data]))


def remove_file(root: Path, path: str) -> None:
    """Remove a file, if it is there and no link leads to it."""
    if not _linked_folder(root, path):
        gone = contextlib.suppress(FileNotFoundError, NotADirectoryError)  # or its folder is a file now
        part = root / path if path.rpartition("/")[2].startswith(PART) else None
        with gone, _naming(root, written_as=part):
            (root / path).unlink()


def remove_empty_folders(root: Path, paths: Iterable[str]) -> None:
    """Remove the folders above `paths` that are empty, deepest first; never `root` itself."""
    folders = {folder for path in paths for folder in folders_of(path)}
    for folder in sorted(folders, key=lambda folder: (-folder.count("/"), folder)):
        if not _linked_folder(root, f"{folder}/."):
            with contextlib.suppress(OSError):  # not empty, or gone
                (root / folder).rmdir()


def sync_folders(root: Path, paths: Iterable[str]) -> None:
    """Make the names of `paths` last through a power failure."""
    folders = {root / folder for path in paths for folder in ("", *folders_of(path))}
    for folder in sorted(folders):
        if folder.is_dir():
            _sync(folder)


def _checked(output: Path, path: str, digest: str) -> Iterator[bytes]:
    """Yield the bytes of a file of `output`; fail at their end when they are not those of `digest`."""
    sha256 = hashlib.sha256()
    with _naming(output / path), os.fdopen(open_output(output, path), "rb") as file:
        while chunk := file.read(CHUNK):
            sha256.update(chunk)
            yield chunk
    if sha256.hexdigest() != digest:
        raise YoyakError(say("deploy.changed-meanwhile", path=str(output / path)))


def _write(root: Path, path: str, chunks: Iterator[bytes]) -> None:
    part = root / part_of(path)
    with _naming(root / path, written_as=part):
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
def _naming(path: Path, *, written_as: Path | None = None) -> Iterator[None]:
    """Give an error of the system the name of the file that a person knows: a write has none, a part another."""
    try:
        yield
    except OSError as error:
        if error.filename is None or os.fspath(error.filename) == str(written_as):
            error.filename, error.filename2 = str(path), None
        raise


def _make_folders(root: Path, path: str) -> None:
    for folder in (root / name for name in folders_of(path)):
        if folder.is_symlink():
            raise YoyakError(say("deploy.link-there", folder=str(folder)))
        if not folder.is_dir():
            folder.mkdir()
            folder.chmod(FOLDER_MODE)


def _linked_folder(root: Path, path: str) -> bool:
    return any((root / folder).is_symlink() for folder in folders_of(path))


def _sync(folder: Path) -> None:
    if sys.platform == "win32":  # it has no handles of folders
        return
    with _naming(folder):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
