"""The style sheets of a page in a bundle: each with those that it imports before it, and with its pictures inside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yoyak.model.types import Record
from yoyak.portable.addresses import changed_css
from yoyak.portable.built_files import BuiltFiles
from yoyak.portable.packed_page import beside
from yoyak.text.asset_addresses import css_addresses

_IMPORT = re.compile(r"@import\s*(?:url\(\s*)?$", re.IGNORECASE)
_DEEPEST = 8
"""How deep sheets may import each other: of a circle there is no end."""


class Sheet(Record, kw_only=True):
    """One style sheet that names no other file."""

    text: str
    media: str


def packed_style(text: str, path: str, media: str, files: BuiltFiles, deep: int = _DEEPEST) -> Iterator[Sheet]:
    """Yield what a style sheet at `path` imports, then the sheet itself without its imports."""
    pieces, at = list[str](), 0
    for one in css_addresses(text):
        begin = _IMPORT.search(text, at, one.start)
        if begin is None:
            continue
        end = text.find(";", one.end)
        end = len(text) if end < 0 else end
        pieces.append(text[at : begin.start()])
        at = end + 1
        found = beside(path, one.written)
        if deep and found in files.paths:
            both = " and ".join(filter(None, (media, text[one.end : end].strip(" )\t\n"))))
            yield from packed_style(files.text(found), found, both, files, deep - 1)

    def inside(written: str) -> str:
        """Return a file as an address that holds it; what is not of this site is loaded from nowhere."""
        if written.startswith(("#", "data:")):
            return written
        found = beside(path, written)
        return (files.data_url(found) if found in files.paths else "") or "data:,"

    yield Sheet(text=changed_css("".join((*pieces, text[at:])), inside), media=media)
