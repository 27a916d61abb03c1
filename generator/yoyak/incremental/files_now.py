"""What became of files since the last build: of those that it wrote, and of those that it read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from msgspec import structs

from yoyak.files.site_files import read_of_output
from yoyak.incremental.staleness import Fault
from yoyak.model.sources import FileStamp, unchanged
from yoyak.store.remembered import FileRow, PageRow
from yoyak.store.stamps import folders_of, stamp_of_output

Change = Literal["", "new", "changed", "gone"]


class OutputFiles:
    """The pages' files in the output, looked at one by one."""

    def __init__(self, output: Path, before: Mapping[str, PageRow], manifest: Mapping[str, str]) -> None:
        """`before` says how they were written, and `manifest` which digests they should have."""
        self._output, self._before, self._manifest = output, before, manifest
        # What lies behind a link is not ours.
        self._linked = tuple(f"{one}/" for one in folders_of(before) if os.path.islink(f"{output}/{one}"))  # noqa: PTH114
        self.as_written: dict[str, PageRow] = {}
        """Those in which no fault was found, with what they look like now."""

    def fault_of(self, path: str) -> Fault:
        """Return what is wrong with the file of a page that was written."""
        row, stamp = self._before[path], stamp_of_output(f"{self._output}/{path}")
        if stamp is None or path.startswith(self._linked):
            return "missing"
        if self._manifest.get(path) != row.digest:
            return "edited"
        if not unchanged(row.stamp, stamp):
            if self._digest(path) != row.digest:
                return "edited"
            row = structs.replace(row, stamp=stamp)
        self.as_written[path] = row
        return ""

    def _digest(self, path: str) -> str:
        try:
            return hashlib.sha256(read_of_output(self._output, path)).hexdigest()
        except OSError:
            return ""


def change_of(before: FileRow | None, now: FileStamp | None, digest: Callable[[], str]) -> Change:
    """Return what became of a file of the site. One that only looks different has not changed.

    `digest` gives that of its bytes as they are now.
    """
    if now is None:
        return "gone" if before else ""
    if before is None:
        return "new"
    if unchanged(before.stamp, now):
        return ""
    if before.key:
        return "" if digest() == before.key.partition(" ")[0] else "changed"
    return "" if before.stamp[:2] == now[:2] else "changed"
