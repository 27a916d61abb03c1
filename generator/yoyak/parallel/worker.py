"""Inside a forked worker: it answers one item after the other, and keeps to its limits.

The processor's time is limited by a signal that ends the process, even in the middle of a library; memory by the size
of its address space, which Python sees as a `MemoryError`. The parent sees how it ended: `yoyak.parallel.workers`.
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import signal
import struct
import sys
import traceback
from collections.abc import Callable, Sequence
from mmap import mmap
from threading import get_ident
from time import monotonic
from typing import Any, NamedTuple

from yoyak.files.waiting_signals import ENDING
from yoyak.model.build import Limits, Runaway


class Ends(NamedTuple):
    """What a worker holds of the pipes, and its place on the board that all of a crew share."""

    tasks: int
    answers: int
    board: mmap
    place: int
    """Where it writes the number of the item that it is at."""


_TOGETHER = 32 * 1024
"""Bytes of answers that travel together."""
TASK = struct.Struct("=II")
NUMBER = struct.Struct("=I")
HEAD = struct.Struct("=cI")
RESULT, ERROR, RUNAWAY = b"r", b"e", b"x"
RETIRED = 75
"""The exit code of a worker that makes room for a fresh one, and is not to blame for what it has not answered."""
PATIENCE = 0.5


def import_under_way() -> bool:
    """Tell whether another thread is in the midst of an import: a fork would wait for that module for ever.

    Python locks each module while it is imported and does not let go in a fork, where that thread is not.
    """
    locks: dict[str, Any] = getattr(importlib._bootstrap, "_module_locks", {})  # no public name tells
    for reference in list(locks.values()):
        lock = reference()
        if getattr(lock, "owner", None) not in (None, get_ident()):
            return True
    return False


def prepare(parent: int, *, guarded: bool) -> None:
    """Make a fork of this program a worker: deaf to Ctrl-C, gone when `parent` is, silent when it is guarded."""

    def end_without_parent(_number: int, _frame: object) -> None:
        if os.getppid() != parent:
            os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, end_without_parent)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE, PATIENCE)
    gc.freeze()  # what the parent has made stays: looking at it would copy it
    if guarded:
        import faulthandler
        import resource

        faulthandler.disable()  # where a library crashed tells nothing to who wrote the article
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)  # a library that gives up says so there; the parent says it better
        os.close(nowhere)


def answer_all(function: Callable[[Any], Any], items: Sequence[Any], limits: Limits | None, ends: Ends) -> int:
    """Answer every item that comes through the pipe, until its end. Return the exit code."""
    size = _Memory(limits.memory) if limits else None
    answers = _Answers(ends.answers)
    while task := os.read(ends.tasks, TASK.size):
        if size:
            size.limit()
        for number in range(*TASK.unpack(task)):
            NUMBER.pack_into(ends.board, ends.place, number)
            try:
                if limits:
                    signal.setitimer(signal.ITIMER_PROF, limits.seconds)
                answers.add(*_answer(function, items[number], limits))
            except MemoryError:
                answers.add(RUNAWAY, _OUT_OF_MEMORY)
                answers.send()
                return RETIRED
        signal.setitimer(signal.ITIMER_PROF, 0)
        answers.send()
    return 0


_OUT_OF_MEMORY = pickle.dumps(Runaway(why="memory"))


def _answer(function: Callable[[Any], Any], item: Any, limits: Limits | None) -> tuple[bytes, bytes]:
    """Return the kind and the content of one answer.

    Raises:
        MemoryError: there are limits, and this item went over that of the memory.
    """
    try:
        answer = pickle.dumps(function(item), pickle.HIGHEST_PROTOCOL)
    except RecursionError as error:
        return _failure(error, Runaway(why="depth"), limits)
    except MemoryError as error:
        if limits:
            raise
        return _failure(error, Runaway(why="memory"), limits)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the parent must know; Rust's panics are no Exception
        told = f"{type(error).__name__}: {error}".split("\n", 1)[0]
        return _failure(error, Runaway(why="fault", told=told[:200], trace=_trace(error)), limits)
    if limits and len(answer) > limits.answer:
        return RUNAWAY, _OUT_OF_MEMORY
    return RESULT, answer


def _trace(error: BaseException) -> str:
    return "In a worker:\n" + "".join(traceback.format_exception(error))


def _failure(error: BaseException, runaway: Runaway, limits: Limits | None) -> tuple[bytes, bytes]:
    if limits:
        return RUNAWAY, pickle.dumps(runaway)
    error.add_note(_trace(error))
    try:
        packed = pickle.dumps(error)
        pickle.loads(packed)  # noqa: S301 - what cannot be unpacked must not be sent
    except Exception:  # noqa: BLE001 - an exception may hold anything
        packed = pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
    return ERROR, packed


class _Answers:
    """Answers on their way. A few travel together: to wake the parent for each costs more than to read an article."""

    def __init__(self, pipe: int) -> None:
        self.pipe = pipe
        self.waiting = bytearray()
        self.sent = monotonic()

    def add(self, kind: bytes, content: bytes) -> None:
        self.waiting += HEAD.pack(kind, len(content))
        self.waiting += content
        if len(self.waiting) > _TOGETHER or monotonic() - self.sent > PATIENCE:
            self.send()

    def send(self) -> None:
        """Write all that waits. The parent that reads it may have gone; then there is nobody to work for."""
        data = memoryview(bytes(self.waiting))
        self.waiting.clear()
        while data:
            try:
                data = data[os.write(self.pipe, data) :]
            except BrokenPipeError:
                os._exit(1)
        self.sent = monotonic()


class _Memory:
    """The limit on this worker's address space, set anew for each portion: what earlier ones left is not its fault."""

    def __init__(self, bound: int) -> None:
        self.bound = bound
        self.place = os.open("/proc/self/statm", os.O_RDONLY) if sys.platform == "linux" else -1

    def limit(self) -> None:
        """Allow so many bytes beside those that the worker has. Systems that do not tell their size have no limit."""
        if self.place < 0:
            return
        import resource

        size = int(os.pread(self.place, 64, 0).split()[0]) * resource.getpagesize() + self.bound
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))
