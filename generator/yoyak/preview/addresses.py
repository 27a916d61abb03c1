"""From the path of a request to a file of the preview, and to nothing else.

A path is never joined to a folder: it is looked up in the list of files that the build wrote. What is not in the list,
however it is encoded, does not exist.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote, unquote, unquote_to_bytes

from yoyak.files.site_files import read_below
from yoyak.model.types import Record
from yoyak.preview.session import Snapshot

NOT_FOUND = "404.html"


class Answer(Record, kw_only=True):
    """What a request gets: a file of the preview, or another address to go to."""

    status: int
    file: str = ""
    """A key of `Snapshot.files`; empty when there is none."""
    location: str = ""


def answer(raw_path: bytes, state: Snapshot) -> Answer:
    """Return what the percent-encoded `raw_path` of a request leads to."""
    if raw_path == b"/" and state.base_path != "/":
        return Answer(status=307, location=state.base_path)
    path = _below_base(raw_path, state.base_path)
    if path is None:
        return _missing(state.files)
    key = f"{path}index.html" if not path or path.endswith("/") else path
    if key in state.files:
        return Answer(status=200, file=key)
    if f"{path}/index.html" in state.files:
        return Answer(status=307, location=f"{state.base_path}{quote(path)}/")
    return _missing(state.files)


def _below_base(raw_path: bytes, base_path: str) -> str | None:
    try:
        path = normalize("NFC", unquote_to_bytes(raw_path).decode())
    except UnicodeDecodeError:
        return None
    base = normalize("NFC", unquote(base_path))
    return path.removeprefix(base) if path.startswith(base) else None


def _missing(files: Mapping[str, str]) -> Answer:
    return Answer(status=404, file=NOT_FOUND if NOT_FOUND in files else "")


def version(found: Answer, state: Snapshot) -> str:
    """Return a text that changes whenever a page looks different: the digest of its file, in which the names of
    styles, scripts and pictures carry their content's hash."""
    return f"{found.status}-{state.files.get(found.file, '')[:16]}"


def read_inside(root: Path, file: str) -> bytes | None:
    """Return a file's bytes, or None when it is not there or is a link, itself or a folder above it.

    The list of files is the gate; this is the second lock, for a preview folder that somebody else writes to.
    """
    real = os.path.realpath(root)
    try:
        return read_below(real, f"{real}{os.sep}{file}", links="none")
    except (OSError, ValueError):
        return None
