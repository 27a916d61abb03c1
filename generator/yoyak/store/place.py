"""The place of the store: where it lies, who else may write there, and which program wrote it."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from yoyak import __version__
from yoyak.model.build import BuildRequest
from yoyak.paths import HIDDEN, PREVIEW, mark_of, staging_name


def store_file(request: BuildRequest) -> Path:
    """Return the file that remembers builds into the request's output folder; each folder has its own."""
    return request.store / f"{_name(request)}.sqlite"


def lock_file(request: BuildRequest) -> Path:
    """Return the file that a build locks while it reads and writes the store and the output folder."""
    return request.store / f"{_name(request)}.lock"


def _name(request: BuildRequest) -> str:
    folder = request.folder.resolve()
    if request.target == folder / "output":
        return "store"
    if request.target == folder / PREVIEW:
        return "preview-store"
    return f"store-{mark_of(request.target)}"


def lock_of_staging(folder: Path, name: str) -> str:
    """Return the name of the lock that a build holds which stages in a folder of this name, in the site `folder`."""
    for target, lock in ((folder / "output", "store"), (folder / PREVIEW, "preview-store")):
        if name.startswith(staging_name(target)):
            return f"{lock}.lock"
    return f"store-{name.removeprefix('staging-')[:12]}.lock"


def leftovers(work: Path) -> list[str]:
    """Return the names of the folders in which builds stage, or had staged, their files."""
    try:
        return [name for name in os.listdir(work) if name.startswith("staging-")]  # noqa: PTH208 - names
    except FileNotFoundError:
        return []


def has_leftovers(request: BuildRequest) -> bool:
    """Tell whether a build that runs or did not end has files staged in the site, or in the output."""
    return bool(leftovers(request.store)) or os.path.lexists(request.target / HIDDEN)


# --- who else may write there, and the key that its rows are sealed with then ------------------------------------
# Whoever may write to a site's own folder may exchange its templates, which are code: such a person is trusted. A
# store that somebody else can write to is not used at all; where people share a site, the rows of each are bound to
# them.


_KEY_BYTES = 32
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_WRITERS = stat.S_IWGRP | stat.S_IWOTH


def is_private(folder: Path) -> bool:
    """Tell whether nobody else can read or write a folder; it is none when it is a link or not there."""
    if not hasattr(os, "getuid"):
        return folder.is_dir()
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & _OTHERS


def is_shared(folder: Path) -> bool:
    """Tell whether another user can write to a folder; false where systems do not say so (Windows)."""
    if not hasattr(os, "getuid"):
        return False
    try:
        found = folder.stat()
    except OSError:
        return False
    return found.st_uid not in (os.getuid(), 0) or bool(found.st_mode & _WRITERS)


def is_exposed(folder: Path) -> bool:
    """Tell whether somebody can write to a folder who cannot write to the one above it, and exchange what is there."""
    if sys.platform == "win32" or not is_shared(folder):
        return False
    try:
        found, above = folder.stat(), folder.parent.stat()
    except OSError:
        return True
    may = 0 if above.st_mode & stat.S_ISVTX else above.st_mode  # in a sticky folder nobody exchanges what others have
    by_group = bool(may & stat.S_IWOTH or (may & stat.S_IWGRP and found.st_gid == above.st_gid))
    return (
        found.st_uid not in (os.getuid(), 0, above.st_uid)
        or bool(found.st_mode & stat.S_IWOTH and not may & stat.S_IWOTH)
        or bool(found.st_mode & stat.S_IWGRP and not by_group)
    )


def make_folder(folder: Path) -> None:
    """Make a site's folder for the store, if it is not there: with no writers that the site does not have.

    The rights by which people make files (a umask of 000 or 002) and those of the site may differ.
    """
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        if not folder.is_dir():
            raise
        return
    if is_exposed(folder):
        folder.chmod(stat.S_IMODE(folder.stat().st_mode) & ~_WRITERS)


def key_of(place: Path) -> bytes:
    """Return the key for a store's file: of this user and this place where others can write, else empty.

    Without a secret that lasts it is a new one each time: what earlier builds left cannot be told from a forgery then.
    """
    if not is_shared(place.parent):
        return b""
    secret = _secret() or secrets.token_bytes(_KEY_BYTES)
    return hashlib.blake2b(os.fsencode(os.path.realpath(place)), digest_size=_KEY_BYTES, key=secret).digest()


def secret_file() -> Path:
    """Return where a user's secret is kept.

    Raises:
        RuntimeError: the user has no home.
    """
    given = os.environ.get("XDG_STATE_HOME", "")
    if given.startswith("/"):
        return Path(given) / "yoyak" / "store.key"
    home = Path.home()
    if not home.is_dir():
        raise RuntimeError(f"{home} is not there")
    usual = Path("Library", "Application Support") if sys.platform == "darwin" else Path(".local", "state")
    return home / usual / "yoyak" / "store.key"


def _secret() -> bytes | None:
    """Return this user's secret, made if there is none; None when it cannot be kept to this user."""
    try:
        place = secret_file()
        try:
            return _read(place)
        except FileNotFoundError:
            _make(place)
            return _read(place)
    except (OSError, RuntimeError):
        return None


def _read(place: Path) -> bytes | None:
    if sys.platform == "win32":
        return None
    handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & _OTHERS:
            return None
        data = os.read(handle, _KEY_BYTES + 1)
        return data if len(data) == _KEY_BYTES else None
    finally:
        os.close(handle)


def _make(place: Path) -> None:
    """Put a new secret into its place. Of two builds that do so at once the first one counts."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = place.with_name(f"{place.name}.{secrets.token_hex(8)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, secrets.token_bytes(_KEY_BYTES))
        os.link(part, place)
    except FileExistsError:
        return
    finally:
        os.close(handle)
        part.unlink()


# --- which program this is ---------------------------------------------------------------------------------------
# What another one remembered is not trusted, since it may have meant something else.


_PACKAGE = Path(__file__).parent.parent


@cache
def program() -> bytes:
    """Return a digest of yoyak, its libraries and its Python.

    yoyak itself counts by what its files look like, so that a developer's change is another program; libraries count by
    the names and versions that are installed beside it.
    """
    told = [__version__, sys.version, *_files(str(_PACKAGE)), *_libraries()]
    return hashlib.blake2b("\n".join(told).encode("utf-8", "surrogateescape"), digest_size=16).digest()


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            elif entry.name.endswith((".py", ".yaml")):
                found = entry.stat()
                yield f"{entry.path} {found.st_size} {found.st_mtime_ns}"


def _libraries() -> list[str]:
    beside = Path(msgspec.__file__).parent.parent
    names = (entry.name for entry in beside.iterdir())
    return sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))
