"""A session of previewing: the builds, one after the other, and what they left to be seen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from time import time_ns

from msgspec.structs import replace

from yoyak.error import YoyakError
from yoyak.model import BuildReport
from yoyak.preview.source_lines import error_view, problem_view
from yoyak.preview.state import State, built
from yoyak.problems import Problem, errors
from yoyak.store.signatures import Signatures, scan

Build = Callable[[], BuildReport]
"""Build the preview once. Raises YoyakError when the run cannot go on."""


class Session:
    """Builds when the files have changed. One thread builds; any thread may read `state`."""

    def __init__(self, folder: Path, output: Path, build: Build) -> None:
        self.folder, self.output = folder, output
        self.state = State()
        self._build = build
        self._seen: Signatures = {}
        self._idle = threading.Event()
        self._idle.set()

    def start(self) -> BuildReport:
        """Build for the first time.

        Raises:
            YoyakError: there is nothing to show, e.g. since site.yaml cannot be read.
        """
        self._look()
        report = self._build()
        if not report.complete:
            raise YoyakError("\n  ".join(["This site cannot be previewed yet:", *map(str, report.problems)]))
        self.state = self._state_of(report.problems)
        return report

    def refresh(self) -> BuildReport | YoyakError | None:
        """Build again if a file has changed, else return None. What cannot be built leaves the last good pages."""
        if not self._look():
            return None
        self._idle.clear()
        try:
            report = self._build()
            self.state = self._state_of(report.problems)
        except YoyakError as error:
            self.state = self._broken(error)
            return error
        except Exception as error:  # noqa: BLE001 - a fault of yoyak: the preview must outlive it
            fault = YoyakError(f"yoyak itself failed: {type(error).__name__}: {error}")
            self.state = self._broken(fault)
            return fault
        else:
            return report
        finally:
            self._idle.set()

    def wait_until_idle(self, longest: float) -> None:
        """Wait for a running build to end, e.g. because it is just exchanging the files."""
        self._idle.wait(longest)

    def _look(self) -> bool:
        found = scan(self.folder, now=time_ns())
        if found == self._seen:
            return False
        self._seen = found
        return True

    def _state_of(self, problems: tuple[Problem, ...]) -> State:
        failures = errors(problems)
        views = tuple(problem_view(problem, self.folder) for problem in failures)
        return replace(built(self.output), errors=views, warnings=len(problems) - len(failures))

    def _broken(self, error: YoyakError) -> State:
        return replace(self.state, errors=(error_view(error, self.folder),))
