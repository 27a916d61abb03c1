"""What ``yoyak build --bundle`` asks of a build, and what is made of it."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec import structs

from yoyak.model.report import BuildReport
from yoyak.model.request import BuildRequest
from yoyak.paths import BUNDLE, plain_path


def _is_file(bundle: Path) -> bool:
    return bundle.suffix.lower() in (".html", ".htm")


def for_bundle(request: BuildRequest, bundle: Path) -> BuildRequest:
    """Return the request of the portable site that a bundle is, or that one file is made of.

    Raises:
        UsageError: two folders are named for it.
        YoyakError: the file cannot be there.
    """
    if _is_file(bundle):
        from yoyak.portable.bundle_file import refuse_place

        refuse_place(bundle, request.folder)
        output = request.output or request.folder.resolve() / BUNDLE
        return structs.replace(request, portable=True, output=output)
    if request.output:
        from yoyak.messages.catalogue import speak
        from yoyak.model.message import say

        raise click.UsageError(speak(say("bundle.two-folders", folder=str(bundle))))
    return structs.replace(request, portable=True, output=bundle)


def bundled(report: BuildReport, bundle: Path) -> BuildReport:
    """Return the report of a good build with the file that holds all pages, if one was asked for."""
    if not _is_file(bundle):
        return report
    from yoyak.portable.bundle_file import with_bundle

    return with_bundle(report, plain_path(bundle))
