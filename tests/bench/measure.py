"""What one process costs: wall time, CPU time and memory, its children included.

Memory is the peak of the process tree's proportional set size (PSS), in which a page that several processes share
counts once. Linux tells it; elsewhere there is none.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread, Timer
from time import perf_counter
from typing import NamedTuple

LIMIT = 1800
"""Seconds after which a process counts as hung."""
SAMPLED_EVERY = 0.05


class Failed(Exception):
    """A generator ended badly, or with the wrong output: it has no figures."""


class Cost(NamedTuple):
    """What a process took: seconds, CPU seconds, megabytes."""

    seconds: float
    cpu: float
    megabytes: float | None
    user: float = 0
    """CPU seconds outside of the system, which has moods of its own."""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run a command to its end and return what it took. One that fails raises `Failed`, with its last words."""
    with tempfile.TemporaryFile() as words:
        start = perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=words, stderr=words, stdin=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        with _limited(process.pid), _watched(process.pid) as peak:
            # Of its descendants this counts those that it has waited for, as every generator here does.
            _, status, used = os.wait4(process.pid, 0)
            seconds = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            words.seek(0)
            said = words.read().decode("utf-8", "replace").strip()[-300:]
            raise Failed(f"{' '.join(command)} ended with {process.returncode}: {said}")
    return Cost(seconds, used.ru_utime + used.ru_stime, max(peak, default=0) or None, used.ru_utime)


def memory(session: int) -> float:
    """Return the megabytes of all processes of a session now; 0 where the system does not tell."""
    kilobytes = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(folder.name)) == session:
                lines = (folder / "smaps_rollup").read_text(encoding="ascii").splitlines()
                kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except OSError:  # it has ended, or is another user's
            continue
    return kilobytes / 1024


@contextmanager
def _limited(session: int) -> Iterator[None]:
    """End a session that takes too long, or that nobody waits for any more."""
    limit = Timer(LIMIT, os.killpg, (session, signal.SIGKILL))
    limit.start()
    try:
        yield
    except BaseException:
        os.killpg(session, signal.SIGKILL)
        raise
    finally:
        limit.cancel()


@contextmanager
def _watched(session: int) -> Iterator[list[float]]:
    """Sample the memory of a session as long as the block runs."""
    samples: list[float] = []
    ended = Event()

    def watch() -> None:
        while not ended.wait(SAMPLED_EVERY):
            samples.append(memory(session))

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield samples
    finally:
        ended.set()
        watcher.join()
