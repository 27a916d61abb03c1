"""What an argument of ``yoyak why`` means: a file of the output, a file of the site, or an address."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from typing import Literal
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from yoyak.model.types import Record
from yoyak.pipeline.load import ARTICLE_ENDINGS
from yoyak.text.file_kinds import ASSET_ENDINGS
from yoyak.text.urls import has_scheme
from yoyak.why.memory import Memory


class Subject(Record, kw_only=True):
    what: Literal["output", "file", "address", "elsewhere"]
    name: str
    """Below the output folder, below the site folder, or below the site's address; percent-decoded, NFC."""


def subject_of(asked: str, memory: Memory) -> Subject:
    """Return what is meant: what is on the disk counts before what looks like an address."""
    text = asked.strip()
    if "\0" in text:  # no disk has such a name
        return _address(text, memory)
    if has_scheme(text):
        return _of_url(text, memory)
    for place in _places(text, memory):
        if os.path.lexists(place) and (found := _below(place, memory)):
            return found
    below = _below(os.path.abspath(text), memory)  # noqa: PTH100 - a link is not followed
    path = normalize("NFC", text.removeprefix("./"))
    if path.strip("/") in memory.outputs:
        return Subject(what="output", name=path.strip("/"))
    if below and (text.startswith("/") or below.name in memory.files or _is_source(below.name)):
        return below
    if _is_source(path) and not path.startswith("/"):
        return Subject(what="file", name=path)
    if path in memory.looks.overrides or path in memory.looks.originals:
        return Subject(what="file", name=f"templates/{path}")
    return _address(path, memory)


def _places(text: str, memory: Memory) -> Iterator[str]:
    """Yield where a path may lie: seen from here, from the site, or from the output."""
    if text.startswith("~"):
        yield os.path.expanduser(text)  # noqa: PTH111
    yield os.path.abspath(text)  # noqa: PTH100
    if not text.startswith("/"):
        yield f"{memory.folder}/{text}"
        yield f"{memory.request.target}/{text}"


def _below(place: str, memory: Memory) -> Subject | None:
    """Return the file of the output or the site that lies at a place."""
    path = os.path.normpath(place)
    folder = memory.folder
    tops = (("output", memory.request.target), ("output", memory.request.target.resolve()))
    for what, top in (*tops, ("file", memory.request.folder.absolute()), ("file", folder)):
        if path == str(top) or path.startswith(f"{top}{os.sep}"):
            name = normalize("NFC", path[len(str(top)) :].strip(os.sep).replace(os.sep, "/"))
            return Subject(what=what, name=name)  # type: ignore[arg-type] # one of two
    real = os.path.realpath(path)
    return _below(real, memory) if real != path else None


def _is_source(path: str) -> bool:
    """Tell whether a path is surely meant as a file of the site, whether it is there or not."""
    ending = posixpath.splitext(path)[1].lower()
    if path.startswith(("content/", "templates/")) or path == "site.yaml":
        return True
    return ending in (ARTICLE_ENDINGS - {".html", ".htm", ".txt"}) | ASSET_ENDINGS and not path.startswith("assets/")


def _of_url(text: str, memory: Memory) -> Subject:
    try:
        parts, home = urlsplit(text), urlsplit(memory.config.base_url)
        host = (parts.hostname or "").encode("idna").decode("ascii") + (f":{parts.port}" if parts.port else "")
    except (ValueError, UnicodeError):
        return Subject(what="elsewhere", name=text)
    if parts.scheme.lower() == "file":
        found = _below(unquote(parts.path), memory)
        return found or Subject(what="elsewhere", name=text)
    path = normalize("NFC", unquote(parts.path or "/"))
    below = path if path.endswith("/") else f"{path}/"
    if host != home.netloc or not below.startswith(normalize("NFC", unquote(home.path))):
        return Subject(what="elsewhere", name=text)
    return _address(path, memory)


def _address(path: str, memory: Memory) -> Subject:
    """Return the address below the site's root that is meant, with its base path or without."""
    told = normalize("NFC", unquote(path.partition("#")[0].partition("?")[0]))
    base = normalize("NFC", unquote(memory.config.base_path))
    absolute = told if told.startswith("/") else f"/{told}"
    if f"{absolute}/" == base:
        absolute = base
    below = absolute.removeprefix(base) if absolute.startswith(base) else absolute
    plain = absolute.lstrip("/")
    name = plain if output_at(below, memory) is None and output_at(plain, memory) else below
    return Subject(what="address", name=name.lstrip("/"))


def output_at(address: str, memory: Memory) -> str | None:
    """Return the path of the file that an address below the site's root leads to, or None."""
    path = address.strip("/")
    index = f"{path}/index.html" if path else "index.html"
    return next((name for name in (path, index) if name in memory.outputs), None)
