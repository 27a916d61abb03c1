"""The files of an old site, with no link followed; and its settings, which are read and never run."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from unicodedata import normalize

from yoyak.files.site_files import read_below
from yoyak.front_matter.yaml_nodes import Mapping as YamlMapping
from yoyak.front_matter.yaml_nodes import compose, plain_values
from yoyak.importing.originals import PICTURE_LIMIT
from yoyak.model.message import Problem, Words, say, warning
from yoyak.model.types import Record
from yoyak.pipeline.load import ARTICLE_LIMIT
from yoyak.text.decoding import UndecodableError, file_text
from yoyak.text.names import is_leftover

_NEVER = frozenset(("node_modules", "__pycache__", "bower_components"))
_DEEPEST, _MOST = 30, 50_000
"""Folders in each other, and files of one folder, that are looked at."""


class SiteFolder(Record, kw_only=True):
    """The files below a folder."""

    root: Path
    """Where it really is."""
    named: Path
    """As it was called, which may lead there through a link, or from the folder at hand."""
    files: Mapping[str, Path]
    """By their paths from there, NFC, sorted; hidden ones only when they are settings."""

    def data(self, path: str, limit: int = PICTURE_LIMIT) -> bytes | None:
        place = self.files.get(path)
        try:
            return read_below(str(self.root), str(place), limit, links="none") if place else None
        except OSError:
            return None

    def text(self, path: str) -> str:
        """Return a file as text; an empty one when it is not there, is too large, or is no text."""
        return self.readable(path) or ""

    def readable(self, path: str) -> str | None:
        """Return the same; None of what cannot be read."""
        data = self.data(path, ARTICLE_LIMIT)
        try:
            return None if data is None else file_text(data)
        except UndecodableError:
            return None

    def place(self, path: str) -> Path:
        """Return where a file is, as the folder was called."""
        return self.named / self.files[path].relative_to(self.root)

    def below(self, folder: str) -> Iterator[str]:
        start = f"{folder}/" if folder else ""
        return (path for path in self.files if path.startswith(start))


def tree_of(folder: Path, passed: Iterable[str] = ()) -> SiteFolder:
    """Return the files below a folder; no link is followed, and what programs install is left out.

    So is what other programs leave there, and the folders that are `passed` over, by their paths from there.
    """
    root = Path(os.path.realpath(folder))
    found = dict(_below(root, "", 0, frozenset(passed)))
    return SiteFolder(root=root, named=folder, files={path: found[path] for path in sorted(found)})


def _below(folder: Path, before: str, depth: int, passed: frozenset[str]) -> Iterator[tuple[str, Path]]:
    try:
        entries = list(islice(os.scandir(folder), _MOST))
    except OSError:
        return
    for entry in entries:
        name = before + normalize("NFC", os.fsencode(entry.name).decode("utf-8", "replace"))
        if entry.is_symlink() or entry.name in _NEVER or name in passed:
            continue
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith(".") and depth < _DEEPEST:
                yield from _below(Path(entry.path), f"{name}/", depth + 1, passed)
        elif not entry.is_file(follow_symlinks=False) or is_leftover(entry.name):
            continue
        elif not entry.name.startswith(".") or entry.name.startswith(".eleventy"):
            yield name, Path(entry.path)


def finder(tree: SiteFolder, places: Callable[[str], Iterator[str]]) -> Callable[[str], bytes | None]:
    """Return what gives a picture; `places` says where it may be, by its path from the site's folder or its root."""

    def find(name: str) -> bytes | None:
        known = (place for place in places(normalize("NFC", name)) if place in tree.files)
        return tree.data(place) if (place := next(known, "")) else None

    return find


def settings_of(text: str) -> Mapping[str, Any] | None:
    """Return settings that are written as YAML; of a file that is none, its plain lines; None when it has none."""
    lines = [line for line in text.splitlines() if not re.match(r"---|\.\.\.|%", line)]
    node = compose("\n".join(lines) + "\n", "", 1, frozenset()).node
    found = plain_values(node) if isinstance(node, YamlMapping) else dict(_plain(lines))
    return found or None


def _plain(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if match := re.match(r"([A-Za-z_]\w*):[ \t]+([^\s#].*?)(?:\s+#.*)?$", line):
            yield match[1], match[2].strip("\"'")


def is_yes(value: Any) -> bool:
    return str(value).strip().lower() in ("true", "yes", "on", "1")


def not_read(place: Path, message: Words) -> Problem:
    """Return the warning that a setting cannot be read, for settings are never run."""
    hint = say("left-behind.settings.hint")
    return warning("left-behind", str(place), message, hint)
