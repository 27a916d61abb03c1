"""The files that ``yoyak show`` reads: the one to show, and those pictures beside it that it names."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from yoyak.files.first_seen import with_first_seen
from yoyak.files.picture_files import asset_at
from yoyak.files.site_files import spelled_by_the_disk
from yoyak.messages.catalogue import speak
from yoyak.messages.errors import YoyakError
from yoyak.model.message import Words, say
from yoyak.model.sources import Asset, SourceFile
from yoyak.model.types import Record
from yoyak.paths import site_folder
from yoyak.pipeline.load import list_content
from yoyak.readers.capture.own_rules import refuse_bad_rules
from yoyak.settings.config import SiteConfig, load_config, settings_of_no_site
from yoyak.text.file_kinds import ASSET_ENDINGS, ASSET_LIMIT, NOT_SHOWN_ENDINGS
from yoyak.text.names import NamesOf

STANDARD_INPUT = Path("-")
LIMIT = 60_000_000
"""Bytes: a page may hold its pictures."""


class ToShow(Record, kw_only=True):
    """A file to show, and what holds for it."""

    source: SourceFile
    """Its path is below content/ also when the file is not: so are the pictures beside it."""
    name: str
    """What a person calls it: its path below the site folder, else as it was given."""
    config: SiteConfig
    assets: Mapping[str, Asset]
    names: Mapping[str, str]
    in_site: bool
    elsewhere: str = ""
    """The folder of the site whose settings hold, when the file is none of its content."""


def file_to_show(file: Path, site: Path | None, at: datetime | None) -> ToShow:
    """Return a file with the settings of its site; ``-`` is standard input, as a capture or what else it looks like.

    A file that stands in no site gets the settings of the site around the current folder, else the default ones.

    Raises:
        YoyakError: it is no file that can be read, or the site's settings cannot be read.
    """
    pasted = file == STANDARD_INPUT
    location = Path.cwd() / "pasted.txt" if pasted else file.resolve()
    data = _pasted() if pasted else _data(file)
    folder = site_of(file, site)
    config = _settings(folder, location.parent, at)
    path = normalize("NFC", os.path.relpath(location, folder).replace(os.sep, "/")) if folder else ""
    elsewhere = "" if path.startswith("content/") or folder is None else str(folder)
    if path.startswith("content/"):
        assert folder is not None
        root, name = folder / "content", path
    else:
        root, name = location.parent, "-" if pasted else normalize("NFC", str(file))
        path = f"content/{normalize('NFC', location.name)}"
    source = SourceFile(path=path, data=data, digest="")
    if not pasted:
        (source,) = with_first_seen(folder or location.parent, (source,), {path: str(location)})
    return ToShow(
        source=source,
        name=name,
        config=config,
        assets=PicturesNamed(root),
        names=NamesOf(_paths(root, folder)),
        in_site=folder is not None,
        elsewhere=elsewhere,
    )


def _paths(root: Path, site: Path | None) -> Iterator[str]:
    """Yield the files that may be beside a file: all of a site, else those of the file's own folder."""
    if site and root == site / "content":
        yield from list_content(site).paths
    elif root.is_dir():
        yield from (f"content/{normalize('NFC', one.name)}" for one in os.scandir(root) if one.is_file())


def site_of(file: Path, site: Path | None) -> Path | None:
    """Return the folder of the site that a file is shown for, or None.

    That is `site`, else the nearest one above the file, else the nearest one above the current folder.
    """
    if site:
        return site.resolve()
    beside = None if file == STANDARD_INPUT else site_folder(file.resolve().parent)
    return beside or site_folder(Path.cwd())


def _settings(folder: Path | None, fallback: Path, at: datetime | None) -> SiteConfig:
    if folder is None:
        return settings_of_no_site(fallback, at=at, environment=os.environ)
    config, problems = load_config(folder, at=at, preview=True, environment=os.environ)
    if config is None:
        raise YoyakError(*problems)
    refuse_bad_rules(config.rule_files)
    return config


def _data(file: Path) -> bytes:
    with open(file, "rb", opener=_without_waiting) as opened:
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            raise YoyakError(say("show.not-a-file", file=str(file)))
        return _within_limit(opened.read(LIMIT + 1), str(file))


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe that nobody writes to would keep us waiting."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _pasted() -> bytes:
    if sys.stdin.isatty():
        print(speak(say("show.paste")), file=sys.stderr)  # noqa: T201 - before any answer
    return _within_limit(sys.stdin.buffer.read(LIMIT + 1), say("show.standard-input"))


def _within_limit(data: bytes, name: Words) -> bytes:
    if len(data) > LIMIT:
        raise YoyakError(say("show.too-large", name=name, limit=LIMIT))
    return data


class PicturesNamed(Mapping[str, Asset]):
    """The pictures below a folder, each looked for when it is asked for: a site may have thousands."""

    def __init__(self, root: Path) -> None:
        self._root = Path(os.path.realpath(root))
        self._known: dict[str, Asset | None] = {}

    def __getitem__(self, path: str) -> Asset:
        if path not in self._known:
            self._known[path] = self._look(PurePosixPath(path))
        if (found := self._known[path]) is None:
            raise KeyError(path)
        return found

    def _look(self, path: PurePosixPath) -> Asset | None:
        if path.suffix.lower() not in ASSET_ENDINGS | NOT_SHOWN_ENDINGS:
            return None
        if path.parts[:1] != ("content",) or ".." in path.parts:
            return None
        location = spelled_by_the_disk(self._root, path.parts[1:])
        if location is None or not os.path.realpath(location).startswith(str(self._root) + os.sep):
            return None
        found = location.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > ASSET_LIMIT or not os.access(location, os.R_OK):
            return None
        return asset_at(str(path), str(location))

    def __iter__(self) -> Iterator[str]:
        return (path for path, found in self._known.items() if found)

    def __len__(self) -> int:
        return sum(1 for _ in self)
