"""Files below a folder by their names, without following links."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from unicodedata import normalize

from yoyak.files.site_files import read_below
from yoyak.importing.originals import PICTURE_LIMIT


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
