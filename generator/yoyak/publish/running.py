"""Run a program that may wait for another machine: never without an end, and never in silence."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import IO, NamedTuple

PATIENCE = 5.0
"""Seconds of silence after which a person is told what is waited for."""
_ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGKILL") if hasattr(signal, name)]
_GRACE = 2.0
"""Seconds that a program gets to clear up before it is killed."""
_KEPT = 1 << 16
"""Bytes kept of what a program says beside its answer: the last ones tell why it failed."""


class SilenceError(Exception):
    """The program did nothing for too long, and was ended."""


class Ended(NamedTuple):
    code: int
    answer: bytes
    said: bytes


def run(
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    data: IO[bytes] | None = None,
    limit: float,
    waiting: Callable[[], None] | None = None,
    heard: Callable[[bytes], None] | None = None,
    may_ask: bool = False,
) -> Ended:
    """Return how a program ended, and what it wrote.

    `may_ask` leaves it the terminal, if a person sits there; else nothing that it starts has one.

    It is ended when it writes nothing for `limit` seconds. `waiting` is called once before, after `PATIENCE`.
    `heard` gets all that it writes, as it comes.

    Raises:
        SilenceError: it was ended.
        FileNotFoundError: there is no such program.
    """
    own_session = not (may_ask and attended())
    process = subprocess.Popen(
        command,
        stdin=data or subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=own_session,
    )
    try:
        answer, said = _read(process, limit, waiting, heard)
        return Ended(process.wait(limit), answer, said)
    except subprocess.TimeoutExpired as error:
        raise SilenceError from error
    finally:
        _end(process, own_session=own_session)


def attended() -> bool:
    """Tell whether a person sits at a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


def _read(
    process: subprocess.Popen[bytes],
    limit: float,
    waiting: Callable[[], None] | None,
    heard: Callable[[bytes], None] | None,
) -> tuple[bytes, bytes]:
    answer, said = bytearray(), bytearray()
    arrived: SimpleQueue[tuple[bytearray, bytes]] = SimpleQueue()
    for pipe, kept in ((process.stdout, answer), (process.stderr, said)):
        Thread(target=_pass_on, args=(pipe, kept, arrived), daemon=True).start()
    last, told, reading = monotonic(), False, 2
    while reading:
        try:
            kept, chunk = arrived.get(timeout=min(1.0, limit))
        except Empty:
            silent = monotonic() - last
            if process.poll() is not None:
                break  # what it has started, such as a daemon that keeps passwords, holds the pipes
            if silent >= limit:
                raise SilenceError from None
            if silent >= min(PATIENCE, limit / 2) and waiting and not told:
                told = True
                waiting()
            continue
        last = monotonic()
        kept.extend(chunk)
        if heard:
            heard(chunk)
        reading -= not chunk
        del said[:-_KEPT]
    return bytes(answer), bytes(said)


def _pass_on(pipe: IO[bytes], kept: bytearray, arrived: SimpleQueue[tuple[bytearray, bytes]]) -> None:
    """Pass on what comes through a pipe, then nothing, and close it. Windows cannot wait for several pipes."""
    with pipe:
        while chunk := os.read(pipe.fileno(), _KEPT):
            arrived.put((kept, chunk))
    arrived.put((kept, b""))


def _end(process: subprocess.Popen[bytes], *, own_session: bool) -> None:
    """End the program if it still runs, with all that it has started where it has a session of its own."""
    for sign in _ENDING if process.poll() is None else ():
        with suppress(ProcessLookupError):
            if own_session and sys.platform != "win32":
                os.killpg(process.pid, sign)
            else:
                process.send_signal(sign)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)
