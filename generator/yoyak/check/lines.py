"""Where in a source file something stands: looked up only when there is a problem to report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from yoyak.model import Content
from yoyak.text.decoding import UndecodableError, file_text


class LineFinder:
    """Finds lines in the files of one build."""

    def __init__(self, folder: Path, content: Content) -> None:
        files = (*content.articles, *content.editions, *content.themes, *content.pages)
        self._data: Mapping[str, bytes] = {source.path: source.data for source in files}
        self._folder = folder

    def __call__(self, path: str, written: str) -> int:
        """Return the 1-based line of `written` in a file; 0 when it does not stand there as it is."""
        data = self._data.get(path)
        try:
            text = file_text((self._folder / path).read_bytes() if data is None else data)
        except UndecodableError:
            return 0
        at = text.find(written)
        return text.count("\n", 0, at) + 1 if at >= 0 else 0
