"""Where in a source file something stands: looked up only when there is a problem to report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from yoyak.files.site_files import read_of_site
from yoyak.front_matter.read import read_front_matter
from yoyak.model.schema import FrontMatter
from yoyak.text.decoding import UndecodableError, file_text

_LIMIT = 5_000_000


class LineFinder:
    """Finds lines in the files of one build."""

    def __init__(self, folder: Path, locations: Mapping[str, str]) -> None:
        """`locations` says where the disk has each path: its name there may be in another normal form."""
        self._folder, self._locations = folder, locations
        self._last: tuple[str, str] = ("", "")
        """The file that was looked into last, and its text."""
        self._keys: dict[str, Mapping[str, tuple[int, int]]] = {}

    def __call__(self, path: str, written: str) -> int:
        """Return the 1-based line of `written` in a file; 0 when it does not stand there as it is."""
        if self._last[0] != path:
            self._last = (path, self._text(path))
        text = self._last[1]
        at = text.find(written)
        return text.count("\n", 0, at) + 1 if text and at >= 0 else 0

    def of_key(self, path: str, key: str) -> int:
        """Return the 1-based line of a value in an article's front matter, by its dotted key; 0 when it has none."""
        if path not in self._keys:
            front = read_front_matter(self._text(path), path, FrontMatter, ZoneInfo("UTC"))
            self._keys[path] = front.lines
        return self._keys[path].get(key, (0, 0))[0]

    def _text(self, path: str) -> str:
        try:
            return file_text(read_of_site(path, self._locations.get(path, str(self._folder / path)), _LIMIT))
        except (OSError, UndecodableError):
            return ""
