"""Where articles and originals are put: whole or not at all, and never over a file that is there.

A folder is made in `.yoyak/`, or in content/ when that is on another disk, and moved into place with one rename; a file
is linked into place. An interrupted import leaves an original without its article at worst, and the next one goes on.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout

from yoyak.files.handles import Refused
from yoyak.files.parts import sync_folder
from yoyak.files.site_files import open_below, read_of_site, top_of
from yoyak.importing.originals import FOLDER, Original
from yoyak.messages.errors import YoyakError
from yoyak.model.message import say
from yoyak.paths import STORE
from yoyak.pipeline.load import ARTICLE_ENDINGS
from yoyak.store.place import is_exposed, make_folder
from yoyak.text.names import name_for_every_disk, path_key, slug_of_path, slugify
from yoyak.text.tracking import page_key

PATIENCE = 60
_STAGING = "importing"
_HEAD = 16_000
_ORIGIN = re.compile(r"^# Imported on \S+ from (.+)$", re.MULTILINE)
_ADDRESS = re.compile(r"^source_url: *[\"']?(\S+?)[\"']?$", re.MULTILINE)
_ENTRY = re.compile(r"^# Entry of the (?:feed|export|mailbox): (.+)$", re.MULTILINE)
_SLUG = re.compile(r"^slug: *[\"']?(.*?)[\"']?$", re.MULTILINE)
_TITLE = re.compile(r"^title: *(.*)$", re.MULTILINE)


class Library:
    """The content folder of one site, while an import writes to it."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.staging = _staging(site)
        self.articles: dict[str, list[str]] = {}
        """Articles by the original that they say they come from."""
        self.of_sites: dict[str, list[tuple[str, str]]] = {}
        """Articles of old sites with the path that their file had there, by its name."""
        self.addresses: dict[str, str] = {}
        """Articles by their source_url."""
        self.shared: set[str] = set()
        """Addresses that several articles have: they name none of them."""
        self.entries: dict[str, str] = {}
        """Articles by the name that their feed gives them."""
        self.slugs: set[str] = set()
        """What the addresses of articles end with, under the key that every disk would know them by."""
        self.titles: dict[str, str] = {}
        """Titles of articles, as they are written."""
        self.originals: dict[int, list[str]] = {}
        """Kept originals by their size."""
        self.promised: set[str] = set()
        """Paths that this import has given away, under the key that every disk would know them by."""
        self._look()

    def _look(self) -> None:
        for path in _files(self.site / "content"):
            name = path.relative_to(self.site).as_posix()
            if name.startswith(FOLDER):
                self.originals.setdefault(path.stat().st_size, []).append(name)
            elif path.suffix.lower() in (".md", ".markdown"):
                self.note(name, _beginning(name, str(path)))
            elif path.suffix.lower() in ARTICLE_ENDINGS:
                self.slugs.add(path_key(slug_of_path(name)))

    def note(self, path: str, text: str) -> None:
        """Remember where an article says that it comes from."""
        if origin := _ORIGIN.search(text):
            self.articles.setdefault(origin[1], []).append(path)
            if old := origin[1].partition(": ")[2]:
                self.of_sites.setdefault(old.rpartition("/")[2], []).append((old, path))
        if address := _ADDRESS.search(text):
            first = self.addresses.setdefault(page_key(address[1]), path)
            self.shared |= {page_key(address[1])} if first != path else set()
        if entry := _ENTRY.search(text):
            self.entries.setdefault(entry[1], path)
        slug = _SLUG.search(text.partition("\n---")[0])
        if not path.startswith("content/pages/"):
            self.slugs.add(path_key(slugify(slug[1]) if slug else slug_of_path(path)))
        if title := _TITLE.search(text):
            self.titles[path] = title[1]

    def kept(self, original: Original) -> str:
        """Return where the same bytes are kept already, or an empty text."""
        for path in self.originals.get(len(original.data), ()):
            with suppress(OSError):
                if read_of_site(path, str(self.site / path)) == original.data:
                    return path
        return ""

    def of_old_site(self, original: Original, place: Path | None) -> list[str]:
        """Return the article that a file became when its whole site was imported: it has its place and its title."""
        whole = place.resolve().as_posix() if place and not original.origin else ""
        found = (path for old, path in self.of_sites.get(original.name, ()) if whole.endswith(f"/{old}"))
        return [path for path in found if self.titles.get(path, "\0").strip("\"'").encode() in original.data]

    def free(self, path: str, ending: str, *, of_article: bool = False) -> str:
        """Return `path`, with a number behind it when a file or a folder of that name is there; `ending` may follow.

        The file of an article that says no slug gives it its address, so that this must be free too.
        """
        for number in count(1):
            wanted = path if number == 1 else f"{path}-{number}"
            names = {wanted, wanted + ending}
            if of_article and path_key(slug_of_path(f"{wanted}{ending}")) in self.slugs:
                continue
            if not self.promised & set(map(path_key, names)) and not any(os.path.lexists(self.site / n) for n in names):
                self.promised |= set(map(path_key, names))
                return wanted
        raise AssertionError  # the numbers do not end

    def put(self, path: str, files: Mapping[str, bytes]) -> None:
        """Put a new folder with these files in its place.

        Raises:
            YoyakError: something has come there in the meantime.
        """
        staged = self._staged(path)
        shutil.rmtree(staged, ignore_errors=True)
        for name, data in files.items():
            _write(staged / name, data)
        target = self._target(path)
        if os.path.lexists(target):
            raise _taken(path)
        try:
            staged.rename(target)
        except OSError as error:
            if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
                raise _taken(path) from None
            raise
        sync_folder(target.parent)

    def put_file(self, path: str, data: bytes) -> None:
        """Put one new file in its place.

        Raises:
            YoyakError: something has come there in the meantime.
        """
        staged = self._staged(path)
        _write(staged, data)
        target = self._target(path)
        try:
            os.link(staged, target)
        except FileExistsError:
            raise _taken(path) from None
        except OSError:  # a disk without links
            if os.path.lexists(target):
                raise _taken(path) from None
            staged.rename(target)
        staged.unlink(missing_ok=True)
        sync_folder(target.parent)

    def _target(self, path: str) -> Path:
        """Return where something of content/ is put; its folder is there. No link leads it out of content/.

        Raises:
            Refused: one would, and a build would not find it there.
        """
        target = self.site / path
        if not target.parent.resolve().is_relative_to((self.site / "content").resolve()):
            refused = Refused("link")
            refused.filename = str(target.parent)
            raise refused
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def _staged(self, path: str) -> Path:
        return self.staging / hashlib.sha256(path.encode()).hexdigest()[:16]

    def text(self, path: str) -> str:
        """Return a file of this import; an empty text when somebody took it away."""
        try:
            return read_of_site(path, str(self.site / path)).decode()
        except (OSError, UnicodeDecodeError):
            return ""

    def renew(self, path: str, before: bytes, data: bytes) -> None:
        """Put new bytes in place of those that this import wrote, unless somebody has changed them."""
        if self.text(path).encode() != before:
            return
        staged = self._staged(path)
        _write(staged, data)
        staged.replace(self.site / path)
        sync_folder((self.site / path).parent)


@contextmanager
def library(site: Path, *, dry_run: bool) -> Iterator[Library]:
    """Give the library of a site to one import at a time.

    Raises:
        YoyakError: another import does not end.
    """
    if dry_run:
        yield Library(site)
        return
    store = site / STORE
    make_folder(store)
    if is_exposed(store):
        raise YoyakError(say("import.exposed-store", store=str(store)))
    lock = FileLock(site / STORE / "importing.lock")
    try:
        lock.acquire(timeout=PATIENCE)
    except Timeout as error:
        raise YoyakError(say("import.locked")) from error
    try:
        shutil.rmtree(_staging(site), ignore_errors=True)  # what a killed import left
        yield Library(site)
    finally:
        shutil.rmtree(_staging(site), ignore_errors=True)
        lock.release()


def _staging(site: Path) -> Path:
    """Return where files wait for their place: in `.yoyak/`, or in content/ when that is on another disk."""
    inside = site / STORE / _STAGING
    with suppress(OSError):
        if (site / STORE).stat().st_dev != (site / "content").stat().st_dev:
            return site / "content" / ".yoyak-importing"
    return inside


def safe_name(name: str) -> str:
    """Return the name of an original as every disk takes it."""
    return name_for_every_disk(name.replace("\ufffd", "-").lstrip("_ "), "original")


def _taken(path: str) -> YoyakError:
    return YoyakError(say("import.taken", path=path))


def _files(folder: Path) -> Iterator[Path]:
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(top) / name for name in sorted(names) if not (Path(top) / name).is_symlink())


def _beginning(path: str, location: str) -> str:
    try:
        with os.fdopen(open_below(top_of(path, location), location), "rb") as file:
            return file.read(_HEAD).decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError:
        return ""


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
