"""What is asked of a build. Apart from the build itself, so that a build with nothing to do imports nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from yoyak.model.types import Record
from yoyak.paths import PORTABLE, STORE, plain_path


class BuildRequest(Record, kw_only=True):
    folder: Path
    """The site folder."""
    output: Path | None = None
    """Default: output/ in the site folder; of a portable build `PORTABLE`."""
    base_url: str = ""
    """An address in the place of the site's own, as a target of a deploy may have one; normalised."""
    preview: bool = False
    portable: bool = False
    """Write relative addresses, so that pages open from a folder without a server."""
    at: datetime | None = None
    """The clock; None for SOURCE_DATE_EPOCH or the real one."""
    keep_going: bool = False
    """Publish the rest when some files have errors."""
    allow_foreign_marks: bool = False
    """Publish texts with marks of other programs as they are."""
    check_only: bool = False
    """Find all problems, write nothing."""
    plan_only: bool = False
    """With `check_only`: make no page, only see what changes when."""
    since: datetime | None = None
    """When the list of what changes begins; None for the clock."""
    jobs: int | None = 1
    """Processes to use; None for one on each core."""
    clean: bool = False
    """Forget what earlier builds remembered."""
    verify: bool = False
    """Build again from nothing afterwards, and compare every byte."""

    profile: bool = False
    """Measure where the time goes, page by page and file by file."""

    @property
    def stops_at_marks(self) -> bool:
        """Tell whether marks of other programs in what readers would see stop the build."""
        return not (self.preview or self.keep_going or self.allow_foreign_marks)

    @property
    def target(self) -> Path:
        """The output folder, absolute."""
        usual = PORTABLE if self.portable else Path("output")
        return plain_path(self.output or self.folder.resolve() / usual)

    @property
    def store(self) -> Path:
        """Where what is remembered of builds into this output folder lies."""
        return self.folder.resolve() / STORE
