"""A folder of another generator, as every module of this package gives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from yoyak.importing.originals import OldText, SkippedItem
from yoyak.model.message import Problem
from yoyak.model.types import Record


class OldFile(Record, kw_only=True):
    """A file of an old site that becomes an article or a page."""

    path: str
    """From the site's folder: ``_posts/2024-07-03-ferry.md``."""
    place: Path
    translate: Callable[[str], OldText]
    """Gives its text in yoyak's form: keys, marks, address, and what holds it back."""
    find: Callable[[str], bytes | None]
    """Gives a picture by the path that the text's address for it makes, from the site's folder: ``_posts/pier.png`` for
    ``pier.png`` in a file of _posts/; ``/images/pier.png`` for one from the root. Where that generator keeps it is its
    matter."""


class OldSite(Record, kw_only=True):
    """What is to be imported of a folder, and what is not."""

    generator: str
    """As people call it: ``Hugo``."""
    base_url: str = ""
    files: tuple[OldFile, ...]
    left: tuple[SkippedItem, ...] = ()
    problems: tuple[Problem, ...] = ()
    lists: tuple[tuple[str, str], ...] = ()
    """Addresses of list pages that its settings change: what its program calls them else, and what they are."""


Opener = Callable[[Path], OldSite | None]
"""Gives the site of a folder, or nothing when the folder is none of its kind."""


def opened(folder: Path, wanted: str, openers: Mapping[str, Opener]) -> OldSite | None:
    """Return the site that a folder is, of the generator that is `wanted` or of the first that knows it."""
    for name in [wanted] if wanted else openers:
        if name in openers and (site := openers[name](folder)):
            return site
    return None
