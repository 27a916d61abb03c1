"""Files of an export in one place, whichever it is: a folder, or a zip that is read as it is and never unpacked."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

from yoyak.files.site_files import read_below
from yoyak.importing.originals import PICTURE_LIMIT

MOST = 50_000
"""Files of one export."""
ENTRY_LIMIT = 60_000_000
"""Bytes of one file in a zip, unpacked."""
WHOLE_LIMIT = 600_000_000
"""Bytes that are unpacked of one zip in all."""
_RATIO = 300
"""Text is packed to a tenth, a bomb to a thousandth."""
_SMALL = 2_000_000
_OUT = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[a-zA-Z]:|\0")
_NOT_OURS = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)

Find = Callable[[str], bytes | None]


def opened_zip(data: bytes) -> tuple[tuple[str, ...], Find]:
    """Return the names of the files in a zip, and what gives each; nothing of what leads out of it or is too much."""
    archive = zipfile.ZipFile(BytesIO(data))
    members = dict(_members(archive))
    budget = [WHOLE_LIMIT]

    def find(name: str) -> bytes | None:
        member = members.get(name)
        if member is None or member.file_size > budget[0]:
            return None
        try:
            with archive.open(member) as file:
                found = file.read(member.file_size + 1)
        except (OSError, EOFError, RuntimeError, NotImplementedError, ValueError, zipfile.BadZipFile, zlib.error):
            return None
        budget[0] -= len(found)
        return found if len(found) <= member.file_size else None

    return tuple(members), find


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    for member in archive.infolist()[:MOST]:
        name = _name(member)
        bomb = member.file_size > _SMALL and member.file_size > _RATIO * max(1, member.compress_size)
        is_link = (member.external_attr >> 16) & 0o170000 == 0o120000
        limit = PICTURE_LIMIT if not name.endswith((".xml", ".json", ".atom", ".csv", ".html")) else ENTRY_LIMIT
        if member.is_dir() or member.flag_bits & 1 or is_link or bomb or member.file_size > limit:
            continue
        if name and not _OUT.search(name) and not _NOT_OURS.search(name):
            yield name, member


def _name(member: zipfile.ZipInfo) -> str:
    """Return a file's name, NFC; one without a mark of its encoding is Korean where it is no UTF-8."""
    name = member.filename
    if not member.flag_bits & 0x800 and not name.isascii():
        raw = name.encode("cp437", "replace")
        for codec in ("utf-8", "cp949"):
            try:
                name = raw.decode(codec)
                break
            except UnicodeDecodeError:
                continue
    return normalize("NFC", name.replace("\\", "/"))


def below(names: tuple[str, ...], root: str) -> tuple[str, ...]:
    """Return the names below a folder, from there."""
    return tuple(name.removeprefix(root) for name in names if name.startswith(root))


# --- Files below a folder by their names, without following links ------------------------------------------------


def finder(folder: Path, limit: int = PICTURE_LIMIT) -> Callable[[str], bytes | None]:
    """Return what gives a picture by its path from `folder`; a link, and what lies elsewhere, is not there."""

    root = Path(os.path.realpath(folder))

    @cache
    def names(of: Path) -> dict[str, str]:
        try:
            return {normalize("NFC", entry.name): entry.path for entry in os.scandir(of) if not entry.is_symlink()}
        except OSError:
            return {}

    def find(name: str) -> bytes | None:
        at: Path | None = root
        for part in name.split("/"):
            known = names(at).get(part) if at else None
            at = Path(known) if known else None
        try:
            return read_below(str(root), str(at), limit, links="none") if at else None
        except OSError:
            return None

    return find
