"""load, for the root of the output: files of content/public/, which are copied as they are.

Whoever may write to content/ may put one there. So only what `yoyak.text.root_files` knows is published, and what
site.yaml lists; everything else is held back, and reported.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import urlsplit

from msgspec import structs

from yoyak.containers import Metadata
from yoyak.files.site_files import Refused, bad_name, entries_below, linked_folder, read_below, unique, unreadable
from yoyak.model.build import MANIFEST
from yoyak.model.message import Message, Problem, advised, problem_of, say, warning
from yoyak.model.sources import ASSETS, Asset
from yoyak.paths import HIDDEN, PUBLIC
from yoyak.settings.config import SiteConfig
from yoyak.text.file_kinds import ASSET_LIMIT
from yoyak.text.names import is_leftover, is_systems_folder, unfit_for_windows
from yoyak.text.root_files import MOST, WELL_KNOWN, allowed, plain_paths, refusal

_NOT_OURS = (".gitignore", ".gitkeep", ".keep")
_ARTICLES = (".md", ".markdown")
_RESERVED = (MANIFEST, HIDDEN, ASSETS.rstrip("/"))


class _Root(NamedTuple):
    """One folder content/public/, and what site.yaml says of its files."""

    content: str
    location: str
    path: str
    listed: tuple[str, ...]
    host: str
    metadata: Metadata


def root_files_of(folder: Path, config: SiteConfig) -> tuple[tuple[Asset, ...], tuple[Problem, ...]]:
    """Return the files of content/public/ that are published, and a problem for each that is held back."""
    problems: list[Problem] = []
    assets: list[Asset] = []
    for root in _roots(folder, config):
        for path, location in unique(sorted(_files(root, problems)), problems):
            try:
                found = _read(root, path, location)
            except OSError as error:
                found = unreadable(path, error, f"{root.path}/")
            if isinstance(found, Asset):
                assets.append(found)
            else:
                problems.append(found)
    return tuple(assets), (*problems, *_missing(config, assets, problems))


def _missing(config: SiteConfig, assets: Sequence[Asset], problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield a warning for each entry of site.yaml that means no file; a problem of the file itself says enough."""
    found = [asset.output for asset in assets] + ["/".join(one.path.split("/")[2:]) for one in problems]
    for listed in plain_paths(config.hosting.public):
        if not any(allowed(path, (listed,)) or (path and f"{listed}/".startswith(f"{path}/")) for path in found):
            yield warning("root-file.missing", "site.yaml", path=listed)


def _roots(folder: Path, config: SiteConfig) -> list[_Root]:
    """Return content/public/; a disk that tells capitals apart may have several. What is wrong with content/ is said
    by load."""
    content = os.path.realpath(folder / "content")
    if not content.startswith(os.path.realpath(folder) + os.sep):
        return []
    try:
        with entries_below(content, content) as entries:
            names = [one.name for one in entries if one.name.lower() == PUBLIC and one.is_dir(follow_symlinks=False)]
    except OSError:
        return []
    return [_root(content, name, config) for name in sorted(names)]


def _root(content: str, name: str, config: SiteConfig) -> _Root:
    listed = plain_paths(config.hosting.public)
    host = (urlsplit(config.base_url).hostname or "").lower()
    return _Root(content, f"{content}{os.sep}{name}", f"content/{name}", listed, host, config.metadata)


def is_root_file(path: str) -> bool:
    """Tell whether a file is one of content/public/, by its path below the site's folder."""
    return path.lower().startswith(f"content/{PUBLIC}/")


def problem_of_root_file(path: str, data: bytes, config: SiteConfig) -> Problem | None:
    """Return why a file of content/public/ is held back, or None for one that is published as it is."""
    root = _root("", path.split("/")[1], config)
    if problem := _refused_name(root, path, is_folder=False):
        return problem
    below = path.removeprefix(f"{root.path}/")
    if allowed(below, root.listed):
        return None
    why = say("root-file.unknown") if len(data) > MOST else refusal(below, data, root.host, root.metadata)
    return _with_advice(path, below, why) if why is not None else None


def _files(root: _Root, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Yield (site path in NFC, absolute location) of each file that a person put there."""
    stack = [(root.location, root.path)]
    while stack:
        location, path = stack.pop()
        try:
            with entries_below(root.content, location) as entries:
                for entry in entries:
                    name, place = f"{path}/{normalize('NFC', entry.name)}", f"{location}{os.sep}{entry.name}"
                    is_folder = os.path.isdir(place)  # noqa: PTH112 - a link to itself is none, and raises nothing
                    if _is_no_persons(entry.name, is_folder=is_folder):
                        continue
                    if problem := bad_name(name) or _refused_name(root, name, is_folder=is_folder):
                        problems.append(problem)
                    elif entry.is_dir(follow_symlinks=False):
                        stack.append((place, name))
                    elif is_folder:
                        problems.append(linked_folder(name))
                    else:
                        yield name, place
        except Refused:
            problems.append(linked_folder(path))
        except OSError as error:
            problems.append(unreadable(f"{path}/", error))


def _is_no_persons(name: str, *, is_folder: bool) -> bool:
    return is_systems_folder(name) if is_folder else is_leftover(name) or name in _NOT_OURS


def _refused_name(root: _Root, path: str, *, is_folder: bool) -> Problem | None:
    """Return why a file or a folder is not published whatever is in it, by its name alone."""
    below = path.removeprefix(f"{root.path}/")
    first, name = below.split("/")[0], below.rpartition("/")[2]
    if first.lower() in _RESERVED or name.lower() == ".git":
        return _held_back(path, *advised("root-file.reserved"))
    if why := unfit_for_windows(name):
        return _held_back(path, say("root-file.windows", why=why), say("root-file.reserved.hint"))
    if not name.startswith(".") or below == ".nojekyll" or (is_folder and below == WELL_KNOWN):
        return None
    if allowed(below, root.listed) or (is_folder and any(one.startswith(f"{below}/") for one in root.listed)):
        return None
    hint = say("root-file.hidden.hint", line=_line(below, "/" * is_folder))
    return structs.replace(_held_back(path, say("root-file.hidden"), hint), severity="warning")


def _read(root: _Root, path: str, location: str) -> Asset | Problem:
    """Return a file, or why it is held back.

    Raises:
        OSError: the disk does not give it, or it is none that may be read.
    """
    below = path.removeprefix(f"{root.path}/")
    is_listed = allowed(below, root.listed)
    try:
        data = read_below(root.location, location, ASSET_LIMIT if is_listed else MOST)
    except Refused as error:
        if is_listed or error.why != "size":
            raise
        why: Message | None = say("root-file.unknown")
    else:
        why = None if is_listed else refusal(below, data, root.host, root.metadata)
    if why is not None:
        return _with_advice(path, below, why)
    digest = hashlib.sha256(data).hexdigest()
    return Asset(path=path, location=location, digest=digest, metadata="keep", output=below)


def _with_advice(path: str, below: str, why: Message) -> Problem:
    if below.lower().endswith(_ARTICLES):
        return _held_back(path, *advised("root-file.article"))
    if why.key == "root-file.cname":
        return _held_back(path, why, say("root-file.cname.hint"))
    return _held_back(path, why, say("root-file.hint", line=_line(below)))


def _line(below: str, end: str = "") -> str:
    """Return what allows a file in site.yaml, with the quotes that YAML needs."""
    name = f"{below}{end}"
    plain = all(c.isalnum() or c in "./_-" for c in name) and name[0] != "-"
    quoted = name if plain else "'" + name.replace("'", "''") + "'"
    return f"hosting: {{public: [{quoted}]}}"


def _held_back(path: str, why: Message, hint: Message) -> Problem:
    return problem_of("root-file", path, hint=hint, why=why)
