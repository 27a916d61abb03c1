"""Be cut short: in a child process, the K-th change that an import makes to its site does not happen."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any, Literal

from importing.desk import run_import

CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link")
Interruption = Literal["killed", "disk full"]


def import_interrupted(site: Path, named: Path, how: Interruption, number: int) -> int:
    """Import in a child process that is killed before the change, or told there that the disk is full.

    Returns how the child ended; 0 when it was not interrupted because it makes fewer changes.
    """
    child = os.fork()
    if child == 0:
        code = 70  # a traceback would be a failure of its own
        try:
            hit = _interrupt(str(site), how, number)
            report = run_import(site, named)
            code = 0 if not hit and report.complete else 1
        except OSError:  # what the command line says in one line
            code = 1
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1]


def _interrupt(site: str, how: Interruption, number: int) -> list[int]:
    """Watch the interpreter's own audit events: they come right before each system call."""
    count = 0
    hit: list[int] = []
    own = os.getpid()

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count
        if os.getpid() != own:
            return
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_CREAT
        if not (event in CHANGES or writes) or not str(arguments[0]).startswith(site):
            return
        count += 1
        if count == number:
            hit.append(number)
            if how == "killed":
                os.kill(own, signal.SIGKILL)
            raise OSError(28, "No space left on device", str(arguments[0]))

    sys.addaudithook(watch)
    return hit
