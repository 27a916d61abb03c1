"""What a build should have given: the same site, built from nothing; and what it did to the files of its output."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, NamedTuple

from forks import no_forks
from yoyak.build.build import BuildRequest, build
from yoyak.messages.errors import YoyakError
from yoyak.model.build import MANIFEST, BuildReport, MapLike, decode_manifest
from yoyak.model.types import Page
from yoyak.parallel.pool import guarded, mapper, serial

FACTS = ("complete", "articles", "pages", "held", "left_out", "problems", "suggestions", "language", "clock")
"""What a report says of the site, and not of the run."""
CLEAN = ("at", "preview", "keep_going", "check_only")


class File(NamedTuple):
    """One file of the output, and whether it is still the same one."""

    data: bytes
    inode: int
    modified: int


Files = Mapping[str, File]


class Outcome(NamedTuple):
    """What a build gave: its report or the words of its error, and the output."""

    report: BuildReport | None
    error: str
    output: Files
    rendered: frozenset[str] = frozenset()
    """The output paths of the pages that were made."""

    @property
    def facts(self) -> dict[str, Any]:
        """Return all that must not depend on what was built before."""
        return {name: getattr(self.report, name) for name in FACTS} if self.report else {"error": self.error}

    @property
    def complete(self) -> bool:
        return self.report is not None and self.report.complete


def files_below(folder: Path) -> dict[str, File]:
    """Return every file below a folder, the manifest too. A link is a file of its own kind."""
    return {path.relative_to(folder).as_posix(): _file(path) for path in sorted(_walk(folder))}


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        yield from (Path(place, name) for name in names)
        yield from (Path(place, name) for name in folders if Path(place, name).is_symlink())


def _file(path: Path) -> File:
    found = path.lstat()
    data = b"a link to " + os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
    return File(data, found.st_ino, found.st_mtime_ns)


def bytes_of(files: Files) -> dict[str, bytes]:
    return {path: file.data for path, file in files.items()}


def run(request: BuildRequest, mapped: MapLike | None = None) -> Outcome:
    """Build a site in this process. With one job nothing is forked, not even what watches the moving of files."""
    assert request.output is not None
    rendered: set[str] = set()

    def each(function: Callable[[Any], Any], items: Sequence[Any], /) -> Iterable[Any]:
        """Map as a build does, one job in this process. Write down the pages: a report has only their number."""
        pages = [item.output for item in items if isinstance(item, Page)]
        rendered.update(pages)
        return (mapped or (mapper if pages or request.jobs == 1 else guarded)(request.jobs))(function, items)

    try:
        with no_forks() if request.jobs == 1 else nullcontext():
            report, error = build(request, map=each), ""
    except YoyakError as failed:
        report, error = None, _told(str(failed), request.folder)
    return Outcome(report, error, files_below(request.output), frozenset(rendered))


def _told(error: str, folder: Path) -> str:
    """Return an error without what may differ: the place of the site, and which page met a broken template first."""
    return "a template is broken" if error.startswith("templates/") else error.replace(str(folder), "SITE")


def clean_fields(request: BuildRequest) -> tuple[Any, ...]:
    """Return all of a request that decides what a clean build of a site gives."""
    return tuple(getattr(request, name) for name in CLEAN)


def built_from_nothing(request: BuildRequest, beside: Path) -> Outcome:
    """Build a copy of a site that has no store and no output, and remove it."""
    for part in ("site.yaml", "content", "templates"):
        source = request.folder / part
        if source.is_dir():
            shutil.copytree(source, beside / part, symlinks=True)
        elif source.exists():
            beside.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, beside / part)
    fields = dict(zip(CLEAN, clean_fields(request), strict=True))
    found = run(BuildRequest(folder=beside, output=beside / "output", **fields), serial)  # without processes: quicker
    shutil.rmtree(beside)
    return found


def difference(found: Mapping[str, bytes], expected: Mapping[str, bytes]) -> str:
    """Return in what two outputs differ, in a few lines; empty when they are equal."""
    lines = [f"  {path} is missing" for path in sorted(expected.keys() - found.keys())]
    lines += [f"  {path} should not be there" for path in sorted(found.keys() - expected.keys())]
    both = sorted(path for path in found.keys() & expected.keys() if found[path] != expected[path])
    lines += [f"  {path} is another: {_first_difference(found[path], expected[path])}" for path in both]
    return "\n".join(lines[:20] + [f"  … and {len(lines) - 20} more"] * (len(lines) > 20))


def _first_difference(found: bytes, expected: bytes) -> str:
    place = next((n for n, pair in enumerate(zip(found, expected, strict=False)) if pair[0] != pair[1]), len(found))
    start = max(0, place - 30)
    return " instead of ".join(repr(text[start : place + 50].decode(errors="replace")) for text in (found, expected))


def listed(files: Files) -> frozenset[str]:
    """Return the paths in the manifest of an output; none when it has no manifest."""
    manifest = files.get(MANIFEST)
    return frozenset(decode_manifest(manifest.data).files) if manifest else frozenset()
