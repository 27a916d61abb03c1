"""Be cut short: in a child process, the K-th change that a deploy makes at its target does not happen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

from msgspec import json

from incremental.processes import CHECKOUT, strace
from publish.desks import Desk
from yoyak.messages.errors import YoyakError

CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.symlink")
Interruption = Literal["killed", "disk full"]


def deploy_interrupted(desk: Desk, target: Path, how: Interruption, number: int) -> str | None:
    """Deploy in a child process that is killed before the change, or told there that the disk is full.

    Returns what a person reads, or None when the deploy ended well because it has fewer changes than `number`.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _deploy_in_child(desk, target, how, number, writer)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as said:
        text = said.read()
    _pid, status = os.waitpid(child, 0)
    return None if status == 0 else text


_SCRIPT = """
import sys
from pathlib import Path
from msgspec import json
from publish.desks import Desk
from yoyak.messages.errors import YoyakError
from yoyak.model.targets import Target
try:
    Desk(Path(sys.argv[1]), json.decode(sys.argv[2], type=Target)).deploys()
except YoyakError as error:
    sys.exit(str(error))
"""


def deploy_failing_at(desk: Desk, calls: str, error: str, when: str) -> subprocess.CompletedProcess[str]:
    """Deploy in a process of which a system call fails for the `when`-th time (``7``), or from there on (``7+``)."""
    inject = [f"--trace={calls}", f"--inject={calls}:error={error}:when={when}", "-o", os.devnull]
    target = json.encode(desk.target).decode()
    command = [strace(), "-qqq", *inject, sys.executable, "-c", _SCRIPT, str(desk.site.parent), target]
    path = f"{CHECKOUT / 'generator'}{os.pathsep}{CHECKOUT / 'tests'}"
    environment = os.environ | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


def _deploy_in_child(desk: Desk, target: Path, how: Interruption, number: int, writer: int) -> None:
    code = 70  # a traceback would be a failure of its own
    try:
        _interrupt(str(target), how, number)
        desk.deploys()
        code = 0
    except YoyakError as error:
        os.write(writer, str(error).encode())
        code = 1
    finally:
        os._exit(code)


def _interrupt(target: str, how: Interruption, number: int) -> None:
    """Watch the interpreter's own audit events: they come right before each system call."""
    count = 0

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_CREAT
        place = arguments[1] if event == "os.symlink" else arguments[0]
        if not (event in CHANGES or writes) or not str(place).startswith(target):
            return
        count += 1
        if count == number and how == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if count == number:
            raise OSError(28, "No space left on device", str(arguments[0]))

    sys.addaudithook(watch)
