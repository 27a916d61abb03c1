"""A session of previewing: the builds, one after the other, and what they left to be seen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from time import time_ns

from msgspec.structs import replace

from yoyak.messages.catalogue import printed, speaking
from yoyak.messages.errors import YoyakError
from yoyak.model.build import BuildReport
from yoyak.model.message import errors, say
from yoyak.paths import templates_folder
from yoyak.preview.looking import Looking
from yoyak.preview.source_lines import error_view, problem_view
from yoyak.preview.state import Snapshot, built
from yoyak.store.stamps import Stamps, look_of, rescan, scan

Build = Callable[[Stamps], BuildReport]
"""Build the preview once, of files that look like this. Raises YoyakError when the run cannot go on."""


def _nothing(_: Stamps) -> BuildReport:
    raise YoyakError(say("preview.nothing"))


class Previewer:
    """Builds when the files have changed. One thread builds; any thread may read `state`."""

    def __init__(self, folder: Path, output: Path, build: Build | None = None) -> None:
        self.folder, self.output = folder, output
        self.build = build or _nothing
        self.state = Snapshot()
        self.language = "en"
        """Of what the windows say; the terminal has its own."""
        self.looking = Looking()
        self.at: datetime | None = None
        """The time for which the next build is; None for now."""
        self._turned = False
        self._seen: Stamps = {}
        self.working = threading.Lock()
        """Held by whoever builds or surveys the site: both start processes, which two threads must not do at once."""
        self._idle = threading.Event()
        self._idle.set()

    def start(self) -> BuildReport:
        """Build for the first time.

        Raises:
            YoyakError: there is nothing to show, e.g. since site.yaml cannot be read.
        """
        self._look(None)
        report = self._built()
        if not report.complete:
            found = "".join(f"\n  {printed(problem)}" for problem in report.problems)
            raise YoyakError(say("preview.not-yet", problems=found))
        self.state = self._state_of(report, self.at)
        return report

    def refresh(self, paths: Iterable[str] | None = None) -> BuildReport | YoyakError | None:
        """Build again if a file has changed, else return None. What cannot be built leaves the last good pages.

        With `paths` only these files are looked at, unless one of them came or went.
        """
        if not self._look(paths):
            return None
        self._idle.clear()
        at = self.at
        try:
            report = self._built()
            self.state = self._state_of(report, at)
        except YoyakError as error:
            self.state = self._broken(error)
            return error
        except Exception as error:  # noqa: BLE001 - a fault of yoyak: the preview must outlive it
            fault = YoyakError(say("preview.failed", error=f"{type(error).__name__}: {error}"))
            self.state = self._broken(fault)
            return fault
        else:
            return report
        finally:
            self._idle.set()

    def _built(self) -> BuildReport:
        with self.working:
            return self.build(self._seen)

    def show(self, file: str, digest: str) -> None:
        """Show one page of a build that is still running."""
        if file in self.state.files:
            self.state = replace(self.state, files={**self.state.files, file: digest}, look=look_of(self._seen))

    def turn(self, at: datetime | None) -> None:
        """Let the next build be for another time; None for now."""
        self.at, self._turned = at, True

    def wait_until_idle(self, longest: float) -> None:
        """Wait for a running build to end, e.g. because it is just exchanging the files."""
        self._idle.wait(longest)

    def _look(self, paths: Iterable[str] | None) -> bool:
        now = time_ns()
        found = None if paths is None else rescan(self._seen, self.folder, paths, now=now)
        if found is None:
            found = scan(self.folder, templates_folder(), now=now, watching=True)
        turned, self._turned = self._turned, False
        if found == self._seen and not turned:
            return False
        self._seen = found
        return True

    def _state_of(self, report: BuildReport, at: datetime | None) -> Snapshot:
        failures = errors(report.problems)
        with speaking(self.language):
            views = tuple(problem_view(problem, self.folder) for problem in failures)
        warnings, look = len(report.problems) - len(failures), look_of(self._seen)
        if not report.complete:  # the pages are those of the build before
            return replace(self.state, errors=views, warnings=warnings, look=look)
        shown = built(self.output)
        at = report.clock if at else None
        return replace(shown, errors=views, warnings=warnings, look=look, at=at, coming=report.coming)

    def _broken(self, error: YoyakError) -> Snapshot:
        with speaking(self.language):
            return replace(self.state, errors=(error_view(error, self.folder),))
