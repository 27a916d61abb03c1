"""Addresses: what a site remembers of its own, and which host an address asks when a browser reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from yoyak.model.types import Record

# --- content/_urls.yaml, and what follows from it for a build ----------------------------------------------------


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


# --- what a page may load, and whether the site allows its host --------------------------------------------------


_ENDS = "".join(map(chr, range(0x21)))
_TAKEN_OUT = re.compile(r"[\t\n\r]")
_PARTS = re.compile(r"(?:([a-zA-Z][a-zA-Z0-9+.\-]*):)?([/\\]*)([^/\\?#]*)")
_SPECIAL = frozenset(("http", "https", "ftp", "ws", "wss", "file"))
_PICTURES_OF = {"youtube.com": "i.ytimg.com", "youtube-nocookie.com": "i.ytimg.com", "youtu.be": "i.ytimg.com"}
"""Where a host of films has its pictures."""


def asked_host(address: str) -> str:
    """Return the host that a browser asks for an address; empty when that is the host of the page, or none.

    As in WHATWG URL §4.4: white space at both ends and tabs and line ends everywhere do not count, a scheme has no
    case, ``\\`` is ``/``, and http, https and ftp may have any number of slashes. What is unclear names a host.
    """
    match = _PARTS.match(_TAKEN_OUT.sub("", address.strip(_ENDS)))
    assert match is not None  # every part of it may be empty
    scheme, slashes, authority = (match[1] or "").lower(), match[2], match[3]
    if scheme not in _SPECIAL and (scheme or len(slashes) < 2):
        return ""
    host = authority.rpartition("@")[2].lower()
    return re.sub(r":\d*$", "", host) or "?"


class Loads(Record, kw_only=True):
    """What pages of a site may load."""

    host: str
    """The site's own."""
    pictures: bool = False
    """Pictures of all hosts: ``images: {remote: load}``."""
    hosts: tuple[str, ...] = ()
    """The hosts of ``embeds:``, each with what is below it."""

    def allows(self, address: str, *, picture: bool = False) -> bool:
        """Tell whether a page may load an address."""
        host = asked_host(address)
        if not host or host == self.host or any(is_below(host, one) for one in self.hosts):
            return True
        return picture and self.pictures and re.match(r"\s*https?:", address, re.IGNORECASE) is not None


@lru_cache(maxsize=8)
def loads(base_url: str, *, pictures: bool, hosts: tuple[str, ...]) -> Loads:
    """Return what a site may load that has this address and these hosts of embeds."""
    theirs = (_PICTURES_OF[one] for one in hosts if one in _PICTURES_OF)
    return Loads(host=asked_host(base_url), pictures=pictures, hosts=tuple(dict.fromkeys((*hosts, *theirs))))


def is_below(host: str, allowed: str) -> bool:
    """Tell whether a host is `allowed` or one of its parts: ``player.example.org`` of ``example.org``."""
    return host == allowed or host.endswith(f".{allowed}")


class Load(NamedTuple):
    """One address that a page loads."""

    tag: str
    """In words: ``<img src>``."""
    address: str
    picture: bool = False
