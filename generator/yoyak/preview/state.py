"""What the preview shows between two builds: one frozen value, replaced as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from yoyak.files.site_files import read_of_output
from yoyak.model.build import MANIFEST, Coming, decode_manifest
from yoyak.model.types import Record
from yoyak.preview.source_lines import ProblemView


class Snapshot(Record, kw_only=True):
    base_path: str = "/"
    """Percent-encoded, with slashes at both ends."""
    files: Mapping[str, str] = {}
    """The digest of every file that may be served, by its path in the preview folder. Nothing else is ever opened."""
    look: str = ""
    """Another text whenever a template, one of its assets or site.yaml was written."""
    errors: tuple[ProblemView, ...] = ()
    warnings: int = 0
    at: datetime | None = None
    """The time for which it was built, when somebody chose one."""
    coming: tuple[Coming, ...] = ()
    """What changes by itself, and when."""


def built(output: Path) -> Snapshot:
    """Return what a build left in `output`, as its manifest lists it; an empty state when there is none."""
    try:
        manifest = decode_manifest(read_of_output(output, MANIFEST))
    except (OSError, ValueError):
        return Snapshot()
    path = urlsplit(manifest.base_url).path
    return Snapshot(base_path=f"/{path.strip('/')}/" if path.strip("/") else "/", files=manifest.files)
