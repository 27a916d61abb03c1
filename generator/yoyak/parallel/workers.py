"""Forked workers under supervision: each answers item by item, so that a death tells the item that caused it.

A worker inherits the function and the items; only numbers travel to it, and results back. It ends when its pipes end,
so that none outlives this process. Pickle is used between them and nowhere else: a worker is this very program.
"""

from __future__ import annotations

import fcntl
import os
import pickle
import select
import signal
import sys
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from mmap import PAGESIZE, mmap
from time import monotonic, sleep
from typing import Any, NoReturn

from yoyak.files.waiting_signals import ENDING
from yoyak.model.build import Counted, Limits, Runaway
from yoyak.parallel.worker import (
    ERROR,
    HEAD,
    NUMBER,
    PATIENCE,
    RETIRED,
    TASK,
    Ends,
    answer_all,
    import_under_way,
    prepare,
)

STALLED = 120.0
"""Seconds without an answer, by the clock on the wall, after which a worker is given up."""
_MANY = 32
"""At most so many items are handed out at a time."""
_AHEAD = 2_000
"""Items that may be worked on before an earlier one, whose result is waited for."""
_A_MOMENT = 0.002
_PIPE = 1 << 20
"""Bytes of answers that may wait for us while we are at something else."""


def run(
    function: Callable[[Any], Any],
    items: Sequence[Any],
    jobs: int,
    limits: Limits | None,
    *,
    apart: bool = False,
    counted: Counted | None = None,
) -> Iterator[Any]:
    """Yield the results in the order of the items while others are made; for one that a worker died of, a `Runaway`.

    With `limits` what the function raises is a `Runaway` too; without, it is raised here, with the worker's own trace
    as a note. With `apart` each worker has a part of the items for itself: neighbours have much in common, which it
    remembers, but the results wait for each other. `counted` is told of every result when it is there, not when it is
    given, and once in a while when there is none.
    """
    crew = _Crew(function, items, limits, counted or (lambda _items, _done: None))
    try:
        yield from crew.work(jobs, apart=apart)
    finally:
        crew.dismiss()


class _Worker:
    """One process: the pipes to and from it, and the numbers of the items that it has not answered."""

    def __init__(self, pid: int, tasks: int, answers: int, place: int) -> None:
        self.pid, self.tasks, self.answers, self.place = pid, tasks, answers, place
        self.pending: deque[int] = deque()
        self.buffer = bytearray()
        self.since = monotonic()
        self.killed = False

    def hand(self, start: int, stop: int) -> None:
        """Give it more items. A worker that is dead already shows that when its answers end."""
        if not self.pending:
            self.since = monotonic()
        self.pending.extend(range(start, stop))
        try:
            os.write(self.tasks, TASK.pack(start, stop))
        except BrokenPipeError:
            return

    def release(self) -> None:
        """Let it end when it has answered what it has."""
        if self.tasks >= 0:
            os.close(self.tasks)
            self.tasks = -1

    def frames(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Yield each answer that is whole: its kind and its content."""
        self.buffer += data
        while len(self.buffer) >= HEAD.size:
            kind, size = HEAD.unpack_from(self.buffer)
            end = HEAD.size + size
            if len(self.buffer) < end:
                return
            content = bytes(memoryview(self.buffer)[HEAD.size : end])
            del self.buffer[:end]
            self.since = monotonic()
            yield kind, content

    def bury(self) -> int:
        """Wait for its end and return how it ended, as `os.waitpid` says it."""
        self.release()
        os.close(self.answers)
        try:
            return os.waitpid(self.pid, 0)[1]
        except ChildProcessError:  # somebody else has waited for it
            return 0


class _Crew:
    """All workers of one call, and what is still to do."""

    def __init__(
        self, function: Callable[[Any], Any], items: Sequence[Any], limits: Limits | None, counted: Counted
    ) -> None:
        self.function, self.items, self.limits, self.counted = function, items, limits, counted
        self.results: dict[int, Any] = {}
        """Those that wait for the result of an earlier item."""
        self.given = 0
        """Results that were given away."""
        self.ahead = _AHEAD
        self.workers: dict[int, _Worker] = {}
        self.poller = select.poll()
        self.todo: list[deque[tuple[int, int]]] = []
        """For each place the portions meant for it: neighbours have much in common, which a worker remembers."""
        self.size = 1
        self.board = mmap(-1, PAGESIZE)
        self.free: list[int] = []
        """Places of workers that are not there."""

    def work(self, jobs: int, *, apart: bool) -> Iterator[Any]:
        jobs = min(jobs, PAGESIZE // NUMBER.size)
        self.size = size = max(1, min(_MANY, len(self.items) // (jobs * 4)))
        portions = deque((n, min(n + size, len(self.items))) for n in range(0, len(self.items), size))
        jobs = min(jobs, len(portions))
        self.todo, self.free = [portions] * jobs, list(range(jobs))
        if apart:
            self.todo, self.ahead = _parts(portions, jobs), len(self.items)
        for _ in range(jobs):
            self.hire()
        while self.workers:
            ready = self.poller.poll(PATIENCE * 1000)
            for answers, _ in ready:
                self.listen(self.workers[answers])
            if not ready:
                self.look_after()
            self.counted(len(self.items), self.given + len(self.results))
            while self.given in self.results:
                yield self.results.pop(self.given)
                self.given += 1
            for worker in self.workers.values():
                self.feed(worker)

    def hire(self) -> None:
        tasks, answers = os.pipe(), os.pipe()
        if sys.platform == "linux":  # elsewhere workers wait for us now and then
            with suppress(OSError):
                fcntl.fcntl(answers[1], fcntl.F_SETPIPE_SZ, _PIPE)
        parent, place = os.getpid(), self.free.pop()
        while import_under_way():
            sleep(_A_MOMENT)
        # Libraries run code of their own around a fork; what a signal raises in it is lost. It waits until the new
        # worker is known, or nobody would end it.
        heard = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        try:
            with warnings.catch_warnings():
                # Python 3.12 warns of a fork beside threads. A worker takes no other lock that one of ours could hold.
                warnings.simplefilter("ignore", DeprecationWarning)
                pid = os.fork()
            if pid == 0:
                self.become_worker(parent, tasks, answers, place)
            os.close(tasks[0])
            os.close(answers[1])
            worker = self.workers[answers[0]] = _Worker(pid, tasks[1], answers[0], place)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, heard)
        self.poller.register(answers[0], select.POLLIN)
        self.feed(worker)

    def become_worker(self, parent: int, tasks: tuple[int, int], answers: tuple[int, int], place: int) -> NoReturn:
        code = 1
        try:
            for inherited in (tasks[1], answers[0]):
                os.close(inherited)
            for other in self.workers.values():  # or it would not see this process end
                other.release()
                os.close(other.answers)
            if import_under_way():  # it began after we had looked
                os._exit(RETIRED)
            prepare(parent, guarded=self.limits is not None)
            ends = Ends(tasks[0], answers[1], self.board, place * NUMBER.size)
            code = answer_all(self.function, self.items, self.limits, ends)
        finally:
            os._exit(code)  # nothing of this process's is flushed, unlocked or removed twice

    def feed(self, worker: _Worker) -> None:
        """Keep one portion in front of a worker, so that it never waits for us."""
        while worker.tasks >= 0 and len(worker.pending) <= self.size:
            own = self.todo[worker.place]
            others = own or max(self.todo, key=len)
            if not others:
                worker.release()
            elif (others[0] if own else others[-1])[0] >= self.given + self.ahead:
                break
            else:
                worker.hand(*(own.popleft() if own else others.pop()))

    def listen(self, worker: _Worker) -> None:
        data = os.read(worker.answers, 1 << 18)
        if not data:
            self.replace(worker)
            return
        for kind, content in worker.frames(data):
            answer = pickle.loads(content)  # noqa: S301 - from our own fork
            if kind == ERROR:
                raise answer
            self.results[worker.pending.popleft()] = answer

    def replace(self, worker: _Worker) -> None:
        """Bury a worker; of what it leaves unanswered the item that it was at is to blame, unless it has retired."""
        del self.workers[worker.answers]
        self.poller.unregister(worker.answers)
        status = worker.bury()
        if worker.pending and not (os.WIFEXITED(status) and os.WEXITSTATUS(status) == RETIRED):
            at: int = NUMBER.unpack_from(self.board, worker.place * NUMBER.size)[0]
            blamed = at if at in worker.pending else worker.pending[0]
            worker.pending.remove(blamed)
            self.results[blamed] = _cause(status, killed=worker.killed)
        self.free.append(worker.place)
        self.todo[worker.place].extendleft((number, number + 1) for number in reversed(worker.pending))
        if any(self.todo):
            self.hire()

    def look_after(self) -> None:
        """End every worker that says nothing although its processor time does not run out."""
        for worker in self.workers.values():
            if worker.pending and monotonic() - worker.since > STALLED:
                worker.killed = True
                os.kill(worker.pid, signal.SIGKILL)

    def dismiss(self) -> None:
        """End the workers that are left: something was raised here."""
        for worker in self.workers.values():
            os.kill(worker.pid, signal.SIGKILL)
            worker.bury()
        self.workers.clear()


def _parts(portions: deque[tuple[int, int]], jobs: int) -> list[deque[tuple[int, int]]]:
    """Return as many runs of portions as there are jobs, of nearly the same length."""
    whole = list(portions)
    edges = [len(whole) * place // jobs for place in range(jobs + 1)]
    return [deque(whole[start:end]) for start, end in pairwise(edges)]


def _cause(status: int, *, killed: bool) -> Runaway:
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if killed or number == signal.SIGPROF:
        return Runaway(why="time")
    if number in (signal.SIGKILL, signal.SIGABRT):  # so the system takes memory back, and a library says it got none
        return Runaway(why="memory")
    return Runaway(why="crash", told=signal.Signals(number).name if number else f"exit {os.WEXITSTATUS(status)}")
