"""What ends a process waits while files are moved: in the milliseconds between, two sites would lie side by side.

`SIGKILL` can neither wait nor be caught, so a second process puts back what was.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import NoReturn

ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
_DONE = b"."


@contextmanager
def ending_waits(put_back: Callable[[], object] | None = None) -> Iterator[None]:
    """Let what ends this process wait until the files are whole; have `put_back` called if it is killed before."""
    with _signals_wait(), _watched(put_back) if put_back else nullcontext():
        yield


@contextmanager
def _signals_wait() -> Iterator[None]:
    """Let Ctrl-C and the signals that ask a process to end wait. Only the main thread can."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {sign: signal.getsignal(sign) for sign in ENDING}
    heard = {sign: handler for sign, handler in before.items() if handler not in (signal.SIG_IGN, None)}
    for sign in heard:
        signal.signal(sign, lambda number, _: came.append(number))
    try:
        yield
    finally:
        for sign, handler in heard.items():
            signal.signal(sign, handler)
        for number in came[:1]:
            signal.raise_signal(number)


@contextmanager
def _watched(put_back: Callable[[], object]) -> Iterator[None]:
    """Have a second process call `put_back` if this one ends before the block does.

    It inherits the lock of the output, so that the next build waits for it. Without a fork (on Windows, or where the
    system has no room for one) the next command puts back.
    """
    child = _start_second(put_back)
    try:
        yield
    finally:
        if child:
            pid, writer = child
            with suppress(OSError):  # it is gone
                os.write(writer, _DONE)
            os.close(writer)
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _start_second(put_back: Callable[[], object]) -> tuple[int, int] | None:
    """Return the second process, and the end of the pipe that only this one has."""
    if sys.platform == "win32" or not hasattr(os, "fork"):
        return None
    ends: tuple[int, ...] = ()
    with suppress(OSError), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of threads; it waits for none
        ends = reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(writer)
            _wait(reader, put_back)
        os.close(reader)
        _leave_group(pid)  # before a file is moved, however late the second process comes to run
        return pid, writer
    for end in ends:
        os.close(end)
    return None


def _leave_group(pid: int) -> None:
    """Give the second process a group of its own, so that who kills the first one's does not reach it."""
    if sys.platform != "win32":
        with suppress(OSError):  # it has ended
            os.setpgid(pid, pid)


def _wait(reader: int, put_back: Callable[[], object]) -> NoReturn:
    """Read until the first process says that it is done, or is gone: then nobody has the other end of the pipe."""
    try:
        _leave_group(0)
        for sign in ENDING:
            signal.signal(sign, signal.SIG_IGN)
        if os.read(reader, 1) != _DONE:
            put_back()
    finally:
        os._exit(0)
