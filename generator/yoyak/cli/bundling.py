"""What ``yoyak build --bundle`` asks of a build, and what is made of it."""

from __future__ import annotations

from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING

from msgspec import structs

from yoyak.cli.options import usage
from yoyak.incremental.unchanged import FilesSeen, look
from yoyak.model.build import BuildReport, BuildRequest
from yoyak.paths import BUNDLE, plain_path

if TYPE_CHECKING:
    from yoyak.portable.panel import PanelPages


def _is_file(bundle: Path) -> bool:
    return bundle.suffix.lower() in (".html", ".htm")


def for_bundle(request: BuildRequest, bundle: Path) -> BuildRequest:
    """Return the request of the portable site that a bundle is, or that one file is made of.

    Raises:
        UsageError: two folders are named for it.
        YoyakError: the file cannot be there.
    """
    if _is_file(bundle):
        from yoyak.portable.bundle import refuse_place

        refuse_place(bundle, request.folder)
        output = request.output or request.folder.resolve() / BUNDLE
        return structs.replace(request, portable=True, output=output)
    if request.output:
        raise usage("bundle.two-folders", folder=str(bundle))
    return structs.replace(request, portable=True, output=bundle)


def bundled(report: BuildReport, bundle: Path, request: BuildRequest, seen: FilesSeen) -> BuildReport:
    """Return the report of a good build with the file that holds all pages, if one was asked for.

    In that of a preview one writes notes. `seen` is what the files looked like before the build.

    Raises:
        YoyakError: it cannot be written, or the files are not those of the build any more.
    """
    if not _is_file(bundle):
        return report
    from yoyak.portable.bundle import with_bundle

    return with_bundle(report, plain_path(bundle), _reviewed(request, seen, bundle) if request.preview else None)


def _reviewed(request: BuildRequest, seen: FilesSeen, bundle: Path) -> PanelPages:
    """Return what a reviewer may write about. A verdict must be about the words that the pages show."""
    from yoyak.desk.saved_reviews import carried
    from yoyak.messages.errors import YoyakError
    from yoyak.model.message import say

    found = carried(request)
    if _files(seen) != _files(look(request)):
        raise YoyakError(say("bundle.edited", file=str(bundle)))
    return found


def _files(seen: FilesSeen) -> dict[str, tuple[int, ...]]:
    """Return what the files look like. When a folder changed, an editor may have put a file of its own there."""
    return {path: stamp[:4] for path, stamp in seen.stamps.items() if not S_ISDIR(stamp.mode)}
