"""The files that articles show: what each is by its first bytes, its size, and its published name."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath

from yoyak.content import ASSETS, Asset, asset_with_fault
from yoyak.problems import Problem
from yoyak.text.file_kinds import ENDINGS, FAULTS, HEAD, NOT_SHOWN_ENDINGS, kind_of_file, kind_of_head
from yoyak.text.slugs import slugify
from yoyak.text.svg import unsafe_part

ASSET_LIMIT = 30_000_000


def ending_of(path: str) -> str:
    """Return a path's ending, with its dot and in small letters."""
    name = path[path.rfind("/") + 1 :]
    dot = name.rfind(".")
    return name[dot:].lower() if 0 < dot < len(name) - 1 else ""


def asset_at(path: str, location: str) -> Asset | None:
    """Return the picture at a location, or None for one that is not published; load reports why."""
    return asset_of(path, location, [])


def asset_of(path: str, location: str, problems: list[Problem]) -> Asset | None:
    """Return a picture, or None with a problem for one that may not be published, whoever shows it."""
    ending = ending_of(path)
    data, kind = _opened(location, ending)
    digest = hashlib.sha256(data).hexdigest()
    if kind == "svg" and (found := unsafe_part(data)):
        problems.append(_unsafe(path, found))
        return None
    width, height = _size(location) if kind in ENDINGS else (0, 0)
    if kind in _MEASURED and not (width and height):
        kind = "cut"
    if kind in FAULTS:
        return asset_with_fault(path, location, digest, kind)
    name = slugify(PurePosixPath(path).stem, 60) or "file"
    right = ending if ending in ENDINGS[kind] else ENDINGS[kind][0]
    return Asset(
        path=path,
        location=location,
        digest=digest,
        width=width,
        height=height,
        output=f"{ASSETS}{name}.{digest[:10]}{right}",
    )


_MEASURED = ("png", "jpeg", "gif", "webp")
"""Pictures that surely say how large they are."""


def _opened(location: str, ending: str) -> tuple[bytes, str]:
    """Return the bytes of a picture and its kind. Of one that is not published its beginning is enough."""
    with open(location, "rb") as file:  # noqa: PTH123 - no object for each of many
        head = file.read(HEAD if ending in NOT_SHOWN_ENDINGS else ASSET_LIMIT)
        if ending in NOT_SHOWN_ENDINGS and (kind := kind_of_head(head, ending)) in FAULTS:
            return head, kind
        data = head + file.read(ASSET_LIMIT)
    return data, kind_of_file(data, ending)


def _unsafe(path: str, found: str) -> Problem:
    return Problem(
        code="unsafe-svg",
        path=path,
        message=f"This picture holds {found}; only plain drawings are published.",
        hint="Export it again as a plain SVG, or as PNG.",
    )


def _size(location: str) -> tuple[int, int]:
    import imagesize  # here, because most sites' builds find few pictures

    try:
        width, height = imagesize.get(location)
    except (ValueError, OSError, ArithmeticError, LookupError):
        return 0, 0
    return max(0, int(width)), max(0, int(height))
