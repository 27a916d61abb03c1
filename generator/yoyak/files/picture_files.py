"""The files that articles show: what each is by its first bytes, its size, its published bytes and their name."""

from __future__ import annotations

import hashlib
import os
from io import BytesIO
from pathlib import PurePosixPath

from yoyak.containers import Metadata
from yoyak.containers.metadata import published
from yoyak.files.site_files import open_below, read_below, read_whole, top_of
from yoyak.model.message import Problem, Words, problem_of
from yoyak.model.sources import ASSETS, Asset, asset_with_fault
from yoyak.text.file_kinds import (
    ASSET_LIMIT,
    ENDINGS,
    FAULTS,
    HEAD,
    NOT_SHOWN_ENDINGS,
    ending_of,
    kind_of_file,
    kind_of_head,
)
from yoyak.text.names import slugify


def asset_at(path: str, location: str) -> Asset | None:
    """Return the picture at a location, or None for one that is not published; load reports why."""
    return asset_of(path, location, [])


def asset_of(path: str, location: str, problems: list[Problem], metadata: Metadata = "remove") -> Asset | None:
    """Return a picture, or None with a problem for one that may not be published, whoever shows it."""
    ending = ending_of(path)
    data, kind = _opened(path, location, ending)
    source = hashlib.sha256(data).hexdigest()
    width, height = _size(data) if kind in ENDINGS else (0, 0)
    if kind in _MEASURED and not (width and height):
        kind = "cut"
    if kind in FAULTS:
        return asset_with_fault(path, location, source, kind)
    unsafe, shown = _published(data, kind, metadata)
    if unsafe:
        problems.append(problem_of("unsafe-svg", path, found=unsafe))
        return None
    if shown is None:
        return asset_with_fault(path, location, source, "opaque" if kind in _OPAQUE else "cut")
    digest = source if shown is data else hashlib.sha256(shown).hexdigest()
    name = slugify(PurePosixPath(path).stem, 60) or "file"
    right = ending if ending in ENDINGS[kind] else ENDINGS[kind][0]
    return Asset(
        path=path,
        location=location,
        digest=digest,
        source="" if digest == source else source,
        metadata=metadata,
        width=width,
        height=height,
        output=f"{ASSETS}{name}.{digest[:10]}{right}",
    )


def bytes_of(asset: Asset) -> bytes | None:
    """Return the bytes that are published of a picture, or None when its file is no longer the one that was read.

    Raises:
        OSError: it cannot be read any more.
    """
    data = read_below(top_of(asset.path, asset.location), asset.location, ASSET_LIMIT)
    digest = hashlib.sha256(data).hexdigest()
    if digest == asset.digest:
        return data
    if digest != asset.source:
        return None
    return _published(data, kind_of_file(data, ending_of(asset.path)), asset.metadata)[1]


def _published(data: bytes, kind: str, metadata: Metadata) -> tuple[Words, bytes | None]:
    """Return why a picture may not be published, or nothing and the bytes that are: None when they cannot be told."""
    if kind != "svg":
        return "", published(data, kind, metadata)
    from yoyak.text.svg import read_svg

    return read_svg(data, metadata)


_OPAQUE = ("avif", "bmp", "ico")
"""Pictures of which we may not find the metadata, although browsers show them."""
_MEASURED = ("png", "jpeg", "gif", "webp")
"""Pictures that surely say how large they are."""


def _opened(path: str, location: str, ending: str) -> tuple[bytes, str]:
    """Return the bytes of a picture and its kind. Of one that is not published its beginning is enough."""
    may_be_long = ending in NOT_SHOWN_ENDINGS
    handle = open_below(top_of(path, location), location, None if may_be_long else ASSET_LIMIT)
    try:
        if may_be_long:
            head = os.read(handle, HEAD)
            if (kind := kind_of_head(head, ending)) in FAULTS:
                return head, kind
            os.lseek(handle, 0, os.SEEK_SET)
        data = read_whole(handle, ASSET_LIMIT)
    finally:
        os.close(handle)
    return data, kind_of_file(data, ending)


def _size(data: bytes) -> tuple[int, int]:
    import imagesize  # here, because most sites' builds find few pictures

    try:
        width, height = imagesize.get(BytesIO(data))
    except Exception:  # noqa: BLE001 - whatever a library says of a damaged picture: it has no size
        return 0, 0
    return max(0, int(width)), max(0, int(height))
