"""A bundle is written: whole, in the place of an older bundle only, and never among what a build reads."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import structs

from yoyak.files.output_folder import is_among_sources
from yoyak.files.parts import written_beside
from yoyak.files.site_files import cause, remedy
from yoyak.messages.errors import YoyakError
from yoyak.model.build import BuildReport
from yoyak.model.message import say
from yoyak.portable.bundle import MARK, bundle
from yoyak.portable.panel import PanelPages

_LARGE = 20_000_000
"""Bytes: what most mail systems refuse."""


def refuse_place(file: Path, site: Path) -> None:
    """Refuse a place for a bundle where a build reads, or where something lies that is no bundle.

    Raises:
        YoyakError: it is one.
    """
    if is_among_sources(file, site):
        raise YoyakError(say("bundle.sources", file=str(file)))
    if not os.path.lexists(file):
        return
    try:
        with file.open("rb") as found:
            ours = found.read(len(MARK)) == MARK.encode()
    except OSError:
        ours = False
    if not ours:
        raise YoyakError(say("bundle.not-ours", file=str(file)))


def with_bundle(report: BuildReport, file: Path, reviewed: PanelPages | None = None) -> BuildReport:
    """Write the bundle of a built site, with a review panel for `reviewed`; return the report of its build with it.

    Raises:
        YoyakError: it cannot be written.
    """
    try:
        made = bundle(Path(report.output), report.language, reviewed)
        file.parent.mkdir(parents=True, exist_ok=True)
        with written_beside(file, made.data) as part:
            part.replace(file)
    except OSError as error:
        raise YoyakError(say("bundle.unwritten", file=str(file), why=cause(error), remedy=remedy(error))) from error
    size = len(made.data)
    notes = (say("bundle.large", file=str(file), size=size // 1_000_000),) if size > _LARGE else ()
    return structs.replace(
        report, bundle=str(file), bundle_size=size, bundle_pictures=made.pictures, notes=(*report.notes, *notes)
    )
