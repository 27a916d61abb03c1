"""The command line in a process of its own that need not start one: a fork of the tests, in which all is imported.

`python -m yoyak` imports and perhaps compiles 250 modules before it does anything, a second for what takes a tenth.
What begins before `main`, or is about the process itself (signals, limits, strace, encodings), starts a real one.
"""

from __future__ import annotations

import marshal
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from compiled_templates import compiled, keep_compiled
from yoyak.cli.terminal import STAGES
from yoyak.messages.catalogue import LANGUAGES, texts

_STAGES = "|".join(re.escape(str(texts(language)[f"stage.{stage}"])) for language in LANGUAGES for stage in STAGES)
_PROGRESS = re.compile(rf"^(?:{_STAGES})(?: \([\d,]+\))? …\n", re.MULTILINE)
Done = subprocess.CompletedProcess[str]


def run_yoyak(*arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Done:
    """Run a command of yoyak with nothing to read, and return what it printed and its exit code."""
    words = [str(argument) for argument in arguments]
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained, tempfile.TemporaryFile() as used:
        _flush()
        child = os.fork()
        if not child:
            _become(words, cwd, env, (said.fileno(), complained.fileno()), used.fileno())
        _, status = os.waitpid(child, 0)
        with suppress(EOFError, ValueError, TypeError):  # of one that was killed there is nothing
            used.seek(0)
            names, found = marshal.loads(used.read())
            _warm(names)
            keep_compiled(found)
        return Done(["yoyak", *words], os.waitstatus_to_exitcode(status), _text(said), _text(complained))


def without_progress(said: str) -> str:
    """Return what a command said without what it says only where a machine is so busy that it takes two seconds.

    `test_progress.py` wants it.
    """
    return _PROGRESS.sub("", said)


class Started:
    """A command that runs in a fork, with what `subprocess.Popen` has to wait for it and to end it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None and (found := os.waitpid(self.pid, os.WNOHANG))[0]:
            self.returncode = os.waitstatus_to_exitcode(found[1])
        return self.returncode

    def wait(self, longest: float = 60) -> int:
        end = time.monotonic() + longest
        while (code := self.poll()) is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired("yoyak", longest)
            time.sleep(0.01)
        return code

    def send_signal(self, sign: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, sign)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def start_yoyak(*arguments: str | Path, said: Path, complained: Path | None = None) -> Started:
    """Start a command of yoyak and let it write all that it says into a file, its complaints perhaps into another."""
    with (
        said.open("wb") as file,
        (complained or Path(os.devnull)).open("wb") as other,
        Path(os.devnull).open("wb") as nothing,
    ):
        _flush()
        child = os.fork()
        if not child:
            outputs = file.fileno(), other.fileno() if complained else file.fileno()
            _become([str(argument) for argument in arguments], None, None, outputs, nothing.fileno())
    return Started(child)


def _become(
    words: list[str], cwd: Path | None, env: Mapping[str, str] | None, outputs: tuple[int, int], used: int
) -> NoReturn:
    """Be the command line, to the end of this process."""
    code: Any = 1
    before = compiled()
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number, place in enumerate(outputs, 1):
            os.dup2(place, number)
        streams = [open(number, mode, encoding="utf-8", closefd=False) for number, mode in enumerate("rww")]  # noqa: SIM115
        sys.stdin, sys.stdout, sys.stderr = sys.__stdin__, sys.__stdout__, sys.__stderr__ = streams
        if env is not None:
            os.environ.clear()
            os.environ.update(env)
        if cwd is not None:
            os.chdir(cwd)
        sys.argv = ["yoyak", *words]
        from yoyak.__main__ import main

        main()
        code = 0
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
    if isinstance(code, str):
        print(code, file=sys.stderr)
    with suppress(BaseException):
        _flush()
        names = [name for name in sys.modules if name.partition(".")[0] == "yoyak"]
        with open(used, "wb", closefd=False) as file:
            file.write(marshal.dumps((names, compiled(before))))
    os._exit(code if isinstance(code, int) else code is not None)


def _warm(names: Iterable[str]) -> None:
    """Import what the command line imported, so that the next one has it."""
    for name in names:
        if name not in sys.modules:
            import_module(name)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(ValueError, OSError):
            stream.flush()


def _text(file: Any) -> str:
    file.seek(0)
    return bytes(file.read()).decode("utf-8").replace("\r\n", "\n")
