"""What a site remembers of its addresses: content/_urls.yaml, and what follows from it for a build."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from yoyak.model.types import Record

URLS_FILE = "content/_urls.yaml"
"""Where the addresses that were ever deployed are remembered, below the site folder."""

AddressKind = Literal["article", "page", "theme", "tag", "source", "author", "edition", "list", "to", "gone", "keep"]
"""What is behind an address; ``to``, ``gone`` and ``keep`` are answers of a person."""
ANSWERS: tuple[AddressKind, ...] = ("to", "gone", "keep")
OF_FILES: tuple[AddressKind, ...] = ("article", "page")


class Remembered(Record, kw_only=True):
    """One address that was online, and what was there."""

    address: str
    """Below the site's root, percent-decoded: ``/articles/ferry/``."""
    kind: AddressKind
    name: str = ""
    """The file of an article or a page, the title of a term, the key of an edition; of ``to`` where it leads."""
    mark: str = ""
    """Of a file: what it is recognised by when it is moved."""
    first: str = ""
    """Of an article: the address that its id in feeds is made of, where that is not this one."""
    line: int = 0


class Addresses(Record, kw_only=True):
    """What a build has to know of the addresses that were deployed."""

    remembered: tuple[Remembered, ...] = ()
    moved: Mapping[str, str] = {}
    """By a file that is gone: the file that it is now."""
    files: frozenset[str] = frozenset()
    """The files of content/, published or not."""
    first: Mapping[str, str] = {}
    """By the file of an article, as it is now: the address that its id in feeds is made of."""
    titles_decide: bool = False
    """A file of a remembered address is gone: the titles of the others say whether it was moved."""


NO_ADDRESSES = Addresses()
