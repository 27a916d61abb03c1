"""What ends a process waits while files are moved: in the milliseconds between, two sites would lie side by side."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def ending_waits() -> Iterator[None]:
    """Let Ctrl-C and the signals that ask a process to end wait until the files are whole. Only the main thread can."""
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
