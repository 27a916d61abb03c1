"""load: the content folder becomes `Content`. Disk is read here and nowhere later.

Links are followed only inside the site; devices, pipes and huge files are refused with a problem, not read.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from yoyak.model import Asset, Content, SourceFile
from yoyak.problems import Problem
from yoyak.text.slugs import path_key, slugify
from yoyak.text.svg import unsafe_part

ARTICLE_ENDINGS = frozenset({".md", ".markdown", ".html", ".htm", ".txt"})
ASSET_ENDINGS = frozenset({".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".pdf"})
ARTICLE_LIMIT = 5_000_000
ASSET_LIMIT = 30_000_000
_FOLDERS = ("editions", "themes", "pages")


def load(folder: Path) -> Content:
    """Return everything below content/ of a site folder, sorted by path."""
    problems: list[Problem] = []
    kinds: dict[str, list[SourceFile]] = {"articles": [], **{name: [] for name in _FOLDERS}}
    assets: dict[str, Asset] = {}
    for path, location in _unique(sorted(_files(folder, problems)), problems):
        ending = PurePosixPath(path).suffix.lower()
        if ending in ARTICLE_ENDINGS:
            kinds[_kind(path)].append(_source_file(path, location))
        elif ending in ASSET_ENDINGS and (asset := _asset(path, location, problems)):
            assets[path] = asset
    return Content(
        articles=tuple(kinds["articles"]),
        editions=tuple(kinds["editions"]),
        themes=tuple(kinds["themes"]),
        pages=tuple(kinds["pages"]),
        assets=assets,
        problems=tuple(problems),
    )


def is_note(path: str) -> bool:
    """Tell whether a file is one of an edition, a theme or a page of its own, and no article."""
    return path.startswith("content/") and _kind(path) != "articles"


def _kind(path: str) -> str:
    parts = PurePosixPath(path).parts
    return parts[1] if len(parts) > 2 and parts[1] in _FOLDERS else "articles"


def _files(folder: Path, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Yield (site path in NFC, absolute location) of each file that may be content."""
    content = folder / "content"
    if not content.is_dir():
        problems.append(_no_content())
        return
    root = os.path.realpath(content)
    stack = [(root, "content")]
    while stack:
        location, path = stack.pop()
        with os.scandir(location) as entries:
            for entry in entries:
                if entry.name.startswith((".", "_")) or _editors_leftover(entry):
                    continue
                name = f"{path}/{normalize('NFC', entry.name)}"
                if entry.is_dir(follow_symlinks=False):
                    stack.append((entry.path, name))
                elif Path(entry.path).is_dir():
                    problems.append(_linked_folder(name))
                elif problem := _refusal(entry, name, root):
                    problems.append(problem)
                elif PurePosixPath(name).suffix.lower() in ARTICLE_ENDINGS | ASSET_ENDINGS:
                    yield name, entry.path


def _editors_leftover(entry: os.DirEntry[str]) -> bool:
    return entry.name.endswith("~") or (entry.name.startswith("#") and entry.name.endswith("#"))


def _no_content() -> Problem:
    return Problem(
        code="no-content",
        path="content/",
        message="There is no folder content/ in this site.",
        hint="Make it and put your articles there, or say with --site where the site is.",
    )


def _unknown_ending(path: str) -> Problem | None:
    """Return a warning, but not for what a browser saved beside a page."""
    if "_files/" in path:
        return None
    return Problem(
        code="unknown-ending",
        severity="warning",
        path=path,
        message="yoyak does not read files of this kind.",
        hint="Save it as text or as a web page, or move it out of content/.",
    )


def _linked_folder(path: str) -> Problem:
    return Problem(
        code="link-to-folder",
        path=path,
        message="This is a link to a folder; such links are not followed.",
        hint="Copy the folder here instead.",
    )


def _refusal(entry: os.DirEntry[str], path: str, root: str) -> Problem | None:
    ending = PurePosixPath(path).suffix.lower()
    if ending not in ARTICLE_ENDINGS | ASSET_ENDINGS:
        return _unknown_ending(path)
    try:
        path.encode()
        found = entry.stat()
    except UnicodeEncodeError:
        return Problem(
            code="unreadable-name",
            path=ascii(path)[1:-1],
            message="The name of this file is not text.",
            hint="Rename it.",
        )
    except OSError as error:
        return Problem(code="unreadable-file", path=path, message=f"This file cannot be read: {error.strerror}.")
    if entry.is_symlink() and not os.path.realpath(entry.path).startswith(root + os.sep):
        return Problem(
            code="link-out-of-site",
            path=path,
            message="This is a link to a file outside content/.",
            hint="Copy the file here instead.",
        )
    if not stat.S_ISREG(found.st_mode):
        return Problem(
            code="not-a-file", path=path, message="This is not a regular file.", hint="Move it out of content/."
        )
    limit = ARTICLE_LIMIT if ending in ARTICLE_ENDINGS else ASSET_LIMIT
    if found.st_size > limit:
        return Problem(
            code="file-too-large",
            path=path,
            message=f"This file has {found.st_size:,} bytes; {limit:,} are allowed.",
            hint="Split it, or make the picture smaller.",
        )
    if not os.access(entry.path, os.R_OK):
        return Problem(
            code="unreadable-file",
            path=path,
            message="This file may not be read.",
            hint="Give yourself the right to read it.",
        )
    return None


def _unique(files: list[tuple[str, str]], problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Yield each file once by the name that every disk would give it; of two that differ only by case, the first."""
    seen: dict[str, str] = {}
    for path, location in files:
        first = seen.setdefault(path_key(path), location)
        if first == location:
            yield path, location
        else:
            problems.append(
                Problem(
                    code="same-name",
                    path=path,
                    message=_one_name(Path(first).name, Path(location).name),
                    hint="Rename one of them.",
                )
            )


def _one_name(first: str, second: str) -> str:
    """Say why two names are one. Two forms of the same Hangul look alike: a Mac takes letters apart (NFD)."""
    if normalize("NFC", first) == normalize("NFC", second):
        return f'"{normalize("NFC", first)}" is here twice: once with its letters taken apart (NFD), once not (NFC).'
    return f'"{first}" and "{second}" are one name on many disks.'


def _source_file(path: str, location: str) -> SourceFile:
    data = Path(location).read_bytes()
    return SourceFile(path=path, data=data, digest=hashlib.sha256(data).hexdigest())


def _asset(path: str, location: str, problems: list[Problem]) -> Asset | None:
    data = Path(location).read_bytes()
    pure = PurePosixPath(path)
    if pure.suffix.lower() == ".svg" and (found := unsafe_part(data)):
        problems.append(
            Problem(
                code="unsafe-svg",
                path=path,
                message=f"This picture holds {found}; only plain drawings are published.",
                hint="Export it again as a plain SVG, or as PNG.",
            )
        )
        return None
    digest = hashlib.sha256(data).hexdigest()
    width, height = _size(location)
    name = slugify(pure.stem, 60) or "file"
    return Asset(
        path=path,
        location=location,
        digest=digest,
        width=width,
        height=height,
        output=f"assets/{name}.{digest[:10]}{pure.suffix.lower()}",
    )


def _size(location: str) -> tuple[int, int]:
    import imagesize  # here, because most sites' builds find few pictures

    try:
        width, height = imagesize.get(location)
    except (ValueError, OSError, ArithmeticError, LookupError):
        return 0, 0
    return max(0, int(width)), max(0, int(height))
