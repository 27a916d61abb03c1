"""Be cut short: in a child process, the K-th change that a deploy makes at its target does not happen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, Literal

from msgspec import json

from incremental.amounts import FAULTS
from incremental.processes import CHECKOUT, under_strace
from publish.desks import Desk
from yoyak.messages.errors import YoyakError

CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.symlink")
Interruption = Literal["killed", "disk full"]
FAULT_KINDS = ("error=EIO", "error=ENOSPC", "signal=SIGKILL")
Done = subprocess.CompletedProcess[str]


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


def deploys_met_by(calls: str, most: int, desk: Desk, begin: Callable[[], None]) -> Iterator[Done]:
    """Begin, then deploy in a process that a fault meets at a system call; give what it said, and do so again.

    Each fault happens at every call, and each error from every call on, up to `most`; or so many of them do as
    ``YOYAK_FAULTS`` says, by chance.
    """
    faults = [
        f"{fault}:when={number}{on}"
        for fault in FAULT_KINDS
        for number in range(1, most + 1)
        for on in ("", "+")[: 1 if "SIGKILL" in fault else 2]
    ]
    met = Counter[str]()
    for fault in faults if len(faults) <= FAULTS else Random(f"{calls} {most}").sample(faults, FAULTS):
        begin()
        done, is_met = _deploy_under_strace(desk, calls, fault)
        met[f"{fault.partition(':')[0]} {'met' if is_met else 'not met'}"] += 1
        yield done
    print(calls, dict(sorted(met.items())), f"{met.total()} deploys")


def _deploy_under_strace(desk: Desk, calls: str, fault: str) -> tuple[Done, bool]:
    log = desk.site.parent / "strace.log"
    inject = [f"--trace={calls}", f"--inject={calls}:{fault}", "-o", str(log)]
    target = json.encode(desk.target).decode()
    command = [*under_strace(*inject), sys.executable, "-c", _SCRIPT, str(desk.site.parent), target]
    path = f"{CHECKOUT / 'generator'}{os.pathsep}{CHECKOUT / 'tests'}"
    environment = os.environ | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    return done, done.returncode == -signal.SIGKILL or "(INJECTED)" in log.read_text(errors="replace")


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
