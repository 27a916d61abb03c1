"""verify: a site is built again from nothing, beside it, and every byte is compared."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from msgspec import structs

from yoyak.files.site_files import read_of_output
from yoyak.model.build import MANIFEST, BuildReport, BuildRequest, decode_manifest
from yoyak.paths import failed_build
from yoyak.store.lock import workplace_of
from yoyak.store.place import lock_file, store_file


def verified(report: BuildReport, request: BuildRequest, build: Callable[[BuildRequest], BuildReport]) -> BuildReport:
    """Return the report with the files in which the output differs from a build from nothing at the same time."""
    with tempfile.TemporaryDirectory(prefix="yoyak-verify-") as folder:
        again = structs.replace(
            request, output=Path(folder) / "output", at=report.clock, verify=False, clean=True, profile=False
        )
        try:
            build(again)
            return structs.replace(report, differing=differences(request.target, again.target))
        finally:
            for work in {again.store, workplace_of(again) or again.store}:
                for place in (work / store_file(again).name, work / lock_file(again).name):
                    place.unlink(missing_ok=True)
            failed_build(again.folder.resolve(), again.target).unlink(missing_ok=True)


def differences(one: Path, other: Path) -> tuple[str, ...]:
    """Return the paths of all files that are not the same in two built sites."""
    paths = sorted({*_files(one), *_files(other)})
    return tuple(path for path in paths if _bytes(one, path) != _bytes(other, path))


def _files(folder: Path) -> tuple[str, ...]:
    data = _bytes(folder, MANIFEST)
    return (*decode_manifest(data).files, MANIFEST) if data else ()


def _bytes(folder: Path, path: str) -> bytes | None:
    try:
        return read_of_output(folder, path)
    except OSError:
        return None
