"""The last good reading of every article in this session, so that a broken save takes no page away."""

from __future__ import annotations

from collections.abc import Container

from msgspec.structs import replace

from yoyak.model import Parsed
from yoyak.problems import errors


class Memory:
    """Remembers articles by path; lives as long as the preview does."""

    def __init__(self) -> None:
        self._good: dict[str, Parsed] = {}

    def recall(self, parsed: Parsed) -> Parsed:
        """Return `parsed`, or for a file that broke its last good article together with the new problems."""
        if parsed.article is not None:
            self._good[parsed.path] = parsed
        good = self._good.get(parsed.path)
        if parsed.article is None and good and errors(parsed.problems):
            return replace(good, problems=parsed.problems)
        return parsed

    def keep(self, paths: Container[str]) -> None:
        """Forget every article whose file is not among `paths` any more."""
        self._good = {path: good for path, good in self._good.items() if path in paths}
