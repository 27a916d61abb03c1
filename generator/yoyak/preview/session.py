"""A session of previewing: the builds, one after the other, and what they left to be seen."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from time import monotonic, time_ns
from urllib.parse import urlsplit

from msgspec.structs import replace

from yoyak.files.site_files import read_of_output
from yoyak.messages.catalogue import printed, speaking
from yoyak.messages.errors import YoyakError
from yoyak.model.build import MANIFEST, BuildReport, Coming, decode_manifest
from yoyak.model.message import errors, say
from yoyak.model.types import Record
from yoyak.paths import templates_folder
from yoyak.preview.source_lines import ProblemView, error_view, problem_view
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


# --- What the preview shows between two builds: one frozen value, replaced as a whole ----------------------------


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


# --- Which pages somebody looks at: they are made first ----------------------------------------------------------


_RECENT = 60.0
"""Seconds after a request for which a page without an open stream counts as looked at."""
_OPEN = 50.0
"""Seconds for which a window that says what it shows is taken to show it. preview.js says so every 20 seconds."""
_MOST = 8
"""Pages that were asked for last."""


class Looking:
    """Filled by the server's thread, read by the worker's."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._followed: Counter[str] = Counter()
        self._asked: OrderedDict[str, float] = OrderedDict()
        self._seen: dict[str, float] = {}

    def ask(self, file: str) -> None:
        """Note that a page was requested."""
        with self._lock:
            self._asked.pop(file, None)
            self._asked[file] = monotonic()
            while len(self._asked) > _MOST:
                self._asked.popitem(last=False)

    @contextmanager
    def follow(self, file: str) -> Iterator[None]:
        """Note that a page is open as long as its stream is."""
        with self._lock:
            self._followed[file] += 1
        try:
            yield
        finally:
            with self._lock:
                self._followed -= Counter((file,))

    def see(self, file: str) -> None:
        """Note that a window shows a page, which holds no stream of its own."""
        with self._lock:
            now = monotonic()
            self._seen = {other: time for other, time in self._seen.items() if time > now - _OPEN} | {file: now}

    def files(self) -> tuple[str, ...]:
        """Return the pages that are looked at, by their paths in the preview, the last one first."""
        with self._lock:
            now = monotonic()
            recent = [file for file, time in reversed(self._asked.items()) if time > now - _RECENT]
            seen = [file for file, time in reversed(self._seen.items()) if time > now - _OPEN]
            return tuple(dict.fromkeys((*self._followed, *seen, *recent)))
